"""What holds when the clock is wrong: it jumps a year forward or back between two actions."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from leads.errors import NotAllowedError
from leads.store import Tx
from leads.store.schema import desk_action
from outreach.run import desk
from outreach.run.queue_user import QueueUser
from outreach.run.undoing import undo
from tests.made_clock import MadeClock
from tests.outreach.conftest import World
from tests.outreach.one_transaction import take_next

YEAR = timedelta(days=365)
JUMPS = pytest.mark.parametrize("jump", [-YEAR, YEAR], ids=["a year back", "a year forward"])


def _take(tx: Tx, user: QueueUser) -> None:
    assert take_next(tx, user)


def _note_again(tx: Tx, user: QueueUser) -> None:
    desk.write_note(tx, user, "asked again", "Alder")


@JUMPS
@pytest.mark.parametrize(("act", "verb"), [(_take, "leased"), (_note_again, "noted")])
def test_undo_ends_when_somebody_else_acts(
    world: World, clock: MadeClock, jump: timedelta, act: Callable[..., None], verb: str
) -> None:
    owner = world.client("one")
    world.prospect(owner, "Alder")
    ann, ben = owner.user("ann"), owner.user("ben")
    with world.store.write() as tx:
        desk.write_note(tx, ben, "ask for the owner", "Alder")
        take_next(tx, ann)
        desk.release(tx, ann, None)
    clock.at += jump
    with world.store.write() as tx:
        act(tx, ben)
    message = f"ben has {verb} Alder since"
    with pytest.raises(NotAllowedError, match=message), world.store.write() as tx:
        undo(tx, ann)


@JUMPS
def test_what_somebody_did_before_does_not_stop_an_undo(
    world: World, clock: MadeClock, jump: timedelta
) -> None:
    owner = world.client("one")
    world.prospect(owner, "Alder")
    ann, ben = owner.user("ann"), owner.user("ben")
    with world.store.write() as tx:
        desk.write_note(tx, ben, "ask for the owner", "Alder")
    clock.at += jump
    with world.store.write() as tx:
        take_next(tx, ann)
        desk.release(tx, ann, None)
        assert undo(tx, ann)[0].held


def test_an_action_of_an_older_version_is_compared_by_time(world: World) -> None:
    owner = world.client("one")
    world.prospect(owner, "Alder")
    ann, ben = owner.user("ann"), owner.user("ben")
    with world.store.write() as tx:
        desk.write_note(tx, ben, "ask for the owner", "Alder")
        for text in ("first", "second"):
            desk.write_note(tx, ann, text, "Alder")
        tx.execute(desk_action.update().values(before={"relationship": None, "lease_id": None}))
        undo(tx, ann)
        desk.write_note(tx, ben, "asked again", "Alder")
    with pytest.raises(NotAllowedError, match="ben has noted Alder"), world.store.write() as tx:
        undo(tx, ann)
