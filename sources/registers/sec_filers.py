"""Read what the SEC holds about one filer: names, addresses, industry and numbers.

Shape: `GET /submissions/CIK##########.json` as sec.gov documents it, and one recorded response.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from leads.lexicon.domains import company_domain
from leads.lexicon.phones import parse_phone
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.regions import states_by_code
from leads.values import IndustryCode
from sources.answers import Entry
from sources.registers.facts_of_entry import Statements
from sources.registers.json_fields import day, record, records, text, whole

_CIK_DIGITS = 10
_MOST_CIK = 10**_CIK_DIGITS
_EIN = re.compile(r"([0-9]{2})-?([0-9]{7})", re.ASCII)
_SIC = re.compile(r"[0-9]{3,4}", re.ASCII)
_MOST_NAMES = 10
_PAGE = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK="


def cik_of(written: Any) -> str:
    """A CIK with its leading zeros: `320193`, 320193, `CIK0000320193`; empty if it is none."""
    if isinstance(written, str):
        written = written.strip().upper().removeprefix("CIK").strip()
    number = whole(written)
    return str(number).zfill(_CIK_DIGITS) if number and 0 < number < _MOST_CIK else ""


def entry_of(filer: Any, *, by_key: bool) -> Entry | None:
    """Read a filer; None if it has no name, or may be a person."""
    name = text(filer, "name")
    cik = cik_of(filer.get("cik")) if isinstance(filer, dict) else ""
    if not name or not cik or may_be_person(filer):
        return None

    says = Statements()
    says.add("legal_name", name, "name", name)
    says.add("national_id", f"CIK {cik}", "cik", cik)
    _state_ein(says, filer)
    others = _state_former_names(says, filer)
    address = _address(filer)
    country = _state_place(says, address)
    _state_industry(says, filer)
    _state_contact(says, filer, country)
    website = next((str(one.value) for one in says.facts if one.attribute == "domain"), "")
    return Entry(
        country=country,
        # A CIK is no number of a state's register.
        number="",
        name=name,
        other_names=others,
        city=text(address, "city"),
        postcode=text(address, "zipCode"),
        street=text(address, "street1"),
        domain=website,
        facts=says.all(),
        url=f"{_PAGE}{cik}",
        asked_by_key=by_key,
    )


def may_be_person(filer: Mapping[str, Any]) -> bool:
    """Whether a filer only reports shares that it owns, as directors do."""
    owner = whole(filer, "insiderTransactionForOwnerExists")
    issuer = whole(filer, "insiderTransactionForIssuerExists")
    return bool(owner) and not issuer and not text(filer, "sic")


def _state_ein(says: Statements, filer: Any) -> None:
    written = text(filer, "ein")
    found = _EIN.fullmatch(written)
    if found and set(written) - set("0-"):
        says.add("national_id", f"EIN {found[1]}{found[2]}", "ein", written)


def _state_former_names(says: Statements, filer: Any) -> tuple[str, ...]:
    found = []
    for one in records(filer, "formerNames")[:_MOST_NAMES]:
        name = text(one, "name")
        says.add("former_name", name, "formerNames", name, as_of=day(one, "to"))
        found.append(name)
    return tuple(filter(None, found))


def _address(filer: Any) -> Mapping[str, Any]:
    """Where the filer works; else where its post goes."""
    business = record(filer, "addresses", "business")
    return business if text(business, "city") else record(filer, "addresses", "mailing")


def _state_place(says: Statements, address: Mapping[str, Any]) -> str:
    """State the address; return its country.

    The codes of states are those of the post; foreign countries have codes of the SEC, so only
    their names are read. Where a filer was founded (`stateOfIncorporation`) is not where it is.
    """
    code = text(address, "stateOrCountry")
    state = next((one for one in states_by_code(code) if one.country == "US"), None)
    named = text(address, "country") or text(address, "stateOrCountryDescription")
    country = "US" if state else (country_code(named) or "")
    if not country:
        return ""
    written = f"{code} {text(address, 'stateOrCountryDescription')}".strip() or named
    says.add("country", country, "addresses.business.stateOrCountry", written)
    region = state.name if state else ""
    says.add("region", region, "addresses.business.stateOrCountry", code)
    for attribute, field in (("city", "city"), ("postcode", "zipCode"), ("street", "street1")):
        value = text(address, field)
        says.add(attribute, value, f"addresses.business.{field}", value)
    return country


def _state_industry(says: Statements, filer: Any) -> None:
    code = text(filer, "sic")
    if _SIC.fullmatch(code):
        words = text(filer, "sicDescription")
        sic = IndustryCode("sic", code.zfill(4))
        says.add("industry", sic, "sic", f"{code} {words}".strip())


def _state_contact(says: Statements, filer: Any, country: str) -> None:
    """State the phone of the filer and its website, which is mostly empty."""
    phone = text(filer, "phone")
    says.add("phone", parse_phone(phone, country or None), "phone", phone)
    website = text(filer, "website") or text(filer, "investorWebsite")
    domain = company_domain(website) if website else None
    if domain:
        url = website if "://" in website else f"https://{website}"
        says.add("website", url, "website", website)
        says.add("domain", domain, "website", website)
