"""Yes, no and unknown: three-valued logic in which a missing fact is never a no (Kleene's strong
tables).
"""

from collections.abc import Iterable
from enum import StrEnum


class Answer(StrEnum):
    """What the facts say to one question."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __invert__(self) -> "Answer":
        return _NOT[self]


_NOT = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}


def all_of(answers: Iterable[Answer]) -> Answer:
    """No if one is no, else unknown if one is unknown, else yes (so yes of nothing)."""
    return at_least(None, answers)


def any_of(answers: Iterable[Answer]) -> Answer:
    """Yes if one is yes, else unknown if one is unknown, else no (so no of nothing)."""
    return at_least(1, answers)


def at_least(n: int | None, answers: Iterable[Answer]) -> Answer:
    """Whether at least `n` are yes; all of them when `n` is None."""
    given = list(answers)
    wanted = len(given) if n is None else n
    sure = given.count(Answer.YES)
    if sure >= wanted:
        return Answer.YES
    return Answer.UNKNOWN if sure + given.count(Answer.UNKNOWN) >= wanted else Answer.NO
