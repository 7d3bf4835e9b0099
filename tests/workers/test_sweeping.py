"""The sweeper deletes done tasks that are older than the setting says, a bounded number at a time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from actions.session import Session
from leads.clock import now
from leads.errors import UsageError
from leads.settings import load_settings
from leads.store import name_look_ups
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.store.migrate import open_store
from leads.store.name_look_ups import LookedUpName
from leads.store.schema import duty, name_look_up, task
from workers.context import Context
from workers.redis_client import connect
from workers.sweeper import sweep


@pytest.fixture
def context(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    monkeypatch.setenv("SLUICE_KEEP_TASKS_DAYS", "3")
    settings = load_settings()
    session = Session(settings=settings, store=open_store(settings.database_url))
    yield replace(session.context(), redis=connect(redis_url))
    session.store.close()


def done(context: Context, key: str, days_ago: int) -> None:
    with context.store.write() as tx:
        ledger.ask(tx, [Wanted(kind="crawl", key=key, queue="crawl")])
        ledger.finish(tx, ledger.claim(tx, ["crawl"], 9, "here:1:1", timedelta(minutes=1)))
        finished = update(task).where(task.c.key == key)
        tx.execute(finished.values(finished_at=now() - timedelta(days=days_ago)))


def swept(context: Context) -> int:
    """How many tasks are left after a sweep that is due."""
    with context.store.write() as tx:
        tx.execute(duty.delete().where(duty.c.name == "schedule"))
    assert sweep(context, lambda _line: None)
    with context.store.read() as tx:
        return sum(sum(states.values()) for states in ledger.counts(tx).values())


def test_a_sweep_deletes_done_tasks_older_than_the_setting(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.sweeper.PRUNE_BATCH", 2)
    monkeypatch.setattr("workers.sweeper.PRUNE_BATCHES", 2)
    for number in range(5):
        done(context, f"old{number}.example", days_ago=4)
    done(context, "new.example", days_ago=2)
    assert [swept(context), swept(context), swept(context)] == [2, 1, 1]


def test_a_setting_that_is_no_number_is_refused() -> None:
    with pytest.raises(UsageError, match="keep_tasks_days is 'ever'"):
        _ = load_settings({"SLUICE_KEEP_TASKS_DAYS": "ever"}).keep_tasks_days


def test_a_sweep_deletes_look_ups_that_hold_no_longer(context: Context) -> None:
    with context.store.write() as tx:
        old = [LookedUpName(f"n{place}.example", "missing", ()) for place in range(3)]
        name_look_ups.keep_look_ups(tx, old)
        tx.execute(update(name_look_up).values(looked_up_at=now() - timedelta(days=8)))
        name_look_ups.keep_look_ups(tx, [LookedUpName("new.example", "missing", ())])
    swept(context)
    with context.store.read() as tx:
        assert list(tx.execute(select(name_look_up.c.name)).scalars()) == ["new.example"]
