"""The kinds of signals: the catalogue `engage/data/kinds.yaml`, and kinds that a file adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from leads.lexicon.reference import read_yaml
from leads.yaml_mistakes import did_you_mean

JourneyStage = Literal["awareness", "consideration", "decision", "none"]
DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of signal."""

    name: str
    meaning: str
    #: Of the buyer's journey; `none`: the kind says nothing about it.
    stage: JourneyStage
    #: Whether a mail filter or link scanner may cause it without a person.
    machine: bool
    #: Whether somebody spoke or wrote with the company.
    contact: bool
    #: Whether the company waits for an answer.
    asks: bool = False
    #: Other words for the same kind.
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds by name; other words for a kind lead to it."""

    by_name: Mapping[str, Kind]
    names: Mapping[str, str]

    def name_of(self, word: str) -> str | None:
        """Find the name of a kind by one of its words; None when no kind has it."""
        return self.names.get(word)

    def nearest(self, word: str) -> str:
        """Write `, did you mean X` for the kind that looks most like a word, or nothing."""
        return did_you_mean(word, self.names)


def kinds_of(kinds: Iterable[Kind]) -> Kinds:
    """Index kinds; a later kind replaces an earlier one of the same name."""
    by_name = {one.name: one for one in kinds}
    names = {other: one.name for one in by_name.values() for other in one.also}
    return Kinds(by_name, names | {name: name for name in by_name})


@cache
def catalogue() -> Kinds:
    """The kinds that come with the product."""
    rows = read_yaml((DATA / "kinds.yaml").read_text("utf-8"))
    return kinds_of(
        Kind(
            name=name,
            meaning=row["meaning"],
            stage=row["stage"],
            machine=row["machine"] == "yes",
            contact=row["contact"] == "yes",
            asks=row.get("asks") == "yes",
            also=tuple(row.get("also", ())),
        )
        for name, row in rows.items()
    )
