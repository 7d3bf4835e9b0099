"""Wikidata, which knows large companies of every country.

Shapes: `action=query&list=search` with `haswbstatement`, `wbsearchentities` and `wbgetentities` of
the API of Wikidata, as mediawiki.org and the Wikibase data model document them. The API was never
called for real.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

from leads.register_entries import entry_key
from sources.answers import Answer, Outcome
from sources.exchange import Conversation, Request, Response
from sources.limits.waits import retry_after
from sources.registers.candidates import may_be
from sources.registers.data_files import document
from sources.registers.json_fields import part, record, records, text
from sources.registers.outcomes import changed, failed, no_match, read
from sources.registers.questions import no_question, search_names
from sources.registers.wikidata_items import (
    entry_of,
    is_company,
    named_items,
    names_of,
    numbers_of,
)
from sources.registers.wikidata_statements import is_item
from sources.source import Card, Limit
from sources.subject import Subject

_TITLE = "Wikidata"
_API = "https://www.wikidata.org/w/api.php"
_MOST_FOUND = 7
_LONGEST = 40
_NOT_PLAIN = re.compile(r"[^0-9A-Za-z]")
#: Items that one request may name.
_MOST_NAMED = 50
#: Errors of the API that mean that it has too much to do; it sends them with status 200.
_BUSY = frozenset({"maxlag", "ratelimited", "readonly"})


@cache
def _card() -> Card:
    numbers = document("wikidata.yaml")["numbers"].values()
    return Card(
        # Anybody may edit it, so a register and the company's own pages are believed before it.
        name="provider:wikidata",
        title="Wikidata (large companies, worldwide)",
        attributes=frozenset(
            {
                "name",
                "legal_name",
                "alias",
                "status",
                "founded",
                "country",
                "city",
                "domain",
                "website",
                "employees",
                "turnover",
                "industry",
                "parent",
                "lei",
                "register_number",
                "national_id",
            }
        ),
        asks_by=frozenset({"name", *(one["scheme"] for one in numbers)}),
        limits=(Limit(2, 1),),
        licence="CC0-1.0",
        hosts=frozenset({"www.wikidata.org"}),
    )


_Item = Mapping[str, Any]
_Items = Generator[Request, Response, Answer | list[_Item]]


@dataclass(frozen=True, slots=True)
class Wikidata:
    """Wikidata. It is asked by numbers, else by name; only items that are companies count."""

    @property
    def card(self) -> Card:
        """What it says about itself."""
        return _card()

    def ask(self, subject: Subject, wanted: Collection[str], key: str, today: date) -> Conversation:
        """Ask for the items with a number of the company, else for those with its name."""
        del wanted, key, today
        numbers = _numbers(subject)
        if numbers:
            found = yield from _by_numbers(numbers)
            if found:
                return (yield from _answer(found, by_key=True))
        for name in search_names(subject, 1):
            named = yield from _by_name(subject, name)
            return (yield from _answer(named, by_key=False))
        return no_match(_TITLE) if numbers else no_question(_TITLE)


def _numbers(subject: Subject) -> dict[str, str]:
    """The numbers of a company that Wikidata may hold, by property."""
    found: dict[str, str] = {}
    for field, known in document("wikidata.yaml")["numbers"].items():
        schemes = [known["scheme"]]
        if "register" in known:
            schemes.append("register_number")
        number = subject.number(*schemes, country=known.get("country", ""))
        plain = _NOT_PLAIN.sub("", (number or "")[:_LONGEST]).upper()
        if plain:
            digits = int(known.get("digits", 0)) if plain.isdigit() else 0
            found[field] = plain.zfill(digits)
    return found


def _request(**parameters: str) -> Request:
    return Request(f"{_API}?{urlencode({**parameters, 'format': 'json', 'maxlag': '5'})}")


def _read(response: Response, field: str) -> Any | Answer:
    """Read a response that holds `field`; the API sends its errors with status 200."""
    body = read(response, _TITLE)
    if isinstance(body, Answer):
        return body
    code = text(body, "error", "code")
    if code in _BUSY:
        reason = f"{_TITLE} has too much to do ({code})"
        until = retry_after(response)
        return Answer(outcome=Outcome.RATE_LIMITED, reason=reason, not_before=until)
    if code:
        return failed(_TITLE, f"refused the question ({code})")
    return body if part(body, field) is not None else changed(_TITLE, field)


def _by_numbers(numbers: dict[str, str]) -> _Items:
    """The items that hold one of these numbers, and really do."""
    asked = "|".join(f"{field}={number}" for field, number in numbers.items())
    response = yield _request(
        action="query",
        list="search",
        srsearch=f"haswbstatement:{asked}",
        srnamespace="0",
        srlimit=str(_MOST_FOUND),
    )
    body = _read(response, "query")
    if isinstance(body, Answer):
        return body
    ids = [text(one, "title") for one in records(body, "query", "search")]
    items = yield from _items(ids)
    if isinstance(items, Answer):
        return items
    return [one for one in items if _holds(one, numbers)]


def _holds(item: _Item, numbers: dict[str, str]) -> bool:
    stated = {(field, entry_key("", number)) for field, _, _, number in numbers_of(item)}
    return any((field, entry_key("", number)) in stated for field, number in numbers.items())


def _by_name(subject: Subject, name: str) -> _Items:
    """The companies that may have the name."""
    response = yield _request(
        action="wbsearchentities",
        search=name,
        language=_language(subject),
        uselang="en",
        type="item",
        limit=str(_MOST_FOUND),
    )
    body = _read(response, "search")
    if isinstance(body, Answer):
        return body
    ids = [text(one, "id") for one in records(body, "search")]
    items = yield from _items(ids, _language(subject))
    if isinstance(items, Answer):
        return items
    country = subject.country or ""
    return [one for one in items if may_be(subject, country, *(names_of(one) or [""]))]


def _language(subject: Subject) -> str:
    return str(document("wikidata.yaml")["languages"].get(subject.country, "en"))


def _items(ids: list[str], language: str = "en") -> _Items:
    """Read items; those that are no companies are left out."""
    known = list(dict.fromkeys(filter(is_item, ids)))[:_MOST_FOUND]
    if not known:
        return []
    response = yield _request(
        action="wbgetentities",
        ids="|".join(known),
        props="labels|aliases|claims",
        languages="|".join(dict.fromkeys(("en", language))),
        languagefallback="1",
    )
    body = _read(response, "entities")
    if isinstance(body, Answer):
        return body
    found = [record(body, "entities", one) for one in known]
    return [one for one in found if is_company(one)]


def _answer(items: Answer | list[_Item], *, by_key: bool) -> Conversation:
    """Read the names of the items that the companies refer to, and answer the companies."""
    if isinstance(items, Answer):
        return items
    if not items:
        return no_match(_TITLE)
    named = list(dict.fromkeys(name for item in items for name in named_items(item)))
    names = yield from _names(named[:_MOST_NAMED])
    if isinstance(names, Answer):
        return names
    found = (entry_of(item, names, by_key=by_key) for item in items)
    entries = tuple(entry for entry in found if entry is not None)
    return Answer(outcome=Outcome.FOUND, entries=entries) if entries else no_match(_TITLE)


def _names(ids: list[str]) -> Generator[Request, Response, Answer | dict[str, str]]:
    if not ids:
        return {}
    response = yield _request(
        action="wbgetentities",
        ids="|".join(ids),
        props="labels",
        languages="en",
        languagefallback="1",
    )
    body = _read(response, "entities")
    if isinstance(body, Answer):
        return body
    labels = ((one, text(body, "entities", one, "labels", "en", "value")) for one in ids)
    return {one: label for one, label in labels if label}
