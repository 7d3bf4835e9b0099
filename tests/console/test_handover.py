"""A lead from its first answers to the client's inbox and back, on both databases."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sqlalchemy import select, update

from actions.actor import Right
from actions.session import open_session
from leads.clock import now
from leads.store import company_search, handovers, verdicts
from leads.store.schema import handover, lead, webhook_message
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
def test_who_must_not_be_contacted_is_neither_due_nor_handed_over(sluice: Sluice) -> None:
    with open_session() as session, session.write(Right.MANAGE) as work:
        work.tx.execute(update(lead).values(next_touch_at=now() - timedelta(hours=1)))
    sluice("suppress", "add", "zeta.example", "--reason", "asked on the phone")
    assert sluice("lead", "due", "--json").json == []
    listed = leads(sluice)["Zeta GmbH"]
    assert not listed["due"]
    assert "asked on the phone" in listed["barred"]
    refused = sluice("handover", "send", "zeta.example", "-o", "-", code=4).err
    assert "must not be contacted" in refused


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
    for hours in (1, 2, 3):
        at = (now() - timedelta(hours=hours)).isoformat()
        sluice("signal", "add", "zeta.example", "welcome_email_clicked", "--at", at)
    found = leads(sluice)["Zeta GmbH"]
    assert (found["stage"], found["temperature"]) == ("mql", "warm")
    assert days_until(found["next_touch_at"]) == 7
    sluice("signal", "add", "zeta.example", "quote_requested")
    found = leads(sluice)["Zeta GmbH"]
    assert (found["stage"], found["funnel"]) == ("sql", "BOFU")
    assert days_until(found["next_touch_at"]) == 1


@pytest.mark.usefixtures("qualified")
def test_the_webhook_gets_everything_and_forgets_with_the_company(sluice: Sluice) -> None:
    sluice("webhook", "add", "https://hooks.example/leads", "--type", "lead.handed_over")
    sluice("handover", "send", "zeta.example")
    (waiting,) = bodies()
    assert waiting["type"] == "lead.handed_over"
    assert waiting["data"]["company"] == "Zeta GmbH"
    assert len(waiting["data"]["checklist"]) == 6
    sluice("forget", "zeta.example", "--yes")
    assert bodies() == []


@pytest.mark.usefixtures("qualified")
def test_one_hand_over_is_open_at_a_time(sluice: Sluice) -> None:
    sluice("handover", "send", "zeta.example", "-o", "-")
    with open_session() as session, session.write(Right.MANAGE) as work:
        client_id, campaign_id = work.campaign("default", None)
        (waiting,) = handovers.of_campaign(work.tx, campaign_id)
        again = handovers.NewHandover(
            client_id=client_id,
            campaign_id=campaign_id,
            company_id=waiting.company_id,
            version=1,
            checklist={},
            sent_by="ann",
            sent_at=now(),
            answer_by=now(),
        )
        assert handovers.add(work.tx, again) is None
        assert handovers.answer(work.tx, waiting.id, "accepted", "ann", "", "")
        assert not handovers.answer(work.tx, waiting.id, "rejected", "ben", "late", "")
        assert handovers.add(work.tx, again)


@pytest.mark.usefixtures("qualified")
def test_overdue_answers_come_first(sluice: Sluice) -> None:
    sluice("lead", "qualify", "Alpha AG", *RULE)
    for name in ("zeta.example", "Alpha AG"):
        sluice("handover", "send", name, "-o", "-")
    with open_session() as session, session.write(Right.MANAGE) as work:
        alpha = company_search.find(work.tx, work.client("default"), "Alpha AG").id
        late = update(handover).where(handover.c.company_id == alpha)
        work.tx.execute(late.values(answer_by=now() - timedelta(hours=1)))
    listed = sluice("handover", "list", "--json").json
    assert [(one["company"], one["overdue"]) for one in listed] == [
        ("Alpha AG", True),
        ("Zeta GmbH", False),
    ]
    assert "1 accepted" not in sluice("handover", "report").out
    assert "2 open (1 overdue)" in sluice("handover", "report").out


@pytest.mark.usefixtures("qualified")
def test_the_survivor_of_a_merge_keeps_the_further_lead(sluice: Sluice) -> None:
    sluice("handover", "send", "zeta.example", "-o", "-")
    sluice("dedupe", "merge", "Alpha AG", "Zeta GmbH", "--reason", "one company")
    (found,) = leads(sluice).values()
    assert found["stage"] == "sql"
    told = sluice("lead", "qualify", found["company_id"], "--json").json
    assert told["qualified"] == "yes"
    sluice("handover", "accept", found["company_id"])
    assert [one["stage"] for one in leads(sluice).values()] == ["opportunity"]


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
    refused = sluice("handover", "send", "zeta.example", "-o", "-", code=4).err
    assert "no recorded opt-in" in refused


def test_a_file_needs_both_sides_and_a_used_version_never_changes(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    text = AGREEMENT.read_text("utf-8")
    file = tmp_path / "handover.yaml"
    lines = [line for line in text.splitlines() if "side: client" not in line]
    file.write_text("\n".join(lines))
    (remark,) = sluice("handover", "check", file, "--json", code=1).json["remarks"]
    assert (remark["path"], remark["line"]) == ("agreed_by", 4)
    assert "nobody of the client agreed" in sluice("handover", "use", file, code=2).err

    file.write_text(text.replace("on: 2026-11-21", "on: 2999-11-21"))
    (remark,) = sluice("handover", "check", file, "--json", code=1).json["remarks"]
    assert (remark["path"], remark["line"]) == ("agreed_by[2].on", 6)

    file.write_text(text)
    assert "would be in force" in sluice("handover", "use", file, "--dry-run").out
    sluice("handover", "send", "zeta.example", "-o", "-", code=3)
    assert sluice("handover", "use", file, "--json").json["changed"]
    file.write_text("# another comment\n" + text)
    assert not sluice("handover", "use", file, "--json").json["changed"]
    file.write_text(text.replace("2 working days", "3 working days"))
    assert "other content" in sluice("handover", "use", file, code=4).err
    assert sluice("handover", "show").out == text
    twice = tmp_path / "nurture.yaml"
    row = "  - {temperature: [hot], after: 1 day, do: call}\n"
    end = "otherwise: {after: 3 days, do: ask}\n"
    twice.write_text(f"nurture: ours\nversion: 1\ntouches:\n{row}{row}{end}")
    assert "nurture.yaml:5: touches[2]" in sluice("lead", "plan", twice, code=2).err
    plan = ROOT / "examples" / "leads" / "nurture.yaml"
    assert "nurture: standard" in sluice("lead", "plan").out
    sluice("lead", "plan", plan)
    assert sluice("lead", "plan", "--json").json["text"] == plan.read_text("utf-8")
    jsonschema.Draft202012Validator.check_schema(sluice("lead", "schema").json)
    jsonschema.Draft202012Validator.check_schema(sluice("handover", "schema").json)


@pytest.mark.usefixtures("qualified")
@pytest.mark.parametrize(
    ("command", "role"),
    [
        ("handover use {file}", "sdr"),
        ("lead plan {file}", "sdr"),
        ("lead qualify zeta.example need=no", "operator"),
        ("lead move zeta.example mql --reason x", "operator"),
        ("handover send zeta.example -o -", "operator"),
        ("handover accept zeta.example", "operator"),
        ("handover reject zeta.example --reason no_fit", "operator"),
    ],
)
def test_who_may_not(sluice: Sluice, command: str, role: str) -> None:
    plan = ROOT / "examples" / "leads" / "nurture.yaml"
    file = plan if command.startswith("lead plan") else AGREEMENT
    sluice("user", "add", "boss", "--role", "admin")
    sluice("user", "add", role, "--role", role, "--as", "boss")
    sluice(*command.format(file=file).split(), "--as", role, code=4)
    assert sluice("lead", "list", "--as", role, "--json").json


def bodies() -> list[dict[str, Any]]:
    """The messages that wait for delivery."""
    with open_session() as session, session.read() as work:
        rows = list(work.tx.execute(select(webhook_message.c.body)).scalars())
    return [json.loads(one) for one in rows]
