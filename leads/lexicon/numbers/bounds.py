"""Turn a quantity and its qualifiers into a range of whole units, both ends inclusive."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from leads.lexicon.numbers.quantities import Quantity
from leads.values import Range

_AT_LEAST = frozenset({"more_than", "at_least"})
_AT_MOST = frozenset({"less_than", "at_most"})
_ONE_SIDED = _AT_LEAST | _AT_MOST


def whole_range(quantity: Quantity, *, units: int = 1, growing: bool = False) -> Range | None:
    """Return the quantity as a range of whole units, never narrower than the text states.

    `units` is the number of units in one. `about` means 10 % either way; a rounded number means
    half a unit of its last digit. None if the range is reversed or unbounded from zero.
    """
    bounds, single = quantity.bounds, quantity.high is None
    low = quantity.low * units
    high = low if quantity.high is None else quantity.high * units
    if low > high or "negative" in bounds:
        return None

    about = single and "about" in bounds
    if single and (about or not bounds & _ONE_SIDED):
        tolerance = max(quantity.slack * units, low / 10 if about else Fraction(0))
        low, high = max(low - tolerance, Fraction(0)), high + tolerance

    # A bound on a range or an approximate number is no sharper than the range itself.
    step = 1 if single and not about else 0
    if bounds & _AT_MOST:
        return None if growing else _up_to(ceil(high) - (step if "less_than" in bounds else 0))
    if growing or bounds & _AT_LEAST or (single and "bullet" in bounds):
        return _from(floor(low) + (step if "more_than" in bounds else 0))
    return Range(floor(low), ceil(high))


def _up_to(top: int) -> Range | None:
    return Range(0, top) if top >= 0 else None


def _from(bottom: int) -> Range | None:
    return Range(bottom, None) if bottom > 0 else None
