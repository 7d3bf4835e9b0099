"""Let many users claim prospects at once, from several processes; the same in bare SQL."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from itertools import count
from multiprocessing import get_context
from threading import Thread
from typing import Any
from uuid import UUID

from bench.outreach_bare import bare_claims
from bench.outreach_seed import SECRET, Seeded, entry_of_company
from bench.server_cpu import server_cpu
from leads.clock import now
from leads.errors import ServiceDownError
from leads.store import Store
from leads.store.leases import Lease
from outreach.run.leasing import lease_next, take_next
from outreach.run.queue_user import QueueUser


class Way(Enum):
    """How prospects are claimed."""

    #: One UPDATE that marks the row, through the database's driver.
    UPDATE = "one UPDATE"
    #: The row marked, the lease and the line of the log added, through the database's driver.
    BARE = "bare SQL"
    #: The transaction that leases, as the store runs it.
    LEASE = "lease"
    #: Lease, checks and card: what a user waits for.
    CARD = "take next"


#: Empty answers in a row after which a claimer stops: others hold rows for a moment.
_EMPTY = 3
#: Seconds within which all claimers are ready.
_STARTS = 300
_SPAWN = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Race:
    """What the claimers got together."""

    claimed: list[UUID]
    per_second: float
    #: Milliseconds of CPU for each prospect, of the claimers and of the database's server.
    cpu: float
    #: Claims that gave up after a minute of waiting for the database.
    gave_up: int

    @property
    def doubles(self) -> int:
        """Claims of a prospect that somebody had claimed already."""
        return len(self.claimed) - len(set(self.claimed))


@dataclass(frozen=True, slots=True)
class _Crew:
    """What the claimers of one process did."""

    claimed: list[UUID]
    gave_up: int
    #: By a clock that all processes share.
    ended: float
    #: Seconds.
    cpu: float


def user_of(made: Seeded, name: str) -> QueueUser:
    """A user at the campaign's queue."""
    at = now()
    return QueueUser(
        client_id=made.client_id,
        campaign_id=made.campaign_id,
        user=name,
        secret=SECRET,
        lease=timedelta(hours=12),
        grace=timedelta(hours=24),
        day_began=at.replace(hour=0, minute=0, second=0, microsecond=0),
    )


def race(
    url: str, made: Seeded, claimers: int, way: Way, *, want: int = 1, processes: int = 5
) -> Race:
    """Claim until the queue is empty, `want` prospects at a time."""
    held = _hold_one_each(url, made, claimers)
    # Without a limit, a process that does not start would leave the others waiting forever.
    barrier = _SPAWN.Barrier(claimers + 1, timeout=_STARTS)
    answers = _SPAWN.Queue()
    crews = [
        _SPAWN.Process(
            target=_crew,
            args=(url, made, range(first, claimers, processes), way, want, barrier, answers),
        )
        for first in range(min(processes, claimers))
    ]
    for one in crews:
        one.start()
    spent = -server_cpu(url)
    barrier.wait()
    began = time.perf_counter()
    found = [answers.get() for _ in crews]
    for one in crews:
        one.join()
    spent += server_cpu(url) + sum(one.cpu for one in found)
    claimed = [entry for one in found for entry in one.claimed]
    return Race(
        claimed=[*held, *claimed],
        per_second=len(claimed) / (max(one.ended for one in found) - began),
        cpu=spent * 1000 / len(claimed),
        gave_up=sum(one.gave_up for one in found),
    )


def _hold_one_each(url: str, made: Seeded, claimers: int) -> list[UUID]:
    """Lease one prospect to each of so many users, and let the database count its rows: a queue that
    is in use has leases.
    """
    store = Store(url)
    held: list[Lease] = []
    for number in range(claimers):
        held += lease_next(store, user_of(made, f"holder {number}"), any_time=True).new
    with store.write() as tx:
        tx.exec_driver_sql("ANALYZE lease")
    store.close()
    return [one.entry_id for one in held]


def _crew(
    url: str, made: Seeded, numbers: range, way: Way, want: int, barrier: Any, answers: Any
) -> None:
    """The claimers of one process, each in a thread and with a connection of its own."""
    got: list[UUID] = []
    gave_up: list[int] = []
    began: list[float] = []
    store = Store(url)

    def work(number: int) -> None:
        with _claims(url, store, made, f"user {number}", way, want) as take:
            barrier.wait()
            began.append(time.process_time())
            empty = 0
            while empty < _EMPTY:
                try:
                    some = take()
                except (ServiceDownError, sqlite3.OperationalError):
                    gave_up.append(number)
                    continue
                got.extend(some)
                empty = 0 if some else empty + 1

    if way in (Way.LEASE, Way.CARD):
        _connect(store, len(numbers))
    threads = [Thread(target=work, args=(number,)) for number in numbers]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    spent = time.process_time() - min(began)
    answers.put(_Crew(got, len(gave_up), time.perf_counter(), spent))
    store.close()


def _connect(store: Store, count: int) -> None:
    """Open the connections before the race begins."""
    for engine in (store.engine, store.reading):
        with ExitStack() as stack:
            for _ in range(count):
                stack.enter_context(engine.connect())


@contextmanager
def _claims(
    url: str, store: Store, made: Seeded, name: str, way: Way, want: int
) -> Iterator[Callable[[], list[UUID]]]:
    if way in (Way.UPDATE, Way.BARE):
        with bare_claims(url, made, name, want, alone=way is Way.UPDATE) as take:
            yield take
        return
    turns = count()

    def lease() -> list[UUID]:
        offer = lease_next(store, user_of(made, f"{name}, {next(turns)}"), want)
        return [one.entry_id for one in offer.new]

    def take_cards() -> list[UUID]:
        cards = take_next(store, user_of(made, f"{name}, {next(turns)}"), want)
        return [entry_of_company(one.company_id) for one in cards]

    # A user takes the next prospect after reporting the last one. Here each turn is another user.
    yield lease if way is Way.LEASE else take_cards
