"""The score: points earned as a share of all that could be, from 0 to 100."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leads.answers import Answer
from qualify.decide.decision import Score
from qualify.profile.criteria import Criterion
from qualify.profile.grades import Grade, grade


def score(criteria: Sequence[Criterion], answers: Sequence[Answer]) -> Score:
    """100 × points earned ÷ sum of positive points, rounded half up; an unknown counts as its worst
    and as its best.

    Negative points take away; the result is never below 0 or above 100. A profile without positive
    points scores 0.
    """
    whole = sum(max(criterion.points, 0) for criterion in criteria)
    worst = sum(
        earned(criterion.points, answer, min)
        for criterion, answer in zip(criteria, answers, strict=True)
    )
    best = sum(
        earned(criterion.points, answer, max)
        for criterion, answer in zip(criteria, answers, strict=True)
    )
    return Score(max(share(worst, whole), 0), max(share(best, whole), 0))


def earned(points: int, answer: Answer, choose: Callable[[int, int], int]) -> int:
    """The points of one criterion; `choose` (min or max) takes the worst or the best of what an
    unknown may be.
    """
    if answer is Answer.UNKNOWN:
        return choose(points, 0)
    return points if answer is Answer.YES else 0


def share(points: int, whole: int) -> int:
    """Points as whole hundredths of all that could be had, rounded half up; 0 where there are none
    to be had.
    """
    # Whole numbers throughout: 2·x + 1 over 2 is x rounded half up.
    return (200 * points + whole) // (2 * whole) if whole else 0


def grades_of(grades: tuple[Grade, ...], score: Score) -> dict[str, str | None] | None:
    """The grade at worst and at best; None for a profile without grades."""
    return (
        {"worst": grade(grades, score.worst), "best": grade(grades, score.best)} if grades else None
    )
