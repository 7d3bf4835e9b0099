"""A company of a register as a row of a list, in columns that an import recognises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leads.values import IndustryCode, MoneyRange, Range, Value
from sources.answers import Entry
from sources.source import Card

#: Headers, and the attributes below them.
_ATTRIBUTES: Mapping[str, str] = {
    "legal form": "legal_form",
    "status": "status",
    "founded": "founded",
    "street": "street",
    "postcode": "postcode",
    "city": "city",
    "region": "region",
    "website": "website",
    "vat id": "vat_id",
    "lei": "lei",
    "employees": "employees",
    "turnover": "turnover",
}
#: One column for each revision: the same digits mean different trades.
_INDUSTRIES: Mapping[str, str] = {"nace rev 2": "nace2.0", "nace rev 2.1": "nace2.1"}
COLUMNS: Sequence[str] = (
    "company",
    "country",
    "register number",
    *_ATTRIBUTES,
    *_INDUSTRIES,
    "register entry",
    "licence",
    "attribution",
)
_CENTS = 100
#: Statuses of companies that still exist.
_ALIVE = frozenset({"", "active"})


def row_of(entry: Entry, card: Card) -> list[str]:
    """The cells of a company, one for each of `COLUMNS`."""
    number = entry.number or _first(entry, "register_number")
    return [
        entry.name,
        entry.country,
        number,
        *(_first(entry, attribute) for attribute in _ATTRIBUTES.values()),
        *(_codes(entry, scheme) for scheme in _INDUSTRIES.values()),
        entry.url,
        card.licence,
        card.attribution,
    ]


def why_not(entry: Entry) -> str:
    """Why a company is left out of a list; empty: it is not."""
    if any(one.attribute == "objection" for one in entry.facts):
        return "object to prospecting"
    if _first(entry, "status") not in _ALIVE:
        return "have ended or are ending"
    return ""


def _first(entry: Entry, attribute: str) -> str:
    for one in entry.facts:
        if one.attribute == attribute:
            return _written(one.value)
    return ""


def _codes(entry: Entry, scheme: str) -> str:
    codes = [
        one.value.code
        for one in entry.facts
        if isinstance(one.value, IndustryCode) and one.value.scheme == scheme
    ]
    return "; ".join(dict.fromkeys(codes))


def _written(value: Value) -> str:
    """A value as lists write it: `50-99`, `10000+`, `1200000 EUR`."""
    if isinstance(value, Range):
        return _ends(value.low, value.high)
    if isinstance(value, MoneyRange):
        low, high = (
            None if one is None else one // _CENTS for one in (value.amount.low, value.amount.high)
        )
        return f"{_ends(low, high)} {value.currency}"
    return str(value)


def _ends(low: int | None, high: int | None) -> str:
    if high is None:
        return f"{low}+"
    if low is None or low == high:
        return str(high)
    return f"{low}-{high}"
