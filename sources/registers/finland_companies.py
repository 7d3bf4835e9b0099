"""Read a company of YTJ as an entry of the register."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import NoneType
from typing import Any

from leads.values import Range
from sources.answers import Entry
from sources.registers.data_files import document
from sources.registers.facts_of_entry import Statements
from sources.registers.industry_codes import OLD, nace_code
from sources.registers.json_fields import day, part, record, records, text, whole
from sources.registers.seat import Seat, plain_postcode, state_site

_TABLES = "finland.yaml"
_NUMBER = re.compile(r"[0-9]{7}-[0-9]", re.ASCII)
#: Types of names. Sources disagree whether 2 is a parallel or an earlier name: without an end it is
#: read as another name, which it is either way.
_MAIN, _OTHER = "1", frozenset({"2", "3"})
_VISITING = 1
_MOST_NAMES = 8
#: Languages of cities, Finnish before Swedish.
_LANGUAGES = ("1", "2", "3", "")


def is_person(company: Any) -> bool:
    """Whether the company is a person in business."""
    people = document(_TABLES)["people"]
    return _main_name(company).lower().startswith("tmi ") or any(
        one in people for one in _form_words(company)
    )


def entry_of(company: Any, today: date, *, asked_by_key: bool) -> Entry | None:
    """Read a company; None for a person, and for what has no number or name."""
    number, name = text(company, "businessId", "value"), _main_name(company)
    if not _NUMBER.fullmatch(number) or not name or is_person(company):
        return None
    facts, seat = Statements(), _seat(company)
    facts.add("register_number", number, "businessId.value", number)
    facts.add("legal_name", name, "names.name", name)
    others = _state_other_names(facts, company, name)
    _state_what_it_is(facts, company, today)
    facts.add("country", "FI", "businessId.value", number)
    seat.state(
        facts,
        city="addresses.postOffices.city",
        postcode="addresses.postCode",
        street="addresses.street",
    )
    domain = state_site(facts, text(company, "website", "url"), "website.url")
    return Entry(
        country="FI",
        number=number,
        name=name,
        other_names=others,
        city=seat.city,
        postcode=seat.postcode,
        street=seat.street,
        domain=domain,
        facts=facts.all(),
        url=f"https://tietopalvelu.ytj.fi/yritys/{number}",
        asked_by_key=asked_by_key,
    )


def _main_name(company: Any) -> str:
    return next((name for kind, name in _names(company) if kind == _MAIN), "")


def _state_other_names(facts: Statements, company: Any, name: str) -> tuple[str, ...]:
    """State the other names of today and those that have ended, and return them."""
    aliases = [one for kind, one in _names(company) if kind in _OTHER and one != name]
    former = [one for one in _former_names(company) if one != name]
    for attribute, some in (("alias", aliases), ("former_name", former)):
        for other in some[:_MOST_NAMES]:
            facts.add(attribute, other, "names.name", other)
    return tuple(dict.fromkeys((*aliases[:_MOST_NAMES], *former[:_MOST_NAMES])))


def _names(company: Any) -> Iterator[tuple[str, str]]:
    """The names of today, with their types, the newest of each type first."""
    rows = [one for one in records(company, "names") if not text(one, "endDate")]
    rows.sort(key=lambda one: text(one, "registrationDate"), reverse=True)
    yield from ((text(one, "type"), text(one, "name")) for one in rows if text(one, "name"))


def _former_names(company: Any) -> list[str]:
    rows = [one for one in records(company, "names") if text(one, "endDate")]
    return list(dict.fromkeys(name for one in rows if (name := text(one, "name"))))


def _form_words(company: Any) -> list[str]:
    """The code and the descriptions of the legal form of today, in small letters where words."""
    words: list[str] = []
    for form in records(company, "companyForms"):
        if not text(form, "endDate"):
            words.append(text(form, "type"))
            described = records(form, "descriptions")
            words += [text(one, "description").lower() for one in described]
    return [word for word in words if word]


def _state_what_it_is(facts: Statements, company: Mapping[str, Any], today: date) -> None:
    words = _form_words(company)
    for form, known in document(_TABLES)["forms"].items():
        said = next((word for word in words if word in known), "")
        if said:
            facts.add("legal_form", form, "companyForms.type", said)
            break
    _state_status(facts, company, today)
    made = day(company, "registrationDate") or day(company, "businessId", "registrationDate")
    if made is not None:
        facts.add("founded", Range(made.year, made.year), "registrationDate", made)
    _state_industry(facts, company)


def _state_status(facts: Statements, company: Mapping[str, Any], today: date) -> None:
    known = document(_TABLES)
    ended = day(company, "endDate")
    if ended is not None and ended <= today:
        facts.add("status", "dissolved", "endDate", ended, as_of=ended)
        return
    open_ones = {
        text(one, "type"): day(one, "registrationDate")
        for one in records(company, "companySituations")
        if not text(one, "endDate")
    }
    for row in known["situations"]:
        if row["type"] in open_ones:
            since = open_ones[row["type"]]
            written = row["type"]
            facts.add("status", row["status"], "companySituations.type", written, as_of=since)
            return
    registered = text(company, "tradeRegisterStatus")
    is_readable = isinstance(part(company, "companySituations"), (list, NoneType))
    if is_readable and registered in known["registered"]:
        facts.add("status", "active", "tradeRegisterStatus", registered)


def _state_industry(facts: Statements, company: Mapping[str, Any]) -> None:
    line = record(company, "mainBusinessLine")
    code, codes = text(line, "type"), text(line, "typeCodeSet")
    likely = document(_TABLES)["revisions"].get(codes, OLD)
    written = f"{code} ({codes})" if codes else code
    facts.add("industry", nace_code(code, likely), "mainBusinessLine.type", written)


def _seat(company: Any) -> Seat:
    """The visiting address, else the postal one."""
    rows = records(company, "addresses")
    rows.sort(key=lambda one: whole(one, "type") != _VISITING)
    address = rows[0] if rows else {}
    cities = {
        text(one, "languageCode"): text(one, "city") for one in records(address, "postOffices")
    }
    street = f"{text(address, 'street')} {text(address, 'buildingNumber')}".strip()
    return Seat(
        country="FI",
        city=next((cities[one] for one in _LANGUAGES if cities.get(one)), ""),
        postcode=plain_postcode(text(address, "postCode"), "FI"),
        street=street if text(address, "street") else "",
    )
