"""Done tasks are deleted when they are old, and nothing that still matters goes with them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from leads.clock import now
from leads.store import Store, retention
from leads.store.ledger import failures, given_up
from leads.store.ledger import tasks as ledger
from leads.store.ledger.given_up import TaskFilter
from leads.store.ledger.pruning import prune_done
from leads.store.ledger.tasks import Claimed, Wanted
from leads.store.schema import failure, pruned_tasks, task

LEASE = timedelta(minutes=1)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def claim(store: Store, *keys: str) -> list[Claimed]:
    with store.write() as tx:
        ledger.ask(tx, [Wanted(kind="k", key=key, queue="cheap") for key in keys])
        return ledger.claim(tx, ["k"], 100, "here:1:1", LEASE)


def do(store: Store, *keys: str) -> None:
    claimed = claim(store, *keys)
    with store.write() as tx:
        assert len(ledger.finish(tx, claimed)) == len(keys)


def age(store: Store, days: int) -> None:
    with store.write() as tx:
        old = now() - timedelta(days=days)
        tx.execute(update(task).where(task.c.state == "done").values(finished_at=old))


def prune(store: Store, limit: int = 1_000) -> int:
    with store.write() as tx:
        return prune_done(tx, now() - timedelta(days=14), limit)


def tasks(store: Store) -> list[tuple[str, int, str]]:
    with store.read() as tx:
        rows = tx.execute(select(task.c.key, task.c.epoch, task.c.state))
        return sorted((row.key, row.epoch, row.state) for row in rows)


def test_old_done_tasks_go_in_batches_and_are_counted(store: Store) -> None:
    do(store, "a", "b", "c")
    age(store, 20)
    do(store, "d")
    assert [prune(store, 2), prune(store, 2), prune(store, 2)] == [2, 1, 0]
    assert tasks(store) == [("d", 1, "done")]
    with store.read() as tx:
        pruned = tx.execute(select(pruned_tasks)).all()
    day = (now() - timedelta(days=20)).date()
    assert [(row.kind, row.day, row.tasks) for row in pruned] == [("k", day, 3)]


def test_a_key_is_asked_for_again_after_its_tasks_were_pruned(store: Store) -> None:
    do(store, "a")
    do(store, "a")
    age(store, 20)
    assert prune(store) == 2
    do(store, "a")
    running = claim(store, "a")
    with store.write() as tx:
        assert ledger.ask(tx, [Wanted(kind="k", key="a", queue="cheap")]) == 1
    assert [state for _, _, state in tasks(store)] == ["done", "running", "pending"]
    assert [epoch for _, epoch, _ in tasks(store)] == [1, 2, 3]
    with store.write() as tx:
        ledger.finish(tx, running)


def test_an_epoch_in_the_middle_is_not_given_out_twice(store: Store) -> None:
    do(store, "a")
    age(store, 20)
    do(store, "a")
    assert prune(store) == 1
    do(store, "a")
    assert tasks(store) == [("a", 2, "done"), ("a", 3, "done")]


@pytest.mark.parametrize("decides", ["requeue", "discard"])
def test_a_dead_task_stays_and_so_does_the_later_one_that_did_its_work(
    store: Store, decides: str
) -> None:
    dead = claim(store, "a")
    with store.write() as tx:
        failures.fail(tx, dead, "no answer", wait=None)
    do(store, "a")
    age(store, 20)
    assert prune(store) == 0
    assert tasks(store) == [("a", 1, "dead"), ("a", 2, "done")]

    with store.write() as tx:
        if decides == "requeue":
            given_up.requeue(tx, TaskFilter(), "tester")
        else:
            given_up.discard(tx, TaskFilter(), "tester", "of no use")
    age(store, 20)
    assert ("a", 1, "pending") not in tasks(store), "its work was done since"
    assert prune(store) == (2 if decides == "requeue" else 1)


def test_failures_of_pruned_tasks_go_too(store: Store) -> None:
    claimed = claim(store, "a")
    with store.write() as tx:
        failures.fail(tx, claimed, "no answer", wait=timedelta(0))
    do(store, "a")
    age(store, 20)
    assert prune(store) == 1
    with store.write() as tx:
        tx.execute(update(failure).values(at=_long_ago()))
        assert retention.forget_old_failures(tx) == 1
        assert tx.execute(select(func.count()).select_from(failure)).scalar() == 0


def _long_ago() -> datetime:
    return now() - retention.KEEP_FAILURES - timedelta(days=1)
