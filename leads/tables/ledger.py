"""The ledger of tasks and the log of events."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from leads.tables.columns import index_where, json_field

#: `dead`: it failed too often; `quarantined`: workers died of it too often; `discarded`: a person
#: gave it up.
STATES = ("pending", "running", "done", "dead", "quarantined", "discarded")


class Task(SQLModel, table=True):
    """One unit of work, written in the transaction of the change that causes it."""

    __table_args__ = (
        UniqueConstraint("kind", "key", "epoch"),
        CheckConstraint(
            f"state IN ({', '.join(repr(state) for state in STATES)})", name="task_state"
        ),
        index_where("task_waiting", "kind", "priority", "turn", "id", where="state = 'pending'"),
        # Two waiting tasks of one key would be one too many: the second asker touches the first's
        # task.
        index_where("task_pending", "kind", "key", unique=True, where="state = 'pending'"),
        index_where(
            "task_of_client",
            "kind",
            "client_id",
            "priority",
            "turn",
            "id",
            where="state = 'pending'",
        ),
        index_where(
            "task_of_trace", "trace_id", "kind", "priority", "turn", "id", where="state = 'pending'"
        ),
        index_where(
            "task_loose",
            "kind",
            "priority",
            "turn",
            "id",
            where="state = 'pending' AND job IS NULL",
        ),
        index_where(
            "task_handed", "job", "dispatched_at", where="state = 'pending' AND job IS NOT NULL"
        ),
        index_where("task_running", "lease_until", where="state = 'running'"),
        index_where("task_done", "finished_at", "kind", where="state = 'done'"),
        index_where("task_given_up", "kind", "client_id", where="state IN ('dead', 'quarantined')"),
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
    #: Attempts that ended with an error.
    errors: int = 0
    #: Attempts that ended with the worker, not with an error.
    crashes: int = 0
    not_before: datetime
    lease_until: datetime | None = None
    #: The queue entry its id was handed over in, and when; an entry may get lost, so the sweeper
    #: compares.
    job: str | None = None
    dispatched_at: datetime | None = None
    #: Smaller comes first.
    priority: int = 0
    #: Its place among tasks of the same priority, dealt out so that the clients take turns.
    turn: int = 0
    error: str | None = None
    trace_id: str
    code_version: str
    created_at: datetime
    finished_at: datetime | None = None


class TaskWatch(SQLModel, table=True):
    """A trace that waits for a task which another trace asked for."""

    __tablename__ = "task_watch"

    trace_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    task_id: UUID = Field(primary_key=True, index=True, foreign_key="task.id", ondelete="CASCADE")


class Failure(SQLModel, table=True):
    """One attempt at a task that ended badly: the evidence behind a retry, a dead task and a
    quarantine.
    """

    __table_args__ = (
        Index("failure_of_task", "task_id"),
        Index("failure_of_kind", "fingerprint", "at"),
    )

    id: UUID = Field(primary_key=True)
    task_id: UUID
    kind: str
    client_id: UUID | None = Field(default=None, foreign_key="client.id")
    at: datetime
    host: str
    attempt: int
    #: `error` (the work failed) or `crash` (the worker died).
    how: str
    #: The error without what differs between two cases of it; masked.
    fingerprint: str
    error: str
    #: Where in the code, masked; empty for a crash.
    trace: str = ""


class Pause(SQLModel, table=True):
    """What takes no new work until it is resumed: everything, a queue, a client or a host."""

    #: `everything`, `queue`, `client` or `host`.
    thing: str = Field(primary_key=True)
    #: The queue's or host's name, or the client's id; empty for everything.
    name: str = Field(primary_key=True)
    at: datetime
    who: str
    reason: str = ""


class Duty(SQLModel, table=True):
    """Something that one process does at a time, or once in a while: who has it, and until when."""

    name: str = Field(primary_key=True)
    host: str
    until: datetime


class Installation(SQLModel, table=True):
    """The one row that names this database."""

    __table_args__ = (CheckConstraint("name = 'this'", name="installation_name"),)

    name: str = Field(default="this", primary_key=True)
    id: UUID
    made_at: datetime


class Crew(SQLModel, table=True):
    """One supervisor and its last report."""

    host: str = Field(primary_key=True)
    workers: int
    version: str
    started_at: datetime
    seen_at: datetime
    #: Seconds by which its clock is ahead of the database's.
    skew: float = 0.0
    #: Memory of its workers in MB.
    memory: int = 0
    #: Workers that had to be replaced.
    replaced: int = 0


class Event(SQLModel, table=True):
    """Who did what to which thing, when and why; appended only."""

    __table_args__ = (
        Index("event_of_thing", "thing", "thing_id"),
        index_where("event_stage_moved", "client_id", where="verb = 'stage moved'"),
        # What people decided about the background work is little among all that happens.
        index_where(
            "event_decided",
            "id",
            where="thing IN ('everything', 'queue', 'client', 'host', 'tasks', 'entry', 'task')"
            " AND verb IN"
            " ('paused', 'resumed', 'requeued', 'discarded', 'refused', 'quarantined')",
        ),
    )

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
