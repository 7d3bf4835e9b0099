"""Read one cell as values of attributes, by the field of its column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from intake.cells import values
from intake.content import is_company_page
from intake.header_units import UNKNOWN_UNIT
from intake.mapping import Column
from intake.schemes import TEXT, normal_code, published
from intake.vocabulary import key_of, vocabulary
from leads.facts import Scope
from leads.lexicon.domains import company_domain, host_kind, host_name
from leads.lexicon.industries.codes import linkedin_path
from leads.lexicon.industries.words import named
from leads.lexicon.names.company_names import CompanyName, parse_name
from leads.lexicon.names.legal_forms import legal_form
from leads.lexicon.numbers.money import parse_money
from leads.lexicon.numbers.ranges import parse_count, parse_year
from leads.lexicon.phones import parse_phone
from leads.lexicon.places.countries import column_country
from leads.lexicon.places.postcodes import postcode
from leads.lexicon.statuses import parse_status
from leads.lexicon.technologies import find
from leads.values import IndustryCode, TechnologyUse, Value

_LONGEST = 300
_WHOLE_URL = re.compile(r"[a-z]{3,5}://[^/]", re.IGNORECASE)
_CUT_SCHEME = re.compile(r"^(?:https?:)?/*", re.IGNORECASE)


class CellValue(NamedTuple):
    """One value in a cell."""

    attribute: str
    value: Value
    as_of: date | None = None
    scope: Scope = Scope.COMPANY


class Cell(NamedTuple):
    """One cleaned cell, with the country and currency of its row."""

    text: str
    column: Column
    country: str | None = None
    currency: str | None = None

    @property
    def field(self) -> str:
        """The field of its column."""
        return self.column.field


Reader = Callable[[Cell], Iterator[CellValue]]


@lru_cache(maxsize=1 << 10)
def name_parts(text: str) -> CompanyName:
    """A parsed name; cached, as each row needs it several times."""
    return parse_name(text)


def _name(cell: Cell) -> Iterator[CellValue]:
    parsed = name_parts(cell.text)
    yield CellValue(cell.field, parsed.shown)
    yield from (CellValue("alias", other) for other in parsed.others)


def _names(cell: Cell) -> Iterator[CellValue]:
    for text in values(cell.text, commas=False):
        if any(char.isalnum() for char in text):
            yield CellValue(cell.field, parse_name(text).shown)


def _legal_form(cell: Cell) -> Iterator[CellValue]:
    found = legal_form(cell.text)
    if found:
        yield CellValue("legal_form", found.name)


def _text(cell: Cell) -> Iterator[CellValue]:
    if len(cell.text) <= _LONGEST:
        yield CellValue(cell.field, " ".join(cell.text.split()))


def _texts(cell: Cell) -> Iterator[CellValue]:
    yield from (
        CellValue(cell.field, " ".join(text.split()))
        for text in values(cell.text)
        if len(text) <= 100
    )


def _number(cell: Cell) -> Iterator[CellValue]:
    text = (
        re.sub(r"\s+", "", cell.text)
        if cell.field in ("vat_id", "lei")
        else " ".join(cell.text.split())
    )
    if 4 <= len(text) <= 40 and any(char.isdigit() for char in text):
        yield CellValue(cell.field, text.upper() if cell.field in ("vat_id", "lei") else text)


def _country(cell: Cell) -> Iterator[CellValue]:
    code = column_country(cell.text)
    if code:
        yield CellValue("country", code)


def _postcode(cell: Cell) -> Iterator[CellValue]:
    found = postcode(cell.text, cell.country)
    if found:
        yield CellValue("postcode", found)


def _postcode_city(cell: Cell) -> Iterator[CellValue]:
    found = re.fullmatch(
        r"((?:[A-Z]{1,2}-)?(?:\d{4}\s?[A-Z]{2}|\d{3}\s\d{2}|\d{2}-\d{3}|\d{4,6}))\s*,?\s+(\D.*)",
        cell.text,
    )
    if found:
        code = postcode(found[1], cell.country)
        if code:
            yield CellValue("postcode", code)
        yield CellValue("city", found[2])
    elif cell.text.strip() and not any(char.isdigit() for char in cell.text):
        yield CellValue("city", " ".join(cell.text.split()))


def _degrees(cell: Cell) -> Iterator[CellValue]:
    text = cell.text.replace(",", ".")
    if re.fullmatch(r"-?\d{1,3}(?:\.\d+)?", text) and abs(float(text)) <= (
        90 if cell.field == "latitude" else 180
    ):
        yield CellValue(cell.field, text)


def _website(cell: Cell) -> Iterator[CellValue]:
    for text in values(cell.text, commas=False):
        domain = company_domain(text)
        if domain:
            yield CellValue("website", _with_scheme(text))
            yield CellValue("domain", domain)
        elif host_kind(text) == "social":
            yield CellValue("social", text)


def _with_scheme(text: str) -> str:
    """The address with a scheme: `www.acme.example`, `//acme.example` and `http:acme.example`."""
    return text if _WHOLE_URL.match(text) else f"https://{_CUT_SCHEME.sub('', text)}"


def _domain(cell: Cell) -> Iterator[CellValue]:
    yield from (
        CellValue("domain", domain)
        for text in values(cell.text)
        if (domain := company_domain(text))
    )


def _social(cell: Cell) -> Iterator[CellValue]:
    yield from (
        CellValue("social", text)
        for text in values(cell.text)
        if host_name(text) and is_company_page(text)
    )


def _phone(cell: Cell) -> Iterator[CellValue]:
    for text in values(cell.text):
        number = parse_phone(text, cell.country, fax=cell.field == "fax")
        if number:
            yield CellValue(cell.field, number)


def _count(cell: Cell) -> Iterator[CellValue]:
    found = (
        parse_count(f"{cell.text} {cell.column.unit}")
        if cell.column.unit and not _worded(cell.text)
        else parse_count(cell.text)
    )
    if found:
        yield CellValue(cell.field, found.value, found.as_of or _end_of(cell.column.year))


def _turnover(cell: Cell) -> Iterator[CellValue]:
    if cell.column.unit == UNKNOWN_UNIT:
        return
    currency = cell.column.currency or cell.currency
    found = parse_money(cell.text, currency) if _worded(cell.text) or not cell.column.unit else None
    found = found or (
        parse_money(f"{cell.text} {cell.column.unit}", currency) if cell.column.unit else None
    )
    if found:
        yield CellValue("turnover", found.value, found.as_of or _end_of(cell.column.year))


def _founded(cell: Cell) -> Iterator[CellValue]:
    found = parse_year(cell.text)
    if found:
        yield CellValue("founded", found)


def _status(cell: Cell) -> Iterator[CellValue]:
    found = parse_status(cell.text)
    if found:
        yield CellValue("status", found)


def _industry(cell: Cell) -> Iterator[CellValue]:
    for text in values(
        cell.text,
        commas=_lists_by_comma(cell),
    ):
        code = (
            " ".join(text.split())
            if cell.column.scheme in (TEXT, "linkedin")
            else normal_code(cell.column.scheme, text)
        )
        if code and len(code) <= _LONGEST:
            yield CellValue("industry", IndustryCode(published(cell.column.scheme), code))


def _lists_by_comma(cell: Cell) -> bool:
    """Check for codes, and for several industries: not `Hotels, Resorts & Cruise Lines`."""
    if cell.column.scheme not in (TEXT, "linkedin"):
        return cell.text.replace(",", "").replace(" ", "").isdigit()
    if "," not in cell.text or key_of(cell.column.header) not in vocabulary().listing:
        return False
    return named(cell.text) is None and not linkedin_path(cell.text)


def _technology(cell: Cell) -> Iterator[CellValue]:
    for word in technology_words(cell.text):
        slug = technology_slug(word)
        if slug:
            yield CellValue("technology", TechnologyUse(slug))


@lru_cache(maxsize=1 << 13)
def technology_slug(word: str) -> str | None:
    """The technology's slug in the catalog; None when it is not there."""
    found = find(word)
    return found.slug if found else None


