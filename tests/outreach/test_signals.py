"""Signals are stored once, follow a merge, and are taken back by another row."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from leads.clock import now
from leads.errors import SluiceError
from leads.store import signals
from leads.store.schema import company, signal
from leads.store.signals import NewSignal
from tests.outreach.conftest import MadeClient, World


def reply(owner: MadeClient, company_id: UUID, event: str, days_ago: int = 0) -> NewSignal:
    return NewSignal(
        client_id=owner.id,
        company_id=company_id,
        kind="replied",
        channel="email",
        source="lemlist",
        external_id=event,
        happened_at=now() - timedelta(days=days_ago),
        by="ann",
    )


def count(world: World) -> int:
    with world.store.read() as tx:
        return tx.execute(select(func.count()).select_from(signal)).scalar_one()


def test_an_event_heard_twice_is_one_signal(world: World) -> None:
    owner = world.client("kestrel")
    made = reply(owner, world.company(owner, "Alder"), "e1")

    with world.store.write() as tx:
        first = signals.add(tx, [made, made])
        second = signals.add(tx, [made, replace(made, external_id="e2")])
        hubspot = signals.add(tx, [replace(made, source="hubspot")])

    assert [one.external_id for one in first] == ["e1"]
    assert [one.external_id for one in second] == ["e2"]
    assert len(hubspot) == 1, "an id belongs to its source"
    with world.store.read() as tx:
        assert signals.known(tx, owner.id, "lemlist", ["e1", "e2", "e3"]) == {"e1", "e2"}


def test_two_clients_may_hear_of_events_with_one_id(world: World) -> None:
    owners = [world.client("kestrel"), world.client("merlin")]
    made = [reply(owner, world.company(owner, "Alder"), "e1") for owner in owners]
    with world.store.write() as tx:
        assert len(signals.add(tx, made)) == 2


def test_signals_are_read_oldest_first_and_follow_a_merge(world: World) -> None:
    owner = world.client("kestrel")
    kept, merged, other = (world.company(owner, name) for name in ("Alder", "Alder AG", "Birch"))
    with world.store.write() as tx:
        signals.add(
            tx,
            [reply(owner, kept, "new"), reply(owner, merged, "old", 9), reply(owner, other, "x")],
        )
        tx.execute(update(company).where(company.c.id == merged).values(merged_into=kept))

    with world.store.read() as tx:
        found = signals.of_companies(tx, owner.id, [kept])
    assert [one.external_id for one in found[kept]] == ["old", "new"]


def test_a_retraction_is_a_row_and_leaves_the_signal_stored(world: World) -> None:
    owner = world.client("kestrel")
    company_id = world.company(owner, "Alder")
    with world.store.write() as tx:
        first, _ = signals.add(tx, [reply(owner, company_id, "a"), reply(owner, company_id, "b")])
        assert signals.retract(tx, owner.id, [first.id], "bob") == 1
        assert signals.retract(tx, owner.id, [first.id], "bob") == 0
        found = signals.of_companies(tx, owner.id, [company_id])
    assert [one.external_id for one in found[company_id]] == ["b"]
    assert count(world) == 3


def test_another_client_can_take_nothing_back(world: World) -> None:
    owner, other = world.client("kestrel"), world.client("merlin")
    company_id = world.company(owner, "Alder")
    with world.store.write() as tx:
        (made,) = signals.add(tx, [reply(owner, company_id, "a")])
        assert signals.retract(tx, other.id, [made.id], "eve") == 0
        assert signals.of_companies(tx, other.id, [company_id]) == {}


def test_forgetting_a_company_deletes_its_signals_and_their_retractions(world: World) -> None:
    owner = world.client("kestrel")
    gone, stays = world.company(owner, "Alder"), world.company(owner, "Birch")
    with world.store.write() as tx:
        made = signals.add(tx, [reply(owner, gone, "a"), reply(owner, stays, "b")])
        signals.retract(tx, owner.id, [made[0].id], "bob")
        assert signals.forget(tx, owner.id, [gone]) == 2
    assert count(world) == 1


def test_a_value_needs_its_currency(world: World) -> None:
    owner = world.client("kestrel")
    made = replace(reply(owner, world.company(owner, "Alder"), "won"), value_minor=900_000)
    with pytest.raises(SluiceError), world.store.write() as tx:
        signals.add(tx, [made])
    assert count(world) == 0
