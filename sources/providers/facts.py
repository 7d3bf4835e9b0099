"""Read the facts and the identity of an answer, as a provider's file says where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from leads.attributes import World, attribute
from leads.lexicon.domains import registrable
from leads.values import Value
from sources.answers import SourceFact
from sources.providers.file import AnswerAt, Identity, ProviderFile
from sources.providers.paths import Reached, parse_path, reach
from sources.providers.readers import READERS, Meant, country_of, text_of

#: Values of one attribute that are kept.
_MOST_VALUES = 200
_MOST_NAMES = 20
_LONGEST_QUOTE = 200
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Read:
    """The facts of one answer, and what in it could not be read."""

    facts: tuple[SourceFact, ...]
    #: `organization.founded_year is a list`, each for a value that was left out.
    unread: tuple[str, ...]
    #: Whether the answer has any of the paths.
    has_any: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Which company an answer is about; empty: it does not say."""

    name: str = ""
    other_names: tuple[str, ...] = ()
    domain: str = ""
    country: str = ""
    city: str = ""
    postcode: str = ""
    street: str = ""
    id: str = ""
    number: str = ""
    #: What is at each path, in words, where it is no text.
    unread: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def read_who(identity: Identity, document: Any) -> Who:
    """Read which company an answer is about."""
    unread: dict[str, str] = {}

    def every(paths: Sequence[str] | None) -> tuple[str, ...]:
        """The texts at the first path that has any."""
        for path in paths or ():
            raw = reach(parse_path(path), document).values
            if found := tuple(text for one in raw if (text := text_of(one))):
                return found
            if raw:
                unread[path] = described(raw[0])
        return ()

    def first(paths: Sequence[str] | None) -> str:
        return next(iter(every(paths)), "")

    return Who(
        name=first(identity.name),
        other_names=every(identity.other_names)[:_MOST_NAMES],
        domain=registrable(first(identity.domain)) or "",
        country=country_of(first(identity.country)),
        city=first(identity.city),
        postcode=first(identity.postcode),
        street=first(identity.street),
        id=first(identity.id),
        number=first(identity.number),
        unread=unread,
    )


def read_facts(file: ProviderFile, document: Any, country: str, today: date) -> Read:
    """Read every attribute that a file maps; a value that cannot be read loses only itself."""
    facts: list[SourceFact] = []
    unread: list[str] = []
    has_any = False
    for name, places in file.answers.items():
        found: list[SourceFact] = []
        for place in places:
            reached = reach(parse_path(place.path), document)
            has_any = has_any or reached.exists
            if not found or _takes_several(name):
                more, wrong = _values(file, name, place, reached, document, country, today)
                found += more
                unread += wrong
        facts += found[: _MOST_VALUES if _takes_several(name) else 1]
    return Read(_without_repeats(facts), tuple(unread), has_any)


def described(raw: Any) -> str:
    """Say what a JSON value is, without much of it."""
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, str):
        return f"{raw[:_SHOWN]!r}" + ("…" if len(raw) > _SHOWN else "")
    if isinstance(raw, (int, float)):
        return f"{raw!r}"[:_SHOWN]
    kinds = {dict: "an object", list: "a list", type(None): "null"}
    return kinds.get(type(raw), "something else")


def _takes_several(name: str) -> bool:
    return attribute(name).world is World.OPEN or name == "industry"


def _values(
    file: ProviderFile,
    name: str,
    place: AnswerAt,
    reached: Reached,
    document: Any,
    country: str,
    today: date,
) -> tuple[list[SourceFact], list[str]]:
    """The facts at one place, and what there is no value of the attribute."""
    meant = Meant(country or None, _currency(place, document), place.scheme)
    as_of = _date(place, document, today)
    facts: list[SourceFact] = []
    wrong: list[str] = []
    for raw in reached.values:
        values = READERS[name](raw, meant)
        if values is None:
            wrong.append(f"{place.path} is {described(raw)}")
        facts += [_fact(file, name, place, one, raw, as_of) for one in values or ()]
    return facts, wrong[:1]


def _fact(
    file: ProviderFile, name: str, place: AnswerAt, value: Value, raw: Any, as_of: date | None
) -> SourceFact:
    return SourceFact(
        attribute=name,
        value=value,
        quote=f"{place.path}: {text_of(raw) or described(raw)}"[:_LONGEST_QUOTE],
        as_of=as_of,
        scope=place.scope,
        confidence=file.confidence,
    )


def _currency(place: AnswerAt, document: Any) -> str | None:
    if place.currency_path:
        found = reach(parse_path(place.currency_path), document).values
        stated = text_of(found[0]).upper() if found else ""
        if stated:
            return stated
    return place.currency


def _date(place: AnswerAt, document: Any, today: date) -> date | None:
    """The day of a value; None if it is not stated, or in the future."""
    found = reach(parse_path(place.as_of), document).values if place.as_of else ()
    text = text_of(found[0])[:10] if found else ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day <= today else None


def _without_repeats(facts: list[SourceFact]) -> tuple[SourceFact, ...]:
    first: dict[tuple[str, Value], SourceFact] = {}
    for one in facts:
        first.setdefault((one.attribute, one.value), one)
    return tuple(first.values())
