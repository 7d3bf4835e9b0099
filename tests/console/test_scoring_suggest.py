"""`sluice scoring suggest` and `measure`: what a user sees, on both databases."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice
from tests.made_outcomes import Made, store

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


def test_points_are_suggested_and_written_and_not_put_in_force(
    sluice: Sluice, tmp_path: Path
) -> None:
    store(town(300))
    sluice("scoring", "use", SEED)
    target = tmp_path / "next.yaml"
    found = sluice("scoring", "suggest", "--output", target, "--json").json
    rules = {one["rule"]: one for one in found["rules"]}
    assert (found["verdict"], found["version"]) == ("suggest", 1)
    assert rules["price_page"]["suggested"] > 5
    assert rules["quote"]["suggested"] < 0
    assert rules["welcome"]["kept"] == "too few to say"
    assert rules["unsubscribed"]["suggested"] == -100
    assert found["auc_suggested"] > 0.85 > 0.15 > found["auc"]
    assert found["moves"]["companies"] == 301

    checked = sluice("scoring", "check", target, "--json").json
    assert checked["version"] == 2
    points = {
        one["path"]: one["after"] for one in sluice("scoring", "diff", SEED, target, "--json").json
    }
    assert points["rules.quote.points"] == f"{rules['quote']['suggested']:g}"
    assert sluice("scoring", "backtest", "--json").json["version"] == 1
    assert "exists already" in sluice("scoring", "suggest", "--output", target, code=4).err
    assert sluice("scoring", "suggest").out.startswith("suggest: on later companies")


def test_too_few_outcomes_suggest_nothing(sluice: Sluice, tmp_path: Path) -> None:
    store(town(20))
    sluice("scoring", "suggest", code=3)
    sluice("scoring", "use", SEED)
    found = sluice("scoring", "suggest", "--json").json
    assert (found["verdict"], found["moves"], found["rules"]) == ("refuse", None, [])
    refused = sluice("scoring", "suggest", "-o", tmp_path / "next.yaml", code=2)
    assert "at least 200 closed" in refused.err
