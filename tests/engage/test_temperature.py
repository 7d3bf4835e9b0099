"""Temperatures follow from signals alone, and change at the moment that is named before."""

import math
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.score.crossings import crossings, value
from engage.score.kept import kept
from engage.score.temperature import Step, spans
from engage.scoring.scoring import Threshold
from engage.signals.table import Signal
from tests.engage.made import DAY, START, result, scores, scoring, signal, usable

H = 14 * 86_400.0
LEVEL = Threshold(25.0, 20.0)
TWO_LIVES = usable(
    scoring(
        "{signal: quote_requested, points: 40, half_life: 30 days}\n"
        "{signal: not_interested, points: -30, half_life: 2 days}\n"
        "{signal: email_replied, points: 8, half_life: 7 days}"
    )
)


def at_second(second: int, points: float) -> Step:
    return Step(second * 1_000_000, (points,))


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], []),
        ([at_second(0, 24.9)], []),
        ([at_second(0, 25)], [(0, math.ceil(H * math.log2(25 / 20)))]),
        ([at_second(0, 40)], [(0, H)]),
        # It falls to 21 between the thresholds, and is still warm.
        (
            [at_second(0, 25), at_second(60, -4)],
            [(0, 60 + H * math.log2((25 * 2 ** (-60 / H) - 4) / 20))],
        ),
        # The same sum is not warm where it was never reached.
        ([at_second(0, 21)], []),
        ([at_second(0, 40), at_second(60, -100)], [(0, 60)]),
        ([at_second(0, 40), at_second(60, -100), at_second(120, 200)], [(0, 60), (120, None)]),
    ],
)
def test_a_level_lasts_until_the_sum_is_below_its_end(
    steps: list[Step], expected: list[tuple[float, float | None]]
) -> None:
    found = spans(steps, [H], LEVEL)
    assert len(found) == len(expected)
    for span, (start, end) in zip(found, expected, strict=True):
        assert span[0] == start * 1_000_000
        if end is not None:
            # Neither a second early nor a second late.
            assert abs(span[1] - end * 1_000_000) <= 1_000_000


GROUPS = st.lists(
    st.tuples(
        st.floats(-200, 200).filter(lambda points: abs(points) > 0.01),
        st.sampled_from([86_400.0, 5 * 86_400.0, 14 * 86_400.0]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one[1],
)


@given(GROUPS, st.floats(0.5, 100))
def test_between_two_crossings_the_sum_stays_on_one_side(
    groups: list[tuple[float, float]], level: float
) -> None:
    end = 400 * 86_400.0
    found = crossings(groups, level, end)
    for moment in found:
        assert value(groups, moment) == pytest.approx(level, rel=1e-6)
    edges = [0.0, *found, end]
    for start, stop in pairwise(edges):
        inside = [start + (stop - start) * part / 20 for part in range(1, 20)]
        clear = [value(groups, one) - level for one in inside]
        clear = [one for one in clear if abs(one) > 1e-6 * level]
        assert all(one > 0 for one in clear) or all(one < 0 for one in clear)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["quote_requested", "not_interested", "email_replied"]),
            st.integers(-60, 0),
        ),
        max_size=12,
    ),
    st.integers(0, 200),
)
def test_a_temperature_changes_only_with_signals_and_at_the_named_moments(
    rows: list[tuple[str, int]], days: int
) -> None:
    signals = [signal(kind, day * DAY, id=str(number)) for number, (kind, day) in enumerate(rows)]
    found = scores([*signals, signal("won", -90 * DAY)], TWO_LIVES, START)
    now = int(found.temperature[0])
    changes = int(min(found.levels.warm.changes[0], found.levels.hot.changes[0]))
    later = START + days * DAY
    after = scores([*signals, signal("won", -90 * DAY)], TWO_LIVES, later)
    if after.counted.at < changes:
        assert int(after.temperature[0]) == now


def test_points_that_fade_faster_may_let_a_company_warm_up_by_itself() -> None:
    signals = [signal("quote_requested"), signal("not_interested")]
    assert result(signals, TWO_LIVES).temperature == "cold"
    assert result(signals, TWO_LIVES, 4 * DAY).temperature == "warm"
    assert result(signals, TWO_LIVES, 90 * DAY).temperature == "cold"


@pytest.mark.parametrize(
    ("days", "temperature"), [(0, "hot"), (6, "hot"), (7, "warm"), (20, "warm"), (21, "cold")]
)
def test_a_floor_keeps_a_temperature_for_its_time(days: int, temperature: str) -> None:
    by = usable(
        scoring(
            "{signal: demo_requested, points: 10}\n{signal: won, points: 100}",
            "temperature: {floors: [{signal: demo_requested, temperature: hot, lasts: 7 days},"
            " {signal: demo_requested, temperature: warm, lasts: 3 weeks}]}",
        )
    )
    found: list[Signal] = [signal("demo_requested")]
    assert result(found, by, timedelta(days=days)).temperature == temperature


@pytest.mark.parametrize(
    ("kinds", "days", "expected"),
    [
        (["demo_requested"], 6, ("hot", 7)),
        (["demo_requested"], 7, ("warm", 21)),
        (["demo_requested"], 22, None),
        # The points do it by themselves.
        (["demo_requested", "won"], 1, None),
        (["won"], 1, None),
    ],
)
def test_what_keeps_a_temperature_is_named(
    kinds: list[str], days: int, expected: tuple[str, int] | None
) -> None:
    by = scoring(
        "{signal: demo_requested, points: 10}\n{signal: won, points: 100}",
        "temperature: {floors: [{signal: demo_requested, temperature: hot, lasts: 7 days},"
        " {signal: demo_requested, temperature: warm, lasts: 3 weeks}]}",
    )
    found = kept(scores([signal(kind) for kind in kinds], by, START + days * DAY), by)
    until = expected and (expected[0], "demo_requested", START + expected[1] * DAY)
    assert (found and (found.temperature, found.signal, found.until)) == until
