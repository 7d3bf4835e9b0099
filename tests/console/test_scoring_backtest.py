"""`sluice scoring backtest`: what a user sees of scores beside outcomes, on both databases."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from actions.session import open_session
from leads.clock import now
from leads.store.schema import signal
from tests.console.conftest import Sluice
from tests.made_outcomes import Made, store

pytestmark = pytest.mark.usefixtures("database")

SEED = Path(__file__).parents[2] / "examples" / "scoring" / "seed.yaml"
QUOTE = (("quote_requested", 14),)


def town() -> list[Made]:
    """40 closed companies: of 20 that asked for a quote 15 were won, of 20 others 5; each lost one
    asked for a quote after its outcome.
    """
    later = ("quote_requested", -1)
    return [
        *(Made(state="lead", days=100 + day, signals=QUOTE) for day in range(15)),
        *(Made(state="lost", days=100 + day, signals=(*QUOTE, later)) for day in range(5)),
        *(Made(state="lead", days=100 + day) for day in range(5)),
        *(Made(state="lost", days=100 + day, signals=(later,)) for day in range(15)),
        Made(state="contacted", signals=QUOTE),
    ]


def test_only_what_was_known_before_the_outcome_counts(sluice: Sluice) -> None:
    store(town())
    found = sluice("scoring", "backtest", SEED, "--json").json
    closed = found["closed"]
    assert (closed["n"], closed["won"], closed["rate"], found["open"]) == (40, 20, 0.5, 1)
    # By hand: (15 x 15 + half of the ties, 15 x 5 + 5 x 15) of 20 x 20 pairs.
    assert found["auc"] == 0.75
    assert found["auc_low"] < 0.75 < found["auc_high"]
    bands = {(one["from"], one["n"], one["won"]) for one in found["calibration"]}
    assert bands == {(0, 20, 5), (10, 20, 15)}
    text = sluice("scoring", "backtest", SEED).out
    assert "40 closed companies: 20 became leads, 50 % (35 % to 65 %); 1 still open" in text
    assert "75 % (53 % to 89 %)" in text


def test_each_signal_has_its_share_and_that_of_the_others(sluice: Sluice) -> None:
    store(town())
    found = sluice("scoring", "backtest", SEED, "--json").json
    quote = next(one for one in found["signals"] if one["signal"] == "quote_requested")
    assert (quote["n"], quote["won"], quote["rate"], quote["coverage"]) == (20, 15, 0.75, 0.5)
    assert (quote["low"], quote["high"]) == (0.5313, 0.8881)
    assert quote["others"]["rate"] == 0.25


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ({}, 20),
        ({"machine": False, "agent": "barracuda"}, 20),
        ({"machine": True}, 0),
        ({"agent": "barracuda"}, 0),
    ],
)
def test_what_a_machine_caused_does_not_count(
    sluice: Sluice, said: dict[str, Any], count: int
) -> None:
    clicked = (("welcome_email_clicked", 14),)
    store([Made(state="lead", days=100 + day, signals=clicked) for day in range(20)])
    with open_session() as session, session.store.write() as tx:
        tx.execute(signal.update().values(**{"agent": None, **said}))
    found = sluice("scoring", "backtest", SEED, "--json").json
    given = next(one for one in found["signals"] if one["signal"] == "welcome_email_clicked")
    assert given["n"] == count


def test_no_share_of_few_companies_is_said(sluice: Sluice) -> None:
    store(town()[:19])
    found = sluice("scoring", "backtest", SEED, "--json").json
    assert (found["closed"]["n"], found["closed"]["rate"], found["auc"]) == (19, None, None)
    assert "too few to say" in sluice("scoring", "backtest", SEED).out


def test_customers_are_another_goal(sluice: Sluice) -> None:
    store(
        [
            *(Made(state="customer", signals=(("interested", 5), *QUOTE)) for _ in range(10)),
            *(Made(state="lead", signals=QUOTE) for _ in range(7)),
            *(Made(state="lost") for _ in range(12)),
        ]
    )
    found = sluice("scoring", "backtest", SEED, "--goal", "customer", "--json").json
    assert (found["closed"]["n"], found["closed"]["won"], found["open"]) == (22, 10, 7)
    # What a customer did between its interest and its order counts for this goal.
    assert {"interested": 10}.items() <= {
        one["signal"]: one["n"] for one in found["signals"]
    }.items()
    wrong = sluice("scoring", "backtest", SEED, "--goal", "customers", code=2)
    assert "did you mean customer" in wrong.err


def test_a_campaign_needs_a_scoring_file(sluice: Sluice) -> None:
    store(town()[:2])
    assert "scoring use FILE" in sluice("scoring", "backtest", code=3).err
    sluice("scoring", "use", SEED)
    assert sluice("scoring", "backtest", "--json").json["version"] == 1


def test_two_clients_are_kept_apart(sluice: Sluice) -> None:
    store(town(), campaign="other", client="second")
    store(town()[:3])
    found = sluice("scoring", "backtest", SEED, "--json").json
    assert found["closed"]["n"] == 3
    sluice("user", "add", "root", "--role", "admin")
    sluice("user", "add", "eve", "--role", "sdr", "--client", "default")
    sluice("scoring", "backtest", SEED, "--client", "second", "--as", "eve", code=4)


def test_a_disposition_dates_the_outcome(sluice: Sluice, queued: Callable[..., None]) -> None:
    queued("Zeta GmbH", "Alpha AG")
    sluice("signal", "add", "zeta.example", "quote_requested")
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "interested", "--as", "ann")
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "not_interested", "--as", "ann")
    found = sluice("scoring", "backtest", SEED, "--json").json
    assert (found["closed"]["n"], found["closed"]["won"]) == (2, 1)
    # The disposition's own signal states the outcome, and is not known before it.
    gave = {one["signal"]: one["n"] for one in found["signals"] if one["n"]}
    assert gave == {"quote_requested": 1}
    sluice("queue", "undo", "--as", "ann")
    assert sluice("scoring", "backtest", SEED, "--json").json["closed"]["n"] == 1


def test_a_file_of_signals_states_its_outcomes(
    sluice: Sluice, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLUICE_DATABASE_URL")
    rows = []
    for n in range(30):
        name, end = f"c{n}.example", "interested" if n < 12 else "not_interested"
        said = [("quote_requested", "01")] if n < 10 else []
        for kind, day in (*said, (end, "05"), ("quote_requested", "09")):
            at = f"2026-03-{day}T09:00:00Z"
            rows.append({"company": name, "kind": kind, "at": at, "id": f"{name} {kind} {day}"})
    rows.append({"company": "open.example", "kind": "opened", "at": "2026-03-01", "id": "x"})
    path = tmp_path / "signals.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    options = ("scoring", "backtest", SEED, "--signals", path)
    found = sluice(*options, "--json").json
    assert (found["closed"]["n"], found["closed"]["won"], found["open"]) == (30, 12, 1)
    assert found["auc"] == pytest.approx((10 * 18 + 2 * 18 / 2) / (12 * 18), abs=1e-4)
    assert not home.exists()
    assert "needs a scoring file" in sluice("scoring", "backtest", "--signals", path, code=2).err
    path.write_text("{")
    assert f"{path}:1: " in sluice(*options, code=2).err


def test_what_a_lead_did_after_it_became_one_is_no_evidence(sluice: Sluice) -> None:
    store(
        [
            Made(state="lead", signals=(*QUOTE, ("price_page_visited", -10)), moved=30),
            Made(state="lost"),
        ]
    )
    found = sluice("scoring", "backtest", SEED, "--json").json
    assert gave(found) == {"quote_requested": 1}


def test_the_signal_that_made_a_lead_is_no_evidence(
    sluice: Sluice, queued: Callable[..., None], tmp_path: Path
) -> None:
    queued("Zeta GmbH", "Alpha AG")
    sluice("signal", "add", "zeta.example", "price_page_visited", "--at", "2026-03-01")
    for name in ("zeta.example", "alpha.example"):
        sluice("signal", "add", name, "quote_requested", "--inbound")
    found = sluice("scoring", "backtest", SEED, "--json").json
    assert (found["closed"]["n"], found["closed"]["won"]) == (2, 2)
    assert gave(found) == {"price_page_visited": 1}
    # The report that follows words the relationship again.
    path = tmp_path / "lost.csv"
    path.write_text(f"domain,outcome,at\nzeta.example,lost,{now().isoformat()}\n")
    sluice("outcomes", "import", path, "--profile", "plain")
    assert gave(sluice("scoring", "backtest", SEED, "--json").json) == {"price_page_visited": 1}
    sluice("dedupe", "merge", "zeta.example", "alpha.example", "--reason", "one company")
    assert gave(sluice("scoring", "backtest", SEED, "--json").json) == {"price_page_visited": 1}


def gave(found: dict[str, Any]) -> dict[str, int]:
    """How many companies gave each signal before their outcome."""
    return {one["signal"]: one["n"] for one in found["signals"] if one["n"]}
