"""Find rows that do not move: paused ones, ones that no worker takes, and ones that were given up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from leads.store import Tx
from leads.store.ledger import failure_groups, workload
from leads.store.ledger.pauses import Pause
from leads.store.ledger.workload import PendingCount
from workers.queues import ASKING
from workers.status_values import WORDS, KindStatus, Stuck

#: Tasks that wait longer than this while none is done are stuck.
PATIENCE = timedelta(minutes=15)
#: Tasks that wait longer than this without any worker are stuck.
NO_WORKER = timedelta(minutes=1)
#: What helps where nobody asks sources.
_ASKERS = "see `sluice ops failures`, and start a worker with --ask-workers 1 if none has one"
#: A lease that expired longer ago than this was missed by the sweeper.
NO_SWEEPER = timedelta(seconds=60)


def paused_rows(
    kinds: Sequence[KindStatus],
    pauses: Sequence[Pause],
    waiting: Sequence[PendingCount],
    names: Mapping[UUID, str],
) -> Iterator[Stuck]:
    """Rows that wait because somebody paused them."""
    for pause in pauses:
        rows = _rows_of(pause, kinds, waiting)
        if not rows:
            continue

        name = pause_name(pause, names)
        option = "" if pause.thing == "everything" else f" --{pause.thing} {name}"
        yield Stuck(
            what="rows",
            rows=rows,
            why=f"paused by {pause.who}" + (f": {pause.reason}" if pause.reason else ""),
            do=f"sluice ops resume{option}",
            client=name if pause.thing == "client" else None,
            wanted=True,
        )


def _rows_of(pause: Pause, kinds: Sequence[KindStatus], waiting: Sequence[PendingCount]) -> int:
    if pause.thing == "client":
        return sum(one.tasks for one in waiting if str(one.client_id) == pause.name)
    if pause.thing == "host":
        return 0
    return sum(
        kind.waiting for kind in kinds if pause.thing == "everything" or kind.queue == pause.name
    )


def pause_name(pause: Pause, names: Mapping[UUID, str]) -> str:
    """The name of what is paused; for a client its name instead of its id."""
    return names.get(UUID(pause.name), pause.name) if pause.thing == "client" else pause.name


def not_moving(
    kinds: Sequence[KindStatus], pauses: Sequence[Pause], *, has_workers: bool
) -> Iterator[Stuck]:
    """Rows that wait though nobody paused them, while none is done."""
    if any(pause.thing == "everything" for pause in pauses):
        return

    paused_queues = {pause.name for pause in pauses if pause.thing == "queue"}
    for kind in kinds:
        is_idle = not kind.running and not kind.done_an_hour
        if kind.waiting and is_idle and kind.queue not in paused_queues:
            yield from _stuck_for_age(kind, has_workers=has_workers)


def _stuck_for_age(kind: KindStatus, *, has_workers: bool) -> Iterator[Stuck]:
    age = timedelta(seconds=kind.oldest_seconds or 0)
    if not has_workers and age > NO_WORKER:
        yield Stuck(
            what=kind.what,
            rows=kind.waiting,
            why="no worker runs",
            do="start `sluice up` or `sluice worker`",
        )
    elif age > PATIENCE:
        minutes = round(age.total_seconds() / 60)
        yield Stuck(
            what=kind.what,
            rows=kind.waiting,
            why=f"nothing has moved for ten minutes, the oldest waits for {minutes:,} minutes",
            do=_ASKERS if kind.queue == ASKING else "see `sluice ops failures` and `sluice doctor`",
        )


def given_up(tx: Tx) -> Iterator[Stuck]:
    """Tasks that were given up, by group of errors."""
    for group in failure_groups.groups(tx, 20):
        if group.given_up:
            yield Stuck(
                what=WORDS.get(group.kind, group.kind),
                rows=group.given_up,
                why=f"given up: {group.error}",
                do=f"sluice ops requeue --error {group.fingerprint} (or discard)",
            )


def missed_leases(tx: Tx) -> Iterator[Stuck]:
    """Running tasks whose lease expired and that no sweeper returned to the queue."""
    late = workload.overdue(tx, NO_SWEEPER)
    if late:
        yield Stuck(
            what="rows in work",
            rows=late,
            why="their lease expired over a minute ago and no sweeper found them",
            do="start `sluice up` or `sluice worker`",
        )
