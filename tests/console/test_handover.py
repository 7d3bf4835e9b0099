"""A lead from its first answers to the client's inbox and back, on both databases."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from leads.clock import now
from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]
ROOT = Path(__file__).parents[2]
AGREEMENT = ROOT / "examples" / "leads" / "handover.yaml"
SEED = ROOT / "examples" / "scoring" / "seed.yaml"
#: What makes a qualified lead by the example; the profile answers `icp`.
RULE = ("need=yes", "timeline=yes", "budget=partly", "authority=partly")


def leads(sluice: Sluice, *options: object) -> dict[str, dict[str, Any]]:
    return {one["company"]: one for one in sluice("lead", "list", *options, "--json").json}


def days_until(text: str) -> int:
    return round((datetime.fromisoformat(text) - now()) / timedelta(days=1))


@pytest.fixture
def qualified(sluice: Sluice, queued: Queued) -> None:
    """Zeta is a qualified lead, Alpha is none."""
    queued("Zeta GmbH", "Alpha AG")
    sluice("handover", "use", AGREEMENT)
    sluice("lead", "qualify", "zeta.example", *RULE)


@pytest.mark.usefixtures("qualified")
def test_a_rejected_lead_goes_back_to_nurture(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "zeta.json"
    assert leads(sluice)["Zeta GmbH"]["stage"] == "sql"
    sluice("handover", "send", "zeta.example", "-o", file)
    sent = json.loads(file.read_text("utf-8"))
    assert (sent["company"], sent["fit"]["verdict"]) == ("Zeta GmbH", "fit")
    assert {one["question"]: one["reply"] for one in sent["checklist"]}["budget"] == "partly"
    assert {one["attribute"] for one in sent["facts"]} >= {"country", "employees"}

    sluice("handover", "reject", "zeta.example", "--reason", "bugdet", code=2)
    sluice("handover", "reject", "zeta.example", "--reason", "no_budget", "--words", "next year")
    found = leads(sluice)["Zeta GmbH"]
    assert (found["stage"], found["funnel"]) == ("nurture", "MOFU")
    assert days_until(found["next_touch_at"]) == 180
    (listed,) = sluice("handover", "list", "--json").json
    assert (listed["state"], listed["reason"], listed["words"]) == (
        "rejected",
        "no_budget",
        "next year",
    )
    counted = sluice("handover", "report", "--json").json
    assert (counted["rejected"], counted["reasons"]) == (1, {"no_budget": 1})
    assert counted["share"] is None
    assert "too few to say" in sluice("handover", "report").out
    sluice("handover", "reject", "zeta.example", "--reason", "no_budget", code=3)


@pytest.mark.usefixtures("qualified")
def test_only_something_new_brings_a_lead_back_from_nurture(sluice: Sluice) -> None:
    sluice("handover", "send", "zeta.example", "-o", "-")
    sluice("handover", "reject", "zeta.example", "--reason", "no_budget")
    sluice("lead", "qualify", "zeta.example")
    assert leads(sluice)["Zeta GmbH"]["stage"] == "nurture"
    sluice("lead", "qualify", "zeta.example", "budget=yes")
    assert leads(sluice)["Zeta GmbH"]["stage"] == "sql"
    sluice("handover", "send", "zeta.example", "-o", "-")
    sluice("handover", "accept", "zeta.example")
    assert leads(sluice)["Zeta GmbH"]["stage"] == "opportunity"
    sluice("lead", "qualify", "zeta.example", "budget=no")
    assert leads(sluice)["Zeta GmbH"]["stage"] == "opportunity"


@pytest.mark.usefixtures("qualified")
def test_what_is_not_qualified_is_not_sent(sluice: Sluice, tmp_path: Path) -> None:
    assert "not a lead" in sluice("handover", "send", "Alpha AG", "-o", "-", code=3).err
    told = sluice("lead", "qualify", "Alpha AG", "need=yes", "--json").json
    assert (told["stage"], told["qualified"]) == ("unqualified", "unknown")
    assert told["questions"]["budget"] == "What may a solution cost this year?"
    refused = sluice("handover", "send", "Alpha AG", "-o", "-", code=4).err
    assert "timeline is unknown" in refused
    assert "need is" not in refused
    nobody = sluice("handover", "send", "zeta.example", code=2).err
    assert "sluice webhook add" in nobody

    file = tmp_path / "zeta.json"
    sluice("handover", "send", "zeta.example", "-o", file, "--dry-run")
    assert not file.exists()
    assert sluice("handover", "list", "--json").json == []
    sluice("handover", "send", "zeta.example", "-o", file)
    again = sluice("handover", "send", "zeta.example", "-o", "-", code=4).err
    assert "handed over already" in again


@pytest.mark.usefixtures("qualified")
def test_every_lead_has_a_next_touch_and_a_reason_for_its_stage(sluice: Sluice) -> None:
    sluice("queue", "next", "--json")
    sluice("queue", "done", "interested")
    found = leads(sluice)
    assert set(found) == {"Zeta GmbH", "Alpha AG"}
    assert {one["company"] for one in sluice("lead", "due", "--json").json} == {"Alpha AG"}
    sluice("queue", "undo")
    assert set(leads(sluice)) == {"Zeta GmbH"}

    sluice("lead", "move", "zeta.example", "mql", "--reason", " ", code=2)
    sluice("lead", "move", "zeta.example", "qml", "--reason", "x", code=2)
    sluice("lead", "move", "zeta.example", "mql", "--reason", "too early")
    assert leads(sluice, "--stage", "mql").keys() == {"Zeta GmbH"}
    assert leads(sluice, "--temperature", "hot") == {}


@pytest.mark.usefixtures("qualified")
def test_an_erased_lead_leaves_nothing_behind(sluice: Sluice) -> None:
    sluice("handover", "send", "zeta.example", "-o", "-")
    sluice("forget", "zeta.example", "--yes")
    assert sluice("handover", "list", "--json").json == []
    assert leads(sluice) == {}


def test_signals_move_a_lead_forward_and_its_temperature_sets_the_next_touch(
    sluice: Sluice, queued: Queued
) -> None:
    queued("Zeta GmbH")
    sluice("scoring", "use", SEED)
    for kind in ("welcome_email_clicked", "welcome_email_clicked", "price_page_visited"):
        sluice("signal", "add", "zeta.example", kind)
    found = leads(sluice)["Zeta GmbH"]
    assert (found["stage"], found["temperature"]) == ("mql", "warm")
    assert days_until(found["next_touch_at"]) == 7
    sluice("signal", "add", "zeta.example", "quote_requested")
    found = leads(sluice)["Zeta GmbH"]
    assert (found["stage"], found["funnel"]) == ("sql", "BOFU")
    assert days_until(found["next_touch_at"]) == 1
