"""Asking for tasks, in the transaction of what causes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BindParameter, bindparam, column, func, literal, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store import driver
from leads.store.bound import CLIENT, IDS
from leads.store.engine import Tx, chunks
from leads.store.inserts import insert_or_skip
from leads.store.ledger.statements import in_state
from leads.store.ledger.watches import watch
from leads.store.many_rows import insert_many
from leads.store.schema import task
from leads.version import own_version

__all__ = ["in_state"]

CODE_VERSION = own_version()
#: Long past on every clock: what is to be done at once must not wait because the asker's clock was
#: ahead.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
#: Nothing is promised for longer; a moment further ahead was written by a clock that was wrong.
FAR = timedelta(minutes=15)
#: So many tasks at once change the shape of the table.
MANY = 5_000
#: The priority of what a person waits for: done first, and done even when it was done lately.
NOW = -1

_KIND: BindParameter[str] = bindparam("of_kind")
_OF_KEYS = (task.c.kind == _KIND, task.c.key.in_(bindparam("keys", expanding=True)))
_WAITS = (task.c.kind == _KIND, task.c.priority == 0, in_state("pending"))
#: Locked, where a database locks rows. To write them would make a second copy of each.
_HOLD = (
    select(task.c.id, task.c.key, task.c.trace_id, task.c.code_version)
    .where(*_OF_KEYS, in_state("pending"))
    .with_for_update(key_share=True)
)
_TOUCH = update(task).where(task.c.id.in_(IDS)).values(code_version=CODE_VERSION)
_EPOCHS = select(task.c.key, func.max(task.c.epoch)).where(*_OF_KEYS).group_by(task.c.key)
_FRONT = select(task.c.turn).where(*_WAITS).order_by(task.c.turn).limit(1)
_LAST = select(func.max(task.c.turn)).where(*_WAITS, task.c.client_id == CLIENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A task to be asked for."""

    kind: str
    key: str
    queue: str
    client_id: UUID | None = None
    #: Smaller comes first.
    priority: int = 0
    not_before: datetime | None = None


def ask(tx: Tx, wanted: Iterable[Wanted], trace_id: str = "", watchers: Sequence[str] = ()) -> int:
    """Ask for tasks, once per kind and key; the number of new ones.

    A task still pending serves for this change too: it is held, which keeps a worker from
    claiming it before this transaction is committed. A running or finished one does not see this
    change, so the next epoch is asked for. `watchers` are other traces that wait for these tasks;
    the trace itself watches those that another trace asked for before.
    """
    asked = {(one.kind, one.key): one for one in wanted}
    by_kind: dict[str, dict[str, Wanted]] = {}
    for (kind, key), one in asked.items():
        by_kind.setdefault(kind, {})[key] = one
    asker = _Asker(tx, trace_id, tuple(watchers), _Turns(tx))
    made = sum(asker.ask(kind, ones) for kind, ones in by_kind.items())
    if made >= MANY and tx.dialect.name == "postgresql":
        # Its picture of the table is from before: until it is renewed PostgreSQL would read all of
        # it where an index would do.
        tx.exec_driver_sql("ANALYZE task")
    return made


