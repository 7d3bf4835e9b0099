"""Stages and next touches of leads, on both databases."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from actions.actor import Right
from actions.session import open_session
from leads.clock import now
from leads.store import company_search, verdicts
from leads.store.schema import lead
from tests.console.conftest import Sluice
from tests.console.made_leads import AGREEMENT, ROOT, RULE, days_until, leads, make_qualified

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]
SEED = ROOT / "examples" / "scoring" / "seed.yaml"


@pytest.fixture
def qualified(sluice: Sluice, queued: Queued) -> None:
    """Zeta is a qualified lead, Alpha is none."""
    queued("Zeta GmbH", "Alpha AG")
    make_qualified(sluice)


@pytest.mark.usefixtures("qualified")
def test_every_lead_has_a_next_touch_and_a_reason_for_its_stage(sluice: Sluice) -> None:
    sluice("queue", "next", "--json")
    sluice("queue", "done", "interested")
    found = leads(sluice)
    assert set(found) == {"Zeta GmbH", "Alpha AG"}
    alpha = found["Alpha AG"]
    assert (alpha["stage"], alpha["temperature"]) == ("unqualified", "unknown")
    assert (alpha["next_touch"], days_until(alpha["next_touch_at"])) == ("ask what is open", 3)
    assert sluice("lead", "due", "--json").json == []
    sluice("queue", "undo")
    assert set(leads(sluice)) == {"Zeta GmbH"}

    sluice("lead", "move", "zeta.example", "mql", "--reason", " ", code=2)
    sluice("lead", "move", "zeta.example", "qml", "--reason", "x", code=2)
    sluice("lead", "move", "zeta.example", "mql", "--reason", "too early")
    assert leads(sluice, "--stage", "mql").keys() == {"Zeta GmbH"}
    assert leads(sluice, "--temperature", "hot") == {}


@pytest.mark.usefixtures("qualified")
def test_a_contact_puts_the_next_touch_off_and_a_sale_makes_a_customer(sluice: Sluice) -> None:
    before = leads(sluice)["Zeta GmbH"]
    sluice("signal", "add", "zeta.example", "call_answered")
    after = leads(sluice)["Zeta GmbH"]
    assert after["next_touch_at"] > before["next_touch_at"]
    assert after["stage"] == "sql"
    with open_session() as session, session.write(Right.MANAGE) as work:
        client_id, campaign_id = work.campaign("default", None)
        zeta = company_search.find(work.tx, client_id, "zeta.example").id
        verdicts.relate(work.tx, client_id, campaign_id, zeta, "customer", "ordered")
    sluice("signal", "add", "zeta.example", "won")
    assert leads(sluice)["Zeta GmbH"]["stage"] == "customer"


@pytest.mark.usefixtures("qualified")
def test_the_longest_due_comes_first(sluice: Sluice) -> None:
    sluice("lead", "qualify", "Alpha AG", "need=yes")
    with open_session() as session, session.write(Right.MANAGE) as work:
        work.tx.execute(update(lead).values(next_touch_at=now() - timedelta(hours=1)))
        zeta = company_search.find(work.tx, work.client("default"), "zeta.example").id
        longest = update(lead).where(lead.c.company_id == zeta)
        work.tx.execute(longest.values(next_touch_at=now() - timedelta(days=1)))
    due = sluice("lead", "due", "--json").json
    assert [(one["company"], one["due"]) for one in due] == [
        ("Zeta GmbH", True),
        ("Alpha AG", True),
    ]
    sluice("signal", "add", "zeta.example", "call_answered")
    assert [one["company"] for one in sluice("lead", "due", "--json").json] == ["Alpha AG"]


@pytest.mark.usefixtures("qualified")
def test_a_sale_that_is_taken_back_leaves_the_stage_from_before(
    sluice: Sluice, tmp_path: Path
) -> None:
    file = tmp_path / "outcomes.csv"
    rows = [f"{name}.example,won,{now():%Y-%m-%d}" for name in ("zeta", "alpha")]
    file.write_text("\n".join(["domain,outcome,at", *rows]) + "\n")
    sluice("outcomes", "import", file)
    stages = {name: one["stage"] for name, one in leads(sluice).items()}
    assert stages == {"Zeta GmbH": "customer", "Alpha AG": "customer"}
    sluice("outcomes", "undo")
    assert {name: one["stage"] for name, one in leads(sluice).items()} == {"Zeta GmbH": "sql"}


def test_a_sale_that_is_taken_back_qualified_no_lead(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "interested", "--as", "ann")

    def qualified() -> int:
        (found,) = [
            one["companies"]
            for one in sluice("report", "funnel", "--json").json["steps"]
            if one["step"] == "qualified_lead"
        ]
        return int(found)

    file = tmp_path / "outcomes.csv"
    file.write_text(f"domain,outcome,at\nzeta.example,won,{now():%Y-%m-%d}\n")
    for _ in range(2):
        sluice("outcomes", "import", file)
        assert (leads(sluice)["Zeta GmbH"]["stage"], qualified()) == ("customer", 1)
        sluice("outcomes", "undo")
        assert (leads(sluice)["Zeta GmbH"]["stage"], qualified()) == ("unqualified", 0)

    # Qualified by its checklist, then sold: what is taken back is the sale alone.
    make_qualified(sluice)
    sluice("outcomes", "import", file)
    sluice("outcomes", "undo")
    assert (leads(sluice)["Zeta GmbH"]["stage"], qualified()) == ("sql", 1)


def test_an_undone_disposition_leaves_no_lead_that_its_signal_moved(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    file = tmp_path / "scoring.yaml"
    rule = "interested: {signal: interested, points: 40}"
    text = SEED.read_text("utf-8").replace("rules:\n", f"rules:\n  {rule}\n", 1)
    file.write_text(text)
    sluice("scoring", "use", file)
    sluice("queue", "next", "--json")
    sluice("queue", "done", "interested")
    assert leads(sluice)["Zeta GmbH"]["stage"] == "mql"
    sluice("queue", "undo")
    assert leads(sluice) == {}

    # What a person moved stays.
    sluice("queue", "done", "interested")
    sluice("lead", "move", "zeta.example", "sql", "--reason", "asked for a contract")
    sluice("queue", "undo")
    assert leads(sluice)["Zeta GmbH"]["stage"] == "sql"


def test_an_undone_call_leaves_a_lead_that_a_person_qualified_since(
    sluice: Sluice, queued: Queued
) -> None:
    queued("Zeta GmbH")
    sluice("queue", "next", "--json")
    sluice("queue", "done", "no_answer")
    sluice("lead", "qualify", "zeta.example", "need=yes")
    sluice("queue", "undo")
    assert leads(sluice)["Zeta GmbH"]["stage"] == "unqualified"


def test_signals_move_a_lead_forward_and_its_temperature_sets_the_next_touch(
    sluice: Sluice, queued: Queued
) -> None:
    queued("Zeta GmbH")
    sluice("scoring", "use", SEED)
    for hours in (1, 2, 3):
        at = (now() - timedelta(hours=hours)).isoformat()
        sluice("signal", "add", "zeta.example", "welcome_email_clicked", "--at", at)
    found = leads(sluice)["Zeta GmbH"]
    assert (found["stage"], found["temperature"]) == ("mql", "warm")
    assert days_until(found["next_touch_at"]) == 7
    sluice("signal", "add", "zeta.example", "quote_requested")
    found = leads(sluice)["Zeta GmbH"]
    assert (found["stage"], found["funnel"]) == ("sql", "BOFU")
    assert (found["next_touch"], found["due"]) == ("answer what it asked for", True)
    sluice("signal", "add", "zeta.example", "call_answered")
    assert days_until(leads(sluice)["Zeta GmbH"]["next_touch_at"]) == 1


def test_a_consumer_counts_as_a_lead_only_with_an_opt_in(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    file = tmp_path / "handover.yaml"
    file.write_text(AGREEMENT.read_text("utf-8").replace("audience: b2b", "audience: b2c"))
    sluice("handover", "use", file)
    told = sluice("lead", "qualify", "zeta.example", *RULE, "--json").json
    assert (told["stage"], told["qualified"]) == (None, "yes")
    assert "opted_in" in told["no_lead_because"]
    assert leads(sluice) == {}
    sluice("signal", "add", "zeta.example", "opted_in")
    assert sluice("lead", "qualify", "zeta.example", "need=yes", "--json").json["stage"] == "sql"
    sluice("signal", "add", "zeta.example", "unsubscribed")
    assert leads(sluice) == {}
    assert "1 company without an opt-in left out" in sluice("lead", "list").err
    # Only those that would be listed are counted.
    for others in (("list", "--stage", "nurture"), ("due",)):
        assert "left out" not in sluice("lead", *others).err
    refused = sluice("handover", "send", "zeta.example", "-o", "-", code=4).err
    assert "no recorded opt-in" in refused
