"""A company that was worked for one client is held for the others, who do not learn for whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from leads.clock import now
from leads.store.migrate import open_store
from leads.store.schema import disposition, queue_entry
from tests.console.conftest import Sluice

Queued = Callable[..., None]
ANN = ("--as", "ann", "--client", "nordwind")
BOB = ("--as", "bob", "--client", "suedwind")


@pytest.fixture
def agency(queued: Queued) -> None:
    """Two clients with one company in common."""
    queued("Zeta GmbH", client="nordwind")
    queued("Zeta GmbH", client="suedwind")


def days_pass(database_url: str, days: int) -> None:
    """Move every contact, and what waits for a time, into the past."""
    store, length = open_store(database_url), timedelta(days=days)
    with store.write() as tx:
        tx.execute(update(disposition).values(at=now() - length))
        waits = tx.execute(select(queue_entry.c.id, queue_entry.c.not_before)).all()
        for entry_id, at in waits:
            this = update(queue_entry).where(queue_entry.c.id == entry_id)
            tx.execute(this.values(not_before=at - length if at else None))
    store.close()


@pytest.mark.usefixtures("agency")
def test_a_worked_company_is_held_for_days(sluice: Sluice, database_url: str) -> None:
    sluice("queue", "next", *ANN)
    sluice("queue", "done", "no_answer", *ANN)

    until = now() + timedelta(days=14)
    sluice("queue", "next", *BOB, code=3)
    card = sluice("queue", "show", "Zeta GmbH", *BOB).out
    assert f"held until {until.day} {until:%b %Y}: worked lately by this agency" in card
    listed = sluice("queue", "show", *BOB)
    assert "held: worked lately by this agency" in listed.out
    stats = sluice("queue", "stats", *BOB, "--json").json
    assert (stats["states"], stats["worked_lately"]) == ({"ready": 1}, 1)
    for said in (card, listed.out, str(stats), sluice("queue", "show", *BOB, "--json").out):
        assert "nordwind" not in said
        assert "ann" not in said
        assert "no answer" not in said

    days_pass(database_url, 15)
    assert "Zeta GmbH" in sluice("queue", "next", *BOB).out


@pytest.mark.usefixtures("agency")
def test_nobody_gets_what_another_client_holds(sluice: Sluice) -> None:
    sluice("queue", "next", *ANN)
    sluice("queue", "next", *BOB, code=3)
    # The one who was first goes on.
    sluice("queue", "done", "no_answer", *ANN)
    sluice("queue", "undo", *ANN)
    sluice("queue", "next", *ANN)


@pytest.mark.usefixtures("agency")
def test_undo_ends_it(sluice: Sluice) -> None:
    sluice("queue", "next", *ANN)
    sluice("queue", "done", "not_interested", *ANN)
    sluice("queue", "next", *BOB, code=3)
    sluice("queue", "undo", *ANN)
    sluice("queue", "release", *ANN)
    assert "Zeta GmbH" in sluice("queue", "show", *BOB).out
    sluice("agency", "set", "--days-between-clients", 0)
    assert "Zeta GmbH" in sluice("queue", "next", *BOB).out


@pytest.mark.usefixtures("agency")
def test_an_undo_does_not_hand_out_what_another_client_holds(
    sluice: Sluice, database_url: str
) -> None:
    sluice("queue", "next", *ANN)
    sluice("queue", "done", "no_answer", *ANN)
    days_pass(database_url, 15)
    sluice("queue", "next", *BOB)
    said = sluice("queue", "undo", *ANN)
    assert "undone" in said.out
    assert "you hold it again" not in said.err
    assert [one["state"] for one in sluice("queue", "show", *ANN, "--json").json] == ["ready"]
    sluice("queue", "next", *ANN, code=3)


@pytest.mark.usefixtures("agency")
def test_a_promised_call_is_kept(sluice: Sluice) -> None:
    sluice("agency", "set", "--days-between-clients", 0)
    sluice("queue", "next", *ANN)
    sluice("queue", "done", "call_back", "--at", "in 2 hours", *ANN)
    sluice("queue", "next", *BOB)
    sluice("queue", "done", "no_answer", *BOB)
    sluice("agency", "set", "--days-between-clients", 30)
    card = sluice("queue", "show", "Zeta GmbH", *ANN).out
    assert "held until" not in card
    assert "held until" in sluice("queue", "show", "Zeta GmbH", *BOB).out


@pytest.mark.usefixtures("agency")
def test_files_for_contact_leave_it_out(sluice: Sluice) -> None:
    sluice("queue", "next", *ANN)
    sluice("queue", "done", "no_answer", *ANN)
    calling = sluice("export", "--profile", "apollo", "--dry-run", "--client", "suedwind")
    assert "worked lately by this agency" in calling.err
    rows = sluice("export", "--profile", "plain", "--json", "--client", "suedwind").json
    assert [one["reason"] for one in rows] == ["held: worked lately by this agency"]


def test_the_agency_s_admin_sets_it(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH")
    assert sluice("agency", "show", "--json").json == {"days_between_clients": 14, "groups": False}
    dry = sluice("agency", "set", "--days-between-clients", 30, "--dry-run", "--json").json
    assert (dry["days_between_clients"], dry["before"]["days_between_clients"]) == (30, 14)
    sluice("agency", "set", "--groups")
    assert "held for 14 days, and so are companies of its group" in sluice("agency", "show").out
    sluice("agency", "set", code=2)
    sluice("user", "add", "boss", "--role", "admin")
    sluice("user", "add", "ann", "--role", "manager", "--as", "boss")
    sluice("agency", "set", "--days-between-clients", 0, "--as", "ann", code=4)
