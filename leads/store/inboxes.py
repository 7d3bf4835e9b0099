"""Inboxes: addresses that take messages in, and which messages came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from leads.clock import now
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.schema import client, inbox, inbox_message

#: How long a message is remembered: older ones are refused by their time.
_KEPT = timedelta(days=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One stored inbox."""

    id: UUID
    client_id: UUID
    name: str
    kind: str
    key_hash: str
    campaign: str
    origins: str
    an_hour: int
    by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Lately:
    """What came in within an hour."""

    messages: int
    added: int


def add(tx: Tx, row: InboxRow) -> None:
    """Store an inbox."""
    tx.execute(insert(inbox).values(**{name: getattr(row, name) for name in InboxRow.__slots__}))


def of_client(tx: Tx, client_id: UUID) -> Sequence[InboxRow]:
    """The inboxes of a client, by name."""
    wanted = select(inbox).where(inbox.c.client_id == client_id).order_by(inbox.c.name)
    return [InboxRow(**row) for row in tx.execute(wanted).mappings()]


def is_taken(tx: Tx, name: str) -> bool:
    """Whether an inbox of any client has that name."""
    return tx.execute(select(inbox.c.id).where(inbox.c.name == name)).first() is not None


def of_key(tx: Tx, key_hash: str) -> tuple[InboxRow, str] | None:
    """The inbox of an address, and the name of its client."""
    joined = select(inbox, client.c.name.label("of")).join(client, client.c.id == inbox.c.client_id)
    row = tx.execute(joined.where(inbox.c.key_hash == key_hash)).mappings().first()
    if row is None:
        return None
    return InboxRow(**{name: row[name] for name in InboxRow.__slots__}), row["of"]


def remove(tx: Tx, inbox_id: UUID) -> None:
    """Delete an inbox with what is remembered of its messages."""
    tx.execute(delete(inbox_message).where(inbox_message.c.inbox_id == inbox_id))
    tx.execute(delete(inbox).where(inbox.c.id == inbox_id))


def lately(tx: Tx, inbox_id: UUID) -> Lately:
    """Count what came in within the last hour."""
    wanted = select(func.count(), func.coalesce(func.sum(inbox_message.c.added), 0)).where(
        inbox_message.c.inbox_id == inbox_id, inbox_message.c.at > now() - _HOUR
    )
    messages, added = tx.execute(wanted).one()
    return Lately(int(messages), int(added))


def take(tx: Tx, row: InboxRow, message_id: str) -> bool:
    """Remember a message; False: it came before."""
    old = inbox_message.c.at < now() - _KEPT
    tx.execute(delete(inbox_message).where(inbox_message.c.inbox_id == row.id, old))
    values = {"inbox_id": row.id, "message_id": message_id, "client_id": row.client_id}
    taken = insert_or_skip(tx, inbox_message).values({**values, "at": now(), "added": 0})
    return tx.execute(taken.returning(inbox_message.c.message_id)).first() is not None


def forget(tx: Tx, inbox_id: UUID, message_id: str) -> None:
    """Forget a message that had no effect, so that it may be sent again."""
    mine = (inbox_message.c.inbox_id == inbox_id) & (inbox_message.c.message_id == message_id)
    tx.execute(delete(inbox_message).where(mine))


def count_added(tx: Tx, inbox_id: UUID, message_id: str) -> None:
    """Note that a message added a company."""
    mine = (inbox_message.c.inbox_id == inbox_id) & (inbox_message.c.message_id == message_id)
    tx.execute(update(inbox_message).where(mine).values(added=1))
