"""Turn a quantity and its qualifiers into a range of whole units, both ends inclusive."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from leads.lexicon.numbers.quantities import Quantity
from leads.values import Range

_ONE_SIDED = frozenset({"more_than", "at_least", "less_than", "at_most"})


def whole_range(quantity: Quantity, *, units: int = 1, growing: bool = False) -> Range | None:
    """Return the quantity as a range of whole units, never narrower than the text states.

    `units` is the number of units in one. `about` means 10 % either way; a rounded number means
    half a unit of its last digit. None if the range is reversed or unbounded from zero.
    """
    single, bounds = quantity.high is None, quantity.bounds
    low, high = (
        quantity.low * units,
        (quantity.low if quantity.high is None else quantity.high) * units,
    )
    if low > high or "negative" in bounds:
        return None
    about = single and "about" in bounds
    if single and (about or not bounds & _ONE_SIDED):
        tolerance = max(quantity.slack * units, low / 10 if about else Fraction(0))
        low, high = max(low - tolerance, Fraction(0)), high + tolerance
    # A bound on a range or an approximate number is no sharper than the range itself.
    step = 1 if single and not about else 0
    least, most = floor(low), ceil(high)
    if bounds & {"less_than", "at_most"}:
        top = most - step if "less_than" in bounds else most
        return Range(0, top) if top >= 0 and not growing else None
    if growing or bounds & {"more_than", "at_least"} or (single and "bullet" in bounds):
        bottom = least + step if "more_than" in bounds else least
        return Range(bottom, None) if bottom > 0 else None
    return Range(least, most)
