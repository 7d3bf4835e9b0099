"""Look at the workers: which machines work, in which state, with which version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.actor import Right
from actions.session import Session
from leads.clock import now
from leads.store.ledger import crews, pauses, workload
from leads.store.ledger.crews import MAX_SKEW, SILENT
from leads.store.ledger.tasks import CODE_VERSION
from workers.host import alive

__all__ = ["MAX_SKEW"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """One supervisor and its workers."""

    host: str
    process: str
    #: `working`, `idle`, `paused`, `draining` (paused, and tasks still run) or `silent`.
    state: str
    workers: int
    running: int
    memory_mb: int
    replaced: int
    version: str
    skew_seconds: float
    silent_seconds: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Crews:
    """All supervisors, the versions of Sluice in use, and the clock of this machine."""

    crews: Sequence[Crew]
    versions: Sequence[str]
    own_version: str
    own_skew: float


def crews_of(session: Session) -> Crews:
    """List the supervisors that reported within a day and did not end."""
    at = now()
    with session.read(Right.OPERATE) as work:
        known = crews.known(work.tx)
        paused = pauses.paused(work.tx)
        running: dict[str, int] = {}
        for one in workload.running(work.tx):
            name = one.host.partition(":")[0]
            running[name] = running.get(name, 0) + one.tasks
        own_skew = crews.skew(work.tx)

    found = [_crew(one, at, paused, running) for one in known]
    present = {one.version for one in found if one.state != "silent"}
    return Crews(found, sorted(present | {CODE_VERSION}), CODE_VERSION, own_skew)


def _crew(
    one: crews.Supervisor, at: datetime, paused: pauses.Paused, running: dict[str, int]
) -> Crew:
    name, _, process = one.host.partition(":")
    silent = at - one.seen_at
    tasks = running.get(name, 0)
    return Crew(
        host=name,
        process=process.partition(":")[0],
        state=_state(one, silent, tasks, is_paused=paused.stops(one.host)),
        workers=one.workers,
        running=tasks,
        memory_mb=one.memory,
        replaced=one.replaced,
        version=one.version,
        skew_seconds=one.skew,
        silent_seconds=max(0, round(silent.total_seconds())),
        started_at=one.started_at,
    )


def _state(one: crews.Supervisor, silent: timedelta, tasks: int, *, is_paused: bool) -> str:
    if silent > SILENT or not alive(one.host):
        return "silent"
    if is_paused:
        return "draining" if tasks else "paused"
    return "working" if tasks else "idle"
