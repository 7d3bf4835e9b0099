"""Rows of the files of Companies House and GLEIF, read as what their APIs answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sources.answers import Entry
from sources.listing.pages import Unit
from sources.registers import companies_house_profile, gleif_records
from sources.registers.data_files import document

Row = Mapping[str, str]
#: Columns without which a file is not what its register documents.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "gb": ("CompanyName", "CompanyNumber", "CompanyStatus", "SICCode.SicText_1"),
    "gleif": ("LEI", "Entity.LegalName", "Entity.EntityStatus", "Registration.RegistrationStatus"),
}
_MOST_CODES = 4


def read_row(name: str, row: Row) -> Unit:
    """Read one row of the file of a register, its headers without spaces at their ends."""
    if name == "gb":
        return Unit(_companies_house(row))
    record = _lei_record(row)
    if gleif_records.is_person(record):
        return Unit(None, is_person=True)
    return Unit(gleif_records.entry_of(record))


def _companies_house(row: Row) -> Entry | None:
    """A row as a company profile; its words are translated to those of the API."""
    words = document("companies_house.yaml")["file"]
    codes = (_code(row, place) for place in range(1, _MOST_CODES + 1))
    category = row.get("CompanyCategory", "").strip().lower()
    accounts = row.get("Accounts.AccountCategory", "").strip().lower()
    profile: dict[str, Any] = {
        "company_name": row.get("CompanyName", ""),
        "company_number": row.get("CompanyNumber", ""),
        "company_status": _status(row.get("CompanyStatus", "")),
        "date_of_creation": _day(row.get("IncorporationDate", "")),
        "type": words["categories"].get(category, category),
        "sic_codes": [one for one in codes if one],
        "registered_office_address": {
            "address_line_1": row.get("RegAddress.AddressLine1", ""),
            "locality": row.get("RegAddress.PostTown", "").title(),
            "region": row.get("RegAddress.County", "").title(),
            "postal_code": row.get("RegAddress.PostCode", ""),
            "country": row.get("RegAddress.Country", ""),
        },
        "accounts": {
            "last_accounts": {
                "type": words["accounts"].get(accounts, ""),
                "made_up_to": _day(row.get("Accounts.LastMadeUpDate", "")),
            }
        },
    }
    return companies_house_profile.entry_of(profile)


def _status(written: str) -> str:
    """A status as the API says it: a strike-off that is only proposed leaves a company active."""
    said = written.strip().lower()
    return "active" if said.startswith("active") else said


def _code(row: Row, place: int) -> str:
    """The code that `62020 - Information technology consultancy activities` begins with."""
    return row.get(f"SICCode.SicText_{place}", "").partition(" - ")[0].strip()


def _day(written: str) -> str:
    """`12/03/1998` as a date of ISO 8601; empty if it is none."""
    parts = written.strip().split("/")
    if len(parts) != 3 or not all(one.isascii() and one.isdigit() for one in parts):
        return ""
    day, month, year = (int(one[:4]) for one in parts)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _lei_record(row: Row) -> dict[str, Any]:
    """A row of the golden copy as a record of the API."""
    entity = "Entity."
    return {
        "id": row.get("LEI", ""),
        "attributes": {
            "lei": row.get("LEI", ""),
            "entity": {
                "legalName": {"name": row.get(f"{entity}LegalName", "")},
                "legalAddress": _address(row, "LegalAddress"),
                "headquartersAddress": _address(row, "HeadquartersAddress"),
                "registeredAt": {
                    "id": row.get(f"{entity}RegistrationAuthority.RegistrationAuthorityID", "")
                },
                "registeredAs": row.get(
                    f"{entity}RegistrationAuthority.RegistrationAuthorityEntityID", ""
                ),
                "jurisdiction": row.get(f"{entity}LegalJurisdiction", ""),
                "category": row.get(f"{entity}EntityCategory", ""),
                "legalForm": {"id": row.get(f"{entity}LegalForm.EntityLegalFormCode", "")},
                "status": row.get(f"{entity}EntityStatus", ""),
                "creationDate": row.get(f"{entity}EntityCreationDate", ""),
            },
            "registration": {
                "status": row.get("Registration.RegistrationStatus", ""),
                "lastUpdateDate": row.get("Registration.LastUpdateDate", ""),
            },
        },
    }


def _address(row: Row, name: str) -> dict[str, Any]:
    begin = f"Entity.{name}."
    return {
        "addressLines": [row.get(f"{begin}FirstAddressLine", "")],
        "city": row.get(f"{begin}City", ""),
        "region": row.get(f"{begin}Region", ""),
        "country": row.get(f"{begin}Country", ""),
        "postalCode": row.get(f"{begin}PostalCode", ""),
    }
