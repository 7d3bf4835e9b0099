"""Shares and their intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.shares import Share, wilson


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        # As published by Newcombe (1998) and in the textbooks that follow him.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_intervals_are_those_of_the_textbooks(count: int, of: int, low: float, high: float) -> None:
    found = wilson(count, of)
    assert found == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("share", "shown", "interval"),
    [
        (Share(10, 100), "10%", "5.5–17%"),
        (Share(3, 100), "3.0%", "1.0–8.5%"),
        (Share(99, 100), "99%", "95–100%"),
        (Share(19, 19), "too few to say", ""),
        (Share(0, 0), "too few to say", ""),
        (Share(0, 20), "0.0%", "0.0–16%"),
    ],
)
def test_a_share_is_shown_with_its_interval_or_not_at_all(
    share: Share, shown: str, interval: str
) -> None:
    assert (str(share), share.range) == (shown, interval)
    assert (share.value is None) == (share.low is None) == (share.high is None) == (not interval)


@given(st.integers(20, 10**9).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_share_lies_in_its_interval(numbers: tuple[int, int]) -> None:
    share = Share(*numbers)
    assert share.low is not None
    assert share.high is not None
    assert share.value is not None
    assert 0 <= share.low <= share.value <= share.high <= 1
