"""Read one LEI record: names, addresses, status and the number in the national register.

Shape: `data` of `GET /lei-records/{lei}` as api.gleif.org documents it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from leads.lexicon.names.legal_forms import is_form_of
from leads.lexicon.places.countries import CODES
from leads.values import Range
from sources.answers import Entry
from sources.registers.data_files import document
from sources.registers.facts_of_entry import Statements
from sources.registers.json_fields import day, record, records, text, texts

_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}", re.ASCII)
_WRITTEN = re.compile(r"[0-9A-Za-z ./-]{3,40}", re.ASCII)
_FORMER = "PREVIOUS_LEGAL_NAME"
_PERSON = "SOLE_PROPRIETOR"
#: Records that should not exist, as the register itself says.
_WITHDRAWN = frozenset({"DUPLICATE", "ANNULLED"})
_MOST_NAMES = 10


def is_lei(text: str) -> bool:
    """Check the form of an LEI: twenty letters and digits, the last two digits."""
    return _LEI.fullmatch(text) is not None


def name_of(raw: Any) -> str:
    """The legal name of a record; empty if it has none."""
    return text(raw, "attributes", "entity", "legalName", "name")


def entry_of(raw: Any) -> Entry | None:
    """Read a record; None if it names no company, or a person in business."""
    entity = record(raw, "attributes", "entity")
    registration = record(raw, "attributes", "registration")
    lei = (text(raw, "attributes", "lei") or text(raw, "id")).upper()
    name = name_of(raw)
    withdrawn = text(registration, "status") in _WITHDRAWN
    if not name or not is_lei(lei) or withdrawn or is_person(raw):
        return None

    says = Statements()
    says.add("legal_name", name, "entity.legalName.name", name)
    says.add("lei", lei, "lei", lei)
    others = _state_names(says, entity)
    country, number = _state_numbers(says, entity)
    place = _state_place(says, entity, country)
    _state_life(says, entity, registration)
    _state_form(says, entity, country)
    return Entry(
        country=country,
        number=number,
        name=name,
        other_names=others,
        city=place["city"],
        postcode=place["postcode"],
        street=place["street"],
        facts=says.all(),
        url=f"https://search.gleif.org/#/record/{lei}",
    )


def is_person(raw: Any) -> bool:
    """Whether a record is of a person in business."""
    return text(raw, "attributes", "entity", "category") == _PERSON


def _state_names(says: Statements, entity: Mapping[str, Any]) -> tuple[str, ...]:
    others = []
    for field in ("otherNames", "transliteratedOtherNames"):
        for one in records(entity, field)[:_MOST_NAMES]:
            name = text(one, "name")
            former = text(one, "type") == _FORMER
            says.add("former_name" if former else "alias", name, f"entity.{field}", name)
            others.append(name)
    return tuple(dict.fromkeys(filter(None, others)))


def _state_numbers(says: Statements, entity: Mapping[str, Any]) -> tuple[str, str]:
    """State the number in the national register; return its country, and the number if it is alone
    in the country.

    A number of an authority that is missing in our table may be that of a fund or a licence: it is
    left out.
    """
    authority = text(entity, "registeredAt", "id")
    known = authorities().get(authority)
    home = known["country"] if known else _home(entity)
    says.add("country", home, "entity.jurisdiction", text(entity, "jurisdiction") or home)
    written = text(entity, "registeredAs")
    if known is None or not written:
        return home, ""
    number = _plain(written, known)
    field = f"entity.registeredAs ({authority})"
    says.add("register_number", number, field, written)
    if known.get("scheme"):
        says.add("national_id", f"{known['scheme']} {number}", field, written)
    return home, "" if "local" in known else number


def _home(entity: Mapping[str, Any]) -> str:
    """The country of the law that a company is under; else that of its address."""
    for code in (text(entity, "jurisdiction")[:2], text(entity, "legalAddress", "country")):
        if code in CODES:
            return code
    return ""


def _state_place(says: Statements, entity: Mapping[str, Any], country: str) -> dict[str, str]:
    """State where the company works, if that is in its country; else where it is registered.

    Many companies are registered at the address of an agent.
    """
    field = "headquartersAddress"
    if text(entity, field, "country") != country or not text(entity, field, "city"):
        field = "legalAddress"
    address = record(entity, field)
    lines = texts(address, "addressLines")
    # A line with `c/o` names an agent, or a person.
    street = next((one for one in lines if not one.lower().startswith("c/o")), "")
    place = {
        "city": text(address, "city"),
        "postcode": text(address, "postalCode"),
        "street": street,
    }
    if text(address, "country") in ("", country):
        for attribute, value in place.items():
            says.add(attribute, value, f"entity.{field}", value)
    return place


def _state_life(
    says: Statements, entity: Mapping[str, Any], registration: Mapping[str, Any]
) -> None:
    """State whether the company exists, as of the last time that it was looked at.

    `registration.status: LAPSED` only means that nobody paid for the LEI.
    """
    status = text(entity, "status")
    if status == "ACTIVE":
        seen = day(registration, "lastUpdateDate")
        says.add("status", "active", "entity.status", status, as_of=seen)
    if status == "INACTIVE":
        reason = text(entity, "expiration", "reason")
        ended = "dissolved" if reason == "DISSOLVED" else "inactive"
        written = f"{status} ({reason})" if reason else status
        seen = day(entity, "expiration", "date")
        says.add("status", ended, "entity.status", written, as_of=seen)
    founded = day(entity, "creationDate")
    if founded:
        year = Range(founded.year, founded.year)
        says.add("founded", year, "entity.creationDate", founded.isoformat())


def _state_form(says: Statements, entity: Mapping[str, Any], country: str) -> None:
    code = text(entity, "legalForm", "id")
    form = document("elf_codes.yaml").get(code)
    if form and is_form_of(form, country):
        says.add("legal_form", form, "entity.legalForm.id", code)


@cache
def authorities() -> Mapping[str, Mapping[str, Any]]:
    """The registers that we know, by their code at GLEIF."""
    found: Mapping[str, Mapping[str, Any]] = document("registration_authorities.yaml")
    return found


def authority_schemes() -> frozenset[str]:
    """The schemes of the national numbers that GLEIF can be asked by."""
    return frozenset(one["scheme"] for one in authorities().values() if "scheme" in one)


def _plain(written: str, known: Mapping[str, Any]) -> str:
    """A number as its register writes it: without spaces, with its leading zeros."""
    number = written.replace(" ", "").upper()
    return number.zfill(int(known["digits"])) if "digits" in known and number.isdigit() else number


def written_ways(country: str, number: str) -> list[str]:
    """The ways in which LEI records may write the number of a country's register.

    None for a country whose courts or states each issue their own numbers.
    """
    ways: list[str] = []
    if not _WRITTEN.fullmatch(number):
        return ways
    for known in authorities().values():
        if known["country"] == country and "local" not in known:
            plain = _plain(number, known)
            ways += [plain, *_grouped(plain, known.get("groups", ()))]
    return list(dict.fromkeys(filter(None, ways)))


def _grouped(number: str, groups: Any) -> list[str]:
    sizes = [int(size) for size in groups]
    if not sizes or len(number) != sum(sizes):
        return []
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return [" ".join(parts)]
