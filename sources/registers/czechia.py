"""Czechia: companies of ARES, with headcount bands and main activity of RES.

Shapes: `GET /ekonomicke-subjekty/{ico}`, `POST /ekonomicke-subjekty/vyhledat` and
`GET /ekonomicke-subjekty-res/{ico}` of ares.gov.cz, as its OpenAPI document describes them and as
public clients read them. The registers with directors and owners are never asked. The API was
never called for real.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from stdnum.cz import dic

from sources.answers import Answer, Entry, Outcome
from sources.exchange import Conversation, Request, Response
from sources.identity import prove
from sources.registers.czechia_subjects import counted_facts, entry_of, is_person
from sources.registers.data_files import document
from sources.registers.json_fields import records, text, whole
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

_TITLE = "ARES (Czechia)"
_API = "https://ares.gov.cz/ekonomicke-subjekty-v-be/rest"
_MOST = 25
_DIGITS = 8
#: Attributes that RES alone holds.
_COUNTED = frozenset({"employees", "industry"})

_CARD = Card(
    name="register:cz",
    title=_TITLE,
    attributes=USUAL | {"employees", "vat_id"},
    countries=frozenset({"CZ"}),
    asks_by=frozenset({"name", "ICO", "register_number", "vat_id"}),
    limits=(Limit(8, 1), Limit(500, 60)),
    licence="CC BY 4.0",
    attribution="Ministerstvo financí České republiky, ARES (CC BY 4.0)",
    hosts=frozenset({"ares.gov.cz"}),
)


@dataclass(frozen=True, slots=True)
class Czechia:
    """The companies of Czechia. They are asked for by ICO, else by name."""

    @property
    def card(self) -> Card:
        """What it says about itself."""
        return _CARD

    def ask(self, subject: Subject, wanted: Collection[str], key: str, today: date) -> Conversation:
        """Ask for the subject, and for what RES counts of it if that is wanted."""
        del key
        number = own_number(subject, "CZ", _is_ico)
        asked = _by_number(number, today) if number else _by_name(subject, today)
        answer = yield from asked
        if answer.outcome is not Outcome.FOUND or _COUNTED.isdisjoint(wanted):
            return answer
        proof = prove(subject, answer.entries)
        if proof.entry is None or not proof.accepted:
            return answer
        return (yield from _with_counts(answer, proof.entry))


def _is_ico(number: str) -> bool:
    return len(number) == _DIGITS and bool(dic.is_valid(number))


def _by_number(number: str, today: date) -> Conversation:
    response = yield Request(f"{_API}/ekonomicke-subjekty/{number}")
    if response.status in MISSING:
        return no_match(_TITLE, number if response.status == 410 else "")
    body = read(response, _TITLE)
    if isinstance(body, Answer):
        return body
    if is_person(body):
        return of_person(_TITLE)
    entry = entry_of(body, today, asked_by_key=True)
    if entry is None or entry.number != number:
        return changed(_TITLE, "ico")
    return found((entry,), None)


def _by_name(subject: Subject, today: date) -> Conversation:
    answer = no_question(_TITLE)
    for name in search_names(subject):
        asked = {"obchodniJmeno": name, "start": 0, "pocet": _MOST}
        response = yield Request(
            f"{_API}/ekonomicke-subjekty/vyhledat",
            "POST",
            {"content-type": "application/json"},
            json.dumps(asked, ensure_ascii=False).encode(),
        )
        answer = _of_search(response, today)
        if answer.outcome is not Outcome.NO_MATCH:
            return answer
    return answer


def _of_search(response: Response, today: date) -> Answer:
    if response.status == 400 and _finds_too_many(response):
        reason = f"{_TITLE} knows too many companies with such a name"
        return Answer(outcome=Outcome.NOT_COVERED, reason=reason)
    body = read(response, _TITLE)
    if isinstance(body, Answer):
        return body
    if not isinstance(body, dict) or not isinstance(body.get("ekonomickeSubjekty"), list):
        return changed(_TITLE, "ekonomickeSubjekty")
    total = whole(body, "pocetCelkem")
    return _of_subjects(records(body, "ekonomickeSubjekty"), total, today)


def _finds_too_many(response: Response) -> bool:
    try:
        said = text(response.json(), "subKod")
    except ValueError:
        return False
    return said in document("czechia.yaml")["too_many"]


def _of_subjects(subjects: list[Mapping[str, Any]], total: int | None, today: date) -> Answer:
    if not subjects:
        return no_match(_TITLE)
    companies = [one for one in subjects if not is_person(one)]
    entries = [entry_of(one, today, asked_by_key=False) for one in companies]
    kept = tuple(one for one in entries if one is not None)
    if kept:
        return found(kept, total)
    return changed(_TITLE, "ico") if companies else of_person(_TITLE)


def _with_counts(answer: Answer, entry: Entry) -> Conversation:
    """Add what RES counts to the entry that is the company."""
    response = yield Request(f"{_API}/ekonomicke-subjekty-res/{entry.number}")
    if response.status in MISSING:
        return answer
    body = read(response, _TITLE)
    if isinstance(body, Answer):
        return body
    if not isinstance(body, dict) or not isinstance(body.get("zaznamy"), list):
        return changed(_TITLE, "zaznamy")
    counted = counted_facts(body)
    values = {fact.value for fact in counted}
    # The main activity is one of all, and surer than they are.
    others = (fact for fact in entry.facts if fact.value not in values)
    full = replace(entry, facts=(*others, *counted))
    return replace(answer, entries=tuple(full if one is entry else one for one in answer.entries))
