"""Read a value of an answer as values of an attribute."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from leads.lexicon.domains import company_domain
from leads.lexicon.industries.codes import leaves, linkedin_path
from leads.lexicon.names.legal_forms import legal_form
from leads.lexicon.numbers.money import CURRENCIES, MINOR_UNITS, parse_money
from leads.lexicon.numbers.ranges import parse_count, parse_year
from leads.lexicon.phones import parse_phone
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.postcodes import postcode
from leads.lexicon.statuses import parse_status
from leads.lexicon.technologies import find
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse, Value

_LONGEST = 300
#: More people than any employer has, and more minor units than any turnover.
_MOST_PEOPLE = 20_000_000
_MOST_MONEY = 10**17


@dataclass(frozen=True, slots=True)
class Meant:
    """What else is known where a value stands."""

    #: Of the company; ISO 3166-1 alpha-2.
    country: str | None = None
    currency: str | None = None
    scheme: str = "text"


#: The values of one JSON value; empty: it says nothing. None: it is not what it should be.
Reader = Callable[[Any, Meant], tuple[Value, ...] | None]


def text_of(raw: Any) -> str:
    """Return a text or whole number as one line of at most 300 characters; empty for anything else."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw) if abs(raw) < 10**18 else ""
    if not isinstance(raw, str) or len(raw) > 4 * _LONGEST:
        return ""
    plain = raw.encode("utf-8", "ignore").decode("utf-8")
    plain = " ".join("".join(char if char.isprintable() else " " for char in plain).split())
    return plain if len(plain) <= _LONGEST else ""


def country_of(raw: Any) -> str:
    """Return the alpha-2 code of a country by name or code, in any case; empty if it is none."""
    text = text_of(raw)
    return country_code(text.upper() if len(text) in (2, 3) else text) or ""


def _text(raw: Any, _: Meant) -> tuple[Value, ...] | None:
    text = text_of(raw)
    return (text,) if any(map(str.isalnum, text)) else None


def _parsed(parse: Callable[[str], Value | None]) -> Reader:
    """A reader of texts that a parser takes or refuses."""

    def read(raw: Any, _: Meant) -> tuple[Value, ...] | None:
        text = text_of(raw)
        found = parse(text) if text else None
        return (found,) if found is not None else None

    return read


def _count(raw: Any, _: Meant) -> tuple[Value, ...] | None:
    number = _whole(raw)
    if number is not None:
        # Providers write 0 where they know nothing.
        return () if number == 0 else _people(Range(number, number))
    found = parse_count(text_of(raw)) if isinstance(raw, str) else None
    if found is None or not isinstance(found.value, Range):
        return None
    return () if found.value.high == 0 else _people(found.value)


def _people(value: Range) -> tuple[Value, ...] | None:
    low, high = value.low or 0, value.high or value.low or 0
    return (value,) if low >= 0 and high <= _MOST_PEOPLE else None


def _whole(raw: Any) -> int | None:
    """A number without a fraction; None for texts, truth values, NaN and infinity."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return None
    return int(raw) if isinstance(raw, int) or (math.isfinite(raw) and raw == int(raw)) else None


def _money(raw: Any, meant: Meant) -> tuple[Value, ...] | None:
    if meant.currency is not None and meant.currency not in CURRENCIES:
        return None
    if isinstance(raw, str):
        found = parse_money(text_of(raw), meant.currency)
        return (found.value,) if found else None
    is_number = isinstance(raw, (int, float)) and not isinstance(raw, bool)
    if not is_number or meant.currency is None or not -1 < raw < _MOST_MONEY // MINOR_UNITS:
        return None
    cents = int(Decimal(str(raw)) * MINOR_UNITS)
    if cents <= 0:
        return () if cents == 0 else None
    return (MoneyRange(Range(cents, cents), meant.currency),)


def _year(raw: Any, _: Meant) -> tuple[Value, ...] | None:
    number = _whole(raw)
    text = str(number) if number is not None and 0 < number < 10**8 else text_of(raw)
    found = parse_year(text) if text else None
    return (found,) if found else None


def _industry(raw: Any, meant: Meant) -> tuple[Value, ...] | None:
    text = text_of(raw)
    if not any(map(str.isalnum, text)):
        return None
    if meant.scheme == "text" or (meant.scheme == "linkedin" and linkedin_path(text) is None):
        return (IndustryCode("text", text),)
    code = IndustryCode(meant.scheme, text)
    return (code,) if leaves(code) else None


def _technology(raw: Any, _: Meant) -> tuple[Value, ...] | None:
    found = find(text_of(raw))
    # A technology that the catalog lacks is nothing wrong.
    return (TechnologyUse(found.slug),) if found else () if isinstance(raw, str) else None


def _phone(raw: Any, meant: Meant) -> tuple[Value, ...] | None:
    found = parse_phone(text_of(raw), meant.country)
    return (found,) if found else None


def _postcode(raw: Any, meant: Meant) -> tuple[Value, ...] | None:
    found = postcode(text_of(raw), meant.country)
    return (found,) if found else None


def _website(raw: Any, _: Meant) -> tuple[Value, ...] | None:
    text = text_of(raw)
    if company_domain(text) is None or " " in text:
        return None
    return (text if text.startswith(("http://", "https://")) else f"https://{text}",)


def _form(text: str) -> Value | None:
    found = legal_form(text)
    return found.name if found else None


#: What is taken from providers, and how; nothing about persons.
READERS: Mapping[str, Reader] = {
    "legal_name": _text,
    "alias": _text,
    "former_name": _text,
    "legal_form": _parsed(_form),
    "status": _parsed(parse_status),
    "founded": _year,
    "country": _parsed(lambda text: country_of(text) or None),
    "region": _text,
    "city": _text,
    "postcode": _postcode,
    "street": _text,
    "domain": _parsed(company_domain),
    "website": _website,
    "phone": _phone,
    "employees": _count,
    "turnover": _money,
    "industry": _industry,
    "technology": _technology,
    "sites": _count,
    "keyword": _text,
    "parent": _text,
}
