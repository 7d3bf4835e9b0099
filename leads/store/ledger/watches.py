"""Which traces wait for a task that another trace asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from leads.store.engine import Tx, chunks
from leads.store.inserts import insert_or_skip
from leads.store.ledger.statements import in_state
from leads.store.schema import fact, record, task, task_watch

#: Kinds of tasks whose result serves every client that has the site.
SITE_KINDS = ("crawl", "enrich")
_COLUMNS = ("trace_id", "kind", "task_id")


def watch(tx: Tx, kind: str, tasks: Iterable[tuple[UUID, str]], traces: Sequence[str]) -> None:
    """Record that these traces wait for tasks, given as id and own trace; a trace does not watch
    its own tasks.
    """
    rows = [
        {"trace_id": trace_id, "kind": kind, "task_id": task_id}
        for task_id, own_trace in tasks
        for trace_id in traces
        if trace_id and trace_id != own_trace
    ]
    for some in chunks(rows, 1_000):
        tx.execute(insert_or_skip(tx, task_watch), some)


def watchers_of(tx: Tx, task_ids: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The traces that wait for each of the tasks, sorted; tasks that nobody watches are left out."""
    if _is_empty(tx):
        return {}
    found: dict[UUID, list[str]] = {}
    for some in chunks(list(task_ids), 1_000):
        wanted = select(task_watch.c.task_id, task_watch.c.trace_id).where(
            task_watch.c.task_id.in_(some)
        )
        for row in tx.execute(wanted.order_by(task_watch.c.trace_id)):
            found.setdefault(row.task_id, []).append(row.trace_id)
    return {task_id: tuple(traces) for task_id, traces in found.items()}


def drop(tx: Tx, task_ids: Collection[UUID]) -> None:
    """Forget who waits for these tasks: they are finished."""
    if _is_empty(tx):
        return
    for some in chunks(list(task_ids), 1_000):
        tx.execute(delete(task_watch).where(task_watch.c.task_id.in_(some)))


def _is_empty(tx: Tx) -> bool:
    # Mostly nobody works beside us, and then a thousand look-ups are spared.
    return tx.exec_driver_sql("SELECT 1 FROM task_watch LIMIT 1").first() is None


def drop_closed(tx: Tx) -> int:
    """Forget who waits for tasks that do not run any more; how many rows.

    Deleting a task deletes its rows too.
    """
    ended = in_state("done", "discarded", "dead", "quarantined")
    closed = exists().where(task.c.id == task_watch.c.task_id, ended)
    return tx.execute(delete(task_watch).where(closed)).rowcount


def hand_on(tx: Tx, closed: Sequence[UUID]) -> None:
    """Let the traces that wait for closed tasks wait for their next epoch.

    The next epoch may belong to another trace, so the trace of a closed task watches it as well.
    """
    for some in chunks(list(closed), 1_000):
        _hand_on(tx, task.c.id.in_(some))


def _hand_on(tx: Tx, closing: ColumnElement[bool]) -> None:
    following = task.alias("next_epoch")
    next_epoch = and_(
        following.c.kind == task.c.kind,
        following.c.key == task.c.key,
        in_state("pending", of=following),
    )
    askers = (
        select(task.c.trace_id, task.c.kind, following.c.id)
        .select_from(task)
        .join(following, next_epoch)
        .where(closing, task.c.trace_id != "", task.c.trace_id != following.c.trace_id)
    )
    others = (
        select(task_watch.c.trace_id, task.c.kind, following.c.id)
        .select_from(task)
        .join(task_watch, task_watch.c.task_id == task.c.id)
        .join(following, next_epoch)
        .where(closing, task_watch.c.trace_id != following.c.trace_id)
    )
    for waiting in (askers, others):
        tx.execute(insert_or_skip(tx, task_watch).from_select(_COLUMNS, waiting))
    closed = select(task.c.id).where(closing)
    tx.execute(delete(task_watch).where(task_watch.c.task_id.in_(closed)))


def watch_sites_of(tx: Tx, client_id: UUID, trace_id: str, kinds: Collection[str]) -> int:
    """Let a trace wait for the unfinished visits and readings of sites that a client's companies
    have, no matter which trace asked for them; how many watches were added.
    """
    added = 0
    for kind in kinds:
        if kind not in SITE_KINDS:
            continue
        for state in ("pending", "running"):
            shared = select(literal(trace_id), task.c.kind, task.c.id).where(
                task.c.kind == kind,
                in_state(state),
                task.c.trace_id != trace_id,
                or_(task.c.client_id.is_(None), task.c.client_id != client_id),
                _is_site_of(tx, client_id),
            )
            insert = insert_or_skip(tx, task_watch).from_select(_COLUMNS, shared)
            # PostgreSQL's driver does not count the rows of such a statement.
            added += len(tx.execute(insert.returning(task_watch.c.task_id)).all())
    return added


def _is_site_of(tx: Tx, client_id: UUID) -> ColumnElement[bool]:
    # Domains stand in the facts as JSON, and are found by an index of that.
    as_json = (
        func.to_jsonb(task.c.key, type_=fact.c.value.type)
        if tx.dialect.name == "postgresql"
        else func.json_quote(task.c.key)
    )
    return exists().where(
        fact.c.attribute == literal_column("'domain'"),
        fact.c.value == as_json,
        record.c.id == fact.c.record_id,
        record.c.client_id == client_id,
        record.c.ended_at.is_(None),
        record.c.company_id.is_not(None),
    )
