"""Who waits for a task of another trace: recorded, passed on and forgotten, on both databases."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from leads.clock import now
from leads.store import Store
from leads.store.clients import make_client
from leads.store.ledger import failures, watches
from leads.store.ledger import own as own_tasks
from leads.store.ledger import tasks as ledger
from leads.store.ledger.own import Open, Own
from leads.store.ledger.tasks import Claimed, Wanted
from leads.store.schema import task, task_watch

LEASE = timedelta(minutes=1)
HOST = "here:1:1"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def ask(store: Store, trace_id: str, *keys: str, watchers: Sequence[str] = ()) -> int:
    with store.write() as tx:
        wanted = [Wanted(kind="k", key=key, queue="cheap") for key in keys]
        return ledger.ask(tx, wanted, trace_id, watchers)


def claim(
    store: Store, trace_id: str | None = None, client_id: UUID | None = None
) -> list[Claimed]:
    own = Own(trace_id=trace_id, client_id=client_id) if trace_id else None
    with store.write() as tx:
        return ledger.claim(tx, ["k"], 10, HOST, LEASE, own=own)


def keys(claimed: Sequence[Claimed]) -> list[str]:
    return sorted(one.key for one in claimed)


def watched(store: Store) -> set[tuple[str, str, int]]:
    """Trace, and key and epoch of the task it waits for."""
    wanted = select(task_watch.c.trace_id, task.c.key, task.c.epoch).join(
        task, task.c.id == task_watch.c.task_id
    )
    with store.read() as tx:
        return {(row.trace_id, row.key, row.epoch) for row in tx.execute(wanted)}


def is_moving(store: Store, trace_id: str, *, backing_off: bool = False) -> bool:
    own = Own(trace_id=trace_id)
    with store.read() as tx:
        return ledger.is_moving(tx, ["k"], HOST, own, backing_off=backing_off)


@pytest.mark.parametrize(
    ("second", "watchers", "expected"),
    [
        pytest.param("two", (), {("two", "a", 1)}, id="another trace watches"),
        pytest.param("one", (), set(), id="the own trace does not"),
        pytest.param("", (), set(), id="nobody waits without a trace"),
        pytest.param(
            "two", ("one", "three"), {("two", "a", 1), ("three", "a", 1)}, id="watchers too"
        ),
    ],
)
def test_touching_a_pending_task(
    store: Store, second: str, watchers: tuple[str, ...], expected: set[tuple[str, str, int]]
) -> None:
    ask(store, "one", "a")
    for _ in range(2):
        assert ask(store, second, "a", watchers=watchers) == 0
    assert watched(store) == expected


def test_a_running_task_is_asked_for_again_and_not_watched(store: Store) -> None:
    ask(store, "one", "a")
    claim(store)
    assert ask(store, "two", "a") == 1
    assert watched(store) == set()


def test_only_own_and_watched_tasks_are_claimed(store: Store) -> None:
    ask(store, "one", "a", "b", "c")
    ask(store, "two", "c", "d")
    ask(store, "three", "e")
    assert keys(claim(store, "two")) == ["c", "d"]
    assert keys(claim(store, "two")) == []
    assert keys(claim(store)) == ["a", "b", "e"], "a worker takes everything"


def test_a_run_claims_what_is_left_of_its_client(store: Store) -> None:
    with store.write() as tx:
        mine, theirs = (make_client(tx, name).id for name in ("mine", "theirs"))
        for client_id in (mine, theirs):
            wanted = [Wanted(kind="k", key=str(client_id), queue="cheap", client_id=client_id)]
            ledger.ask(tx, wanted, "dead")
    assert keys(claim(store, "new", mine)) == [str(mine)]
    assert keys(claim(store, "new", mine)) == []


def test_what_a_watched_task_causes_is_watched(store: Store) -> None:
    ask(store, "one", "a")
    ask(store, "two", "a")
    (claimed,) = claim(store)
    assert (claimed.trace_id, claimed.watchers) == ("one", ("two",))
    ask(store, claimed.trace_id, "follower", watchers=claimed.watchers)
    with store.write() as tx:
        ledger.finish(tx, [claimed])
    assert watched(store) == {("two", "follower", 1)}
    assert keys(claim(store, "two")) == ["follower"]


@pytest.mark.parametrize("ending", ["fails", "given back", "worker dies"])
def test_watchers_of_a_closed_task_wait_for_its_next_epoch(store: Store, ending: str) -> None:
    ask(store, "one", "a")
    ask(store, "two", "a")
    claimed = claim(store)
    ask(store, "three", "a")
    with store.write() as tx:
        if ending == "fails":
            failures.fail(tx, claimed, "broken", wait=timedelta())
        elif ending == "given back":
            ledger.give_back(tx, claimed)
        else:
            failures.reclaim(tx, lambda _host: False)
    assert watched(store) == {("one", "a", 2), ("two", "a", 2)}
    for trace_id in ("one", "two", "three"):
        assert is_moving(store, trace_id)
    with store.write() as tx:
        ledger.finish(tx, ledger.claim(tx, ["k"], 10, HOST, LEASE))
    assert watched(store) == set()


def test_a_failed_task_stays_watched(store: Store) -> None:
    ask(store, "one", "a")
    ask(store, "two", "a")
    with store.write() as tx:
        failures.fail(tx, ledger.claim(tx, ["k"], 10, HOST, LEASE), "broken", wait=None)
    with store.read() as tx:
        assert own_tasks.left_open(tx, Own(trace_id="two"), ["k"]) == Open(failed=1, waiting=0)
    assert not is_moving(store, "two")


def test_moving_is_running_or_due(store: Store) -> None:
    ask(store, "one", "a")
    ask(store, "two", "a")
    assert is_moving(store, "two"), "due"
    claimed = claim(store)
    assert is_moving(store, "two"), "running elsewhere"
    assert not is_moving(store, "three")
    with store.write() as tx:
        failures.fail(tx, claimed, "broken", wait=timedelta(hours=1))
    assert not is_moving(store, "two"), "backs off"
    assert is_moving(store, "two", backing_off=True)


def test_others_are_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(store, "one", "a", "b", "c")
    ask(store, "two", "c")
    with store.read() as tx:
        assert own_tasks.others_pending(tx, Own(trace_id="two"), ["k"]) == 2
        monkeypatch.setattr(own_tasks, "MOST_COUNTED", 1)
        assert own_tasks.others_pending(tx, Own(trace_id="two"), ["k"]) == 1


def test_rows_go_with_their_task(store: Store) -> None:
    ask(store, "one", "a", "b", "c")
    ask(store, "two", "a", "b", "c")
    with store.write() as tx:
        tx.execute(delete(task).where(task.c.key == "a"))
        tx.execute(update(task).where(task.c.key == "b").values(state="done", finished_at=now()))
        assert watches.drop_closed(tx) == 1
    assert watched(store) == {("two", "c", 1)}
