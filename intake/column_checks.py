"""Check whether a column's cells fit the field that its name suggests, and find a better one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from intake.content import is_company_page, is_host, is_person_page, is_social, share
from intake.currencies import currency_of
from intake.mapping import KEEP, LOCATION
from intake.vocabulary import PERSONAL, key_of, vocabulary
from leads.lexicon.emails import parse_email
from leads.lexicon.numbers.money import parse_money
from leads.lexicon.numbers.ranges import parse_count, parse_year
from leads.lexicon.places.countries import column_country
from leads.lexicon.places.locations import parse_places
from leads.lexicon.statuses import parse_status

_PERSON_NAME = f"{PERSONAL}person_name"
#: A phone number and no name beside it.
_PHONE_ALONE = re.compile(
    r"(?:(?:tel|telefon|phone|fon|fax|t|p|m|mob|mobile|mobil)[.:]*\s*)?\+?[\d\s()/.-]{5,}",
    re.IGNORECASE,
)
#: Short numbers and ticks.
_NO_NAME = re.compile(
    r"[\d\s.,%+-]{1,6}|yes|no|y|n|x|true|false|ja|nein|oui|non|s[ií]|nee|nej|tak|nie", re.IGNORECASE
)
#: Two to four capitalised words, or several persons: no unit, no number.
_PERSON = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,3}[^\W\d_][\w.'’-]*(?:\s*[;,/|&].*)?")
_COMPANY_CODE = re.compile(r"(?:IT)?\d{11}")
_URL = re.compile(r"https?://|www\.", re.IGNORECASE)
_SPLIT = re.compile(r"[|;,/\n]")
_DEGREES = re.compile(r"-?\d{1,3}(?:[.,]\d+)?")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")


def checked_field(field: str, header: str, values: Sequence[str]) -> str:
    """The field if the values fit it, else another field that they show, else `keep`."""
    if not values:
        return field
    if field == _PERSON_NAME and key_of(header) in vocabulary().any_contact:
        return _contact(values) or field
    instead = _OTHERWISE.get(field)
    other = instead(values) if instead else None
    if other:
        return other
    test = _NEEDED.get(field)
    return field if test is None or share(values, test[0]) >= test[1] else KEEP


def quality(field: str, values: Sequence[str], unit: str) -> float:
    """The part of the values that can be read as the number the field holds; 1 for fields that hold
    text.
    """
    read = _NUMBERS.get(field)
    return share(values, lambda value: read(value, unit)) if read and values else 1.0


def _web(values: Sequence[str]) -> str | None:
    if share(values, is_person_page) >= 0.5:
        return f"{PERSONAL}personal_profile"
    if share(values, lambda value: is_host(value) and is_social(value)) >= 0.5:
        return "social"
    return "email" if share(values, lambda value: "@" in value) >= 0.5 else None


def _contact(values: Sequence[str]) -> str | None:
    """A column called "contact" may hold e-mail addresses, websites or phone numbers."""
    if share(values, is_host) >= 0.5:
        return "website"
    if share(values, _PHONE_ALONE.fullmatch) >= 0.5:
        return "phone"
    return _person(values)


def _person(values: Sequence[str]) -> str | None:
    """A column of persons may hold their addresses only, of which the domain is the
    company's; numbers and ticks are no persons.
    """
    if share(values, _only_addresses) >= 0.8:
        return "email"
    return KEEP if share(values, _NO_NAME.fullmatch) >= 0.8 else None


def _only_addresses(value: str) -> bool:
    return all(_ADDRESS.fullmatch(part.strip()) for part in _SPLIT.split(value) if part.strip())


def _profile(values: Sequence[str]) -> str | None:
    """A "profile" may be the company's page."""
    company = share(values, is_company_page)
    return "social" if company >= 0.5 else None


def _national_id(values: Sequence[str]) -> str | None:
    """The "codice fiscale" of a company has 11 digits, that of a person has letters too."""
    return "register_number" if share(values, _COMPANY_CODE.fullmatch) >= 0.5 else None


def _country(values: Sequence[str]) -> str | None:
    whole = share(values, column_country)
    return LOCATION if whole < 0.5 and share(values, parse_places) > max(whole, 0.5) else None


def _employees(values: Sequence[str]) -> str | None:
    """A column called "staff" may name its people."""
    return _PERSON_NAME if share(values, _PERSON.fullmatch) >= 0.8 else None


def _is_currency(value: str) -> bool:
    return (len(value) == 3 and value.isalpha()) or currency_of(value) is not None


def _sites(values: Sequence[str]) -> str | None:
    """A column called "locations" may count them or name them."""
    if share(values, parse_count) >= 0.5:
        return None
    return LOCATION if share(values, parse_places) >= 0.3 else KEEP


def _is_kind_of_accounts(value: str) -> bool:
    """Whether a category says which accounts a company files, and nothing about what it does."""
    return key_of(value) in vocabulary().kinds_of_accounts


def _digits(value: str) -> bool:
    return sum(char.isdigit() for char in value) >= 5


def _worldly(value: str) -> bool:
    return any(
        key_of(part) in vocabulary().world_regions for part in _SPLIT.split(value.strip(" ."))
    )


def _name(value: str) -> bool:
    return any(char.isalpha() for char in value) and "@" not in value and not _URL.match(value)


_OTHERWISE: dict[str, Callable[[Sequence[str]], str | None]] = {
    "website": _web,
    "domain": _web,
    "social": lambda values: (
        f"{PERSONAL}personal_profile"
        if share(values, is_person_page) > max(0.4, share(values, is_company_page))
        else None
    ),
    _PERSON_NAME: _person,
    f"{PERSONAL}officer": lambda values: KEEP if share(values, _NO_NAME.fullmatch) >= 0.8 else None,
    f"{PERSONAL}personal_profile": _profile,
    f"{PERSONAL}national_id": _national_id,
    "country": _country,
    "employees": _employees,
    "sites": _sites,
    "keyword": lambda values: KEEP if share(values, _is_kind_of_accounts) >= 0.8 else None,
    "region": lambda values: KEEP if share(values, _worldly) > 0.2 else None,
    "city": lambda values: (
        LOCATION
        if share(values, lambda value: "," in value and parse_places(value)) >= 0.5
        else None
    ),
}
#: A test and the share of distinct values that must pass it.
_NEEDED: dict[str, tuple[Callable[[str], object], float]] = {
    "name": (_name, 0.5),
    "website": (is_host, 0.3),
    "domain": (is_host, 0.3),
    "social": (is_host, 0.3),
    "email": (lambda value: "@" in value and parse_email(value), 0.3),
    "phone": (_digits, 0.3),
    "country": (column_country, 0.3),
    "status": (parse_status, 0.6),
    "founded": (parse_year, 0.3),
    "latitude": (_DEGREES.fullmatch, 0.8),
    "longitude": (_DEGREES.fullmatch, 0.8),
    "postcode": (lambda value: len(value) <= 14 and any(char.isdigit() for char in value), 0.5),
    "currency": (_is_currency, 0.8),
    "language": (lambda value: len(value) == 2 and value.isalpha(), 0.8),
}
_NUMBERS: dict[str, Callable[[str, str], object]] = {
    "employees": lambda value, unit: parse_count(f"{value} {unit}".strip()),
    "turnover": (
        lambda value, unit: parse_money(value, "EUR") or parse_money(f"{value} {unit}", "EUR")
    ),
    "founded": lambda value, _: parse_year(value),
    "sites": lambda value, _: parse_count(value),
}
