"""Points by outcomes: what is learned, what is kept, and the file that is written."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.backtest.closed import Closed
from engage.backtest.rates import Rate
from engage.backtest.ridge import ridge
from engage.backtest.suggestion import Suggestion, suggest, with_points
from engage.scoring.file import ScoringFile, read
from engage.scoring.rewrite import rewritten
from engage.scoring.scoring import Scoring
from engage.signals.table import SignalTable, TableBuilder, microseconds
from tests.engage.made import DAY, SEED, START, scoring, signal

RULES = """\
{signal: quote_requested, points: 5}
{signal: price_page_visited, points: 20}
{signal: newsletter_subscribed, points: 5}
{signal: unsubscribed, points: -100, suppress: client}
{signal: hiring, points: 7}"""


def outcomes(size: int, base: float = 0.25, seed: int = 5) -> tuple[SignalTable, Closed]:
    """Companies of which a quote makes eight in ten win, and a price page changes nothing."""
    chance = np.random.default_rng(seed)
    builder, won = TableBuilder(), []
    for n in range(size):
        name, end = f"c{n}.example", n * DAY
        builder.name(name)
        asked, visited, subscribed = (chance.random(3) < (0.4, 0.5, 0.3)).tolist()
        for kind, did in (
            ("quote_requested", asked),
            ("price_page_visited", visited),
            ("newsletter_subscribed", subscribed),
        ):
            if did:
                builder.add(signal(kind, end - timedelta(hours=1), company=name))
        won.append(bool(chance.random() < (0.8 if asked else base)))
        # What happens later is not learned.
        builder.add(signal("hiring", end + DAY, company=name))
    at = np.array([microseconds(START + n * DAY) for n in range(size)], dtype=np.int64)
    places = np.arange(size)
    names = [f"c{n}.example" for n in range(size)]
    closed = Closed(
        companies=names, places=places, won=np.array(won, dtype=np.bool_), at=at, contacted=at
    )
    return builder.table(), closed


def suggested(size: int, base: float = 0.25) -> tuple[Scoring, Suggestion]:
    one = scoring(RULES)
    return one, suggest(*(lambda made: (made[0], one, made[1]))(outcomes(size, base)))


def test_the_signal_that_tells_gets_the_points() -> None:
    one, found = suggested(900)
    quote, *_ = found.rules
    assert found.verdict == "suggest"
    assert quote.suggested > 3 * quote.points
    assert quote.low is not None
    assert quote.low > 0
    after = with_points(one, found.points)
    assert (after.version, after.rules[0].points) == (2, quote.suggested)


def test_signals_that_tell_nothing_get_few_points() -> None:
    _, found = suggested(900)
    quote, *idle = found.rules[:3]
    for rule in idle:
        assert (rule.low or 0) < 0 < (rule.high or 0)
        assert abs(rule.suggested) < quote.suggested / 4


def test_rules_that_suppress_or_counted_little_keep_their_points() -> None:
    _, found = suggested(900)
    out, hiring = found.rules[3:]
    assert (out.kept, out.suggested) == ("it suppresses", out.points)
    assert (hiring.kept, hiring.n, hiring.suggested) == ("too few to say", 0, hiring.points)


def test_points_that_order_as_well_are_kept() -> None:
    good = RULES.replace("points: 5}", "points: 30}", 1).replace("points: 20}", "points: 0}")
    good = good.replace("points: 5}", "points: 0}")
    for seed in range(5):
        table, closed = outcomes(600, seed=seed)
        assert suggest(table, scoring(good), closed).verdict == "keep"


@pytest.mark.parametrize(("size", "base"), [(150, 0.25), (300, 1.0)])
def test_too_few_outcomes_are_refused(size: int, base: float) -> None:
    _, found = suggested(size, base)
    assert (found.verdict, found.points) == ("refuse", {})


def test_a_weight_is_found_within_its_error() -> None:
    chance = np.random.default_rng(1)
    inputs = chance.normal(size=(4_000, 2))
    won = chance.random(4_000) < 1 / (1 + np.exp(-(0.5 + 1.2 * inputs[:, 0])))
    found = ridge(inputs, won)
    assert found.weights[0] == pytest.approx(1.2, abs=3 * found.errors[0])
    assert abs(found.weights[1]) < 3 * found.errors[1]


@pytest.mark.parametrize(
    ("n", "won", "interval"),
    [
        (20, 15, (0.5313, 0.8881)),
        (100, 0, (0.0, 0.037)),
        (100, 100, (0.963, 1.0)),
        (0, 0, (0.0, 1.0)),
    ],
)
def test_wilsons_interval(n: int, won: int, interval: tuple[float, float]) -> None:
    assert Rate(n, won).interval == pytest.approx(interval, abs=1e-4)
    assert (Rate(n, won).share is None) == (n < 20)


COMMENTED = """\
# Ours.
scoring: spring   # the name
version: 3
rules:
  quote:
    points: 20    # agreed in May
    signal: quote_requested
  "page": {signal: price_page_visited, points: 5, per_day: 2}
"""


def test_only_points_and_version_are_written() -> None:
    text = rewritten(COMMENTED, 4, {"quote": Decimal("31"), "page": Decimal("-0.5")})
    wanted = COMMENTED.replace("version: 3", "version: 4").replace("points: 20 ", "points: 31 ")
    assert text == wanted.replace("points: 5,", "points: -0.5,")


@given(
    st.dictionaries(
        st.sampled_from(["welcome", "price_page", "quote", "unsubscribed"]),
        st.decimals(-9_999, 9_999, places=2, allow_nan=False),
    )
)
def test_a_written_file_says_the_points(points: dict[str, Decimal]) -> None:
    text = Path(SEED).read_text("utf-8")
    before, after = read(text, "a"), read(rewritten(text, 2, points), "b")
    rules = {
        name: rule.model_copy(update={"points": points.get(name, rule.points)})
        for name, rule in before.rules.items()
    }
    wanted: ScoringFile = before.model_copy(update={"version": 2, "rules": rules})
    assert after == wanted
