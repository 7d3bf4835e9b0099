"""Exact amounts that are paid: whole millionths of one currency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from leads.errors import UsageError

#: Millionths in one unit of a currency.
UNIT = 1_000_000
_MOST = 10**12 * UNIT
_WRITTEN = re.compile(r"\s*([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*([A-Za-z]{3})\s*", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Price:
    """An amount of money: whole millionths of one ISO 4217 currency, 0 or more."""

    micros: int
    currency: str

    def __post_init__(self) -> None:
        if not 0 <= self.micros <= _MOST:
            raise ValueError(f"{self.micros} millionths are no price")

    def __add__(self, other: Price) -> Price:
        self._same(other)
        return Price(self.micros + other.micros, self.currency)

    def __sub__(self, other: Price) -> Price:
        self._same(other)
        return Price(self.micros - other.micros, self.currency)

    def times(self, count: int) -> Price:
        """The price of several."""
        return Price(self.micros * count, self.currency)

    def per(self, count: int) -> Fraction:
        """Units of the currency for each of several, exactly."""
        return Fraction(self.micros, UNIT * count)

    def split(self, parts: int) -> tuple[Price, ...]:
        """Equal parts that add up to it; the first ones carry the millionths left over."""
        each, left = divmod(self.micros, parts)
        return tuple(Price(each + (at < left), self.currency) for at in range(parts))

    @property
    def units(self) -> Decimal:
        """Units of the currency, exactly."""
        return Decimal(self.micros).scaleb(-6)

    def __str__(self) -> str:
        plain = self.units.normalize()
        digits = max(2, -int(plain.as_tuple().exponent))
        return f"{self.units:,.{digits}f} {self.currency}"

    def _same(self, other: Price) -> None:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} are different currencies")


#: What costs nothing.
FREE = Price(0, "EUR")


def parse_price(text: str, what: str = "an amount") -> Price:
    """Read `0.12 EUR`: at most six decimal places, a point, an ISO 4217 code. UsageError otherwise."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise UsageError(f"{text[:40]!r} is not {what}", _way_out(text))
    return Price(int(Decimal(found[1]).scaleb(6)), found[2].upper())


#: What is wrong with a text that is no amount, and how it is written; the first that fits counts.
_WAYS_OUT = (
    (r"-.*", "an amount is not negative: write it like 0.12 EUR"),
    (r"[0-9][0-9.,]*", "write the currency too, like 0.12 EUR"),
    (r"[0-9]*\.[0-9]{7,}\s*[A-Za-z]{3}", "write at most six decimals, like 0.12 EUR"),
    (r"[0-9]{13,}.*", "an amount is below 1,000,000,000,000"),
    (r"[A-Za-z]{3}\s*[0-9][0-9.]*", "write the amount first, then the currency, like 0.12 EUR"),
    (r".*[0-9],[0-9].*", "write a point before the decimals and no comma, like 0.12 EUR"),
    (r"[0-9][0-9.]*\s*\D+", "write the three letters of the currency, like 0.12 EUR"),
)


def _way_out(text: str) -> str:
    said = text[:60].strip()
    ways = (way for wrong, way in _WAYS_OUT if re.fullmatch(wrong, said, re.ASCII | re.DOTALL))
    return next(ways, "write digits and a currency, like 0.12 EUR")


def parse_budget(budget: str, each: str) -> tuple[Price, Price | None]:
    """Read a budget and the most for one company; None: no bound. UsageError otherwise.

    Without a budget it is nothing, in the currency of the other: then only free sources count.
    """
    most = parse_price(each) if each.strip() else None
    if budget.strip():
        amount = parse_price(budget, "a budget")
        if most is not None and most.currency != amount.currency:
            raise UsageError(
                f"the budget is in {amount.currency}, the most for one company in {most.currency}",
                "give both in one currency",
            )
        return amount, most
    return (FREE if most is None else Price(0, most.currency)), most


def sum_of(prices: Iterable[Price]) -> tuple[Price, ...]:
    """The sums of prices, one for each currency, by its code."""
    sums: dict[str, int] = {}
    for one in prices:
        sums[one.currency] = sums.get(one.currency, 0) + one.micros
    return tuple(Price(micros, currency) for currency, micros in sorted(sums.items()))
