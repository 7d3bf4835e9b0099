"""The columns of the ledger and the log."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class TaskColumns(Columns):
    """Columns of `task`."""

    id: Column[UUID]
    kind: Column[str]
    key: Column[str]
    epoch: Column[int]
    client_id: Column[UUID | None]
    queue: Column[str]
    host: Column[str | None]
    state: Column[str]
    attempt: Column[int]
    errors: Column[int]
    crashes: Column[int]
    not_before: Column[datetime]
    lease_until: Column[datetime | None]
    job: Column[str | None]
    dispatched_at: Column[datetime | None]
    priority: Column[int]
    turn: Column[int]
    error: Column[str | None]
    trace_id: Column[str]
    code_version: Column[str]
    created_at: Column[datetime]
    finished_at: Column[datetime | None]


class TaskWatchColumns(Columns):
    """Columns of `task_watch`."""

    trace_id: Column[str]
    kind: Column[str]
    task_id: Column[UUID]


class FailureColumns(Columns):
    """Columns of `failure`."""

    id: Column[UUID]
    task_id: Column[UUID]
    kind: Column[str]
    client_id: Column[UUID | None]
    at: Column[datetime]
    host: Column[str]
    attempt: Column[int]
    how: Column[str]
    fingerprint: Column[str]
    error: Column[str]
    trace: Column[str]


class PrunedTasksColumns(Columns):
    """Columns of `pruned_tasks`."""

    kind: Column[str]
    day: Column[date]
    tasks: Column[int]


class PauseColumns(Columns):
    """Columns of `pause`."""

    thing: Column[str]
    name: Column[str]
    at: Column[datetime]
    who: Column[str]
    reason: Column[str]


class DutyColumns(Columns):
    """Columns of `duty`."""

    name: Column[str]
    host: Column[str]
    until: Column[datetime]


class InstallationColumns(Columns):
    """Columns of `installation`."""

    name: Column[str]
    id: Column[UUID]
    made_at: Column[datetime]


class CrewColumns(Columns):
    """Columns of `crew`."""

    host: Column[str]
    workers: Column[int]
    version: Column[str]
    started_at: Column[datetime]
    seen_at: Column[datetime]
    skew: Column[float]
    memory: Column[int]
    replaced: Column[int]


class EventColumns(Columns):
    """Columns of `event`."""

    id: Column[UUID]
    at: Column[datetime]
    who: Column[str]
    client_id: Column[UUID | None]
    verb: Column[str]
    thing: Column[str]
    thing_id: Column[str]
    reason: Column[str]
    data: Column[dict[str, Any]]
    trace_id: Column[str]
