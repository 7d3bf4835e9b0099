"""Exact bounds against published values, and the sample sizes that a promise needs."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.audits.accuracy import Accuracy, State
from enrich.audits.bounds import Rate, lower_bound, needed, upper_bound


@pytest.mark.parametrize(
    ("right", "checked", "low", "high"),
    [
        # Two-sided 95 % intervals that are printed in many tables.
        (0, 10, 0.0, 0.3085),
        (1, 10, 0.0025, 0.4450),
        (8, 10, 0.4439, 0.9748),
        (10, 10, 0.6915, 1.0),
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_bounds_are_those_of_the_tables(right: int, checked: int, low: float, high: float) -> None:
    assert lower_bound(right, checked, 0.025) == pytest.approx(low, abs=6e-5)
    assert upper_bound(right, checked, 0.025) == pytest.approx(high, abs=6e-5)


@pytest.mark.parametrize(("wrong", "checked"), [(0, 149), (1, 236), (2, 313)])
def test_how_many_facts_show_98_percent(wrong: int, checked: int) -> None:
    assert needed(wrong, 0.98) == checked
    assert Rate(checked - wrong, checked).low >= 0.98
    assert Rate(checked - wrong - 1, checked - 1).low < 0.98


def test_nothing_checked_says_nothing() -> None:
    assert (Rate(0, 0).low, Rate(0, 0).high, Rate(0, 0).value) == (0.0, 1.0, None)


@given(st.integers(1, 400), st.data())
def test_the_bounds_hold_the_share_and_move_with_it(checked: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, checked))
    rate = Rate(right, checked)
    assert rate.value is not None
    assert 0 <= rate.low <= rate.value <= rate.high <= 1
    if right < checked:
        assert Rate(right + 1, checked).low > rate.low
    # The chance of this many or more at the lower bound is the one that was chosen.
    if right:
        assert _at_least(right, checked, rate.low) == pytest.approx(0.05, rel=1e-6)


def _at_least(right: int, checked: int, share: float) -> float:
    """The chance of `right` or more, term by term."""
    return sum(
        comb(checked, count) * share**count * (1 - share) ** (checked - count)
        for count in range(right, checked + 1)
    )


@given(st.integers(0, 30), st.floats(0.5, 0.995))
def test_no_fewer_facts_show_the_promise(wrong: int, promise: float) -> None:
    enough = needed(wrong, promise)
    assert lower_bound(enough - wrong, enough) >= promise
    assert lower_bound(enough - 1 - wrong, enough - 1) < promise


def accuracy(right: int, wrong: int, promise: float | None = 0.98) -> Accuracy:
    return Accuracy(
        attribute="phone",
        of="list",
        name="fair",
        drawn=400,
        right=right,
        wrong=wrong,
        unclear=0,
        promise=promise,
    )


@pytest.mark.parametrize(
    ("right", "wrong", "state", "missing"),
    [
        (149, 0, State.KEPT, 0),
        (148, 0, State.OPEN, 1),
        (235, 1, State.KEPT, 0),
        (148, 1, State.OPEN, 87),
        (311, 2, State.KEPT, 0),
        (0, 0, State.OPEN, 149),
        (90, 10, State.BROKEN, 745),
    ],
)
def test_a_promise_is_kept_open_or_broken(
    right: int, wrong: int, state: State, missing: int
) -> None:
    found = accuracy(right, wrong)
    assert (found.state, found.missing) == (state, missing)


def test_without_a_promise_none_is_broken() -> None:
    assert accuracy(1, 99, None).state is State.KEPT
    assert accuracy(148, 1).words == (
        "fair: phone, 148 of 149 right, at least 96.9 %; promised are 98 %"
    )
