"""The state of the work in a user's words: rows, companies, sites and prospects, not tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from leads.clock import now
from leads.store import Tx
from leads.store.ledger import crews, pauses, workload
from leads.store.ledger.crews import Supervisor
from leads.store.ledger.workload import GivenUpCount, PendingCount, RunningCount
from workers import stuck
from workers.host import alive
from workers.pipeline import KINDS, Kind
from workers.status_values import (
    WORDS,
    ClientStatus,
    HostStatus,
    KindStatus,
    QueueStatus,
    Status,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
#: When so many tasks were done lately, their speed says when up to so many times as many are done:
#: one task in ten minutes is no reason to promise 140 hours.
FEWEST_DONE = 2
FURTHEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    """What the ledger says at one moment."""

    at: datetime
    waiting: Sequence[PendingCount]
    running: Sequence[RunningCount]
    given_up: Sequence[GivenUpCount]
    oldest: Mapping[str, datetime]
    speeds: Mapping[str, float]
    done_last_hour: Mapping[str, int]
    done_lately: Mapping[str, int]
    pauses: Sequence[pauses.Pause]


def status(tx: Tx) -> Status:
    """Everything that `sluice ops status` shows."""
    counts = _counts(tx)
    names = workload.client_names(tx)
    held = counts.pauses
    supervisors = [one for one in crews.present(tx) if alive(one.host)]
    kinds = tuple(_kind(kind, counts) for kind in KINDS)
    queues = _queues(kinds)

    return Status(
        at=counts.at,
        prospects_an_hour=workload.new_prospects(tx, HOUR),
        rows_waiting=sum(one.waiting for one in kinds),
        oldest_seconds=_oldest(kinds),
        eta_seconds=_longest_eta(queues),
        queues=queues,
        kinds=kinds,
        clients=_clients(counts, names),
        hosts=_hosts(supervisors, counts),
        paused=tuple(replace(one, name=stuck.pause_name(one, names)) for one in held),
        refused=workload.refused_entries(tx, DAY),
        stuck=(
            *stuck.paused_rows(kinds, held, counts.waiting, names),
            *stuck.not_moving(kinds, held, has_workers=bool(supervisors)),
            *stuck.given_up(tx),
            *stuck.missed_leases(tx),
        ),
    )


def _counts(tx: Tx) -> _Counts:
    return _Counts(
        at=now(),
        waiting=workload.waiting(tx),
        running=workload.running(tx),
        given_up=workload.given_up(tx),
        oldest=workload.oldest(tx),
        speeds=workload.speeds(tx),
        done_last_hour=workload.done(tx, HOUR),
        done_lately=workload.done(tx, workload.LATELY),
        pauses=pauses.every(tx),
    )


def _kind(kind: Kind, counts: _Counts) -> KindStatus:
    name = kind.name
    waiting = sum(one.tasks for one in counts.waiting if one.kind == name)
    running = sum(one.tasks for one in counts.running if one.kind == name)
    an_hour = round(counts.speeds.get(name, 0))

    oldest = None
    if name in counts.oldest:
        oldest = max(0, round((counts.at - counts.oldest[name]).total_seconds()))

    return KindStatus(
        kind=name,
        what=WORDS[name],
        queue=kind.queue,
        waiting=waiting,
        running=running,
        given_up=sum(one.tasks for one in counts.given_up if one.kind == name),
        done_an_hour=an_hour,
        oldest_seconds=oldest,
        eta_seconds=_eta(kind, waiting + running, counts),
        done_last_hour=counts.done_last_hour.get(name, 0),
    )


def _eta(kind: Kind, tasks: int, counts: _Counts) -> int | None:
    """The seconds until so many tasks are done; None when what was done lately says too little."""
    if not tasks:
        return 0
    an_hour = counts.speeds.get(kind.name, 0)
    done = counts.done_lately.get(kind.name, 0)
    is_sample = done >= FEWEST_DONE and tasks <= done * FURTHEST
    is_paused = any(
        one.thing == "everything" or (one.thing, one.name) == ("queue", kind.queue)
        for one in counts.pauses
    )
    return round(tasks * 3600 / an_hour) if an_hour and is_sample and not is_paused else None


def _oldest(kinds: Sequence[KindStatus]) -> int:
    return max((one.oldest_seconds or 0 for one in kinds), default=0)


def _queues(kinds: Sequence[KindStatus]) -> tuple[QueueStatus, ...]:
    names = dict.fromkeys(one.queue for one in kinds)
    return tuple(_queue(name, [one for one in kinds if one.queue == name]) for name in names)


def _queue(name: str, kinds: Sequence[KindStatus]) -> QueueStatus:
    etas = [one.eta_seconds for one in kinds if one.eta_seconds is not None]
    return QueueStatus(
        queue=name,
        waiting=sum(one.waiting for one in kinds),
        running=sum(one.running for one in kinds),
        given_up=sum(one.given_up for one in kinds),
        done_an_hour=sum(one.done_an_hour for one in kinds),
        done_last_hour=sum(one.done_last_hour for one in kinds),
        oldest_seconds=_oldest(kinds),
        # Workers do the kinds of one queue one after the other.
        eta_seconds=sum(etas) if len(etas) == len(kinds) else None,
    )


def _longest_eta(queues: Sequence[QueueStatus]) -> int | None:
    """The time until all queues are empty: workers do them side by side. None when unknown."""
    etas = [one.eta_seconds for one in queues if one.eta_seconds is not None]
    return max(etas, default=0) if len(etas) == len(queues) else None


def _clients(counts: _Counts, names: Mapping[UUID, str]) -> tuple[ClientStatus, ...]:
    waiting: dict[UUID | None, int] = {}
    for pending in counts.waiting:
        waiting[pending.client_id] = waiting.get(pending.client_id, 0) + pending.tasks

    given_up: dict[UUID | None, int] = {}
    for lost in counts.given_up:
        given_up[lost.client_id] = given_up.get(lost.client_id, 0) + lost.tasks

    found = [
        ClientStatus(
            client=names.get(client_id, "?") if client_id else "(for everyone)",
            waiting=waiting.get(client_id, 0),
            given_up=given_up.get(client_id, 0),
        )
        for client_id in dict.fromkeys([*waiting, *given_up])
    ]
    return tuple(sorted(found, key=lambda one: (-one.waiting, one.client)))


def _hosts(supervisors: Sequence[Supervisor], counts: _Counts) -> tuple[HostStatus, ...]:
    found: dict[str, HostStatus] = {}
    for one in supervisors:
        name = one.host.partition(":")[0]
        host = found.get(name, HostStatus(host=name))
        found[name] = replace(
            host,
            workers=host.workers + one.workers,
            memory_mb=host.memory_mb + one.memory,
            replaced=host.replaced + one.replaced,
            skew_seconds=max(host.skew_seconds, one.skew, key=abs),
            silent_seconds=round((counts.at - one.seen_at).total_seconds()),
            version=one.version,
        )

    for running in counts.running:
        name = running.host.partition(":")[0]
        host = found.get(name, HostStatus(host=name))
        found[name] = replace(host, running=host.running + running.tasks)
    return tuple(host for _, host in sorted(found.items()))
