"""France: companies of Sirene, with headcount bands and turnover.

Shape: `GET /search` of recherche-entreprises.api.gouv.fr with `minimal=true` and
`include=siege,finances`, as the schema of its open source repository describes it; managers are
never asked for. The API was never called for real.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from stdnum.fr import siren as siren_digits

from sources.answers import Answer, Outcome
from sources.exchange import Conversation, Request, Response
from sources.registers.france_units import entry_of, is_person
from sources.registers.json_fields import records, text, whole
from sources.registers.outcomes import changed, no_match, read
from sources.registers.questions import found, no_question, of_person, own_number, search_names
from sources.registers.usual_attributes import USUAL
from sources.source import Card, Limit
from sources.subject import Subject

_TITLE = "Annuaire des Entreprises (France)"
_API = "https://recherche-entreprises.api.gouv.fr/search"
_MOST = 25
#: Overseas departments have three digits; the postcodes of Corsica name none.
_OVERSEAS, _CORSICA = ("97", "98"), "20"

_CARD = Card(
    name="register:fr",
    title=_TITLE,
    attributes=USUAL | {"alias", "employees", "latitude", "longitude", "objection", "turnover"},
    countries=frozenset({"FR"}),
    asks_by=frozenset({"name", "SIREN", "SIRET", "register_number", "vat_id"}),
    limits=(Limit(7, 1),),
    # Objections to prospecting must be read again before they grow old.
    fresh_days=30,
    licence="Licence Ouverte 2.0",
    attribution="Insee (Sirene) and INPI, through recherche-entreprises.api.gouv.fr",
    hosts=frozenset({"recherche-entreprises.api.gouv.fr"}),
)


@dataclass(frozen=True, slots=True)
class France:
    """The companies of France. They are asked for by SIREN, else by name."""

    @property
    def card(self) -> Card:
        """What it says about itself."""
        return _CARD

    def ask(self, subject: Subject, wanted: Collection[str], key: str, today: date) -> Conversation:
        """Ask by the SIREN, also that of a SIRET or VAT id, else by name."""
        del wanted, key
        siren = own_number(subject, "FR", siren_digits.is_valid)
        answer = no_question(_TITLE)
        for question in _questions(subject, siren):
            response = yield Request(f"{_API}?{urlencode(question)}")
            if siren and response.status == 410:
                return no_match(_TITLE, siren)
            answer = _answer(response, siren, today)
            if answer.outcome is not Outcome.NO_MATCH:
                return answer
        return answer


def _questions(subject: Subject, siren: str) -> Iterator[Mapping[str, str]]:
    fixed = {"page": "1", "per_page": str(_MOST), "minimal": "true", "include": "siege,finances"}
    if siren:
        yield {"q": siren, **fixed}
        return
    department = _department(subject.postcode or "")
    for name in search_names(subject):
        if department:
            yield {"q": name, "departement": department, **fixed}
        yield {"q": name, **fixed}


def _department(postcode: str) -> str:
    digits = postcode.strip()
    if len(digits) != 5 or not digits.isascii() or not digits.isdigit():
        return ""
    if digits.startswith(_CORSICA):
        return ""
    return digits[:3] if digits.startswith(_OVERSEAS) else digits[:2]


def _answer(response: Response, siren: str, today: date) -> Answer:
    body = read(response, _TITLE)
    if isinstance(body, Answer):
        return body
    if not isinstance(body, dict) or not isinstance(body.get("results"), list):
        return changed(_TITLE, "results")
    units = [one for one in records(body, "results") if siren in ("", text(one, "siren"))]
    return _of_units(units, body, siren, today)


def _of_units(units: Collection[Mapping[str, Any]], body: Any, siren: str, today: date) -> Answer:
    read_ones = [entry_of(one, today, asked_by_key=bool(siren)) for one in units]
    entries = tuple(one for one in read_ones if one is not None)
    if entries:
        return found(entries, whole(body, "total_results"))
    if any(map(is_person, units)):
        return of_person(_TITLE)
    return changed(_TITLE, "siren") if units else no_match(_TITLE)
