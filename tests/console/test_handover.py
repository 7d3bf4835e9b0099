"""A lead on its way to the client and back, on both databases."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from actions import handovers as handover_action
from actions.actor import Right
from actions.session import open_session
from leads.clock import now
from leads.errors import SluiceError
from leads.sheets.new_file import NewFile
from leads.store import company_search, handovers
from leads.store.schema import handover, lead, webhook_message
from tests.console.conftest import Sluice
from tests.console.made_leads import (
    AGREEMENT,
    NURTURE,
    RULE,
    days_until,
    leads,
    make_qualified,
)

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]


@pytest.fixture
def qualified(sluice: Sluice, queued: Queued) -> None:
    """Zeta is a qualified lead, Alpha is none."""
    queued("Zeta GmbH", "Alpha AG")
    make_qualified(sluice)


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
    assert [counted[name] for name in ("share", "low", "high")] == [None] * 3
    assert set(counted["by_reply"][0]) >= {"share", "low", "high"}
    assert "too few to say" in sluice("handover", "report").out
    sluice("handover", "reject", "zeta.example", "--reason", "no_budget", code=3)


@pytest.mark.usefixtures("qualified")
def test_only_something_new_brings_a_lead_back_from_nurture(sluice: Sluice) -> None:
    sluice("handover", "send", "zeta.example", "-o", "-")
    sluice("handover", "reject", "zeta.example", "--reason", "no_budget")
    sluice("lead", "qualify", "zeta.example")
    assert leads(sluice)["Zeta GmbH"]["stage"] == "nurture"
    due_at = leads(sluice)["Zeta GmbH"]["next_touch_at"]
    sluice("signal", "add", "zeta.example", "email_clicked")
    last_year = (now() - timedelta(days=365)).isoformat()
    sluice("signal", "add", "zeta.example", "quote_requested", "--at", last_year)
    after = leads(sluice)["Zeta GmbH"]
    assert (after["stage"], after["next_touch_at"]) == ("nurture", due_at)
    sluice("signal", "add", "zeta.example", "quote_requested")
    after = leads(sluice)["Zeta GmbH"]
    assert (after["stage"], after["next_touch"]) == ("nurture", "answer what it asked for")
    sluice("lead", "qualify", "zeta.example", "budget=yes")
    assert leads(sluice)["Zeta GmbH"]["stage"] == "sql"
    sluice("handover", "send", "zeta.example", "-o", "-")
    sluice("handover", "accept", "zeta.example")
    assert leads(sluice)["Zeta GmbH"]["stage"] == "opportunity"
    sluice("lead", "qualify", "zeta.example", "budget=no")
    assert leads(sluice)["Zeta GmbH"]["stage"] == "opportunity"


@pytest.mark.usefixtures("qualified")
def test_a_lead_that_bought_meanwhile_stays_a_customer(sluice: Sluice, tmp_path: Path) -> None:
    sluice("handover", "send", "zeta.example", "-o", "-")
    assert leads(sluice)["Zeta GmbH"]["next_touch"] == "ask the client for its answer"
    file = tmp_path / "won.csv"
    file.write_text(f"domain,outcome,at\nzeta.example,won,{now():%Y-%m-%d}\n")
    sluice("outcomes", "import", file)
    told = sluice("handover", "reject", "zeta.example", "--reason", "no_fit")
    assert "stays a customer" in told.out
    found = leads(sluice)["Zeta GmbH"]
    assert (found["stage"], found["next_touch"]) == ("customer", "ask how it goes")


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
def test_an_erased_lead_leaves_nothing_behind(sluice: Sluice) -> None:
    sluice("handover", "send", "zeta.example", "-o", "-")
    sluice("forget", "zeta.example", "--yes")
    assert sluice("handover", "list", "--json").json == []
    assert leads(sluice) == {}


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


@pytest.mark.usefixtures("qualified")
@pytest.mark.parametrize("answer", ["accept", "reject"])
def test_one_answer_is_for_all_hand_overs_of_merged_companies(sluice: Sluice, answer: str) -> None:
    sluice("lead", "qualify", "Alpha AG", *RULE)
    for name in ("zeta.example", "Alpha AG"):
        sluice("handover", "send", name, "-o", "-")
    sluice("dedupe", "merge", "Alpha AG", "Zeta GmbH", "--reason", "one company")
    ((name, lead_now),) = leads(sluice).items()
    more = ("--reason", "no_budget") if answer == "reject" else ()
    sluice("handover", answer, lead_now["company_id"], *more)
    listed = sluice("handover", "list", "--json").json
    assert {(one["state"], one["company"]) for one in listed} == {(f"{answer}ed", name)}
    assert len(listed) == 2
    sluice("handover", answer, lead_now["company_id"], *more, code=3)


@pytest.mark.usefixtures("qualified")
def test_no_lead_enters_the_stage_that_it_has(sluice: Sluice) -> None:
    sluice("webhook", "add", "https://hooks.example/leads", "--type", "lead.stage_moved")
    sluice("handover", "send", "zeta.example", "-o", "-")
    sluice("lead", "move", "zeta.example", "opportunity", "--reason", "they met")
    sluice("handover", "accept", "zeta.example")
    moved = [(one["data"]["before"], one["data"]["after"]) for one in bodies()]
    assert moved == [("sql", "opportunity")]


@pytest.mark.usefixtures("qualified")
def test_a_hand_over_that_fails_leaves_no_file(
    sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    lost = folder / "no" / "zeta.json"
    assert f"{lost} cannot" in sluice("handover", "send", "zeta.example", "-o", lost, code=2).err
    assert sluice("handover", "list", "--json").json == []

    write = handover_action._write

    def fail(file: NewFile, told: Mapping[str, Any]) -> None:
        write(file, told)
        raise SluiceError("the database is gone")

    with monkeypatch.context() as patched:
        patched.setattr(handover_action, "_write", fail)
        sluice("handover", "send", "zeta.example", "-o", folder / "zeta.json", code=None)
    assert list(folder.iterdir()) == []
    assert sluice("handover", "list", "--json").json == []

    (folder / "zeta.json").write_text("another")
    sluice("handover", "send", "zeta.example", "-o", folder / "zeta.json", code=2)
    sluice("handover", "send", "zeta.example", "-o", folder / "new.json")
    assert {one.name for one in folder.iterdir()} == {"zeta.json", "new.json"}
    assert (folder / "zeta.json").read_text() == "another"


def test_a_new_file_replaces_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with NewFile(folder / "zeta.json") as file:
        file.stream.write("the lead")  # type: ignore[call-overload]
        (folder / "zeta.json").write_text("another")
        place = file.put_new()
    assert place.name.startswith("zeta.json-")
    assert place.read_text() == "the lead"
    assert {one.name for one in folder.iterdir()} == {"zeta.json", place.name}
    assert (folder / "zeta.json").read_text() == "another"


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
    file = NURTURE if command.startswith("lead plan") else AGREEMENT
    sluice("user", "add", "boss", "--role", "admin")
    sluice("user", "add", role, "--role", role, "--as", "boss")
    sluice(*command.format(file=file).split(), "--as", role, code=4)
    assert sluice("lead", "list", "--as", "boss", "--json").json


def bodies() -> list[dict[str, Any]]:
    """The messages that wait for delivery."""
    with open_session() as session, session.read() as work:
        rows = list(work.tx.execute(select(webhook_message.c.body)).scalars())
    return [json.loads(one) for one in rows]
