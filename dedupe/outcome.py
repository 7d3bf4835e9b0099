"""Outcomes of comparing two rows (same, review, different), and the strictness that sets them."""

from __future__ import annotations

from enum import StrEnum

from leads.errors import UsageError


class Outcome(StrEnum):
    """The outcome of comparing two rows."""

    SAME = "same"
    #: A person must decide: the rows are not merged.
    REVIEW = "review"
    DIFFERENT = "different"


class Strictness(StrEnum):
    """How much evidence a merge needs."""

    #: Fewer wrong merges, more pairs to review.
    CAREFUL = "careful"
    BALANCED = "balanced"
    #: Fewer missed duplicates, more wrong merges.
    GREEDY = "greedy"


#: Log-odds that a merge needs beyond "more likely than not".
_MARGIN = {Strictness.CAREFUL: 1.5, Strictness.BALANCED: 0.0, Strictness.GREEDY: -1.0}
#: Log-odds that a stored merge needs beyond that: near even odds, a person decides.
STORED = 0.5
#: Pairs at most this far below a merge are for a person to decide, in log-odds.
REVIEWED = 2.5


def margin_of(strictness: Strictness) -> float:
    """Return the log-odds that a merge needs beyond "more likely than not"."""
    return _MARGIN[strictness]


def outcome_of(odds: float) -> Outcome:
    """Return the outcome of a pair from its log-odds, which have the margin taken off."""
    if odds > 0:
        return Outcome.SAME
    return Outcome.REVIEW if odds > -REVIEWED else Outcome.DIFFERENT


def strictness_of(name: str) -> Strictness:
    """Return the strictness with this name; `UsageError` if unknown."""
    try:
        return Strictness(name)
    except ValueError:
        raise UsageError(
            f"there is no strictness named {name!r}", f"use one of: {', '.join(Strictness)}"
        ) from None
