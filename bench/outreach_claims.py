"""Let many users claim prospects at once, from several processes; the same with a bare statement."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from threading import Thread
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import make_url

from bench.outreach_seed import SECRET, Seeded
from leads.clock import now
from leads.errors import ServiceDownError
from leads.store import Store
from leads.store.leases import Lease
from outreach.run.claiming import Offer, check, claim, settle
from outreach.run.leasing import open_now
from outreach.run.queue_user import QueueUser

#: The claim as SQL alone: no check, no lease, no event, no card.
_BARE = (
    "UPDATE queue_entry SET state = 'leased', token = token + 1, attempts = attempts + 1 WHERE id ="
    " (SELECT id FROM queue_entry WHERE campaign_id = {mark} AND state = 'ready' AND not_before IS"
    " NULL ORDER BY campaign_id, rank, fresh, entered_at, id LIMIT 1 {lock}) RETURNING id"
)
#: Empty answers in a row after which a claimer stops: others hold rows for a moment.
_EMPTY = 3
#: Seconds within which all claimers are ready.
_STARTS = 300
_SPAWN = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Race:
    """What the claimers got together."""

    claimed: list[UUID]
    seconds: float
    #: Claims that gave up after a minute of waiting for the database.
    gave_up: int

    @property
    def doubles(self) -> int:
        """Claims of a prospect that somebody had claimed already."""
        return len(self.claimed) - len(set(self.claimed))

    @property
    def per_second(self) -> float:
        """Claims in a second."""
        return len(self.claimed) / self.seconds


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


def race(url: str, made: Seeded, claimers: int, *, want: int = 1, processes: int = 5) -> Race:
    """Claim until the queue is empty, `want` prospects at a time; 0: by the bare statement."""
    # Without a limit, a process that does not start would leave the others waiting forever.
    barrier = _SPAWN.Barrier(claimers + 1, timeout=_STARTS)
    answers = _SPAWN.Queue()
    crews = [
        _SPAWN.Process(
            target=_crew,
            args=(url, made, range(first, claimers, processes), want, barrier, answers),
        )
        for first in range(min(processes, claimers))
    ]
    for one in crews:
        one.start()
    barrier.wait()
    began = time.perf_counter()
    found = [answers.get() for _ in crews]
    for one in crews:
        one.join()
    ended = max(end for _, _, end in found)
    claimed = [entry for some, _, _ in found for entry in some]
    return Race(claimed, ended - began, sum(count for _, count, _ in found))


def _crew(url: str, made: Seeded, numbers: range, want: int, barrier: Any, answers: Any) -> None:
    """The claimers of one process, each in a thread and with a connection of its own."""
    got: list[UUID] = []
    gave_up: list[int] = []
    store = Store(url)

    def work(number: int) -> None:
        with _claims(store, made, f"user {number}", want) if want else _bare(url, made) as take:
            barrier.wait()
            empty = 0
            while empty < _EMPTY:
                try:
                    some = take()
                except ServiceDownError:
                    gave_up.append(number)
                    continue
                got.extend(some)
                empty = 0 if some else empty + 1

    threads = [Thread(target=work, args=(number,)) for number in numbers]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    # The clock of perf_counter is that of the machine: other processes may compare it.
    answers.put((got, len(gave_up), time.perf_counter()))
    store.close()


@contextmanager
def _claims(store: Store, made: Seeded, name: str, want: int) -> Iterator[Callable[[], list[UUID]]]:
    user = user_of(made, name)

    def take() -> list[UUID]:
        calendars = open_now(store, user)
        kept: list[Lease] = []
        while True:
            with store.write() as tx:
                new = claim(tx, user, want - len(kept), kept, calendars)
            offer = Offer(kept, new, calendars)
            with store.read() as tx:
                if check(tx, user, offer).may_be_served:
                    return [one.entry_id for one in offer.leases]
            with store.write() as tx:
                kept = settle(tx, user, offer)

    yield take


@contextmanager
def _bare(url: str, made: Seeded) -> Iterator[Callable[[], list[UUID]]]:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        assert address.database
        statement = _BARE.format(mark="?", lock="")
        file = sqlite3.connect(address.database, isolation_level=None, timeout=60)
        file.execute("PRAGMA synchronous=NORMAL")

        def from_file() -> list[UUID]:
            file.execute("BEGIN IMMEDIATE")
            rows = file.execute(statement, (made.campaign_id.hex,)).fetchall()
            file.execute("COMMIT")
            return [UUID(row[0]) for row in rows]

        yield from_file
        file.close()
        return
    with psycopg.connect(url) as server:
        locking = _BARE.format(mark="%s", lock="FOR UPDATE SKIP LOCKED").encode()

        def from_server() -> list[UUID]:
            rows = server.execute(locking, (made.campaign_id,)).fetchall()
            server.commit()
            return [row[0] for row in rows]

        yield from_server
