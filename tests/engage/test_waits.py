"""The median stay with those that still wait, beside published figures and scipy's own."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engage.figures.steps import funnel, path_of
from engage.figures.waits import Wait, wait


def days(some: Sequence[float]) -> list[timedelta]:
    return [timedelta(days=one) for one in some]


#: Freireich's remission times of 1963: 6-mercaptopurine, in weeks.
TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_TREATED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


@pytest.mark.parametrize(
    ("moved", "still", "expected"),
    [
        ([], [], None),
        ([3.0] * 10, [1.0] * 9, Wait(companies=19, waiting=9, why_none="too few to say")),
        (TREATED, STILL_TREATED, Wait(companies=21, waiting=12, median=23, low=13)),
        (PLACEBO, [], Wait(companies=21, waiting=0, median=8, low=4, high=11)),
        (
            [1.0] * 5,
            [30.0] * 95,
            Wait(companies=100, waiting=95, why_none="less than half have moved on"),
        ),
        ([], [4.0] * 20, Wait(companies=20, waiting=20, why_none="less than half have moved on")),
        ([2.0] * 20, [], Wait(companies=20, waiting=0, median=2, low=2, high=2)),
        # Who has waited for as long as others stayed was there with them.
        ([5.0] * 10, [5.0] * 10, Wait(companies=20, waiting=10, median=5, low=5)),
    ],
)
def test_medians(moved: list[float], still: list[float], expected: Wait | None) -> None:
    assert wait(days(moved), days(still)) == expected


@given(
    st.lists(st.integers(0, 40), min_size=10, max_size=60),
    st.lists(st.integers(0, 40), min_size=10, max_size=60),
)
def test_the_median_is_scipys(moved: list[int], still: list[int]) -> None:
    found = wait(days(moved), days(still))
    assert found is not None
    curve = stats.ecdf(stats.CensoredData(uncensored=moved, right=still)).sf
    below = curve.quantiles[curve.probabilities <= 0.5 + 1e-9]
    assert found.median == (below[0] if len(below) else None)


@given(st.lists(st.integers(0, 40), min_size=20, max_size=80))
def test_without_anybody_waiting_it_is_the_median_of_all(moved: list[int]) -> None:
    found = wait(days(moved), [])
    assert found is not None
    assert found.median == np.sort(moved)[(len(moved) - 1) // 2]
    assert found.low is not None
    assert found.median is not None
    assert found.low <= found.median


def test_a_step_counts_who_still_waits_there_and_leaves_closed_ones_out() -> None:
    start = datetime(2026, 11, 2, tzinfo=UTC)
    later = start + timedelta(days=4)
    went = path_of({"name": start, "suspect": later})
    stays = path_of({"name": start})
    closed = path_of({"name": start}, is_out=True)
    sent = path_of({"name": start, "handed_over": start})
    taken = path_of({"name": start, "handed_over": start, "accepted": later})
    rejected = path_of({"name": start, "handed_over": start, "rejected": later})
    paths = [rejected] * 18 + [went] * 15 + [stays] * 10 + [closed] * 50 + [sent] * 9 + [taken] * 12
    found = {one.step: one.wait for one in funnel(paths, at=start + timedelta(days=30))}
    assert found["name"] == Wait(companies=25, waiting=10, median=4, low=4, high=None)
    handed_over = found["handed_over"]
    assert handed_over is not None
    assert (handed_over.companies, handed_over.waiting, handed_over.median) == (21, 9, 4)
    assert found["customer"] is None
    assert all(one.wait is None for one in funnel(paths))
