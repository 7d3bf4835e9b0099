"""Whether a task of one kind and key is still to be done."""

from __future__ import annotations

from sqlalchemy import select

from leads.store.engine import Tx
from leads.store.ledger.statements import in_state
from leads.store.schema import task


def is_open(tx: Tx, kind: str, key: str) -> bool:
    """Whether such a task waits, runs or was given up."""
    unfinished = in_state("pending", "running", "dead", "quarantined")
    wanted = select(task.c.id).where(task.c.kind == kind, task.c.key == key, unfinished)
    return tx.execute(wanted.limit(1)).first() is not None
