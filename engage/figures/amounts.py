"""Exact amounts of money, each currency by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from leads.prices import Price

#: Millionths in a hundredth.
_MICROS = 10_000


@dataclass(frozen=True, slots=True)
class Amounts:
    """Sums by currency, in exact hundredths; currencies are never added to each other."""

    hundredths: Mapping[str, Fraction] = field(default_factory=dict)

    @classmethod
    def of(cls, hundredths: int | Fraction, currency: str) -> Amounts:
        """One amount of one currency."""
        return cls({currency: Fraction(hundredths)})

    @classmethod
    def of_micros(cls, micros: int, currency: str) -> Amounts:
        """One amount of one currency, in millionths."""
        return cls.of(Fraction(micros, _MICROS), currency)

    def __add__(self, other: Amounts) -> Amounts:
        return total([self, other])

    def __bool__(self) -> bool:
        return bool(self.hundredths)

    def times(self, factor: Fraction) -> Amounts:
        """Each amount multiplied by a factor."""
        return Amounts({name: amount * factor for name, amount in self.hundredths.items()})

    def per(self, number: int) -> Amounts | None:
        """Each amount divided by a number of companies; None when there is no company."""
        return self.times(Fraction(1, number)) if number else None

    @property
    def only(self) -> tuple[str, Fraction] | None:
        """Currency and hundredths when there is one currency; None otherwise."""
        return next(iter(self.hundredths.items())) if len(self.hundredths) == 1 else None

    def rounded(self) -> dict[str, Decimal]:
        """The amounts in units, rounded half up to two digits, by currency; to six where two would
        say that it is nothing.
        """
        return {name: _units(amount) for name, amount in sorted(self.hundredths.items())}

    @property
    def prices(self) -> tuple[Price, ...]:
        """The amounts to the millionth, 0 or more."""
        return tuple(
            Price(round(amount * _MICROS), name) for name, amount in sorted(self.hundredths.items())
        )

    def as_json(self) -> list[dict[str, str]]:
        """The amounts as JSON, such as `[{"amount": "12.50", "currency": "EUR"}]`."""
        return [
            {"amount": str(amount), "currency": name} for name, amount in self.rounded().items()
        ]

    def __str__(self) -> str:
        return " + ".join(f"{amount:,} {name}" for name, amount in self.rounded().items())


def total(some: Iterable[Amounts]) -> Amounts:
    """The sum of amounts, currency by currency."""
    sums: dict[str, Fraction] = {}
    for one in some:
        for name, amount in one.hundredths.items():
            sums[name] = sums.get(name, Fraction(0)) + amount
    return Amounts(sums)


def _units(hundredths: Fraction) -> Decimal:
    """Hundredths as units with two digits, with six if that would be 0; halves away from 0."""
    size, digits = abs(hundredths), 2
    if 0 < size < Fraction(1, 2):
        size, digits = size * _MICROS, 6
    whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    return Decimal(whole if hundredths >= 0 else -whole).scaleb(-digits)
