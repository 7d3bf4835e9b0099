"""Exact bounds of a share that a sample shows: Clopper and Pearson, Biometrika 26 (1934) 404–413."""

from __future__ import annotations

from dataclasses import dataclass

#: The chance that a bound is wrong: it holds in 95 of 100 samples.
MISS = 0.05


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of the checked ones were right."""

    right: int
    checked: int

    @property
    def wrong(self) -> int:
        """How many were not."""
        return self.checked - self.right

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1; None where none was checked."""
        return self.right / self.checked if self.checked else None

    @property
    def low(self) -> float:
        """The share is at least this, with 95 % certainty."""
        return lower_bound(self.right, self.checked)

    @property
    def high(self) -> float:
        """The share is at most this, with 95 % certainty."""
        return upper_bound(self.right, self.checked)


def lower_bound(right: int, checked: int, miss: float = MISS) -> float:
    """The smallest share that shows `right` or more of `checked` with a chance of `miss`."""
    if right <= 0:
        return 0.0
    # It loads in a fifth of a second, and few commands need it.
    from scipy.special import betaincinv

    return float(betaincinv(right, checked - right + 1, miss))


def upper_bound(right: int, checked: int, miss: float = MISS) -> float:
    """The largest share that shows `right` or fewer of `checked` with a chance of `miss`."""
    return 1.0 - lower_bound(checked - right, checked, miss)


def needed(wrong: int, promise: float) -> int:
    """The smallest number of checked facts that shows a promise above 0 and below 1, when so many
    of them are wrong.
    """
    least, enough = wrong, wrong + 1
    while lower_bound(enough - wrong, enough) < promise:
        least, enough = enough, enough * 2

    while enough - least > 1:
        middle = (least + enough) // 2
        if lower_bound(middle - wrong, middle) < promise:
            least = middle
        else:
            enough = middle
    return enough
