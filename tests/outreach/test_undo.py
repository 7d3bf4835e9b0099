"""Undo restores exactly how things stood, until somebody else acts on the company."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.store import Tx, leases, suppressions, verdicts
from leads.store.schema import disposition, queue_entry, relationship
from outreach.run import desk
from outreach.run.desk import Until
from outreach.run.disposing import DispositionRequest, done
from outreach.run.queue_user import QueueUser
from outreach.run.undoing import Undone, undo
from tests.outreach.conftest import MadeClient, World
from tests.outreach.one_transaction import take_next

Act = Callable[[Tx, QueueUser], object]
SOON = timedelta(days=3)


def report(kind: str, **more: Any) -> Act:
    return lambda tx, user: done(tx, user, DispositionRequest(kind=kind, **more))


ACTS: dict[str, Act] = {
    "no_answer": report("no_answer"),
    "call_back": report("call_back", at=now() + SOON),
    "not_interested": report("not_interested", note="has a supplier"),
    "interested": report("interested"),
    "do_not_contact": report("do_not_contact"),
    "release": lambda tx, user: desk.release(tx, user, None),
    "skip": lambda tx, user: desk.skip(tx, user, "I know them", None),
    "postpone": lambda tx, user: desk.postpone(tx, user, Until(now() + SOON), "", None),
}


def standing(tx: Tx, owner: MadeClient) -> tuple[Any, ...]:
    """How companies stand, without what a new lease changes: its token and times."""
    rows = tx.execute(select(queue_entry)).mappings()
    kept = [{name: row[name] for name in row if name != "token"} for row in rows]
    related = [dict(row) for row in tx.execute(select(relationship)).mappings()]
    held = [(one.company_id, one.user) for one in leases.live(tx, owner.campaign_id)]
    return kept, related, held, len(suppressions.listing(tx, owner.id))


def undone(world: World, user: QueueUser, reason: str = "") -> Undone:
    with world.store.write() as tx:
        return undo(tx, user, reason)[0]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("is_related", [False, True], ids=["untouched", "contacted before"])
def test_undo_restores_exactly(world: World, act: str, is_related: bool) -> None:
    owner = world.client("one")
    alder = world.prospect(owner, "Alder", domain=["alder.example"])
    ann = owner.user("ann")
    with world.store.write() as tx:
        if is_related:
            past = now() - timedelta(hours=1)
            verdicts.relate(
                tx, owner.id, owner.campaign_id, alder, "contacted", "lunch", past, "ann", now()
            )
        (first,) = take_next(tx, ann)
        before = standing(tx, owner)
        ACTS[act](tx, ann)
        assert standing(tx, owner) != before
    found = undone(world, ann, "wrong row")
    assert (found.company, found.held) == ("Alder", True)
    with world.store.write() as tx:
        assert standing(tx, owner) == before
        (again,) = take_next(tx, ann)
        assert again.history == first.history
        assert again.lease is not None
        assert first.lease is not None
        assert again.lease.token > first.lease.token
        assert (
            tx.execute(select(disposition.c.id).where(disposition.c.undone_at.is_(None))).all()
            == []
        )


def test_a_note_is_undone_and_the_lease_stays(world: World) -> None:
    owner = world.client("one")
    world.prospect(owner, "Alder")
    ann = owner.user("ann")
    with world.store.write() as tx:
        take_next(tx, ann)
        desk.write_note(tx, ann, "asks for\x00 Friday", None)
        (card,) = take_next(tx, ann)
        assert [(line.disposition, line.note) for line in card.history] == [
            ("note", "asks for\ufffd Friday")
        ]
    undone(world, ann)
    with world.store.write() as tx:
        (card,) = take_next(tx, ann)
        assert card.history == ()


def test_undo_goes_back_action_by_action(world: World) -> None:
    owner = world.client("one")
    for name in ("Alder", "Birch"):
        world.prospect(owner, name)
    ann = owner.user("ann")
    with world.store.write() as tx:
        before = standing(tx, owner)
        for _ in range(2):
            take_next(tx, ann)
            done(tx, ann, DispositionRequest(kind="not_interested"))
    assert [undone(world, ann).company for _ in range(2)] == ["Birch", "Alder"]
    with pytest.raises(NotFoundError):
        undone(world, ann)
    with world.store.write() as tx:
        for _ in range(2):
            desk.release(tx, ann, None)
        after = standing(tx, owner)
    states = [[row["state"] for row in some[0]] for some in (before, after)]
    assert states == [["ready", "ready"], ["ready", "ready"]]


def test_undo_ends_when_somebody_else_acts(world: World) -> None:
    owner = world.client("one")
    world.prospect(owner, "Alder")
    with world.store.write() as tx:
        take_next(tx, owner.user("ann"))
        desk.release(tx, owner.user("ann"), None)
        take_next(tx, owner.user("ben"))
    with pytest.raises(NotAllowedError, match="ben has leased Alder since"):
        undone(world, owner.user("ann"))


def test_the_actions_of_others_are_not_mine_to_undo(world: World) -> None:
    owner, other = world.client("one"), world.client("two")
    for client in (owner, other):
        world.prospect(client, "Alder")
        with world.store.write() as tx:
            take_next(tx, client.user("ann"))
    with world.store.write() as tx:
        desk.release(tx, owner.user("ann"), None)
    with pytest.raises(NotFoundError):
        undone(world, owner.user("ben"))
    with pytest.raises(NotFoundError):
        undone(world, other.user("ann"))


def test_do_not_contact_is_undone_with_a_reason_only(world: World) -> None:
    owner = world.client("one")
    world.prospect(owner, "Alder", domain=["alder.example"])
    ann = owner.user("ann")
    with world.store.write() as tx:
        take_next(tx, ann)
        done(tx, ann, DispositionRequest(kind="do_not_contact"))
    with pytest.raises(UsageError, match="do-not-contact list"):
        undone(world, ann)
    assert undone(world, ann, "it was the wrong row").contact_again


def test_a_skipped_prospect_goes_to_others_first(world: World) -> None:
    owner = world.client("one")
    world.prospect(owner, "Alder")
    ann, ben = owner.user("ann"), owner.user("ben")
    with world.store.write() as tx:
        take_next(tx, ann)
        desk.skip(tx, ann, "I know them", None)
        assert take_next(tx, ann) == []
        (card,) = take_next(tx, ben)
        assert [(line.user, line.note) for line in card.history] == [("ann", "I know them")]


def test_postponing_keeps_a_promise(world: World) -> None:
    owner = world.client("one")
    alder = world.prospect(owner, "Alder")
    ann, at = owner.user("ann"), now() + SOON
    with world.store.write() as tx:
        take_next(tx, ann)
        done(tx, ann, DispositionRequest(kind="call_back", at=now() + timedelta(hours=1)))
        tx.execute(relationship.update().values(reopens_at=now()))
        tx.execute(queue_entry.update().values(not_before=now()))
        take_next(tx, ann)
        desk.postpone(tx, ann, Until(at, "tuesday"), "", None)
        row = verdicts.relationships(tx, owner.campaign_id, [alder])[alder]
    assert (row.promised_by, row.reopens_at, row.state) == ("ann", at, "contacted")


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda tx, user: desk.write_note(tx, user, "x" * 50_000, None), "50,000 characters"),
        (lambda tx, user: desk.write_note(tx, user, "  \n", None), "is empty"),
        (lambda tx, user: desk.skip(tx, user, "", None), "is empty"),
        (
            lambda tx, user: desk.postpone(tx, user, Until(now() + timedelta(days=3660)), "", None),
            "five years",
        ),
        (
            lambda tx, user: desk.postpone(tx, user, Until(now() - timedelta(1)), "", None),
            "in the past",
        ),
        (report("call_back", at=now() + timedelta(days=3660)), "five years"),
        (report("no_answer", note="x" * 50_000), "50,000 characters"),
    ],
)
def test_bad_input_is_refused(world: World, act: Act, message: str) -> None:
    owner = world.client("one")
    world.prospect(owner, "Alder")
    with world.store.write() as tx:
        take_next(tx, owner.user("ann"))
    with pytest.raises(UsageError, match=message), world.store.write() as tx:
        act(tx, owner.user("ann"))
    with world.store.read() as tx:
        assert len(leases.live(tx, owner.campaign_id)) == 1


def test_a_lease_is_finished_once(world: World) -> None:
    owner = world.client("one")
    alder: UUID = world.prospect(owner, "Alder")
    ann = owner.user("ann")
    request = DispositionRequest(kind="not_interested", company=str(alder))
    with world.store.write() as tx:
        take_next(tx, ann)
        done(tx, ann, request)
    with pytest.raises(NotFoundError), world.store.write() as tx:
        done(tx, ann, request)
