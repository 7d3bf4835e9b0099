"""The pauses that hold up an action's own tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from uuid import UUID

from sqlalchemy import ColumnElement, select

from leads.store.engine import Tx
from leads.store.ledger.own import Own, own_pending
from leads.store.ledger.pauses import Pause, every
from leads.store.schema import client, task


def pauses_met(tx: Tx, own: Own, kinds: Collection[str], machine: str) -> tuple[Pause, ...]:
    """The pauses for which own tasks of these kinds wait on a machine; a client has its name."""
    return tuple(_met(tx, own, kinds, machine))


def _met(tx: Tx, own: Own, kinds: Collection[str], machine: str) -> Iterator[Pause]:
    for one in every(tx):
        is_here = one.thing == "host" and one.name == machine
        if one.thing == "everything" or is_here:
            yield one
        if one.thing == "queue" and _wait(tx, own, kinds, task.c.queue == one.name):
            yield one
        if one.thing == "client" and _wait(tx, own, kinds, task.c.client_id == UUID(one.name)):
            named = select(client.c.name).where(client.c.id == UUID(one.name))
            yield replace(one, name=tx.execute(named).scalar() or one.name)


def _wait(tx: Tx, own: Own, kinds: Collection[str], which: ColumnElement[bool]) -> bool:
    return own_pending(tx, own, kinds, which) > 0
