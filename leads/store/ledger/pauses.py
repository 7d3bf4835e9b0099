"""Pauses: everything, a queue, a client or a host takes no new work until it is resumed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, false, or_, select

from leads.clock import now
from leads.store import driver
from leads.store.engine import Tx
from leads.store.events import Happened, log
from leads.store.inserts import insert_or_skip
from leads.store.ledger.asking import in_state
from leads.store.schema import client, pause, task

THINGS = ("everything", "queue", "client", "host")


@dataclass(frozen=True, slots=True)
class Paused:
    """Everything that is paused at one moment."""

    everything: bool
    queues: frozenset[str]
    clients: frozenset[UUID]
    hosts: frozenset[str]

    def stops(self, host: str) -> bool:
        """Whether the process `machine:pid:began` takes no new tasks."""
        return self.everything or host.partition(":")[0] in self.hosts

    def lets_through(self) -> list[ColumnElement[bool]]:
        """Conditions that exclude the paused tasks."""
        found: list[ColumnElement[bool]] = [false()] if self.everything else []
        if self.queues:
            found.append(task.c.queue.not_in(self.queues))
        if self.clients:
            found.append(or_(task.c.client_id.is_(None), task.c.client_id.not_in(self.clients)))
        return found


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause: what is paused, since when, by whom and why."""

    #: `everything`, `queue`, `client` or `host`.
    thing: str
    #: The queue's or host's name, or the client's id; empty for everything.
    name: str
    at: datetime
    who: str
    reason: str


_PAUSED = select(pause.c.thing, pause.c.name)


def paused(tx: Tx) -> Paused:
    """What is paused now."""
    named: dict[str, set[str]] = {thing: set() for thing in THINGS}
    for thing, name in driver.run(tx, _PAUSED, {}):
        named[thing].add(name)
    clients = frozenset(UUID(name) for name in named["client"])
    return Paused(
        bool(named["everything"]), frozenset(named["queue"]), clients, frozenset(named["host"])
    )


def queue_of_waiting(tx: Tx, kind: str) -> str | None:
    """The queue in which the tasks of a kind wait; None when none waits."""
    return tx.execute(
        select(task.c.queue).where(task.c.kind == kind, in_state("pending")).limit(1)
    ).scalar()


def clients_waiting(tx: Tx, kind: str) -> list[UUID]:
    """The clients for whom a task of this kind waits; one index lookup for each client."""
    first = select(task.c.id).where(
        task.c.kind == kind, task.c.client_id == client.c.id, in_state("pending")
    )
    # Without the order of the index PostgreSQL would scan the table.
    some = first.order_by(task.c.priority, task.c.turn, task.c.id).limit(1)
    return list(
        tx.execute(select(client.c.id).where(some.scalar_subquery().is_not(None))).scalars()
    )


def every(tx: Tx) -> list[Pause]:
    """All pauses."""
    rows = tx.execute(select(pause).order_by(pause.c.thing, pause.c.name))
    return [Pause(row.thing, row.name, row.at, row.who, row.reason) for row in rows]


def set_pause(tx: Tx, thing: str, name: str, who: str, reason: str) -> bool:
    """Pause a thing; False when it is paused already."""
    row = {"thing": thing, "name": name, "at": now(), "who": who, "reason": reason}
    made = bool(tx.execute(insert_or_skip(tx, pause).returning(pause.c.thing), [row]).all())
    if made:
        log(
            tx,
            [Happened(verb="paused", thing=thing, thing_id=name or thing, who=who, reason=reason)],
        )
    return made


def lift(tx: Tx, which: Collection[tuple[str, str]], who: str) -> int:
    """Lift pauses; how many there were."""
    lifted = 0
    for thing, name in which:
        if tx.execute(delete(pause).where(pause.c.thing == thing, pause.c.name == name)).rowcount:
            log(tx, [Happened(verb="resumed", thing=thing, thing_id=name or thing, who=who)])
            lifted += 1
    return lifted
