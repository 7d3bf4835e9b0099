"""The measures of a prediction, beside naive ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.predict.measures import auc, auc_low, calibration_error, top_lift

PAIRS = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=4, max_size=60).filter(
    lambda pairs: 2 <= sum(won for _, won in pairs) <= len(pairs) - 2
)


@given(PAIRS)
def test_auc_is_the_share_of_pairs_in_order(pairs: list[tuple[int, bool]]) -> None:
    scores = np.array([float(score) for score, _ in pairs])
    won = np.array([one for _, one in pairs])
    compared = [(high > low) + (high == low) / 2 for high in scores[won] for low in scores[~won]]
    assert auc(scores, won) == pytest.approx(np.mean(compared))
    assert 0 <= auc_low(scores, won) <= auc(scores, won)


def test_the_interval_narrows_with_more_rows() -> None:
    random = np.random.default_rng(5)
    lows = []
    for size in (100, 1_000, 10_000):
        won = random.random(size) < 0.3
        lows.append(auc(s := random.normal(won * 1.0, 1), won) - auc_low(s, won))
    assert lows[0] > lows[1] > lows[2]


def test_chances_that_hold_have_no_error_and_others_have() -> None:
    random = np.random.default_rng(6)
    chances = random.random(20_000)
    won = random.random(20_000) < chances
    assert calibration_error(chances, won) < 0.02
    assert calibration_error(chances**3, won) > 0.1


@pytest.mark.parametrize(
    ("chances", "won", "lift"),
    [
        ([0.9, *[0.1] * 9], [True, True, *[False] * 8], 5.0),
        ([0.5] * 10, [True, *[False] * 9], 1.0),
        ([0.1, *[0.9] * 9], [True, *[False] * 9], 0.0),
    ],
)
def test_lift_of_the_top_tenth(chances: list[float], won: list[bool], lift: float) -> None:
    assert top_lift(np.array(chances), np.array(won)) == pytest.approx(lift)
