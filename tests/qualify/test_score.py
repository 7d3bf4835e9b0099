from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.answers import Answer
from leads.values import Range
from qualify.decide.decision import Score
from qualify.decide.score import score
from qualify.profile.criteria import Criterion, Within

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def worth(*points: int) -> list[Criterion]:
    return [
        Criterion("employees", Within("employees", Range(20, None), "at least 20"), points=each)
        for each in points
    ]


@pytest.mark.parametrize(
    ("points", "answers", "worst", "best"),
    [
        # No score section, and one without points to win.
        ((), (), 0, 0),
        ((-10,), (UNKNOWN,), 0, 0),
        ((30, 20), (YES, YES), 100, 100),
        ((30, 20), (YES, NO), 60, 60),
        ((30, 20), (NO, UNKNOWN), 0, 40),
        ((30, 20), (UNKNOWN, YES), 40, 100),
        # Half a point rounds up: 1 of 8 is 12.5, 3 of 8 is 37.5, 1 of 200 is 0.5.
        ((1, 7), (YES, NO), 13, 13),
        ((3, 5), (YES, NO), 38, 38),
        ((1, 199), (YES, NO), 1, 1),
        ((1, 2), (YES, NO), 33, 33),
        ((2, 1), (YES, NO), 67, 67),
        # Negative points take away, never below nought, and do not count among those to be won.
        ((30, -10), (YES, YES), 67, 67),
        ((30, -10), (NO, YES), 0, 0),
        # An unknown malus is worst when it holds and best when it does not.
        ((30, -10), (YES, UNKNOWN), 67, 100),
        ((0, 5), (YES, YES), 100, 100),
    ],
)
def test_points_as_a_share_of_all(
    points: tuple[int, ...], answers: tuple[Answer, ...], worst: int, best: int
) -> None:
    assert score(worth(*points), answers) == Score(worst, best)


@given(st.lists(st.tuples(st.integers(-50, 50), st.sampled_from(Answer)), max_size=5))
def test_however_the_unknown_turns_out_the_score_stays_inside_the_interval(
    given_points: list[tuple[int, Answer]],
) -> None:
    criteria = worth(*(points for points, _ in given_points))
    shown = score(criteria, [answer for _, answer in given_points])
    for answers in product(
        *([answer] if answer is not UNKNOWN else [YES, NO] for _, answer in given_points)
    ):
        settled = score(criteria, answers)
        assert shown.worst <= settled.worst == settled.best <= shown.best
