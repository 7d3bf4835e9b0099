"""Amounts of deals in cells: `12,500.00`, `12.500,00 €`, `USD 1250`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from leads.lexicon.numbers import money

_NUMBER = re.compile(r"\d[\d.,'\u2019\u00a0\u202f ]*")
_CODE = re.compile(r"\b[A-Za-z]{3}\b")
#: Signs of one currency each; a dollar sign belongs to several.
_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "zł": "PLN"}
#: In hundredths; more than any deal.
_MOST = 10**15


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in hundredths of its currency; the currency is None when the cell names none."""

    hundredths: int
    currency: str | None


def read_amount(text: str) -> Amount | None:
    """Read an amount; None when it is none, negative, or could be two."""
    found = _NUMBER.findall(text)
    if len(found) != 1 or "-" in text.partition(found[0])[0] or "(" in text:
        return None
    hundredths = _hundredths(re.sub(r"[\s'\u2019]", "", found[0]))
    return None if hundredths is None else Amount(hundredths, _currency(text))


def read_currency(text: str) -> str | None:
    """The ISO code of a currency; None for any other text."""
    code = text.strip().upper()
    return code if code in money.CURRENCIES else _SIGNS.get(text.strip())


def _currency(text: str) -> str | None:
    signs = [code for sign, code in _SIGNS.items() if sign in text.casefold()]
    codes = [code for one in _CODE.findall(text) if (code := read_currency(one))]
    found = {*signs, *codes}
    return found.pop() if len(found) == 1 else None


def _hundredths(digits: str) -> int | None:
    marks = re.sub(r"\d", "", digits.rstrip(".,"))
    digits = digits.rstrip(".,")
    if len(digits) > 24:
        return None
    decimal = marks[-1:]
    if len(set(marks)) <= 1:
        behind = len(digits) - digits.rfind(decimal) - 1 if decimal else 0
        if len(marks) > 1:
            decimal = ""
        elif behind == 3:
            # `1.250` is one and a quarter, or more than a thousand.
            return None
    whole, _, cents = digits.rpartition(decimal) if decimal else (digits, "", "")
    number = Decimal(f"{re.sub('[.,]', '', whole) or '0'}.{cents or '0'}")
    found = int((number * money.MINOR_UNITS).to_integral_value())
    return found if found <= _MOST else None
