"""A company whose signals speak against it is out, and back when its file says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.score.heat import changes_at
from engage.scoring.checks import remarks
from tests.engage.made import DAY, START, result, scores, scoring, signal

RULES = "{signal: not_interested, points: -40}\n{signal: quote_requested, points: 30}"
STAYS = "disqualify_at: -40"
RETURNS = "disqualify_at: -40\nrequalify_at: -20"


@pytest.mark.parametrize(
    ("more", "kinds", "day", "out"),
    [
        (STAYS, ("not_interested",), 0, True),
        (STAYS, ("not_interested",), 400, True),
        (STAYS, ("not_interested", "quote_requested"), 0, False),
        # Without the other file's second limit it stays out, whatever comes.
        (STAYS, ("not_interested", "later quote_requested"), 9, True),
        (RETURNS, ("not_interested",), 0, True),
        # -40 is -20 after one half-life, to the second.
        (RETURNS, ("not_interested",), 13.999, True),
        (RETURNS, ("not_interested",), 14, False),
        (RETURNS, ("not_interested", "later quote_requested"), 3, False),
        ("", ("not_interested",) * 3, 0, False),
    ],
)
def test_when_a_company_is_out(more: str, kinds: tuple[str, ...], day: float, out: bool) -> None:
    by = scoring(RULES, more)
    signals = [
        signal(kind.removeprefix("later "), DAY if kind.startswith("later") else 0 * DAY, id=str(n))
        for n, kind in enumerate(kinds)
    ]
    found = result(signals, by, day * DAY)
    assert found.disqualified is out
    assert not (out and (found.qualifications or found.open))


def test_the_moment_of_return_is_known_beforehand() -> None:
    by = scoring(RULES, RETURNS)
    found = scores([signal("not_interested")], by, START)
    assert changes_at(found) == [START + 14 * DAY]


def test_a_signal_that_is_taken_back_never_was() -> None:
    by = scoring(RULES, STAYS)
    assert not result([signal("quote_requested")], by, DAY).disqualified


@given(
    st.lists(
        st.tuples(st.sampled_from(("not_interested", "quote_requested")), st.integers(0, 40)),
        max_size=8,
    ),
    st.integers(0, 60),
    st.randoms(),
)
def test_it_agrees_with_following_every_sum(
    some: list[tuple[str, int]], day: int, order: object
) -> None:
    """Order and repeats change nothing; the sum of each day says the same, step by step."""
    signals = [signal(kind, at * DAY, id=str(n)) for n, (kind, at) in enumerate(some)]
    shuffled = [*signals, *signals[:2]]
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    by = scoring(RULES, RETURNS)
    out = False
    for at in range(day + 1):
        total = sum(
            (-40 if kind == "not_interested" else 30) * 2 ** (-(at - since) / 14)
            for kind, since in some
            if since <= at
        )
        if abs(total + 40) < 1e-4 or abs(total + 20) < 1e-4:
            return
        out = total <= -40 or (out and total <= -20)
    # Within a day a sum only rises or falls, so nothing between two days is missed.
    if signals:
        assert result(shuffled, by, day * DAY).disqualified is out


@pytest.mark.parametrize(
    ("rules", "more", "message"),
    [
        (RULES, "requalify_at: -20", "needs `disqualify_at`"),
        (RULES, "disqualify_at: -20\nrequalify_at: -40", "must not be lower"),
        (RULES, "disqualify_at: -40\nrequalify_at: -40", "goes out and back with every signal"),
        ("{signal: quote_requested, points: 30}", STAYS, "is out of reach"),
    ],
)
def test_limits_that_make_no_sense_are_named(rules: str, more: str, message: str) -> None:
    assert any(message in one.message for one in remarks(scoring(rules, more)))


def test_limits_that_make_sense_are_not() -> None:
    assert [one for one in remarks(scoring(RULES, RETURNS)) if "qualify_at" in one.path] == []
