"""Bounds of a number in a profile: `{at_least: 20}`, `{more_than: 5_000_000, currency: EUR}`,
`{between: [1990, 2005]}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from leads.clock import now
from leads.lexicon.numbers.exchange import rate
from leads.lexicon.numbers.money import CURRENCIES, MINOR_UNITS, parse_money
from leads.values import MoneyRange, Range
from leads.yaml_mistakes import did_you_mean, mistake
from leads.yaml_tree import Listing, Mapping, Node, Scalar

LOWER = {"at_least": 0, "more_than": 1}
UPPER = {"at_most": 0, "less_than": -1}
KEYS = (*LOWER, *UPPER, "between")
_SAID = {
    "at_least": "at least",
    "more_than": "more than",
    "at_most": "at most",
    "less_than": "less than",
}

_PLAIN = re.compile(
    r"(\d+(?:_\d+)*|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d{1,3}(?:'\d{3})+)(\.\d{1,2})?", re.ASCII
)
_SCALED = re.compile(
    r"(\d{1,3}(?:\.\d{1,3})?)\s?(k|thousand|m|mio|million|bn|billion)", re.IGNORECASE | re.ASCII
)
_SCALES = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "billion": 10**9,
}
_UNIT = re.compile(
    r"(.*[\w.]) ?(?:people|persons?|staff|employees|fte|sites?|years?|days?|km)", re.IGNORECASE
)
_EURO = "EUR"
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Bounds:
    """Whole numbers wanted (cents for money), and the same in words."""

    wanted: Range
    said: str
    currency: str | None = None


def read_counts(node: Node) -> Bounds:
    """Bounds of a count: whole numbers from 0."""
    wanted, said = _read(_fields(node, KEYS), scale=1, comma=True)
    # Every count is 0 or more, so that bound asks nothing.
    return Bounds(
        Range(None, wanted.high) if wanted.low == 0 and wanted.high is not None else wanted, said
    )


def read_years(node: Node) -> Bounds:
    """Bounds of a year."""
    wanted, said = _read(_fields(node, KEYS), scale=1, comma=False)
    for year in (wanted.low, wanted.high):
        if year is not None and not 1000 <= year <= 3000:
            raise mistake(
                node, f"{said} is not a year", "write the year itself, such as at_least: 1990"
            )
    if wanted.low is not None and wanted.low > (latest := now().year + 1):
        raise mistake(
            node,
            f"{said} lies in the future, so it can never be yes",
            f"write a year up to {latest}",
        )
    return Bounds(wanted, said)


def read_money(node: Node) -> Bounds:
    """Bounds of an amount of money with its currency."""
    mapping = _fields(node, (*KEYS, "currency"))
    currency = mapping.get("currency")
    if not isinstance(currency, Scalar):
        raise mistake(
            node, "the currency is missing", "add it, such as {more_than: 5_000_000, currency: EUR}"
        )
    code = currency.text.upper()
    if code != _EURO and rate(code, _EURO, date.max) is None:
        meant = (
            did_you_mean(code, CURRENCIES)
            if len(code) == 4
            else f", did you mean {sign}"
            if (sign := _currency_in(code))
            else ""
        )
        raise mistake(
            currency,
            f"no exchange rates are known for the currency {currency.text!r}{meant}",
            "use a code such as EUR, USD or GBP",
        )
    wanted, said = _read(mapping, scale=MINOR_UNITS, comma=True)
    return Bounds(wanted, f"{said} {code}", code)


def _fields(node: Node, known: tuple[str, ...]) -> Mapping:
    if not isinstance(node, Mapping):
        raise mistake(
            node, "bounds are missing", "write for instance {at_least: 20} or {between: [20, 250]}"
        )
    for key, _ in node.fields:
        if key.text == "currency" and key.text not in known:
            raise mistake(
                key,
                "a number of people, sites or a year has no currency",
                "leave it out, or ask for turnover",
            )
        if key.text not in known:
            raise mistake(
                key,
                f"no such bound{did_you_mean(key.text, known)}",
                f"the bounds are {', '.join(known)}",
            )
    if not any(key.text in KEYS for key, _ in node.fields):
        raise mistake(node, "bounds are missing", "write for instance at_least: 20")
    return node


def _read(mapping: Mapping, *, scale: int, comma: bool) -> tuple[Range, str]:
    if (between := mapping.get("between")) is not None:
        return _between(mapping, between, scale=scale, comma=comma)
    low = _side(mapping, LOWER, scale)
    high = _side(mapping, UPPER, scale)
    if high and (high[0] < 0 or (low and low[0] > high[0])):
        raise mistake(
            mapping,
            "nothing can be inside these bounds",
            "check which is the smaller and which the larger number",
        )
    said = " and ".join(
        f"{_SAID[key]} {_number(amount, comma=comma)}"
        for _, key, amount in filter(None, (low, high))
    )
    return Range(low[0] if low else None, high[0] if high else None), said


def _side(mapping: Mapping, keys: dict[str, int], scale: int) -> tuple[int, str, Decimal] | None:
    """The bound on one side in whole units, its key and the amount as written."""
    given = [(key, node) for key, node in mapping.fields if key.text in keys]
    if len(given) > 1:
        raise mistake(
            given[1][0],
            f"{given[0][0].text} and {given[1][0].text} bound the same side",
            "keep one of them",
        )
    if not given:
        return None
    key, node = given[0]
    amount = read_amount(node, whole=scale == 1)
    return int(amount * scale) + keys[key.text], key.text, amount


def _between(mapping: Mapping, node: Node, *, scale: int, comma: bool) -> tuple[Range, str]:
    others = [key for key, _ in mapping.fields if key.text in (*LOWER, *UPPER)]
    if others:
        raise mistake(
            others[0], f"{others[0].text} cannot be combined with between", "keep one of them"
        )
    if not isinstance(node, Listing) or len(node.items) != 2:
        raise mistake(node, "between takes two numbers", "write between: [20, 250]")
    low, high = (read_amount(item, whole=scale == 1) for item in node.items)
    if low > high:
        raise mistake(
            node, "the first number is larger than the second", "write the smaller one first"
        )
    return (
        Range(int(low * scale), int(high * scale)),
        f"from {_number(low, comma=comma)} to {_number(high, comma=comma)}",
    )


def read_amount(node: Node, *, whole: bool) -> Decimal:
    """Read one number from 0, as people write it."""
    text = node.text if isinstance(node, Scalar) else ""
    if match := _PLAIN.fullmatch(text):
        amount = Decimal(re.sub(r"[_,' ]", "", match[1]) + (match[2] or ""))
    elif match := _SCALED.fullmatch(text):
        amount = Decimal(match[1]) * _SCALES[match[2].lower()]
    elif text.startswith("-"):
        raise mistake(node, f"{text} is below 0", "bounds are 0 or more")
    else:
        raise mistake(
            node, f"{text!r} is not a number" if text else "a number is missing", _way_out(text)
        )
    if (whole and amount != int(amount)) or amount > _LARGEST:
        raise mistake(
            node, f"{text} is {'too large' if amount > _LARGEST else 'not a whole number'}"
        )
    return amount


def _way_out(text: str) -> str:
    """Suggest the number without its unit, for a text that is not a plain number."""
    if code := _currency_in(text):
        return f"write the amount alone, and currency: {code} beside it"
    match = _UNIT.fullmatch(text)
    if match and (_PLAIN.fullmatch(match[1]) or _SCALED.fullmatch(match[1])):
        return f"write the number alone: {match[1]}"
    return "write it like 5000000, 5_000_000 or 5 million"


def _currency_in(text: str) -> str | None:
    found = parse_money(f"1 {text}" if not any(map(str.isdigit, text)) else text)
    return found.value.currency if found and isinstance(found.value, MoneyRange) else None


def _number(amount: Decimal, *, comma: bool) -> str:
    if amount != int(amount):
        return f"{amount:,.2f}"
    return f"{int(amount):,}" if comma else str(int(amount))
