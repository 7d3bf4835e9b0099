"""The score as a ledger: what each criterion adds, on which facts, in whole points of a hundred
that add up to the score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from uuid import UUID

from leads.answers import Answer
from qualify.decide.decision import CriterionAnswer
from qualify.decide.score import earned, share
from qualify.profile.criteria import Criterion, Section
from qualify.words.reasons import Reason

FLOOR = "never below 0"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger."""

    criterion: str
    #: As the profile writes them.
    points: int
    answer: Answer
    #: What it adds to the score at worst and at best; over all lines they sum up to the score.
    worst: int
    best: int
    facts: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Raise:
    """What would raise the score at worst: a criterion, by how much, and whether knowing is enough."""

    criterion: str
    by: int
    answer: Answer
    reason: Reason


def ledger(criteria: Sequence[Criterion], answers: Sequence[CriterionAnswer]) -> tuple[Entry, ...]:
    """The lines for the score criteria of a profile, from the answers of one decision; a last line
    lifts a sum below zero to it.
    """
    given = [answer for answer in answers if answer.section is Section.SCORE]
    whole = sum(max(one.points, 0) for one in criteria)
    worst, best = (
        _shares(
            [
                earned(one.points, answer.answer, choose)
                for one, answer in zip(criteria, given, strict=True)
            ],
            whole,
        )
        for choose in (min, max)
    )
    entries = [
        Entry(answer.criterion, one.points, answer.answer, low, high, answer.facts)
        for one, answer, low, high in zip(criteria, given, worst, best, strict=True)
    ]
    below = max(0, -sum(worst)), max(0, -sum(best))
    return (*entries, Entry(FLOOR, 0, Answer.YES, *below, ())) if any(below) else tuple(entries)


def _shares(points: list[int], whole: int) -> list[int]:
    """Each line's part of a hundred: differences of rounded running sums, so that their own sum is
    rounded only once.
    """
    sums = [share(total, whole) for total in accumulate(points)]
    return [after - before for before, after in zip([0, *sums], sums, strict=False)]


def raises(criteria: Sequence[Criterion], answers: Sequence[CriterionAnswer]) -> list[Raise]:
    """What would raise the score, most first: points that are open or missed, and deductions that
    stand or threaten.
    """
    return sorted(_raises(criteria, answers), key=lambda one: (-one.by, one.criterion))


def _raises(criteria: Sequence[Criterion], answers: Sequence[CriterionAnswer]) -> Iterator[Raise]:
    whole = sum(max(one.points, 0) for one in criteria)
    given = [answer for answer in answers if answer.section is Section.SCORE]
    for one, answer in zip(criteria, given, strict=True):
        missed = max(one.points, 0) - earned(one.points, answer.answer, min)
        if missed > 0:
            yield Raise(answer.criterion, share(missed, whole), answer.answer, answer.reason)
