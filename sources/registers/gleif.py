"""GLEIF, the register of LEIs: it leads from a name to the number of a national register.

Shapes: `GET /lei-records/{lei}`, its filters `entity.registeredAs`, `fulltext` and
`entity.legalAddress.country`, and `/lei-records/{lei}/direct-parent` and `/ultimate-parent`, as
api.gleif.org documents them and as public clients read them. The API was never called for real;
what is known of it comes from its documents.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from leads.register_entries import entry_key
from sources.answers import Answer, Entry, Outcome
from sources.exchange import Conversation, Request, Response
from sources.registers.facts_of_entry import Statements
from sources.registers.gleif_records import (
    authority_schemes,
    entry_of,
    is_lei,
    name_of,
    written_ways,
)
from sources.registers.json_fields import record, records
from sources.registers.outcomes import MISSING, changed, no_match, read
from sources.source import Card, Limit
from sources.subject import Subject

_TITLE = "GLEIF"
_API = "https://api.gleif.org/api/v1/lei-records"
_MOST_RECORDS = 10
_MOST_WAYS = 4
_PARENTS = ("direct-parent", "ultimate-parent")

_CARD = Card(
    name="register:gleif",
    title="GLEIF (LEI records, worldwide)",
    attributes=frozenset(
        {
            "legal_name",
            "former_name",
            "alias",
            "legal_form",
            "status",
            "founded",
            "country",
            "city",
            "postcode",
            "street",
            "lei",
            "register_number",
            "national_id",
            "parent",
        }
    ),
    asks_by=frozenset({"lei", "register_number", "name"}) | authority_schemes(),
    limits=(Limit(60, 60),),
    licence="CC0-1.0",
    hosts=frozenset({"api.gleif.org"}),
)


@dataclass(frozen=True, slots=True)
class Gleif:
    """The register of LEIs. It is asked by LEI, by national number, and by name and country."""

    @property
    def card(self) -> Card:
        """What it says about itself."""
        return _CARD

    def ask(self, subject: Subject, wanted: Collection[str], key: str, today: date) -> Conversation:
        """Ask by the LEI, else by numbers of national registers, else by name."""
        del key, today
        for question in _questions(subject):
            response = yield Request(question.url)
            if question.number and response.status == 410:
                return no_match(_TITLE, erased=question.number)
            if question.number and response.status == 404:
                continue
            body = read(response, _TITLE)
            if isinstance(body, Answer):
                return body
            if not isinstance(body, dict) or not isinstance(body.get("data"), (dict, list)):
                return changed(_TITLE, "data")
            entries = _entries(body, question, subject)
            if entries:
                return (yield from _with_parents(entries, wanted))
        return no_match(_TITLE)


@dataclass(frozen=True, slots=True)
class _Question:
    url: str
    #: The number it asks by; empty: it asks by name.
    number: str = ""


def _questions(subject: Subject) -> Iterator[_Question]:
    """The ways to ask, the surest first."""
    lei = (subject.number("lei") or "").strip().upper()
    if is_lei(lei):
        yield _Question(f"{_API}/{quote(lei)}", lei)
    for number in _numbers(subject):
        yield _Question(_filtered({"entity.registeredAs": number}), number)
    filters = {"fulltext": subject.names[0]}
    if subject.country:
        filters["entity.legalAddress.country"] = subject.country
    yield _Question(_filtered(filters))


def _numbers(subject: Subject) -> list[str]:
    """The numbers of national registers, in the ways that issuers of LEIs write them."""
    schemes = {"register_number"} | authority_schemes()
    found: dict[str, None] = {}
    for one in subject.numbers:
        if one.scheme in schemes:
            country = one.country or subject.country or ""
            found |= dict.fromkeys(written_ways(country, one.number))
    return list(found)[:_MOST_WAYS]


def _filtered(filters: dict[str, str]) -> str:
    named = {f"filter[{name}]": value for name, value in filters.items()}
    return f"{_API}?{urlencode({**named, 'page[size]': str(_MOST_RECORDS)})}"


def _entries(body: Any, question: _Question, subject: Subject) -> list[Entry]:
    one = record(body, "data")
    found = [one] if one else records(body, "data")[:_MOST_RECORDS]
    entries = [entry for raw in found if (entry := entry_of(raw)) is not None]
    if not question.number:
        return entries
    return [
        replace(entry, asked_by_key=True)
        for entry in entries
        if _has_number(entry, question.number, subject)
    ]


def _has_number(entry: Entry, number: str, subject: Subject) -> bool:
    """Whether an entry has the number asked for, in a country that the company may be in."""
    stated = {str(one.value) for one in entry.facts if one.attribute in ("lei", "register_number")}
    same = entry_key("", number) in {entry_key("", one) for one in stated}
    return same and (is_lei(number) or subject.country in (None, entry.country))


def _with_parents(entries: list[Entry], wanted: Collection[str]) -> Conversation:
    """Answer the entries; of a single one, also its parent, where it is wanted."""
    reason = ""
    if "parent" in wanted and len(entries) == 1:
        parent = yield from _parent(entries[0])
        if isinstance(parent, Answer):
            if set(wanted) == {"parent"}:
                return parent
            reason = f"the parent is unknown: {parent.reason}"
        elif parent is not None:
            entries = [replace(entries[0], facts=(*entries[0].facts, *parent.all()))]
    return Answer(outcome=Outcome.FOUND, reason=reason, entries=tuple(entries))


def _parent(entry: Entry) -> Generator[Request, Response, Statements | Answer | None]:
    """State the parent by its name, the direct one first; None: none is on file."""
    lei = next(str(one.value) for one in entry.facts if one.attribute == "lei")
    for relation in _PARENTS:
        response = yield Request(f"{_API}/{quote(lei)}/{relation}")
        if response.status in MISSING:
            continue
        body = read(response, _TITLE)
        if isinstance(body, Answer):
            return body
        name = name_of(record(body, "data"))
        if name:
            parent = Statements()
            parent.add("parent", name, relation, name)
            return parent
    return None
