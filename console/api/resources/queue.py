"""The queue: who waits, what the user holds and promised, and how many are where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter

from actions import queue_views
from actions.queue_grid import grid_of
from actions.queue_views import Mine, QueueLine, QueueStats
from console.api.callers import Caller, Campaign, needs
from console.api.listing import Key, Page, Paging, listed

router = APIRouter(tags=["queue"])
Reader = Annotated[Caller, needs("prospects:read")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A prospect in the queue."""

    company_id: UUID
    name: str
    state: str
    reason: str
    score_worst: int
    score_best: int
    #: From when it may be handed out.
    not_before: datetime | None
    held_by: str | None
    until: datetime | None
    #: Whether it may be called now; None: its country is not known.
    open: bool | None
    grid: str | None
    engagement: int | None
    temperature: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A prospect that the user holds, or promised to call again."""

    company_id: UUID
    name: str
    until: datetime | None
    #: Of the lease: a report that names an older one is refused.
    token: int
    at: datetime | None
    #: From when anybody may keep the promise.
    shared_at: datetime | None
    due: bool
    #: What clocks show there.
    local_time: str


@dataclass(frozen=True, slots=True)
class Own:
    """What the user holds and promised."""

    held: Sequence[Held]
    call_backs: Sequence[Held]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the grid of fit and engagement."""

    cell: str
    waiting: int
    worked: int
    leads: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many prospects are in each state, and what came of the work."""

    states: Mapping[str, int]
    unreachable: int
    dispositions: Mapping[str, int]
    #: Facts of each source that were said to be wrong.
    doubts: Mapping[str, int]
    worked_lately: int


@router.get("/prospects", response_model=Page[Waiting], tags=["prospects"])
def list_prospects(caller: Reader, where: Campaign, part: Paging) -> Any:
    """List the queue, best first."""

    def fetch(after: Key | None, limit: int) -> list[tuple[QueueLine, Waiting]]:
        found = queue_views.show_queue(caller.session, where, limit, _read(after))
        return [(one, _waiting(found, one)) for one in found.rows]

    return listed(part, fetch, lambda row: list(queue_views.key_of(row[0])), lambda row: row[1])


@router.get("/queue/mine")
def mine(caller: Reader, where: Campaign) -> Own:
    """List the prospects that the user holds, and the call-backs that the user promised."""
    found = queue_views.mine(caller.session, where)
    return Own(
        [_held(found, one) for one in found.held], [_held(found, one) for one in found.call_backs]
    )


@router.get("/call-backs")
def call_backs(caller: Reader, where: Campaign) -> list[Held]:
    """List the call-backs that the user promised, by time; at most 500."""
    found = queue_views.mine(caller.session, where)
    return [_held(found, one) for one in found.call_backs]


@router.get("/queue/stats")
def stats(caller: Reader, where: Campaign) -> Counts:
    """Count the queue by state and outcome."""
    return _counts(queue_views.stats(caller.session, where))


@router.get("/queue/grid")
def grid(caller: Reader, where: Campaign) -> list[Cell]:
    """Count the cells of fit and engagement: who waits, who was worked, who became a lead."""
    cells = grid_of(caller.session, where).cells
    return [Cell(one.cell, one.waiting, one.worked, one.leads) for one in cells]


def _read(after: Key | None) -> Key | None:
    """The key of a row as it was before it was written into a cursor."""
    if after is None:
        return None
    rank, fresh, entered_at, row_id = after
    return [rank, fresh, datetime.fromisoformat(entered_at), UUID(row_id)]


def _waiting(found: queue_views.QueueRows, row: QueueLine) -> Waiting:
    interest = found.interests.get(row.company_id)
    return Waiting(
        company_id=row.company_id,
        name=row.name,
        state=row.state,
        reason=row.reason,
        score_worst=row.score_worst,
        score_best=row.score_best,
        not_before=row.not_before,
        held_by=row.user,
        until=row.until,
        open=found.is_open[row.company_id],
        grid=interest.grid if interest else None,
        engagement=interest.engagement if interest else None,
        temperature=interest.temperature if interest else None,
    )


def _held(found: Mine, row: QueueLine) -> Held:
    return Held(
        company_id=row.company_id,
        name=row.name,
        until=row.until,
        token=row.token,
        at=row.not_before,
        shared_at=row.shared_at,
        due=row.is_due,
        local_time=found.local_times[row.company_id].words,
    )


def _counts(found: QueueStats) -> Counts:
    return Counts(
        found.states, found.unreachable, found.dispositions, found.doubts, found.worked_lately
    )
