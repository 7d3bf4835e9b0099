"""What the facts of one company say, without their ids: the facts of many companies say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from leads.facts import Evidence, Fact
from leads.values import Value


@dataclass(frozen=True, slots=True, eq=False)
class FactContent:
    """All of a fact but its id.

    Two are equal only when they are one object, so equal contents should share one.
    """

    attribute: str
    value: Value
    evidence: Evidence


def day_of(said: FactContent) -> date:
    """The day it describes, as `leads/usable.py` counts it."""
    seen = said.evidence.observed_at.date()
    return min(said.evidence.as_of or seen, seen)


@dataclass(frozen=True, slots=True)
class AttributeFacts:
    """The facts of one attribute of one company, in the order of their ids."""

    #: Ids as text, because most are never looked at.
    ids: tuple[str, ...]
    said: tuple[FactContent, ...]


#: What is held about a company, by attribute.
FactsByAttribute = Mapping[str, AttributeFacts]


def facts_of(held: FactsByAttribute, ids: Callable[[str], Sequence[UUID]]) -> Iterator[Fact]:
    """The facts as values, their ids given as such."""
    for name, one in held.items():
        for id_, said in zip(ids(name), one.said, strict=True):
            yield Fact(id=id_, attribute=said.attribute, value=said.value, evidence=said.evidence)


def id_text(of: str) -> str:
    """An id as it is stored in a document; a database may write it without its dashes."""
    if "-" in of:
        return of
    return f"{of[:8]}-{of[8:12]}-{of[12:16]}-{of[16:20]}-{of[20:]}"


def by_attribute(stated: Iterable[tuple[str, FactContent]]) -> FactsByAttribute:
    """Facts, as pairs of an id and what it says, put together by attribute; a fact that comes twice
    counts once.
    """
    found: dict[str, dict[str, FactContent]] = {}
    for id_, said in stated:
        found.setdefault(said.attribute, {})[id_] = said
    return {name: _in_order(of) for name, of in found.items()}


def _in_order(of: dict[str, FactContent]) -> AttributeFacts:
    if len(of) == 1:
        return AttributeFacts(tuple(of), tuple(of.values()))
    ids = tuple(sorted(of))
    return AttributeFacts(ids, tuple(of[id_] for id_ in ids))
