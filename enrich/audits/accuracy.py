"""How right the facts of a list, of a source or of a client are, beside what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from enrich.audits.bounds import Rate, needed


class State(StrEnum):
    """What an audit shows about a promise."""

    #: The lower bound is not below it.
    KEPT = "kept"
    #: Too few facts were checked to show it.
    OPEN = "open"
    #: The upper bound is below it.
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """How people judged the facts that were drawn about one attribute."""

    attribute: str
    #: `all`, `list` or `source`, and the name of the list or source; empty for `all`.
    of: str
    name: str
    drawn: int
    right: int
    wrong: int
    unclear: int
    #: From 0 to 1; None: nothing is promised.
    promise: float | None = None

    @property
    def rate(self) -> Rate:
        """The right ones of those that are right or wrong."""
        return Rate(self.right, self.right + self.wrong)

    @property
    def state(self) -> State:
        """Whether that shows the promise."""
        rate = self.rate
        if self.promise is None or rate.low >= self.promise:
            return State.KEPT
        return State.BROKEN if rate.high < self.promise else State.OPEN

    @property
    def missing(self) -> int:
        """How many more facts would show the promise, if all of them were right."""
        if self.promise is None or self.state is State.KEPT:
            return 0
        return needed(self.wrong, self.promise) - self.rate.checked

    @property
    def words(self) -> str:
        """`fair: phone, 148 of 149 right, at least 96.9 %; promised are 98 %`."""
        rate = self.rate
        named = f"{self.name}: " if self.name else ""
        counted = f"{self.right:,} of {rate.checked:,} right" if rate.checked else "none checked"
        promised = "" if self.promise is None else f"; promised are {100 * self.promise:g} %"
        return f"{named}{self.attribute}, {counted}, at least {100 * rate.low:.1f} %{promised}"
