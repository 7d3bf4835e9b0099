"""Requests to sources, counted for their limits by all workers together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store import seat
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.schema import source_rest, source_turn

#: Seconds from a turn to the end of its request: after this one whose process died counts as over.
LONGEST = 60.0


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns that were given, and when another may be asked for."""

    ids: tuple[UUID, ...]
    #: Seconds until there may be another; 0: all were given.
    wait: float = 0.0


def take(tx: Tx, source: str, limits: Sequence[tuple[int, int]], count: int) -> Turns:
    """Take at most `count` turns at a source; `limits` are requests and seconds of windows.

    A request arrives at some time between its turn and its end. So a turn counts from when it is
    taken until one window after its end, and no window at the source ever holds more.
    """
    seat.lock_source(tx, source)
    at = clock(tx)
    free, wait = count, 0.0
    for requests, seconds in limits:
        left = requests - _in_window(tx, source, at, seconds)
        if left < free:
            free, wait = max(left, 0), max(wait, _until_free(tx, source, at, seconds))
    if free == 0:
        return Turns((), wait)

    longest = max((seconds for _, seconds in limits), default=0)
    ends = at + timedelta(seconds=longest + LONGEST)
    ids = tuple(new_id() for _ in range(free))
    rows = [{"id": one, "source": source, "taken_at": at, "counts_until": ends} for one in ids]
    tx.execute(insert(source_turn), rows)
    return Turns(ids, wait if free < count else 0.0)


def end(tx: Tx, over: Mapping[UUID, float], limits: Sequence[tuple[int, int]]) -> None:
    """Note that requests are over, or were never sent: turns with the seconds since then."""
    if not over:
        return
    at = clock(tx)
    longest = timedelta(seconds=max((seconds for _, seconds in limits), default=0))
    rows = [
        {"turn": one, "done": at - timedelta(seconds=ago), "until": at + longest}
        for one, ago in over.items()
    ]
    tx.execute(_END, rows)


_END = (
    update(source_turn)
    .where(source_turn.c.id == bindparam("turn"))
    .values(done_at=bindparam("done"), counts_until=bindparam("until"))
)


def _in_window(tx: Tx, source: str, at: datetime, seconds: int) -> int:
    since = at - timedelta(seconds=seconds)
    counting = select(func.count()).where(
        source_turn.c.source == source,
        source_turn.c.counts_until > at,
        or_(
            source_turn.c.done_at > since,
            source_turn.c.done_at.is_(None)
            & (source_turn.c.taken_at > since - timedelta(seconds=LONGEST)),
        ),
    )
    return int(tx.execute(counting).scalar_one())


def _until_free(tx: Tx, source: str, at: datetime, seconds: int) -> float:
    """Seconds until the oldest turn of a window leaves it; those under way may end at any time."""
    since = at - timedelta(seconds=seconds)
    wanted = select(func.min(source_turn.c.done_at)).where(
        source_turn.c.source == source,
        source_turn.c.counts_until > at,
        source_turn.c.done_at > since,
    )
    oldest = tx.execute(wanted).scalar_one()
    if oldest is None:
        return 0.05
    return max((oldest + timedelta(seconds=seconds) - at).total_seconds(), 0.01)


def clock(tx: Tx) -> datetime:
    """The time by the clock of the database, which all hosts share."""
    if tx.dialect.name == "sqlite":
        return now()
    found: datetime = tx.execute(select(func.clock_timestamp())).scalar_one()
    return found


def drop_old_turns(tx: Tx, limit: int) -> int:
    """Delete turns that count no longer, at most `limit`; how many."""
    old = select(source_turn.c.id).where(source_turn.c.counts_until < clock(tx)).limit(limit)
    return tx.execute(delete(source_turn).where(source_turn.c.id.in_(old))).rowcount


@dataclass(frozen=True, slots=True)
class Rest:
    """A source that must not be asked before a time."""

    source: str
    until: datetime
    reason: str


def rests(tx: Tx) -> dict[str, Rest]:
    """The sources that rest now, by name."""
    wanted = select(source_rest.c.source, source_rest.c.until, source_rest.c.reason)
    found = tx.execute(wanted.where(source_rest.c.until > now()))
    return {row.source: Rest(*row) for row in found}


def rest(tx: Tx, wanted: Iterable[Rest]) -> None:
    """Ask sources nothing before a time; of two times of one source the later counts."""
    # In one order, so that no two transactions wait for each other.
    for one in sorted(wanted, key=lambda rest: (rest.source, rest.until)):
        row = {"source": one.source, "until": one.until, "reason": one.reason[:500]}
        tx.execute(insert_or_skip(tx, source_rest), [row])
        sooner = (source_rest.c.source == one.source) & (source_rest.c.until < one.until)
        tx.execute(update(source_rest).where(sooner).values(row))


def wake(tx: Tx, source: str) -> bool:
    """Let a source be asked again; whether it rested."""
    return bool(tx.execute(delete(source_rest).where(source_rest.c.source == source)).rowcount)
