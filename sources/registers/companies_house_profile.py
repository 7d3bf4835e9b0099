"""Read one company profile of Companies House.

Shape: `GET /company/{number}` (`companyProfile`) and the items of `/advanced-search/companies`, as
the specification of the public data API documents them. Officers and people with significant
control are never read.
"""

from __future__ import annotations

import re
from typing import Any

from leads.lexicon.industries.codes import leaves
from leads.lexicon.places.countries import country_code
from leads.lexicon.statuses import parse_status
from leads.values import IndustryCode, Range
from sources.answers import Entry
from sources.registers.data_files import document
from sources.registers.facts_of_entry import Statements
from sources.registers.json_fields import day, record, records, text, texts

_NUMBER = re.compile(r"([A-Z]{0,2})([0-9]{1,8})(R?)", re.ASCII)
_DIGITS = 8
_SIC = re.compile(r"[0-9]{5}", re.ASCII)
_MOST_NAMES = 10
_PAGE = "https://find-and-update.company-information.service.gov.uk/company/"
_GUESS = 0.5


def company_number(written: str) -> str:
    """A company number with its leading zeros: `941200`, `SC 300417`; empty if it is none."""
    found = _NUMBER.fullmatch("".join(written.split()).upper())
    if found is None:
        return ""
    letters, digits, end = found.groups()
    size = _DIGITS - len(letters) - len(end)
    return f"{letters}{digits.zfill(size)}{end}" if len(digits) <= size else ""


def entry_of(profile: Any, *, by_key: bool = False) -> Entry | None:
    """Read a profile; None if it names no company."""
    name = text(profile, "company_name")
    number = company_number(text(profile, "company_number"))
    if not name or not number:
        return None

    says = Statements()
    says.add("legal_name", name, "company_name", name)
    others = _state_former_names(says, profile)
    country = _state_place(says, profile)
    # The number of a foreign company is that of its branch.
    own_number = number if country == "GB" else ""
    says.add("register_number", own_number, "company_number", number)
    _state_life(says, profile)
    _state_industry(says, profile)
    _state_size(says, profile)
    address = record(profile, "registered_office_address")
    return Entry(
        country=country,
        number=own_number,
        name=name,
        other_names=others,
        city=text(address, "locality"),
        postcode=text(address, "postal_code"),
        street=_street(address),
        facts=says.all(),
        url=f"{_PAGE}{number}",
        asked_by_key=by_key,
    )


def _state_former_names(says: Statements, profile: Any) -> tuple[str, ...]:
    found = []
    for one in records(profile, "previous_company_names")[:_MOST_NAMES]:
        name = text(one, "name")
        ended = day(one, "ceased_on")
        says.add("former_name", name, "previous_company_names", name, as_of=ended)
        found.append(name)
    return tuple(filter(None, found))


def _state_place(says: Statements, profile: Any) -> str:
    """State the registered office; return the country of the company.

    A foreign company is registered here for its branch, with the address of its seat or none.
    """
    address = record(profile, "registered_office_address")
    written = text(address, "country")
    kind = text(profile, "type") or text(profile, "company_type")
    foreign = kind in document("companies_house.yaml")["foreign"]
    country = country_code(written) or ""
    country = country if foreign else "GB"
    says.add("country", country, "registered_office_address.country", written or "United Kingdom")
    if foreign and not country:
        return ""
    for attribute, field in (
        ("city", "locality"),
        ("region", "region"),
        ("postcode", "postal_code"),
    ):
        value = text(address, field)
        says.add(attribute, value, f"registered_office_address.{field}", value)
    street = _street(address)
    says.add("street", street, "registered_office_address", street)
    return country


def _street(address: Any) -> str:
    premises, line = text(address, "premises"), text(address, "address_line_1")
    if line.lower().startswith("c/o"):
        # It names an agent, or a person.
        return ""
    number = bool(re.fullmatch(r"[0-9]+[A-Za-z]?", premises))
    return (f"{premises} {line}" if number else ", ".join(filter(None, (premises, line)))).strip()


def _state_life(says: Statements, profile: Any) -> None:
    """State the status, the year of incorporation and the legal form.

    A company whose strike-off is only proposed is still active.
    """
    status = text(profile, "company_status")
    ended = day(profile, "date_of_cessation")
    says.add("status", parse_status(status), "company_status", status, as_of=ended)
    founded = day(profile, "date_of_creation")
    if founded:
        year = Range(founded.year, founded.year)
        says.add("founded", year, "date_of_creation", founded.isoformat())
    kind = text(profile, "type") or text(profile, "company_type")
    form = document("companies_house.yaml")["forms"].get(kind)
    says.add("legal_form", form, "type", kind)


def _state_industry(says: Statements, profile: Any) -> None:
    """State SIC 2007, which is NACE 2.0 and one digit more.

    Codes that only look like NACE (99999 is dormant) and those of four digits, of the scheme before
    2007, state nothing.
    """
    for code in texts(profile, "sic_codes")[:4]:
        if _SIC.fullmatch(code) and leaves(IndustryCode("sic", code)):
            nace = IndustryCode("nace2.0", f"{code[:2]}.{code[2:4]}")
            says.add("industry", nace, "sic_codes", code)


def _state_size(says: Statements, profile: Any) -> None:
    """Infer employees from the kind of the last accounts, which only small companies may file."""
    accounts = record(profile, "accounts", "last_accounts")
    kind = text(accounts, "type")
    most = document("companies_house.yaml")["most_employees"].get(kind)
    if most is None:
        return
    until = day(accounts, "made_up_to") or day(accounts, "period_end_on")
    says.add(
        "employees",
        Range(0, int(most)),
        "accounts.last_accounts.type",
        kind,
        as_of=until,
        confidence=_GUESS,
        inferred=True,
    )
