"""The one append-only log: who did what to which thing, when and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from leads.clock import now
from leads.ids import new_id
from leads.store import driver, webhooks
from leads.store.engine import Tx
from leads.store.many_rows import insert_many
from leads.store.schema import event


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One line of the log."""

    #: `imported`, `merged`, `decided`, `leased` …
    verb: str
    #: `list`, `company`, `verdict`, `queue_entry` …
    thing: str
    thing_id: UUID | str
    who: str = "sluice"
    client_id: UUID | None = None
    reason: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    #: What only the message to webhooks says: the log does not keep it.
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the log as it is stored."""

    id: UUID
    at: datetime
    who: str
    client_id: UUID | None
    verb: str
    thing: str
    thing_id: str
    reason: str
    data: dict[str, Any]
    trace_id: str


_ROW = select(
    event.c.id,
    event.c.at,
    event.c.who,
    event.c.client_id,
    event.c.verb,
    event.c.thing,
    event.c.thing_id,
    event.c.reason,
    event.c.data,
    event.c.trace_id,
)


_INSERT = insert(event)
#: From so many lines on they are inserted together.
_MANY = 100


def log_of_client(
    tx: Tx, client_id: UUID, verb: str, who: str, reason: str, data: Mapping[str, Any] | None = None
) -> None:
    """Append a line about a client itself, such as its strictness."""
    line = Happened(
        verb=verb,
        thing="client",
        thing_id=client_id,
        client_id=client_id,
        who=who,
        reason=reason,
        data=dict(data or {}),
    )
    log(tx, [line])


def log(tx: Tx, lines: Iterable[Happened], trace_id: str = "") -> None:
    """Append the lines, all with the present time."""
    at, lines = now(), list(lines)
    rows = [
        {
            "id": new_id(),
            "at": at,
            "who": line.who,
            "client_id": line.client_id,
            "verb": line.verb,
            "thing": line.thing,
            "thing_id": str(line.thing_id),
            "reason": line.reason,
            "data": line.data,
            "trace_id": trace_id,
        }
        for line in lines
    ]
    if len(rows) >= _MANY:
        insert_many(tx, event, {}, rows)
    else:
        driver.add(tx, _INSERT, rows)
    messages = [
        row | {"data": {**line.data, **line.told}}
        for row, line in zip(rows, lines, strict=True)
        if line.verb in webhooks.TYPES
    ]
    webhooks.keep_messages(tx, messages)


def of_thing(tx: Tx, thing: str, thing_id: UUID | str, verb: str | None = None) -> list[EventRow]:
    """What happened to one thing, oldest first: everything, or what has this verb."""
    wanted = _ROW.where(event.c.thing == thing, event.c.thing_id == str(thing_id))
    if verb is not None:
        wanted = wanted.where(event.c.verb == verb)
    return [EventRow(*row) for row in tx.execute(wanted.order_by(event.c.at, event.c.id))]


def page(tx: Tx, clients: Collection[UUID] | None, after: UUID | None, size: int) -> list[EventRow]:
    """Lines newest first, from behind one on; None: of every client, and those of none."""
    wanted = _ROW.order_by(event.c.id.desc()).limit(size)
    if clients is not None:
        wanted = wanted.where(event.c.client_id.in_(list(clients)))
    if after is not None:
        wanted = wanted.where(event.c.id < after)
    return [EventRow(*row) for row in tx.execute(wanted)]


def moves_of_lead(tx: Tx, campaign_id: UUID, company_id: UUID) -> list[EventRow]:
    """The moves of a lead from stage to stage, oldest first."""
    moves = of_thing(tx, "company", company_id, "stage moved")
    return [one for one in moves if one.data.get("campaign_id") == str(campaign_id)]
