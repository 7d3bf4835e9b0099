"""Read what people decided about the background work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.actor import Right
from actions.session import Session
from leads.store import operation_events
from leads.store.events import EventRow
from leads.store.ledger import workload


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision: who did what to what, and why."""

    id: UUID
    at: datetime
    who: str
    verb: str
    what: str
    reason: str
    #: None: it was not about tasks.
    tasks: int | None


@dataclass(frozen=True, slots=True)
class Decisions:
    """One page of decisions, newest first; `next` is where the following page begins."""

    rows: Sequence[Decision]
    next: UUID | None


def decisions(session: Session, before: UUID | None = None, limit: int = 100) -> Decisions:
    """List the decisions about the background work, newest first."""
    with session.read(Right.OPERATE) as work:
        found = operation_events.decided(work.tx, work.actor.clients, before, limit + 1)
        names = {str(one): name for one, name in workload.client_names(work.tx).items()}
    rows = [_decision(one, names) for one in found[:limit]]
    return Decisions(rows, rows[-1].id if len(found) > limit else None)


def _decision(one: EventRow, names: dict[str, str]) -> Decision:
    name = names.get(one.thing_id, one.thing_id) if one.thing == "client" else one.thing_id
    tasks = one.data.get("tasks", one.data.get("entries"))
    return Decision(
        id=one.id,
        at=one.at,
        who=one.who,
        verb=one.verb,
        what=one.thing if name == one.thing else f"{one.thing} {name}",
        reason=one.reason,
        tasks=tasks if isinstance(tasks, int) else None,
    )
