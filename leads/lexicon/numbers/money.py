"""Parse money (`> 5 Mio. €`, `$10M–$25M`, `€3.91 billion (2021)`, `TEUR 1,250`) and convert it.

Amounts are whole minor units, always 100 per unit: JPY 5 is stored as 500 too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from math import ceil, floor
from typing import TYPE_CHECKING

from leads.lexicon.numbers.as_of import take_date
from leads.lexicon.numbers.bounds import whole_range
from leads.lexicon.numbers.exchange import rate
from leads.lexicon.numbers.money_forms import (
    is_accounting_negative,
    with_mil,
    with_scale_beside,
    with_thousands_in_words,
)
from leads.lexicon.numbers.quantities import Quantity, Token, quantities, tokens, vocabulary
from leads.lexicon.plain_text import plain_text, without_remarks
from leads.lexicon.reference import document
from leads.values import Dated, MoneyRange, Range

if TYPE_CHECKING:
    #: ISO 4217 codes of the supported currencies.
    CURRENCIES: frozenset[str]
else:

    def __getattr__(name: str) -> frozenset[str]:
        """Load the table on first use."""
        if name == "CURRENCIES":
            return _codes()
        raise AttributeError(name)


MINOR_UNITS = 100
_NO_CENTS = re.compile(r"(?<=[0-9])[.,:][-–—]{1,2}(?![0-9])")
_CENTS, _MARK = re.compile(r"[.,][0-9]{2}$"), re.compile(r"[.,]")
#: A whole number alone, as exports write amounts: a shorter one may be a year.
_BARE = re.compile(r"([1-9][0-9]{4,12})(?: ([A-Z]{3}))?")
#: Kinds of words that may stand beside an amount.
_BESIDE_AMOUNT = frozenset({"filler", "growing", "currency", "and"})
#: More minor units than any company's turnover, and the same in currencies of small units, such
#: as IDR and VND.
_MOST, _MOST_SMALL = 10**14, 10**17
#: Below this an amount with a decimal mark and no scale is in millions, or a mistake.
_FEWEST = 1000


@dataclass(frozen=True, slots=True)
class Converted:
    """Converted money, and the rate used."""

    money: MoneyRange
    reason: str


def parse_money(text: str, currency: str | None = None) -> Dated | None:
    """Parse the one amount in a text as a `Dated` `MoneyRange`; None if none, several or unclear.

    `currency` (ISO 4217) is used if the text names none, and resolves `$`, `¥` and `kr`. An amount
    with a scale word is rounded to its last digit; otherwise it is exact.
    """
    if (bare := _BARE.fullmatch(text)) and (code := _code(bare[2], currency)):
        minor = int(bare[1]) * MINOR_UNITS
        return Dated(MoneyRange(Range(minor, minor), code), None)

    as_of, plain = take_date(plain_text(text))
    if is_accounting_negative(plain):
        return None
    plain = with_thousands_in_words(_NO_CENTS.sub(" ", plain))
    words = with_scale_beside(with_mil(tokens(without_remarks(plain), vocabulary("money"))))
    found = quantities(words)
    if not found or len(found) != 1:
        return None

    amount = found[0]
    rest = [*words[: amount.start], *words[amount.end :]]
    if any("scale" in word.parts for word in rest):
        return None
    code = _currency(amount, rest, currency)
    if code is None or not all(map(_says_no_more, rest)):
        return None

    if any(map(_means_about, rest)):
        amount = replace(amount, bounds=amount.bounds | {"about"})
    value = _value(amount, words, rest, code)
    return Dated(MoneyRange(value, code), as_of) if value else None


def _code(named: str | None, given: str | None) -> str | None:
    """Return the code that a text names, else the given one; None if it names no code."""
    if named is None:
        return given
    return named if named in _codes() else None


@cache
def _codes() -> frozenset[str]:
    words = document("money.yaml")
    return frozenset(words["words"]["currency"]) - frozenset(words["shared"])


def _value(
    amount: Quantity, words: Sequence[Token], rest: Sequence[Token], code: str
) -> Range | None:
    """Return the amount in minor units; None if it is no turnover that a company can have."""
    growing = any("growing" in word.parts for word in rest)
    value = whole_range(amount, units=MINOR_UNITS, growing=growing)
    if value is None or _is_rather_scaled(amount, words):
        return None
    has_scale = any("scale" in word.parts for word in words[amount.start : amount.end])
    return None if _top(value) > _most(code, has_scale=has_scale) else value


def _top(value: Range) -> int:
    return value.high or value.low or 0


def _most(currency: str, *, has_scale: bool) -> int:
    """Return the limit of an amount; a scale that leads beyond a currency's is another word."""
    is_small = currency in document("money.yaml")["small_units"]
    return _MOST if has_scale and not is_small else _MOST_SMALL


def _is_rather_scaled(amount: Quantity, words: Sequence[Token]) -> bool:
    """Check for `12.5` without a scale: nobody states a turnover of twelve and a half.

    `12.50 EUR` has cents.
    """
    inside = words[amount.start : amount.end]
    if any("scale" in word.parts for word in inside) or (amount.high or amount.low) >= _FEWEST:
        return False
    numbers = [word.text for word in inside if word.kind == "number"]
    is_named = any("currency" in word.parts for word in words)
    has_cents = is_named and all(map(_CENTS.search, numbers))
    return not has_cents and any(map(_MARK.search, numbers))


def _says_no_more(word: Token) -> bool:
    """Check that a word beside the amount leaves it one amount of money."""
    return bool(word.parts.keys() & _BESIDE_AMOUNT) or _means_about(word)


def _means_about(word: Token) -> bool:
    return word.parts.get("before") == "about"


def _currency(amount: Quantity, rest: Sequence[Token], given: str | None) -> str | None:
    """Return the currency that all signs and words agree on; the given one if there are none."""
    named = amount.currencies | {
        word.parts["currency"] for word in rest if "currency" in word.parts
    }
    shared: dict[str, list[str]] = document("money.yaml")["shared"]
    codes = {name for name in named if name not in shared}
    for sign in named & shared.keys():
        own = given if given and given in shared[sign] else shared[sign][0]
        codes |= set() if codes & set(shared[sign]) else {own}
    if not named:
        return given
    code = codes.pop() if len(codes) == 1 else "-"
    return None if code == "-" else code


def convert(money: MoneyRange, currency: str, on: date) -> Converted | None:
    """Convert money at the ECB rate of `on` or up to seven days before, else the last known rate.

    Ends are rounded outward, so the range never shrinks. None if the table has no such rate.
    """
    if money.currency == currency:
        return Converted(money, "")
    fixing = rate(money.currency, currency, on)
    if fixing is None:
        return None
    low, high = money.amount.low, money.amount.high
    amount = Range(
        None if low is None else floor(low * fixing.factor),
        None if high is None else ceil(high * fixing.factor),
    )
    late = ", the last one known" if fixing.is_last else ""
    return Converted(
        MoneyRange(amount, currency),
        f"{money.currency} to {currency} at the ECB rate of {fixing.day}{late}",
    )
