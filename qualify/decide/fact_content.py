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
from qualify.words.reasons import Source

SITE = "site:"
#: Statements and manners that are numbered, to be met again in other companies' facts.
MOST = 50_000
_numbers = count()
_known: dict[tuple[str, Value, Method, Scope, float], int] = {}
_manners: dict[tuple[str, Method, Scope, float], int] = {}


class Look(NamedTuple):
    """Where, when and how something was seen, and the words that reasons have for that."""

    evidence: Evidence
    #: The day it was seen, and the day it describes, as `leads/usable.py` counts it.
    seen: date
    day: date
    day_text: str
    source: Source
    source_text: str
    #: Whether its source is a site, and whether reasons name it as one: not a person's word.
    on_site: bool
    names_site: bool
    #: The same number only where source, method, scope and confidence are the same; sites that
    #: reasons name are one source.
    manner: int

    @classmethod
    def of(cls, evidence: Evidence) -> Look:
        """The look that some evidence describes."""
        seen, source = evidence.observed_at.date(), evidence.source
        day = min(evidence.as_of or seen, seen)
        on_site = source.startswith(SITE)
        names_site = on_site and evidence.method is not Method.TOLD

        whose = SITE if names_site else source
        key = (whose, evidence.method, evidence.scope, evidence.confidence)
        manner = _manners.get(key)
        if manner is None:
            manner = keep(_manners, key, next(_numbers), MOST)
        said = Source(source)
        return cls(evidence, seen, day, str(day), said, str(said), on_site, names_site, manner)


@dataclass(frozen=True, slots=True, eq=False)
class FactContent:
    """All of a fact but its id.

    Two are equal only when they are one object, so equal contents should share one.
    """

    attribute: str
    value: Value
    look: Look
    #: The same number only where attribute, value, method, scope and confidence are the same.
    statement: int

    @classmethod
    def of(cls, attribute: str, value: Value, evidence: Evidence) -> FactContent:
        """The content of a fact, with the number of its statement."""
        seen = evidence
        number = statement_number(attribute, value, seen.method, seen.scope, seen.confidence)
        return cls(attribute, value, Look.of(evidence), number)

    @property
    def evidence(self) -> Evidence:
        """Where its value comes from."""
        return self.look.evidence


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


#: What the facts of each attribute say.
Said = Mapping[str, tuple[FactContent, ...]]


class FactsByAttribute(NamedTuple):
    """What is held about a company: by attribute, its facts in the order of their ids."""

    #: Ids as text, because most are never looked at.
    ids: Mapping[str, tuple[str, ...]]
    said: Said


def facts_of(held: FactsByAttribute, ids: Callable[[str], Sequence[UUID]]) -> Iterator[Fact]:
    """The facts as values, their ids given as such."""
    for name, contents in held.said.items():
        for id_, said in zip(ids(name), contents, strict=True):
            yield Fact(id=id_, attribute=said.attribute, value=said.value, evidence=said.evidence)


def by_attribute(stated: Iterable[tuple[str, FactContent]]) -> FactsByAttribute:
    """Facts put together by attribute, of pairs of an id and what it says, which come in the order of
    the ids; a fact that comes twice counts once.
    """
    ids: dict[str, tuple[str, ...]] = {}
    contents: dict[str, tuple[FactContent, ...]] = {}
    before = ""
    for id_, said in stated:
        if id_ == before:
            continue
        before, name = id_, said.attribute
        # Most attributes have one fact.
        if name in ids:
            ids[name] += (id_,)
            contents[name] += (said,)
        else:
            ids[name] = (id_,)
            contents[name] = (said,)
    return FactsByAttribute(ids, contents)
