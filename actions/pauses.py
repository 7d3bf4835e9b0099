"""Pause and resume the background work."""

from __future__ import annotations

import time
from dataclasses import dataclass

from actions.actor import Right
from actions.session import Session, Transaction
from leads.errors import UsageError
from leads.store.ledger import pauses, workload
from workers.pipeline import KINDS

#: Seconds between two looks at what still runs.
LOOK_EVERY = 0.2
_QUEUES = sorted({kind.queue for kind in KINDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatToPause:
    """A queue, a client, a host, several of these, or everything when none is named."""

    queue: str | None = None
    client: str | None = None
    host: str | None = None


def pause(session: Session, what: WhatToPause, reason: str) -> int:
    """Start no new tasks; how many pauses are new."""
    with session.write(Right.OPERATE) as work:
        wanted = _pauses(work, what)
        return sum(
            pauses.set_pause(work.tx, thing, name, work.actor.name, reason)
            for thing, name in wanted
        )


def resume(session: Session, what: WhatToPause, *, every: bool = False) -> int:
    """End pauses, or every pause; how many ended."""
    with session.write(Right.OPERATE) as work:
        if every:
            work.check_every_client()
            ended = [(one.thing, one.name) for one in pauses.every(work.tx)]
        else:
            ended = _pauses(work, what)
        return pauses.lift(work.tx, ended, work.actor.name)


def drain(session: Session, host: str | None, seconds: float, reason: str) -> int:
    """Pause a host or everything, and wait until no task runs; how many still do after that time."""
    pause(session, WhatToPause(host=host), reason)
    until = time.monotonic() + seconds
    while (left := _running(session, host)) and time.monotonic() < until:
        if session.progress:
            session.progress("tasks still running", left, 0)
        time.sleep(LOOK_EVERY)
    return left


def _running(session: Session, host: str | None) -> int:
    with session.read(Right.LOOK) as work:
        running = workload.running(work.tx)
    on_host = [one for one in running if host in (None, one.host.partition(":")[0])]
    return sum(one.tasks for one in on_host)


def _pauses(work: Transaction, what: WhatToPause) -> list[tuple[str, str]]:
    """What to pause, as kind and name."""
    if what.queue and what.queue not in _QUEUES:
        raise UsageError(f"there is no queue {what.queue!r}", f"one of {', '.join(_QUEUES)}")
    if what.queue or what.host or not what.client:
        work.check_every_client()
    client = str(work.client(what.client)) if what.client else None
    named = [("queue", what.queue), ("client", client), ("host", what.host)]
    return [(thing, name) for thing, name in named if name] or [("everything", "")]
