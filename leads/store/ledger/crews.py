"""Who works on this database: the supervisors and what they last said, and who has which duty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select, text, update

from leads.clock import now
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.ledger.asking import CODE_VERSION, FAR
from leads.store.schema import crew, duty

#: A supervisor that has said nothing for longer is gone.
SILENT = timedelta(seconds=60)
#: Seconds by which a clock may be off: leases last longer than this by far.
MAX_SKEW = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a supervisor says of itself."""

    host: str
    workers: int
    started_at: datetime
    skew: float = 0.0
    memory: int = 0
    replaced: int = 0
    version: str = CODE_VERSION


def say(tx: Tx, said: Said) -> None:
    """Keep what a supervisor says of itself; those long silent are forgotten."""
    at = now()
    values = {**asdict(said), "seen_at": at}
    if not tx.execute(update(crew).where(crew.c.host == said.host).values(**values)).rowcount:
        tx.execute(insert_or_skip(tx, crew), [values])
    tx.execute(delete(crew).where(crew.c.seen_at < at - timedelta(days=1)))


def leave(tx: Tx, host: str) -> None:
    """A supervisor ends."""
    tx.execute(delete(crew).where(crew.c.host == host))


def present(tx: Tx) -> Sequence[dict[str, Any]]:
    """The supervisors that spoke lately."""
    return [
        dict(row)
        for row in tx.execute(
            select(crew).where(crew.c.seen_at > now() - SILENT).order_by(crew.c.host)
        ).mappings()
    ]


def take_duty(
    tx: Tx, name: str, host: str, last: timedelta, alive: Callable[[str], bool] = lambda _host: True
) -> bool:
    """Whether `host` has this duty for the next `last`: it had it already, nobody has, or who has
    it is known to be dead.
    """
    at = now()
    free = (duty.c.host == host) | _over(at, last)
    holder = tx.execute(select(duty.c.host).where(duty.c.name == name)).scalar()
    if holder is not None and not alive(holder):
        free |= duty.c.host == holder
    values = {"host": host, "until": at + last}
    if tx.execute(update(duty).where(duty.c.name == name, free).values(**values)).rowcount:
        return True
    return bool(
        tx.execute(
            insert_or_skip(tx, duty).returning(duty.c.name), [{"name": name, **values}]
        ).all()
    )


def _over(at: datetime, last: timedelta) -> ColumnElement[bool]:
    """Whether the time is up; one too far ahead was set by a clock that was wrong."""
    return (duty.c.until < at) | (duty.c.until > at + last + FAR)


def is_due(tx: Tx, name: str, host: str, every: timedelta) -> bool:
    """Whether something that happens once in a while is due now; if so, it is `host` that does it,
    and the next time is set.
    """
    at = now()
    values = {"host": host, "until": at + every}
    if tx.execute(
        update(duty).where(duty.c.name == name, _over(at, every)).values(**values)
    ).rowcount:
        return True
    return bool(
        tx.execute(
            insert_or_skip(tx, duty).returning(duty.c.name), [{"name": name, **values}]
        ).all()
    )


def skew(tx: Tx) -> float:
    """Seconds by which this machine's clock is ahead of the database's."""
    theirs = (
        "clock_timestamp()"
        if tx.dialect.name == "postgresql"
        else "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"
    )
    before = now()
    said = tx.execute(text(f"SELECT {theirs}")).scalar()
    after = now()
    moment = said if isinstance(said, datetime) else datetime.fromisoformat(str(said))
    return (before + (after - before) / 2 - moment).total_seconds()
