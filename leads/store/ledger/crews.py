"""Which supervisors work on this database, and which process has which duty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, text, update

from leads.clock import now
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.ledger.asking import CODE_VERSION, FAR
from leads.store.schema import crew, duty

#: A supervisor without a report for longer is gone.
SILENT = timedelta(seconds=60)
#: Seconds by which a clock may be wrong; leases last much longer.
MAX_SKEW = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorReport:
    """What a supervisor reports about itself."""

    host: str
    workers: int
    started_at: datetime
    skew: float = 0.0
    memory: int = 0
    replaced: int = 0
    version: str = CODE_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervisor:
    """The last report of a supervisor, and when it came."""

    host: str
    workers: int
    started_at: datetime
    seen_at: datetime
    #: Seconds by which its clock is ahead of the database's.
    skew: float
    #: Memory of its workers in MB.
    memory: int
    #: Workers that had to be replaced.
    replaced: int
    version: str


def report(tx: Tx, reported: SupervisorReport) -> None:
    """Store a supervisor's report; delete supervisors that have been silent for a day."""
    at = now()
    values = {**asdict(reported), "seen_at": at}
    if not tx.execute(update(crew).where(crew.c.host == reported.host).values(**values)).rowcount:
        tx.execute(insert_or_skip(tx, crew), [values])
    tx.execute(delete(crew).where(crew.c.seen_at < at - timedelta(days=1)))


def leave(tx: Tx, host: str) -> None:
    """Delete a supervisor that ends."""
    tx.execute(delete(crew).where(crew.c.host == host))


def present(tx: Tx) -> list[Supervisor]:
    """The supervisors that reported lately."""
    since = now() - SILENT
    return [one for one in known(tx) if one.seen_at > since]


def known(tx: Tx) -> list[Supervisor]:
    """The supervisors that reported within a day and did not end; the silent ones were killed."""
    return [
        Supervisor(
            host=row.host,
            workers=row.workers,
            started_at=row.started_at,
            seen_at=row.seen_at,
            skew=row.skew,
            memory=row.memory,
            replaced=row.replaced,
            version=row.version,
        )
        for row in tx.execute(select(crew).order_by(crew.c.host))
    ]


def take_duty(
    tx: Tx, name: str, host: str, last: timedelta, alive: Callable[[str], bool] = lambda _host: True
) -> bool:
    """Take or keep a duty for the time `last`; False when another living host has it."""
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
    """Whether the duty has expired; a time too far ahead was set by a wrong clock."""
    return (duty.c.until < at) | (duty.c.until > at + last + FAR)


def is_due(tx: Tx, name: str, host: str, every: timedelta) -> bool:
    """Whether a periodic duty is due now; if so, `host` does it and the next time is set."""
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
    answer = tx.execute(text(f"SELECT {theirs}")).scalar()
    after = now()
    moment = answer if isinstance(answer, datetime) else datetime.fromisoformat(str(answer))
    return (before + (after - before) / 2 - moment).total_seconds()
