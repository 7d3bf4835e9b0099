"""Read a subject of ARES as an entry of the register, and what RES counts of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from leads.lexicon.names.company_names import parse_name
from leads.lexicon.statuses import parse_status
from leads.values import Range
from sources.answers import Entry, SourceFact
from sources.registers.data_files import document
from sources.registers.facts_of_entry import Statements
from sources.registers.headcounts import people_of
from sources.registers.industry_codes import nace_code
from sources.registers.json_fields import day, part, record, records, text, texts, whole
from sources.registers.seat import Seat, plain_postcode

_TABLES = "czechia.yaml"
_DIGITS = 8
#: One of several activities need not be what the company lives on.
_ONE_OF_SEVERAL = 0.6
_MOST_ACTIVITIES = 30


def is_person(subject: Any) -> bool:
    """Whether the subject is a person in business."""
    return text(subject, "pravniForma") in document(_TABLES)["people"]


def entry_of(subject: Any, today: date, *, asked_by_key: bool) -> Entry | None:
    """Read a subject; None for a person, and for what has no number or name."""
    number, name = _number(subject), text(subject, "obchodniJmeno")
    if not number or not name or is_person(subject):
        return None
    facts, seat = Statements(), _seat(subject)
    facts.add("register_number", number, "ico", text(subject, "ico") or whole(subject, "ico"))
    facts.add("legal_name", name, "obchodniJmeno", name)
    tax_id = text(subject, "dic")
    if tax_id == f"CZ{number}":
        facts.add("vat_id", tax_id, "dic", tax_id)
    form = text(subject, "pravniForma")
    facts.add("legal_form", document(_TABLES)["forms"].get(form), "pravniForma", form)
    _state_life(facts, subject, name, today)
    _state_activities(facts, subject)
    seat.state(
        facts,
        country="sidlo.kodStatu",
        city="sidlo.nazevObce",
        postcode="sidlo.psc",
        street="sidlo.nazevUlice",
    )
    return Entry(
        country="CZ",
        number=number,
        name=name,
        city=seat.city,
        postcode=seat.postcode,
        street=seat.street,
        facts=facts.all(),
        url=f"https://ares.gov.cz/ekonomicke-subjekty?ico={number}",
        asked_by_key=asked_by_key,
    )


def counted_facts(body: Any) -> tuple[SourceFact, ...]:
    """The headcount and the main activity that RES counts of a subject."""
    rows = records(body, "zaznamy")
    rows.sort(key=lambda one: part(one, "primarniZaznam") is not True)
    row = rows[0] if rows else {}
    facts = Statements()
    band = text(row, "statistickeUdaje", "kategoriePoctuPracovniku")
    people = people_of(band, document(_TABLES)["bands"])
    facts.add("employees", people, "kategoriePoctuPracovniku", band)
    for field, revision in document(_TABLES)["main_activities"].items():
        code = text(row, field)
        facts.add("industry", nace_code(code, revision), field, code)
    return facts.all()


def _number(subject: Any) -> str:
    """The ICO in its eight digits: a number of JSON has lost its leading zeros."""
    written = text(subject, "ico") or str(whole(subject, "ico") or "")
    plain = written.isascii() and written.isdigit() and 0 < len(written) <= _DIGITS
    return written.zfill(_DIGITS) if plain else ""


def _state_life(facts: Statements, subject: Mapping[str, Any], name: str, today: date) -> None:
    ended, made = day(subject, "datumZaniku"), day(subject, "datumVzniku")
    if ended is not None and ended <= today:
        facts.add("status", "dissolved", "datumZaniku", ended, as_of=ended)
    else:
        _state_status(facts, subject, name)
    if made is not None:
        facts.add("founded", Range(made.year, made.year), "datumVzniku", made)


def _state_status(facts: Statements, subject: Mapping[str, Any], name: str) -> None:
    """State what the law makes a company add to its name, else that RES holds it as active."""
    said = next((one for word in parse_name(name).brackets if (one := parse_status(word))), None)
    state = text(subject, "seznamRegistraci", "stavZdrojeRes")
    if said is not None:
        facts.add("status", said, "obchodniJmeno", name)
    elif state == "AKTIVNI":
        facts.add("status", "active", "seznamRegistraci.stavZdrojeRes", state)


def _state_activities(facts: Statements, subject: Mapping[str, Any]) -> None:
    """State activities; each of several is less sure, as their order says nothing."""
    for field, revision in document(_TABLES)["activities"].items():
        written = list(dict.fromkeys(texts(subject, field)))[:_MOST_ACTIVITIES]
        codes = {code: nace_code(code, revision) for code in written}
        known = [value for value in codes.values() if value is not None]
        sure = 0.95 if len(known) == 1 else _ONE_OF_SEVERAL
        for code, value in codes.items():
            facts.add("industry", value, field, code, confidence=sure)


def _seat(subject: Any) -> Seat:
    seat = record(subject, "sidlo")
    country = text(seat, "kodStatu")
    code = text(seat, "psc") or str(whole(seat, "psc") or "")
    return Seat(
        country=country if len(country) == 2 and country.isupper() else "",
        city=text(seat, "nazevObce"),
        postcode=plain_postcode(code, country or "CZ"),
        street=_street(seat),
    )


def _street(seat: Mapping[str, Any]) -> str:
    """The street, or in a village the part of it, with its numbers: `Zkušební 12/3`."""
    name = text(seat, "nazevUlice") or text(seat, "nazevCastiObce")
    house, orientation = whole(seat, "cisloDomovni"), whole(seat, "cisloOrientacni")
    numbers = "/".join(str(one) for one in (house, orientation) if one is not None)
    return f"{name} {numbers}{text(seat, 'cisloOrientacniPismeno')}".strip() if name else ""
