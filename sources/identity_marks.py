"""Marks for and against an entry being the company asked about, and what each weighs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from leads.lexicon.reference import read_yaml


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing seen: its name in `sources/data/identity.yaml`, and the words it was seen in."""

    name: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a mark weighs: log-odds, the sentence that a person reads, its family and its place."""

    odds: float
    says: str
    family: str
    place: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """A mark that counts, as a person reads it: `+2.0 the city is the same: Oslo`."""

    mark: str
    odds: float
    says: str
    quote: str = ""

    def __str__(self) -> str:
        shown = f"{self.odds:+.1f} {self.says}"
        return f"{shown}: {self.quote}" if self.quote else shown


@cache
def table() -> Any:
    """The file of weights, every scalar as text."""
    return read_yaml((Path(__file__).parent / "data" / "identity.yaml").read_bytes())


@cache
def weights() -> MappingProxyType[str, Weight]:
    """The weight of each mark, in the order of the file."""
    found: dict[str, Weight] = {}
    for family, marks in table()["marks"].items():
        for name, row in marks.items():
            found[name] = Weight(float(row["weight"]), row["says"], family, len(found))
    return MappingProxyType(found)


def number(name: str) -> float:
    """`prior`, `accept` or `margin`, in log-odds."""
    return float(table()[name])


def weigh(marks: Iterable[Mark]) -> tuple[Weighed, ...]:
    """Weigh marks: of each family the first of the file counts. The order given does not matter."""
    known = weights()
    kept: dict[str, Mark] = {}
    for mark in sorted(marks, key=lambda one: (known[one.name].place, one.quote)):
        kept.setdefault(known[mark.name].family, mark)
    return tuple(
        Weighed(one.name, known[one.name].odds, known[one.name].says, one.quote)
        for one in kept.values()
    )
