"""The values facts hold: frozen, comparable, and the same inside every room.

A fact's value is one of: `str` (name, domain, country code, status, phone in E.164 …), `Range`
(employees, founded, sites), `MoneyRange` (turnover), `IndustryCode` or `TechnologyUse`.
`leads/attributes.py` says which attribute holds which.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from `low` to `high`, both inclusive; None means no bound on that side."""

    low: int | None
    high: int | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"a range runs upwards, not from {self.low} to {self.high}")

    def __reduce__(self) -> tuple[type[Range], tuple[int | None, int | None]]:
        """Pickled three times as fast as by its fields: imports pickle millions."""
        return Range, (self.low, self.high)

    def meet(self, other: Range) -> Range | None:
        """The numbers in both ranges, None when there are none."""
        low = (
            other.low
            if self.low is None
            else self.low
            if other.low is None
            else max(self.low, other.low)
        )
        high = (
            other.high
            if self.high is None
            else self.high
            if other.high is None
            else min(self.high, other.high)
        )
        return None if low is not None and high is not None and low > high else Range(low, high)

    def __str__(self) -> str:
        if self.low == self.high and self.low is not None:
            return f"{self.low:,}"
        if self.low is None and self.high is None:
            return "any number"
        if self.high is None:
            return f"{self.low:,} or more"
        return f"at most {self.high:,}" if self.low is None else f"{self.low:,} to {self.high:,}"


@dataclass(frozen=True, slots=True)
class MoneyRange:
    """An amount in whole minor units (cents) of one ISO 4217 currency."""

    amount: Range
    currency: str

    def __reduce__(self) -> tuple[type[MoneyRange], tuple[Range, str]]:
        """As for a range."""
        return MoneyRange, (self.amount, self.currency)

    def __str__(self) -> str:
        low, high = (
            None if bound is None else bound // 100 for bound in (self.amount.low, self.amount.high)
        )
        return f"{Range(low, high)} {self.currency}"


@dataclass(frozen=True, slots=True)
class IndustryCode:
    """A code of a named scheme (`nace2.0`, `nace2.1`, `naics`, `sic`, `isic4`, `linkedin`), or the
    list's own words.

    `scheme` is `text` when the source used words; `code` then holds them as written.
    """

    scheme: str
    code: str

    def __str__(self) -> str:
        return self.code if self.scheme == "text" else f"{self.scheme}:{self.code}"


@dataclass(frozen=True, slots=True)
class TechnologyUse:
    """That a company runs a technology of the catalog, or, when a person told us so, that it does
    not.
    """

    slug: str
    uses: bool = True

    def __str__(self) -> str:
        return self.slug if self.uses else f"no {self.slug}"


Value = str | Range | MoneyRange | IndustryCode | TechnologyUse


@dataclass(frozen=True, slots=True)
class Dated:
    """A value read from a text together with the date that the text itself gives it (`320 (2021)`)."""

    value: Value
    as_of: date | None = None
