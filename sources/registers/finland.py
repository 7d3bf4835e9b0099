"""Finland: companies of YTJ, with names, situations, industry and website.

Shape: `GET /opendata-ytj-api/v3/companies` of avoindata.prh.fi by `businessId`, or by `name` and
`location`, as its OpenAPI document describes it and as public clients read it. The API was never
called for real.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from stdnum.fi import ytunnus

from sources.answers import Answer, Outcome
from sources.exchange import Conversation, Request, Response
from sources.registers.finland_companies import entry_of, is_person
from sources.registers.json_fields import records, text, whole
from sources.registers.outcomes import changed, no_match, read
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

_TITLE = "YTJ (Finland)"
_API = "https://avoindata.prh.fi/opendata-ytj-api/v3/companies"

_CARD = Card(
    name="register:fi",
    title=_TITLE,
    attributes=USUAL | {"alias", "domain", "former_name", "website"},
    countries=frozenset({"FI"}),
    asks_by=frozenset({"name", "YTUNNUS", "register_number", "vat_id"}),
    # None is documented; clients report 300 a minute for everybody together.
    limits=(Limit(2, 1), Limit(60, 60)),
    licence="CC BY 4.0",
    attribution="Patentti- ja rekisterihallitus and Verohallinto, YTJ open data (CC BY 4.0)",
    hosts=frozenset({"avoindata.prh.fi"}),
)


@dataclass(frozen=True, slots=True)
class Finland:
    """The companies of Finland. They are asked for by business ID, else by name."""

    @property
    def card(self) -> Card:
        """What it says about itself."""
        return _CARD

    def ask(self, subject: Subject, wanted: Collection[str], key: str, today: date) -> Conversation:
        """Ask by the business ID, also that of a VAT id, else by name and city."""
        del wanted, key
        number = _hyphened(own_number(subject, "FI", ytunnus.is_valid))
        answer = no_question(_TITLE)
        for question in _questions(subject, number):
            response = yield Request(f"{_API}?{urlencode(question)}")
            if number and response.status == 410:
                return no_match(_TITLE, number)
            answer = _answer(response, number, today)
            if answer.outcome is not Outcome.NO_MATCH:
                return answer
        return answer


def _hyphened(number: str) -> str:
    return f"{number[:-1]}-{number[-1]}" if number else ""


def _questions(subject: Subject, number: str) -> Iterator[Mapping[str, str]]:
    if number:
        yield {"businessId": number}
        return
    city = (subject.city or "").encode("utf-8", "ignore").decode()[:80].strip()
    for name in search_names(subject):
        if city:
            yield {"name": name, "location": city}
        yield {"name": name}


def _answer(response: Response, number: str, today: date) -> Answer:
    body = read(response, _TITLE)
    if isinstance(body, Answer):
        return body
    if not isinstance(body, dict) or not isinstance(body.get("companies"), list):
        return changed(_TITLE, "companies")
    companies = [
        one
        for one in records(body, "companies")
        if number in ("", text(one, "businessId", "value"))
    ]
    return _of_companies(companies, whole(body, "totalResults"), number, today)


def _of_companies(
    companies: list[Mapping[str, Any]], total: int | None, number: str, today: date
) -> Answer:
    if not companies:
        return no_match(_TITLE)
    others = [one for one in companies if not is_person(one)]
    entries = [entry_of(one, today, asked_by_key=bool(number)) for one in others]
    kept = tuple(one for one in entries if one is not None)
    if kept:
        return found(kept, total)
    return changed(_TITLE, "businessId") if others else of_person(_TITLE)
