"""Norway: companies of Enhetsregisteret, with headcounts, and turnover of Regnskapsregisteret.

Shapes: `GET /enhetsregisteret/api/enheter/{number}`, `/enheter?navn=` and
`/regnskapsregisteret/regnskap/{number}` of data.brreg.no, as its pages document them and as public
clients recorded them. Roles, which name people, are never asked for. The API was never called for
real.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from stdnum.no import orgnr

from sources.answers import Answer, Entry, Outcome
from sources.exchange import Conversation, Request, Response
from sources.identity import prove
from sources.registers.json_fields import records, whole
from sources.registers.norway_accounts import turnover_facts
from sources.registers.norway_units import entry_of, is_person
from sources.registers.outcomes import MISSING, changed, no_match, read
from sources.registers.questions import (
    found,
    no_question,
    of_person,
    own_number,
    search_names,
)
from sources.registers.usual_attributes import USUAL
from sources.source import Card, Limit
from sources.subject import Subject

_TITLE = "Enhetsregisteret (Norway)"
_ACCOUNTS_TITLE = "Regnskapsregisteret (Norway)"
_UNITS = "https://data.brreg.no/enhetsregisteret/api/enheter"
_ACCOUNTS = "https://data.brreg.no/regnskapsregisteret/regnskap"
_MOST = 20

_CARD = Card(
    name="register:no",
    title=_TITLE,
    attributes=USUAL | {"domain", "employees", "turnover", "vat_id", "website"},
    countries=frozenset({"NO"}),
    asks_by=frozenset({"name", "ORGNR", "register_number", "vat_id"}),
    # None is documented: a reader that asked eight at a time was never refused.
    limits=(Limit(8, 1),),
    licence="NLOD 2.0",
    attribution="Contains data under NLOD 2.0, distributed by Brønnøysundregistrene",
    hosts=frozenset({"data.brreg.no"}),
)


@dataclass(frozen=True, slots=True)
class Norway:
    """The companies of Norway. They are asked for by organisation number, else by name."""

    @property
    def card(self) -> Card:
        """What it says about itself."""
        return _CARD

    def ask(self, subject: Subject, wanted: Collection[str], key: str, today: date) -> Conversation:
        """Ask for the unit, and for its accounts if its turnover is wanted."""
        del key
        number = own_number(subject, "NO", orgnr.is_valid)
        answer = yield from _by_number(number) if number else _by_name(subject)
        if answer.outcome is not Outcome.FOUND or "turnover" not in wanted:
            return answer
        proof = prove(subject, answer.entries)
        if proof.entry is None or not proof.accepted:
            return answer
        return (yield from _with_accounts(answer, proof.entry, today))


def _by_number(number: str) -> Conversation:
    response = yield Request(f"{_UNITS}/{number}")
    if response.status in MISSING:
        # 410 is the wish that every copy of the entry be erased.
        return no_match(_TITLE, number if response.status == 410 else "")
    body = read(response, _TITLE)
    if isinstance(body, Answer):
        return body
    if is_person(body):
        return of_person(_TITLE)
    entry = entry_of(body, asked_by_key=True)
    if entry is None or entry.number != number:
        return changed(_TITLE, "organisasjonsnummer")
    return found((entry,), None)


def _by_name(subject: Subject) -> Conversation:
    answer = no_question(_TITLE)
    for name in search_names(subject):
        query = urlencode({"navn": name, "size": _MOST})
        response = yield Request(f"{_UNITS}?{query}")
        answer = _of_search(response)
        if answer.outcome is not Outcome.NO_MATCH:
            return answer
    return answer


def _of_search(response: Response) -> Answer:
    body = read(response, _TITLE)
    if isinstance(body, Answer):
        return body
    total = whole(body, "page", "totalElements")
    units = records(body, "_embedded", "enheter")
    if not units:
        # A search that finds nothing leaves `_embedded` out, and is no error.
        return no_match(_TITLE) if total == 0 else changed(_TITLE, "_embedded.enheter")
    return _of_units(units, total)


def _of_units(units: list[Mapping[str, Any]], total: int | None) -> Answer:
    companies = [one for one in units if not is_person(one)]
    entries = [entry_of(one, asked_by_key=False) for one in companies]
    kept = tuple(one for one in entries if one is not None)
    if kept:
        return found(kept, total)
    return changed(_TITLE, "organisasjonsnummer") if companies else of_person(_TITLE)


def _with_accounts(
    answer: Answer, entry: Entry, today: date
) -> Generator[Request, Response, Answer]:
    """Add the turnover to the entry that is the company; no accounts is no turnover."""
    response = yield Request(f"{_ACCOUNTS}/{entry.number}")
    if response.status in MISSING:
        return answer
    body = read(response, _ACCOUNTS_TITLE)
    if isinstance(body, Answer):
        return body
    if not isinstance(body, list):
        return changed(_ACCOUNTS_TITLE, "regnskapsperiode")
    facts = (*entry.facts, *turnover_facts(body, today))
    full = replace(entry, facts=facts)
    return replace(answer, entries=tuple(full if one is entry else one for one in answer.entries))