def technology_words(cell: str) -> Iterator[str]:
    """The technologies in a cell: a whole value that is in the catalog (`CI/CD`), else its parts."""
    for text in values(cell):
        if technology_slug(text):
            yield text
        else:
            yield from (
                part
                for raw in re.split(r"[/()&]| and | und | et | y | e ", text)
                if (part := raw.strip())
            )


def _worded(cell: str) -> bool:
    return any(char.isalpha() for char in cell)


def _end_of(year: int | None) -> date | None:
    return date(year, 12, 31) if year else None


#: How each field's cells are read; those of several attributes at once are in `intake/facts.py`.
READERS: dict[str, Reader] = {
    **dict.fromkeys(("name", "legal_name"), _name),
    **dict.fromkeys(("alias", "former_name"), _names),
    **dict.fromkeys(("street", "city", "region", "parent", "language"), _text),
    **dict.fromkeys(("keyword", "certificate"), _texts),
    **dict.fromkeys(("register_number", "vat_id", "lei"), _number),
    **dict.fromkeys(("latitude", "longitude"), _degrees),
    **dict.fromkeys(("phone", "fax"), _phone),
    **dict.fromkeys(("employees", "sites"), _count),
    "country": _country,
    "legal_form": _legal_form,
    "postcode": _postcode,
    "postcode_city": _postcode_city,
    "website": _website,
    "domain": _domain,
    "social": _social,
    "turnover": _turnover,
    "founded": _founded,
    "status": _status,
    "industry": _industry,
    "technology": _technology,
}