@dataclass(frozen=True, slots=True)
class _Asker:
    """Asks for tasks on behalf of one trace and of the traces that wait for what it causes."""

    tx: Tx
    trace_id: str
    watchers: tuple[str, ...]
    turns: _Turns

    def ask(self, kind: str, wanted: dict[str, Wanted]) -> int:
        """Ask for tasks of one kind, by key; the number of new ones."""
        rest, made = dict(wanted), 0
        while rest:
            # All are held before any is inserted: what this transaction adds need not be
            # searched.
            for keys in chunks(list(rest), 1_000):
                for key in self._hold_pending(kind, keys):
                    rest.pop(key)
            # Another transaction may have asked for the same epoch a moment ago: then look again
            # whether its task is still pending.
            for some in chunks(list(rest.values()), 1_000):
                added = self._insert(kind, some)
                made += len(added)
                for key in added:
                    rest.pop(key)
        return made

    def _hold_pending(self, kind: str, keys: list[str]) -> list[str]:
        held = driver.run(self.tx, _HOLD, {"of_kind": kind, "keys": keys})
        earlier = [task_id for task_id, _, _, version in held if version != CODE_VERSION]
        if earlier:
            driver.change(self.tx, _TOUCH, {"ids": earlier})

        waiting = [(task_id, trace_id) for task_id, _, trace_id, _ in held]
        watch(self.tx, kind, waiting, (self.trace_id, *self.watchers))
        return [key for _, key, _, _ in held]

    def _insert(self, kind: str, wanted: list[Wanted]) -> list[str]:
        added = _insert(self.tx, kind, wanted, self.turns, self.trace_id)
        watch(self.tx, kind, [(one, self.trace_id) for one in added.values()], self.watchers)
        return list(added)


def _insert(
    tx: Tx, kind: str, wanted: list[Wanted], turns: _Turns, trace_id: str
) -> dict[str, UUID]:
    if not wanted:
        return {}
    given = {"of_kind": kind, "keys": [one.key for one in wanted]}
    epochs: dict[str, int] = driver.pairs(tx, _EPOCHS, given)
    at = now()
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "key": one.key,
            "epoch": epochs.get(one.key, 0) + 1,
            "queue": one.queue,
            "client_id": one.client_id,
            "not_before": one.not_before or AT_ONCE,
            "priority": one.priority,
            "turn": turns.deal(one),
        }
        for one in wanted
    ]
    counts = {"attempt": 0, "errors": 0, "crashes": 0}
    same = {
        "kind": kind,
        "state": "pending",
        **counts,
        "trace_id": trace_id,
        "code_version": CODE_VERSION,
        "created_at": at,
    }
    if tx.dialect.name == "sqlite":
        # Nobody else writes now, so no key can be taken.
        insert_many(tx, task, same, rows)
        return {row["key"]: row["id"] for row in rows}
    added = tx.execute(_of_arrays(tx, rows, same).returning(task.c.id, task.c.key))
    return {row.key: row.id for row in added}


def _of_arrays(tx: Tx, rows: list[dict[str, Any]], same: dict[str, Any]) -> Any:
    """One INSERT whose rows come as an array a column: four times as fast on PostgreSQL as a value
    a cell.
    """
    arrays = [
        bindparam(
            None,
            [row[name] for row in rows],
            ARRAY(task.c[name].type, as_tuple=False, dimensions=1),
            unique=True,
        )
        for name in rows[0]
    ]
    given = (
        func.unnest(*arrays)
        .table_valued(*(column(name, task.c[name].type) for name in rows[0]), name="given")
        .render_derived()
    )
    values = [literal(value, task.c[name].type).label(name) for name, value in same.items()]
    return insert_or_skip(tx, task).from_select([*rows[0], *same], select(*given.c, *values))


class _Turns:
    """Deals places in the order of work: a client's next task comes after its last one, but not
    later than the newcomers of others.

    So the tasks of all clients who wait are spread evenly, and one big list does not keep a small
    one waiting (start-time fair queueing); a claim still reads one index from its front.
    """

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._next: dict[tuple[str, UUID | None], int] = {}

    def deal(self, wanted: Wanted) -> int:
        if wanted.priority:
            return 0
        whose = (wanted.kind, wanted.client_id)
        turn = (
            self._next[whose]
            if whose in self._next
            else max(self._front(wanted.kind), self._after_last(*whose))
        )
        self._next[whose] = turn + 1
        return turn

    def _front(self, kind: str) -> int:
        return driver.value(self._tx, _FRONT, {"of_kind": kind}) or 0

    def _after_last(self, kind: str, client_id: UUID | None) -> int:
        given = {"of_kind": kind, "of_client": client_id}
        found = driver.value(self._tx, _LAST, given)
        return 0 if found is None else int(found) + 1
