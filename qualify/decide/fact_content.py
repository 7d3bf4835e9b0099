"""What the facts of one company say, without their ids: the facts of many companies say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import NamedTuple
from uuid import UUID

from leads.facts import Evidence, Fact, Method, Scope
from leads.values import MoneyRange, Value
from qualify.decide.kept import keep

#: Statements that are numbered, to be met again in other companies' facts.
MOST = 50_000
_numbers = count()
_known: dict[tuple[str, Value, Method, Scope, float], int] = {}


@dataclass(frozen=True, slots=True, eq=False)
class FactContent:
    """All of a fact but its id.

    Two are equal only when they are one object, so equal contents should share one.
    """

    attribute: str
    value: Value
    evidence: Evidence
    #: The same number only where attribute, value, method, scope and confidence are the same.
    statement: int

    @classmethod
    def of(cls, attribute: str, value: Value, evidence: Evidence) -> FactContent:
        """The content of a fact, with the number of its statement."""
        seen = evidence
        number = statement_number(attribute, value, seen.method, seen.scope, seen.confidence)
        return cls(attribute, value, evidence, number)


def statement_number(
    attribute: str, value: Value, method: Method, scope: Scope, confidence: float
) -> int:
    """A number for what a fact states and how: to compare it takes less than to compare all of that."""
    # Amounts are hardly ever the same.
    if isinstance(value, MoneyRange):
        return next(_numbers)
    key = (attribute, value, method, scope, confidence)
    found = _known.get(key)
    if found is None:
        found = keep(_known, key, next(_numbers), MOST)
    return found


def day_of(said: FactContent) -> date:
    """The day it describes, as `leads/usable.py` counts it."""
    seen = said.evidence.observed_at.date()
    return min(said.evidence.as_of or seen, seen)


class AttributeFacts(NamedTuple):
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


def by_attribute(stated: Iterable[tuple[str, FactContent]]) -> FactsByAttribute:
    """Facts, as pairs of an id and what it says, put together by attribute; a fact that comes twice
    counts once.
    """
    ids: dict[str, list[str]] = {}
    contents: dict[str, list[FactContent]] = {}
    said_by = dict(stated)
    for id_ in sorted(said_by):
        said = said_by[id_]
        name = said.attribute
        if name in ids:
            ids[name].append(id_)
            contents[name].append(said)
        else:
            ids[name] = [id_]
            contents[name] = [said]
    return {name: AttributeFacts(tuple(of), tuple(contents[name])) for name, of in ids.items()}
