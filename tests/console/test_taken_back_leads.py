"""`sluice signal remove`: a lead that one signal alone made goes back, unless it was worked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.console.conftest import Sluice
from tests.console.made_leads import AGREEMENT, leads

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]

SCORING = """\
scoring: ours
version: 1
model: activity_and_suitability
half_life: 14 days
rules:
  quote: {signal: quote_requested, points: 60}
  prices: {signal: price_page_visited, points: 10}
temperature: {warm: 25, hot: 50, hysteresis: 5}
qualifications:
  mql: [{engagement: 20}]
  sql: [{engagement: 50}]
"""


@pytest.fixture
def scored(sluice: Sluice, queued: Queued, tmp_path: Path) -> None:
    queued("Zeta GmbH")
    path = tmp_path / "scoring.yaml"
    path.write_text(SCORING)
    sluice("scoring", "use", path)


def add(sluice: Sluice, kind: str, *more: str) -> str:
    found = sluice("signal", "add", "zeta.example", kind, *more, "--json").json
    return str(found["signal"]["id"])


def remove(sluice: Sluice, signal: str) -> dict[str, Any]:
    (found,) = sluice("signal", "remove", signal, "--json").json["leads"]
    return dict(found)


def stage(sluice: Sluice) -> str | None:
    found = leads(sluice).get("Zeta GmbH")
    return found["stage"] if found else None


@pytest.mark.usefixtures("scored")
@pytest.mark.parametrize("way", [(), ("--inbound",)], ids=["by its score", "by itself"])
def test_a_lead_that_one_signal_made_is_none_any_more(sluice: Sluice, way: tuple[str, ...]) -> None:
    wrong = add(sluice, "quote_requested", *way)
    assert stage(sluice) == "sql"
    done = remove(sluice, wrong)
    assert (done["before"], done["after"]) == ("sql", None)
    assert "quote_requested of" in done["reason"]
    assert stage(sluice) is None
    assert sluice("queue", "show", "zeta.example", "--json").json["stage"] == "prospect"
    # The same signal, rightly this time, makes it a lead again.
    add(sluice, "quote_requested", *way)
    assert stage(sluice) == "sql"


@pytest.mark.usefixtures("scored")
def test_a_lead_goes_back_as_far_as_its_other_signals_carry(sluice: Sluice) -> None:
    for number in range(3):
        add(sluice, "price_page_visited", "--id", str(number))
    assert stage(sluice) == "mql"
    wrong = add(sluice, "quote_requested")
    assert stage(sluice) == "sql"
    done = remove(sluice, wrong)
    assert (done["before"], done["after"]) == ("sql", "mql")
    assert stage(sluice) == "mql"


def answered(sluice: Sluice) -> None:
    sluice("handover", "use", AGREEMENT)
    sluice("lead", "qualify", "zeta.example", "need=yes")


def moved(sluice: Sluice) -> None:
    sluice("lead", "move", "zeta.example", "opportunity", "--reason", "they said so")


def asked_again(sluice: Sluice) -> None:
    add(sluice, "quote_requested", "--id", "second")


@pytest.mark.usefixtures("scored")
@pytest.mark.parametrize(
    ("act", "said"),
    [
        (answered, "recorded an answer about need"),
        (moved, "moved it to opportunity"),
        (asked_again, "other signals qualify it"),
    ],
)
def test_a_lead_that_has_more_to_it_stays_and_says_why(
    sluice: Sluice, act: Callable[[Sluice], None], said: str
) -> None:
    wrong = add(sluice, "quote_requested", "--inbound")
    act(sluice)
    before = stage(sluice)
    done = sluice("signal", "remove", wrong)
    assert said in done.out
    assert stage(sluice) == before


@pytest.mark.usefixtures("scored")
def test_a_move_stays_a_move_after_a_merge(sluice: Sluice, queued: Queued) -> None:
    wrong = add(sluice, "quote_requested", "--inbound")
    moved(sluice)
    queued("Alpha GmbH")
    sluice("dedupe", "merge", "alpha.example", "zeta.example", "--reason", "one company")
    done = sluice("signal", "remove", wrong)
    assert "moved it to opportunity" in done.out
    assert [one["stage"] for one in leads(sluice).values()] == ["opportunity"]
