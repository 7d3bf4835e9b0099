"""`sluice scoring suggest` and `measure`: what a user sees, on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest

from leads.clock import now
from tests.console.conftest import Sluice
from tests.made_clock import MadeClock
from tests.made_outcomes import START, Made, store

pytestmark = pytest.mark.usefixtures("database")

SEED = Path(__file__).parents[2] / "examples" / "scoring" / "seed.yaml"


def town(size: int) -> list[Made]:
    """Of ten that visited the price page nine become leads; of ten that asked for a quote one."""
    made = []
    for n in range(size):
        is_price = bool(n % 2)
        wins = (9 if is_price else 1) > n // 2 % 10
        kind = "price_page_visited" if is_price else "quote_requested"
        state = "lead" if wins else "lost"
        made.append(Made(state=state, days=100 + n / 10, signals=((kind, 1),)))
    return [*made, Made(state="contacted", days=100, signals=(("price_page_visited", 1),))]


def test_points_are_suggested_with_what_they_would_change(sluice: Sluice) -> None:
    # The last one was worked and gave no signal: it cannot move.
    store([*town(300), Made(state="contacted")])
    sluice("scoring", "use", SEED)
    found = sluice("scoring", "suggest", "--json").json
    rules = {one["rule"]: one for one in found["rules"]}
    assert (found["verdict"], found["version"]) == ("suggest", 1)
    assert rules["price_page"]["suggested"] > 5 > 0 > rules["quote"]["suggested"]
    assert rules["welcome"]["kept"] == "too few to say"
    assert rules["unsubscribed"]["suggested"] == -100
    assert found["auc_suggested"] > 0.85 > 0.15 > found["auc"]
    assert found["moves"]["companies"] == 301
    assert sluice("scoring", "suggest").out.startswith("suggest: on later companies")


def test_the_next_version_is_written_and_not_put_in_force(sluice: Sluice, tmp_path: Path) -> None:
    store(town(300))
    sluice("scoring", "use", SEED)
    target = tmp_path / "next.yaml"
    found = sluice("scoring", "suggest", "--output", target, "--json").json
    quote = next(one for one in found["rules"] if one["rule"] == "quote")
    assert sluice("scoring", "check", target, "--json").json["version"] == 2
    changed = sluice("scoring", "diff", SEED, target, "--json").json
    points = {one["path"]: one["after"] for one in changed}
    assert points["rules.quote.points"] == f"{quote['suggested']:g}"
    assert sluice("scoring", "backtest", "--json").json["version"] == 1
    assert "exists already" in sluice("scoring", "suggest", "--output", target, code=4).err


def test_too_few_outcomes_suggest_nothing(sluice: Sluice, tmp_path: Path) -> None:
    store(town(20))
    sluice("scoring", "suggest", code=3)
    sluice("scoring", "use", SEED)
    found = sluice("scoring", "suggest", "--json").json
    assert (found["verdict"], found["moves"], found["rules"]) == ("refuse", None, [])
    refused = sluice("scoring", "suggest", "-o", tmp_path / "next.yaml", code=2)
    assert "at least 200 closed" in refused.err


def test_measuring_counts_outcomes_and_rules_since_the_file_is_in_force(
    sluice: Sluice,
) -> None:
    later = (now() - START) / timedelta(days=1) + 1
    quote = (("quote_requested", 0.5),)
    store(
        [
            *(Made(state="lost", days=10, signals=(("price_page_visited", 1),)) for _ in range(30)),
            *(Made(state="lead", days=later, signals=quote) for _ in range(12)),
            *(Made(state="lost", days=later) for _ in range(12)),
            # Nobody has worked it, and its signals count for the rules.
            Made(days=later, signals=quote),
        ]
    )
    sluice("scoring", "measure", code=3)
    sluice("scoring", "use", SEED)
    found = sluice("scoring", "measure", "--json").json
    assert (found["closed"]["n"], found["closed"]["won"], found["auc"]) == (24, 12, 1.0)
    assert found["idle"] == ["welcome", "price_page", "quote", "unsubscribed"]
    with MadeClock(now() + timedelta(days=2)).running():
        again = sluice("scoring", "measure", "--json").json
        assert "counted nothing since: welcome" in sluice("scoring", "measure").out
    quotes = next(one for one in again["rules"] if one["rule"] == "quote")
    assert (quotes["signals"], quotes["companies"], quotes["points"]) == (13, 13, 260)
    assert "quote" not in again["idle"]
