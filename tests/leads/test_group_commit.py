"""Short works of many threads are committed together, and each stands or falls alone."""

import signal
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event
from time import sleep

import pytest
from sqlalchemy import bindparam, event, insert

from leads.clock import now
from leads.errors import ServiceDownError, SluiceError
from leads.ids import new_id
from leads.store import Store, clients, driver
from leads.store.direct import Direct
from leads.store.schema import client

ADD = insert(client).values({name: bindparam(name) for name in ("id", "name", "created_at")})
THREADS = 8


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()


def add(tx: Direct, name: str, *, times: int = 1) -> str:
    """Store a client; to store it twice is refused."""
    row = {"id": new_id(), "name": name, "created_at": now()}
    driver.run_together(tx, [(ADD.returning(client.c.id), row)] * times)
    return name


def names(store: Store) -> set[str]:
    with store.read() as tx:
        return {one.name for one in clients.every(tx)}


def waiting(store: Store) -> Collection[object]:
    """The works that the leader has not committed yet, its own among them."""
    return store._together._waiting


def together(store: Store, works: list[tuple[str, int]]) -> list[Future[str]]:
    """Begin all works while another thread leads, so that they are committed together."""
    leads, goes_on, ready = Event(), Event(), Barrier(len(works) + 1)

    def first(tx: Direct) -> str:
        leads.set()
        goes_on.wait()
        return add(tx, "leader")

    def other(name: str, times: int) -> str:
        ready.wait()
        return store.at_once(lambda tx: add(tx, name, times=times))

    with ThreadPoolExecutor(len(works) + 1) as pool:
        pool.submit(store.at_once, first)
        leads.wait()
        found = [pool.submit(other, *one) for one in works]
        ready.wait()
        while store.engine.dialect.name == "sqlite" and len(waiting(store)) <= len(works):
            sleep(0.001)
        goes_on.set()
    return found


def test_each_thread_gets_its_own_result(store: Store) -> None:
    before = names(store)
    wanted = [f"client {number}" for number in range(THREADS)]

    found = together(store, [(name, 1) for name in wanted])

    assert [one.result() for one in found] == wanted
    assert names(store) - before == {*wanted, "leader"}


def test_a_work_that_fails_leaves_those_of_others(store: Store) -> None:
    before = names(store)
    works = [(f"client {number}", 2 if number % 3 == 0 else 1) for number in range(THREADS)]

    found = together(store, works)

    for one, (name, times) in zip(found, works, strict=True):
        if times == 1:
            assert one.result() == name
        else:
            with pytest.raises(SluiceError, match="refused"):
                one.result()
    stored = {name for name, times in works if times == 1}
    assert names(store) - before == {*stored, "leader"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_thread_that_is_stopped_leaves_the_work_of_others(store: Store) -> None:
    before = names(store)

    def stopped(tx: Direct) -> None:
        add(tx, "stopped")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.at_once(stopped)

    assert store.at_once(lambda tx: add(tx, "next")) == "next"
    assert names(store) - before == {"next"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_all_who_waited_for_a_turn_in_vain_are_told_at_once(store: Store) -> None:
    asked, refuse = [], Event()

    @contextmanager
    def turn() -> Iterator[None]:
        asked.append("turn")
        refuse.wait()
        raise ServiceDownError("another thread has held the database for a minute", "wait")
        yield

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(THREADS) as pool:
        patch.setattr(store._together, "turn", turn)
        found = [
            pool.submit(store.at_once, lambda tx: add(tx, "never stored")) for _ in range(THREADS)
        ]
        while len(waiting(store)) < THREADS:
            sleep(0.001)
        # All came before the second leader looks at the clock.
        refuse.set()
        errors = [one.exception() for one in found]

    assert all(isinstance(one, ServiceDownError) for one in errors)
    assert len(asked) <= 2
    assert store.at_once(lambda tx: add(tx, "next")) == "next"


class Stopped(BaseException):
    """What a signal raises in a thread that waits."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_thread_that_is_stopped_while_it_waits_stops_nobody_else(store: Store) -> None:
    leads, goes_on = Event(), Event()

    def first(tx: Direct) -> str:
        leads.set()
        goes_on.wait()
        return add(tx, "leader")

    def stop(*_: object) -> None:
        raise Stopped

    before = signal.signal(signal.SIGALRM, stop)
    try:
        with ThreadPoolExecutor(1) as pool:
            leader = pool.submit(store.at_once, first)
            leads.wait()
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            with pytest.raises(Stopped):
                store.at_once(lambda tx: add(tx, "stopped"))
            goes_on.set()
            assert leader.result() == "leader"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    assert store.at_once(lambda tx: add(tx, "next")) == "next"
    assert {"leader", "next"} <= names(store)
    assert "stopped" not in names(store)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_works_that_wait_are_committed_with_one_transaction(store: Store) -> None:
    begun: list[object] = []
    event.listen(store.engine, "checkout", lambda *given: begun.append(given))

    found = together(store, [(f"client {number}", 1) for number in range(THREADS)])

    assert all(one.result() for one in found)
    assert len(begun) == 2
