"""Signals that come late, twice, out of order or from the future; thresholds that oscillate."""

from datetime import timedelta
from itertools import pairwise, permutations

import pytest

from engage.signals.table import Signal
from tests.engage.made import DAY, START, result, scores, scoring, seed, signal

QUOTE = signal("quote_requested", id="quote")
CLICK = signal("welcome_email_clicked", DAY, id="click")
PAGE = signal("price_page_visited", 2 * DAY, id="page")


@pytest.mark.parametrize(
    ("signals", "after", "engagement", "future", "repeats"),
    [
        # A signal of the future counts when its time has come.
        ([QUOTE, signal("quote_requested", 30 * DAY)], timedelta(0), 20, 1, 0),
        ([signal("quote_requested", 30 * DAY)], 30 * DAY, 20, 0, 0),
        # A year late: 20 points of a year ago are none now.
        ([signal("quote_requested", -365 * DAY)], timedelta(0), 0, 0, 0),
        # Late by one half-life: as if it had been heard at once.
        ([signal("quote_requested", -14 * DAY)], timedelta(0), 10, 0, 0),
        # Twice, also with another time: the earliest counts.
        ([QUOTE, QUOTE, QUOTE], timedelta(0), 20, 0, 2),
        ([signal("quote_requested", 14 * DAY, id="quote"), QUOTE], 14 * DAY, 10, 0, 1),
    ],
)
def test_time_and_repeats(
    signals: list[Signal], after: timedelta, engagement: int, future: int, repeats: int
) -> None:
    found = scores(signals, seed(), START + after)
    assert (found.counted.future, found.counted.repeats) == (future, repeats)
    assert found.engagement.tolist() == [engagement]


def test_the_order_of_arrival_changes_nothing() -> None:
    every = {
        str(result(order, seed(), 3 * DAY)) for order in permutations([QUOTE, CLICK, PAGE, QUOTE])
    }
    assert len(every) == 1


@pytest.mark.parametrize(("hysteresis", "changes"), [(5, 1), (0, 7)])
def test_a_sum_near_a_threshold_changes_sides_once(hysteresis: int, changes: int) -> None:
    """A company that just reached `warm` and earns back each day what it loses."""
    by = scoring(
        "{signal: quote_requested, points: 25}\n{signal: page_visited, points: 1.5}",
        f"temperature: {{warm: 25, hysteresis: {hysteresis}}}",
    )
    signals = [QUOTE, *(signal("page_visited", day * DAY) for day in range(1, 4))]
    hours = [timedelta(hours=12 * half) for half in range(7)]
    seen = ["cold", *(result(signals, by, at).temperature for at in hours)]
    turns = sum(one != other for one, other in pairwise(seen))
    assert turns == changes
