"""The columns of the ledger and the log."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class TaskColumns(Columns):
    """Columns of `task`."""

    id: Column[UUID] = Column(primary_key=True)
    kind: Column[str]
    key: Column[str]
    epoch: Column[int] = Column(default=1)
    client_id: Column[UUID | None]
    queue: Column[str]
    host: Column[str | None]
    state: Column[str] = Column(default="pending")
    attempt: Column[int] = Column(default=0)
    errors: Column[int] = Column(default=0)
    crashes: Column[int] = Column(default=0)
    not_before: Column[datetime]
    lease_until: Column[datetime | None]
    job: Column[str | None]
    dispatched_at: Column[datetime | None]
    priority: Column[int] = Column(default=0)
    turn: Column[int] = Column(default=0)
    error: Column[str | None]
    trace_id: Column[str]
    code_version: Column[str]
    created_at: Column[datetime]
    finished_at: Column[datetime | None]


class TaskWatchColumns(Columns):
    """Columns of `task_watch`."""

    trace_id: Column[str] = Column(primary_key=True)
    kind: Column[str] = Column(primary_key=True)
    task_id: Column[UUID] = Column(primary_key=True)


class FailureColumns(Columns):
    """Columns of `failure`."""

    id: Column[UUID] = Column(primary_key=True)
    task_id: Column[UUID]
    kind: Column[str]
    client_id: Column[UUID | None]
    at: Column[datetime]
    host: Column[str]
    attempt: Column[int]
    how: Column[str]
    fingerprint: Column[str]
    error: Column[str]
    trace: Column[str] = Column(default="")


class PrunedTasksColumns(Columns):
    """Columns of `pruned_tasks`."""

    kind: Column[str] = Column(primary_key=True)
    day: Column[date] = Column(primary_key=True)
    tasks: Column[int]


class PauseColumns(Columns):
    """Columns of `pause`."""

    thing: Column[str] = Column(primary_key=True)
    name: Column[str] = Column(primary_key=True)
    at: Column[datetime]
    who: Column[str]
    reason: Column[str] = Column(default="")


class DutyColumns(Columns):
    """Columns of `duty`."""

    name: Column[str] = Column(primary_key=True)
    host: Column[str]
    until: Column[datetime]


class InstallationColumns(Columns):
    """Columns of `installation`."""

    name: Column[str] = Column(primary_key=True, default="this")
    id: Column[UUID]
    made_at: Column[datetime]


class CrewColumns(Columns):
    """Columns of `crew`."""

    host: Column[str] = Column(primary_key=True)
    workers: Column[int]
    version: Column[str]
    started_at: Column[datetime]
    seen_at: Column[datetime]
    skew: Column[float] = Column(default=0.0)
    memory: Column[int] = Column(default=0)
    replaced: Column[int] = Column(default=0)


class EventColumns(Columns):
    """Columns of `event`."""

    id: Column[UUID] = Column(primary_key=True)
    at: Column[datetime]
    who: Column[str]
    client_id: Column[UUID | None]
    verb: Column[str]
    thing: Column[str]
    thing_id: Column[str]
    reason: Column[str] = Column(default="")
    data: Column[dict[str, Any]] = Column(default=dict)
    trace_id: Column[str] = Column(default="")
