"""`sluice scoring use` and `explain`: what a user sees of stored scores, on both databases."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from actions.session import open_session
from leads.clock import now
from leads.store import clients, scores
from leads.store.scores import ScoreRow
from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]
SEED = Path(__file__).parents[2] / "examples" / "scoring" / "seed.yaml"
ALL_THREE = ("welcome_email_clicked", "price_page_visited", "quote_requested")


def add(sluice: Sluice, company: str, *kinds: str, at: str | None = None) -> None:
    for kind in kinds:
        sluice("signal", "add", company, kind, *(("--at", at) if at else ()))


def ago(days: int) -> str:
    return (now() - timedelta(days=days)).isoformat()


def stored() -> dict[str, ScoreRow]:
    """The scores of the only campaign, by the name of the company."""
    with open_session() as session, session.read() as work:
        client_id, campaign_id = work.campaign("default", None)
        assert clients.client_of(work.tx, "default").id == client_id
        rows = scores.hottest(work.tx, campaign_id, 100)
        every = scores.of_companies(
            work.tx, campaign_id, scores.every_with_signals(work.tx, client_id)
        )
    assert [row.company_id for row in rows] == [
        one.company_id
        for one in sorted(every.values(), key=lambda one: -(one.heat or 0))
        if one.heat is not None
    ]
    return {str(one): row for one, row in every.items()}


def company_id(sluice: Sluice, name: str) -> str:
    found: str = sluice("signal", "list", name, "--json").json["company_id"]
    return found


def test_a_file_scores_what_is_stored_and_what_comes(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH", "Alpha AG")
    add(sluice, "zeta.example", *ALL_THREE)
    sluice("scoring", "explain", "zeta.example", code=3)
    would = sluice("scoring", "use", SEED, "--dry-run", "--json").json
    assert (would["temperatures"]["warm"], would["qualifications"]["mql"], would["changed"]) == (
        1,
        1,
        1,
    )
    sluice("scoring", "explain", "zeta.example", code=3)

    assert "1 warm" in sluice("scoring", "use", SEED).out
    zeta = company_id(sluice, "zeta.example")
    assert {one: row.temperature for one, row in stored().items()} == {zeta: "warm"}
    add(sluice, "Alpha AG", *ALL_THREE, *ALL_THREE)
    alpha = company_id(sluice, "Alpha AG")
    assert stored()[alpha].temperature == "hot"
    assert stored()[alpha].qualifications == ["mql", "sql"]

    sluice("scoring", "use", SEED)
    one = sluice("signal", "list", "Alpha AG", "--json").json["signals"][-1]
    sluice("signal", "remove", one["id"])
    assert stored()[alpha].temperature == "warm"
    assert sluice("scoring", "explain", "Alpha AG", "--json").json["engagement"] == 50


def test_the_ledger_adds_up_to_the_score(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH")
    add(sluice, "zeta.example", "quote_requested", at=ago(7))
    add(sluice, "zeta.example", "quote_requested", "replied", at=ago(1))
    sluice("scoring", "use", SEED)
    found = sluice("scoring", "explain", "zeta.example", "--since", ago(3), "--json").json
    assert [one["rule"] for one in found["ledger"]] == ["quote", "quote"]
    assert found["ledger"][0]["points"] == 20
    assert found["ledger"][0]["now"] == pytest.approx(14.142, abs=0.001)
    assert sum(one["now"] for one in found["ledger"]) == pytest.approx(found["sum"], abs=1e-9)
    assert found["engagement"] == int(found["sum"] + 0.5)
    assert found["temperature"] == "warm"
    assert found["cools_at"]["warm"] is None
    cold_at = found["cools_at"]["cold"]
    later = sluice("scoring", "explain", "zeta.example", "--at", cold_at, "--json").json
    assert (later["temperature"], later["sum"]) == ("cold", pytest.approx(20, abs=0.001))

    moved = found["moved"]
    assert (len(moved["lines"]), moved["engagement"]) == (1, 16)
    assert moved["sum"] + moved["gained"] - moved["faded"] == pytest.approx(found["sum"])
    text = sluice("scoring", "explain", "zeta.example", "--since", ago(3)).out
    assert "by 1 signal" in text
    sluice("scoring", "explain", "zeta.example", "--since", "2099-01-01", code=2)


def test_who_unsubscribes_is_suppressed_and_an_erased_company_has_no_score(
    sluice: Sluice, queued: Queued
) -> None:
    queued("Zeta GmbH", "Alpha AG")
    sluice("scoring", "use", SEED)
    add(sluice, "zeta.example", "quote_requested", "unsubscribed")
    found = sluice("scoring", "explain", "zeta.example", "--json").json
    assert (found["engagement"], found["suppressed"]) == (0, "client")
    checked = sluice("suppress", "check", "zeta.example", "--json", code=None).json
    assert "by seed version 1" in str(checked)
    assert sluice("queue", "next", "--json").json["company"]["name"] == "Alpha AG"

    assert len(stored()) == 1
    sluice("forget", "zeta.example", "--yes")
    assert stored() == {}


def test_a_temperature_that_a_signal_keeps_is_explained(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    sluice("scoring", "new", "spring", "--out", tmp_path / "spring.yaml")
    sluice("scoring", "use", tmp_path / "spring.yaml")
    add(sluice, "zeta.example", "demo_requested")
    found = sluice("scoring", "explain", "zeta.example", "--json").json
    assert (found["temperature"], found["kept_by"]["signal"]) == ("hot", "demo_requested")
    text = sluice("scoring", "explain", "zeta.example", "--since", "yesterday").out
    assert "hot by demo_requested, whatever its points" in text
    assert "+0.00 by time" in text
    assert [word for word in ("warm at", "cold at") if word in text] == ["cold at"]


def test_a_used_version_is_never_changed(sluice: Sluice, queued: Queued, tmp_path: Path) -> None:
    queued("Zeta GmbH")
    add(sluice, "zeta.example", "quote_requested")
    sluice("scoring", "use", SEED)
    other = tmp_path / "other.yaml"
    other.write_text(SEED.read_text("utf-8").replace("points: 20", "points: 70"))
    assert (
        "version 1 was used before"
        in sluice("scoring", "use", other, "--json", code=4).error["message"]
    )
    other.write_text(other.read_text("utf-8").replace("version: 1", "version: 2"))
    assert sluice("scoring", "use", other, "--json").json["changed"] == 1
    assert sluice("scoring", "explain", "zeta.example", "--json").json["temperature"] == "hot"
    assert "is older" in sluice("scoring", "use", SEED, "--json", code=4).error["message"]


def test_a_merged_company_keeps_its_signals(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH", "Alpha AG")
    sluice("scoring", "use", SEED)
    add(sluice, "zeta.example", "quote_requested", "price_page_visited")
    add(sluice, "Alpha AG", "quote_requested")
    sluice("dedupe", "merge", "zeta.example", "Alpha AG", "--reason", "one company")
    (row,) = stored().values()
    assert row.temperature == "warm"
    assert sluice("scoring", "explain", "Alpha AG", "--json").json["engagement"] == 45


def test_two_campaigns_score_alone(sluice: Sluice, queued: Queued, tmp_path: Path) -> None:
    queued("Zeta GmbH")
    sluice("campaign", "add", "second")
    other = tmp_path / "other.yaml"
    other.write_text(SEED.read_text("utf-8").replace("points: 20", "points: 70"))
    sluice("scoring", "use", SEED, "--campaign", "all")
    sluice("scoring", "use", other, "--campaign", "second")
    add(sluice, "zeta.example", "quote_requested")
    sluice("signal", "add", "zeta.example", "price_page_visited", "--campaign", "second")
    found = {
        name: sluice("scoring", "explain", "zeta.example", "--campaign", name, "--json").json
        for name in ("all", "second")
    }
    assert {name: one["engagement"] for name, one in found.items()} == {"all": 20, "second": 75}


def test_interest_goes_before_fit_in_the_queue(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH", "Alpha AG", "Mid KG")
    order = ("queue", "show", "--json")

    def names() -> list[str]:
        return [one["name"] for one in sluice(*order).json]

    first, second, third = names()
    sluice("scoring", "use", SEED)
    assert names() == [first, second, third]
    add(sluice, third, *ALL_THREE)
    assert names() == [third, first, second]
    add(sluice, second, *ALL_THREE, *ALL_THREE)
    assert names() == [second, third, first]


def line(company: str, kind: str, number: int, **more: object) -> str:
    row = {"company": company, "kind": kind, "at": ago(1), "id": str(number)}
    return json.dumps(row | more)


def test_a_file_of_signals_is_recorded_once(sluice: Sluice, queued: Queued, tmp_path: Path) -> None:
    queued("Zeta GmbH", "Alpha AG")
    sluice("scoring", "use", SEED)
    path = tmp_path / "signals.jsonl"
    rows = [line("zeta.example", kind, number) for number, kind in enumerate(ALL_THREE)]
    rows += [
        line("Alpha AG", "opened", 10),
        line("Alpha AG", "clickd", 11),
        line("Alpha AG", "clicked", 12, agent="curl/8"),
        line("Alpha AG", "clicked", 13, at=(now() + timedelta(days=1)).isoformat()),
        line("nobody.example", "opened", 14),
        "{",
    ]
    path.write_text("\n".join([*rows, rows[0]]))
    would = sluice("signal", "import", path, "--dry-run", "--json", code=5).json
    assert stored() == {}
    ran = sluice("signal", "import", path, "--json", code=5)
    assert ran.json == would
    assert ran.json["recorded"] == {
        **dict.fromkeys((*ALL_THREE, "opened", "clickd", "clicked"), 1),
    }
    assert (ran.json["known"], ran.json["machine"], ran.json["future"]) == (1, 1, 1)
    assert list(ran.json["unmatched"]) == ["nobody.example"]
    assert "there is no kind clickd, did you mean clicked" in ran.err
    assert f"{path}:9: is no JSON" in ran.err
    found = sluice("scoring", "explain", "zeta.example", "--json").json
    assert (found["engagement"], found["temperature"]) == (33, "warm")

    again = sluice("signal", "import", path, "--json", code=5).json
    assert (again["recorded"], again["known"]) == ({}, 7)
    assert (
        "--at needs --scoring"
        in sluice("signal", "import", path, "--at", "2026-01-01", "--json", code=2).error["message"]
    )


def test_kinds_are_listed_and_an_unknown_one_is_named(sluice: Sluice, queued: Queued) -> None:
    assert "quote_requested" in {one["name"] for one in sluice("signal", "kinds", "--json").json}
    queued("Zeta GmbH")
    said = sluice("signal", "add", "zeta.example", "quote_requestd").err
    assert "there is no kind quote_requestd, did you mean quote_requested" in said
