"""The ledger of tasks and the log of events."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from leads.tables.columns import json_field

STATES = ("pending", "running", "done", "dead")


class Task(SQLModel, table=True):
    """One unit of work, written in the transaction of the change that causes it."""

    __table_args__ = (
        UniqueConstraint("kind", "key", "epoch"),
        CheckConstraint("state IN ('pending', 'running', 'done', 'dead')", name="task_state"),
        Index(
            "task_waiting",
            "kind",
            "priority",
            "id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        # Two waiting tasks of one key would be one too many: the second asker touches the first's task.
        Index(
            "task_pending",
            "kind",
            "key",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "task_running",
            "lease_until",
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    kind: str
    #: What is to be worked on; one key is worked on by one worker at a time.
    key: str
    #: Counts the times this work was asked for again on purpose.
    epoch: int = 1
    client_id: UUID | None = Field(default=None, foreign_key="client.id")
    queue: str
    #: Who runs it: machine and process.
    host: str | None = None
    state: str = "pending"
    #: Raised by every claim; a finish that names another attempt is refused.
    attempt: int = 0
    #: Attempts that ended with the worker, not with an error.
    crashes: int = 0
    not_before: datetime
    lease_until: datetime | None = None
    #: When its id was last handed to a queue; a hint that may get lost, so it is handed over again after a while.
    dispatched_at: datetime | None = None
    #: Smaller comes first.
    priority: int = 0
    error: str | None = None
    trace_id: str
    code_version: str
    created_at: datetime
    finished_at: datetime | None = None


class Event(SQLModel, table=True):
    """Who did what to which thing, when and why; appended only."""

    __table_args__ = (Index("event_of_thing", "thing", "thing_id"),)

    id: UUID = Field(primary_key=True)
    at: datetime
    who: str
    client_id: UUID | None = Field(default=None, foreign_key="client.id")
    verb: str
    thing: str
    thing_id: str
    reason: str = ""
    data: dict[str, Any] = json_field(default_factory=dict)
    trace_id: str = ""
