"""The queue: one row per company and campaign, in the order of its rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store import driver
from leads.store.bound import CAMPAIGN, COMPANIES
from leads.store.engine import Tx, chunks
from leads.store.many_rows import insert_many
from leads.store.schema import queue_entry

#: The order in which free rows are handed out; the index `queue_order` has the same columns.
ORDER = (
    queue_entry.c.rank,
    queue_entry.c.fresh,
    queue_entry.c.entered_at,
    queue_entry.c.id,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one company is placed: its state with the reason, its score and its rank."""

    company_id: UUID
    state: str
    reason: str
    score_worst: int = 0
    score_best: int = 0
    #: Smaller comes first.
    rank: int = 0
    #: Within a rank, smaller comes first.
    fresh: int = 0
    not_before: datetime | None = None
    #: Who promised to call then, and from when anybody may keep the promise.
    promised_by: str | None = None
    shared_at: datetime | None = None
    #: Whose clocks and holidays count; empty: unknown.
    calendar: str | None = ""

    def may_be_taken(self, user: str, at: datetime) -> bool:
        """Whether this user may lease a row placed so at that moment."""
        if self.state != "ready" or (self.not_before is not None and self.not_before > at):
            return False
        is_shared = self.shared_at is not None and self.shared_at <= at
        return self.promised_by in (None, user) or is_shared


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One company's row in one campaign's queue."""

    id: UUID
    client_id: UUID
    campaign_id: UUID
    company_id: UUID
    state: str
    reason: str
    score_worst: int
    score_best: int
    rank: int
    fresh: int
    not_before: datetime | None
    promised_by: str | None
    shared_at: datetime | None
    token: int
    attempts: int
    entered_at: datetime
    #: As of a place; None: not looked up yet.
    calendar: str | None

    @property
    def place(self) -> Place:
        """Where the row places its company."""
        return Place(
            company_id=self.company_id,
            state=self.state,
            reason=self.reason,
            score_worst=self.score_worst,
            score_best=self.score_best,
            rank=self.rank,
            fresh=self.fresh,
            not_before=self.not_before,
            promised_by=self.promised_by,
            shared_at=self.shared_at,
            calendar=self.calendar,
        )


_NAMES = tuple(column.name for column in queue_entry.c)
_OF_COMPANIES = select(queue_entry).where(
    queue_entry.c.campaign_id == CAMPAIGN, queue_entry.c.company_id.in_(COMPANIES)
)


def entries(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, QueueRow]:
    """The queue rows of those companies that have one."""
    found = {}
    for some in chunks(list(company_ids)):
        given = {"of_campaign": campaign_id, "of_companies": some}
        for row in driver.read(tx, _OF_COMPANIES, given):
            made = QueueRow(**dict(zip(_NAMES, row, strict=True)))
            found[made.company_id] = made
    return found


def newest_ready(tx: Tx, campaign_id: UUID, limit: int) -> list[UUID]:
    """The companies whose rows are ready or held, those that came last first."""
    wanted = select(queue_entry.c.company_id).where(
        queue_entry.c.campaign_id == campaign_id, queue_entry.c.state.in_(("ready", "leased"))
    )
    ordered = wanted.order_by(queue_entry.c.entered_at.desc(), queue_entry.c.id.desc())
    return list(tx.execute(ordered.limit(limit)).scalars())


def columns_of(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The columns of a queue row among those of a joined row."""
    return {column.name: row[column.name] for column in queue_entry.c}


def add(tx: Tx, client_id: UUID, campaign_id: UUID, places: Sequence[Place]) -> None:
    """Add the first row of companies."""
    shared = {
        "client_id": client_id,
        "campaign_id": campaign_id,
        "token": 0,
        "attempts": 0,
        "entered_at": now(),
    }
    insert_many(tx, queue_entry, shared, [{"id": new_id(), **values_of(one)} for one in places])


def move(tx: Tx, places: Sequence[tuple[UUID, Place]]) -> None:
    """Change rows by their id; a row that somebody holds is not changed."""
    if places:
        rows = [
            {"row_id": entry_id, **{f"to_{name}": value for name, value in values_of(one).items()}}
            for entry_id, one in places
        ]
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in values_of(places[0][1])}
        statement = update(queue_entry).where(
            queue_entry.c.id == bindparam("row_id"), queue_entry.c.state != "leased"
        )
        tx.execute(statement.values(values), rows)


def note(tx: Tx, notes: Sequence[tuple[UUID, str]]) -> None:
    """Set the reason of rows that somebody holds: the card shows it."""
    if notes:
        statement = (
            update(queue_entry)
            .where(queue_entry.c.id == bindparam("row_id"))
            .values(reason=bindparam("why"))
        )
        tx.execute(statement, [{"row_id": entry_id, "why": why} for entry_id, why in notes])


def values_of(place: Place) -> dict[str, Any]:
    """The columns that a place sets."""
    return {name: getattr(place, name) for name in Place.__slots__}


def counts(tx: Tx, campaign_id: UUID) -> dict[str, int]:
    """How many rows are in each state."""
    wanted = select(queue_entry.c.state, func.count().label("n")).where(
        queue_entry.c.campaign_id == campaign_id
    )
    return {row.state: row.n for row in tx.execute(wanted.group_by(queue_entry.c.state))}


def count_out(tx: Tx, campaign_id: UUID, reason: str) -> int:
    """How many rows are out of the queue for a reason that begins so."""
    out = select(func.count()).where(
        queue_entry.c.campaign_id == campaign_id,
        queue_entry.c.state == "out",
        queue_entry.c.reason.startswith(reason, autoescape=True),
    )
    return int(tx.execute(out).scalar_one())


def count_waiting(tx: Tx, campaign_id: UUID, reason: str) -> int:
    """How many ready rows wait for their time for this reason."""
    wanted = select(func.count()).where(
        queue_entry.c.campaign_id == campaign_id,
        queue_entry.c.state == "ready",
        queue_entry.c.not_before > now(),
        queue_entry.c.reason == reason,
    )
    return int(tx.execute(wanted).scalar_one())
