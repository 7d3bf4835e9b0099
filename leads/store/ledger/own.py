"""The tasks that one action or one run works off: what it caused and what it waits for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    union,
    union_all,
)

from leads.store import driver
from leads.store.engine import Tx
from leads.store.ledger.statements import in_state
from leads.store.ledger.watches import SITE_KINDS
from leads.store.schema import task, task_watch

#: Other tasks that wait are counted up to this many: an action must not read a ledger of millions.
MOST_COUNTED = 10_000


_TRACE = bindparam("trace", type_=task.c.trace_id.type)
_WAITING_KINDS = union(
    select(task.c.kind).where(task.c.trace_id == _TRACE, in_state("pending")),
    select(task_watch.c.kind).where(task_watch.c.trace_id == _TRACE),
)
#: What of a trace is not done; each part is answered by one small index.
_ANY_OPEN = union_all(
    select(task.c.id).where(task.c.trace_id == _TRACE, in_state("pending")),
    select(task_watch.c.task_id).where(task_watch.c.trace_id == _TRACE),
    select(task.c.id).where(task.c.trace_id == _TRACE, in_state("running")),
    select(task.c.id).where(task.c.trace_id == _TRACE, in_state("dead", "quarantined")),
).limit(1)
_FIRST = select(task.c.id).where(
    task.c.kind.in_(bindparam("kinds", expanding=True)), in_state("pending")
)
_PENDING = select(func.count()).select_from(
    _FIRST.limit(bindparam("most", type_=Integer)).subquery()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Whose tasks: those of a trace, those it watches, and for a run those of its client."""

    trace_id: str
    #: A run works off whatever is left of its client, so that a killed run is resumed by the next.
    client_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Tasks that were not done: given up, and still waiting or running."""

    failed: int
    waiting: int


def waiting_kinds(tx: Tx, own: Own, kinds: Collection[str]) -> Collection[str]:
    """Those of the kinds of which own tasks may be pending: of a single action few, or none."""
    if own.client_id:
        return kinds
    found = {one for (one,) in driver.run(tx, _WAITING_KINDS, {"trace": own.trace_id})}
    return [one for one in kinds if one in found]


def has_open(tx: Tx, own: Own) -> bool:
    """Whether any own task may be pending, running or given up."""
    if own.client_id:
        return True
    return bool(driver.run(tx, _ANY_OPEN, {"trace": own.trace_id}))


def parts(own: Own, kind: str) -> list[ColumnElement[bool]]:
    """Conditions that together make up the own tasks of a kind; each is answered by one index.

    Tasks about sites serve several clients. Of all others a run does its own client's only, even
    when it caused or touched some of another client.
    """
    found: list[ColumnElement[bool]] = []
    if own.client_id:
        found.append(task.c.client_id == own.client_id)
    if own.client_id is None or kind in SITE_KINDS:
        found += [watched(own, kind), task.c.trace_id == own.trace_id]
    return found


def watched(own: Own, *kinds: str) -> ColumnElement[bool]:
    """Whether the trace waits for a task that another trace asked for."""
    rows = select(task_watch.c.task_id).where(
        task_watch.c.trace_id == own.trace_id, task_watch.c.kind.in_(kinds)
    )
    return task.c.id.in_(rows)


def is_own(own: Own, kinds: Collection[str]) -> ColumnElement[bool]:
    """Whether a task is one of the own; for tasks in states that are few."""
    if own.client_id is None:
        return or_(task.c.trace_id == own.trace_id, watched(own, *kinds))
    shared = or_(task.c.trace_id == own.trace_id, watched(own, *SITE_KINDS))
    return or_(task.c.client_id == own.client_id, and_(task.c.kind.in_(SITE_KINDS), shared))


def left_open(tx: Tx, own: Own, kinds: Collection[str]) -> Open:
    """What is not done of the own tasks; a task whose work was asked for again later does not
    count, nor does what a run caused for other clients.
    """
    counted = [] if own.client_id is None else [_concerns(own.client_id)]
    later = task.alias("later")
    overtaken = exists().where(
        later.c.kind == task.c.kind, later.c.key == task.c.key, later.c.epoch > task.c.epoch
    )

    def few(*states: str) -> int:
        found = select(func.count()).where(
            in_state(*states), task.c.kind.in_(kinds), is_own(own, kinds), ~overtaken, *counted
        )
        return int(tx.execute(found).scalar() or 0)

    waiting = own_pending(tx, own, kinds, *counted) + few("running")
    return Open(failed=few("dead", "quarantined"), waiting=waiting)


def _concerns(client_id: UUID) -> ColumnElement[bool]:
    return or_(
        task.c.client_id == client_id, task.c.client_id.is_(None), task.c.kind.in_(SITE_KINDS)
    )


def own_pending(tx: Tx, own: Own, kinds: Collection[str], *also: ColumnElement[bool]) -> int:
    """How many of the own tasks of these kinds are pending."""
    some = _pending(own, kinds, *also).subquery()
    return int(tx.execute(select(func.count()).select_from(some)).scalar() or 0)


def others_pending(tx: Tx, own: Own, kinds: Collection[str]) -> int:
    """How many tasks of these kinds are pending that are not own, up to 10,000."""
    kept = waiting_kinds(tx, own, kinds)
    mine = own_pending(tx, own, kept) if kept else 0
    given = {"kinds": list(kinds), "most": mine + MOST_COUNTED}
    everything = int(driver.value(tx, _PENDING, given) or 0)
    return max(0, everything - mine)


def _pending(own: Own, kinds: Collection[str], *also: ColumnElement[bool]) -> CompoundSelect[Any]:
    return union(
        *(
            select(task.c.id).where(task.c.kind == kind, in_state("pending"), part, *also)
            for kind in kinds
            for part in parts(own, kind)
        )
    )
