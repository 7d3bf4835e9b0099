"""GLEIF, the register of LEIs: it leads from a name to the number of a national register.

Shapes: `GET /lei-records/{lei}`, its filters `entity.registeredAs`, `fulltext` and
`entity.legalAddress.country`, and `/lei-records/{lei}/direct-parent` and `/ultimate-parent`, as
api.gleif.org documents them and as public clients read them. The API was never called for real;
what is known of it comes from its documents.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from leads.register_entries import entry_key
from sources.answers import Answer, Entry, Outcome
from sources.exchange import Conversation, Request, Response
from sources.identity import prove
from sources.registers.candidates import may_be
from sources.registers.facts_of_entry import Statements
from sources.registers.gleif_records import (
    authority_schemes,
    entry_of,
    is_lei,
    is_person,
    name_of,
    written_ways,
)
from sources.registers.json_fields import record, records
from sources.registers.outcomes import MISSING, changed, no_match, read
from sources.registers.questions import no_question, of_person, search_names
from sources.source import Card, Limit
from sources.subject import Subject

_TITLE = "GLEIF"
_API = "https://api.gleif.org/api/v1/lei-records"
_MOST_RECORDS = 10
_MOST_WAYS = 4
_PARENTS = ("direct-parent", "ultimate-parent")


@cache
def _card() -> Card:
    return Card(
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
        return _card()

    def ask(self, subject: Subject, wanted: Collection[str], key: str, today: date) -> Conversation:
        """Ask by the LEI, else by numbers of national registers, else by name."""
        del key, today
        answer = no_question(_TITLE)
        for question in _questions(subject):
            answer = no_match(_TITLE)
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
                return (yield from _with_parents(entries, subject, wanted))
            if question.number and any(map(is_person, _records(body))):
                return of_person(_TITLE)
        return answer


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
    placed = {"entity.legalAddress.country": subject.country} if subject.country else {}
    for name in search_names(subject, 1):
        yield _Question(_filtered({"fulltext": name, **placed}))


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
    entries = [entry for raw in _records(body) if (entry := entry_of(raw)) is not None]
    if not question.number:
        # The full text holds addresses too.
        return [one for one in entries if may_be(subject, one.country, one.name, *one.other_names)]
    return [
        replace(entry, asked_by_key=True)
        for entry in entries
        if _has_number(entry, question.number, subject)
    ]


def _records(body: Any) -> list[Mapping[str, Any]]:
    one = record(body, "data")
    return [one] if one else records(body, "data")[:_MOST_RECORDS]


def _has_number(entry: Entry, number: str, subject: Subject) -> bool:
    """Whether an entry has the number asked for, in a country that the company may be in."""
    stated = {str(one.value) for one in entry.facts if one.attribute in ("lei", "register_number")}
    same = entry_key("", number) in {entry_key("", one) for one in stated}
    return same and (is_lei(number) or subject.country in (None, entry.country))


def _with_parents(entries: list[Entry], subject: Subject, wanted: Collection[str]) -> Conversation:
    """Answer the entries; of the one that is the company, also its parent, where it is wanted."""
    proof = prove(subject, entries)
    if "parent" in wanted and proof.accepted and proof.entry is not None:
        parent = yield from _parent(proof.entry)
        if isinstance(parent, Answer):
            # Half an answer would say that there is no parent: the whole is asked again.
            return parent
        if parent is not None:
            own = replace(proof.entry, facts=(*proof.entry.facts, *parent.all()))
            entries = [own if one is proof.entry else one for one in entries]
    return Answer(outcome=Outcome.FOUND, entries=tuple(entries))


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
