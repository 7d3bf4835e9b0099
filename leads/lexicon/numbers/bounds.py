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
    bounds = quantity.bounds
    low, high = _ends(quantity, units)
    if low > high or "negative" in bounds:
        return None

    # A bound on a range or an approximate number is no sharper than the range itself.
    is_exact = quantity.high is None and "about" not in bounds
    excluded = bounds & {"less_than", "more_than"} if is_exact else frozenset()
    if bounds & _AT_MOST:
        return None if growing else _up_to(ceil(high) - ("less_than" in excluded))
    if growing or bounds & _AT_LEAST or (quantity.high is None and "bullet" in bounds):
        return _from(floor(low) + ("more_than" in excluded))
    return Range(floor(low), ceil(high))


def _ends(quantity: Quantity, units: int) -> tuple[Fraction, Fraction]:
    """Return both ends in units; those of one approximate or rounded number lie around it."""
    low = quantity.low * units
    if quantity.high is not None:
        return low, quantity.high * units
    about = "about" in quantity.bounds
    if not about and quantity.bounds & _ONE_SIDED:
        return low, low
    tolerance = max(quantity.slack * units, low / 10 if about else Fraction(0))
    return max(low - tolerance, Fraction(0)), low + tolerance


def _up_to(top: int) -> Range | None:
    return Range(0, top) if top >= 0 else None


def _from(bottom: int) -> Range | None:
    return Range(bottom, None) if bottom > 0 else None
