"""Webhooks: addresses, and messages from their cause until they are delivered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store import driver
from leads.store.engine import Tx, chunks
from leads.store.schema import webhook, webhook_message

#: The type of message for each verb of the log that is sent.
TYPES: Mapping[str, str] = {
    "disposed": "company.disposed",
    "won": "company.won",
    "lost": "company.lost",
    "suppressed": "suppression.added",
    "suppression ended": "suppression.ended",
    "exported": "export.finished",
    "temperature changed": "company.temperature_changed",
    "stage moved": "lead.stage_moved",
    "handed over": "lead.handed_over",
    "lead accepted": "lead.accepted",
    "lead rejected": "lead.rejected",
}
#: Verbs whose messages carry everything that the log holds of them.
_TOLD_WHOLE = frozenset({"stage moved", "handed over", "lead accepted", "lead rejected"})
#: Messages whose delivery is asked for at a time.
_AT_ONCE = 1_000
_LONGEST_ERROR = 300
_LIVE = select(webhook.c.id, webhook.c.client_id, webhook.c.types).where(
    webhook.c.client_id.in_(bindparam("of_client", expanding=True)),
    webhook.c.disabled_at.is_(None),
)
# SQLite, where one writes at a time, leaves the lock out.
_UNASKED = (
    select(webhook_message.c.client_id, webhook_message.c.id)
    .where(webhook_message.c.asked_at.is_(None))
    .limit(_AT_ONCE)
    .with_for_update(skip_locked=True)
)


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """One stored webhook."""

    id: UUID
    client_id: UUID
    url: str
    types: str
    by: str
    created_at: datetime
    delivered_at: datetime | None
    error: str
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message, and where it goes."""

    id: UUID
    client_id: UUID
    webhook_id: UUID
    url: str
    body: str
    attempts: int
    disabled_at: datetime | None


def add(tx: Tx, client_id: UUID, url: str, types: Sequence[str], by: str) -> UUID:
    """Store a webhook; its id."""
    made = new_id()
    values = {
        "id": made,
        "client_id": client_id,
        "url": url,
        "types": " ".join(types),
        "by": by,
        "created_at": now(),
        "error": "",
    }
    tx.execute(insert(webhook).values(**values))
    return made


def of_client(tx: Tx, client_id: UUID) -> list[WebhookRow]:
    """The webhooks of a client, oldest first."""
    columns = [webhook.c[name] for name in WebhookRow.__slots__]
    wanted = select(*columns).where(webhook.c.client_id == client_id)
    return [WebhookRow(*row) for row in tx.execute(wanted.order_by(webhook.c.created_at))]


def remove(tx: Tx, client_id: UUID, webhook_id: UUID) -> bool:
    """Delete a webhook with its messages; False when the client has none of that id."""
    mine = (webhook_message.c.client_id == client_id) & (webhook_message.c.webhook_id == webhook_id)
    tx.execute(delete(webhook_message).where(mine))
    own = (webhook.c.client_id == client_id) & (webhook.c.id == webhook_id)
    return tx.execute(delete(webhook).where(own)).rowcount > 0


def keep_messages(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store a message for each line of the log that a webhook of its client wants."""
    wanted = [row for row in rows if row["verb"] in TYPES and row["client_id"] is not None]
    if not wanted:
        return
    owners = sorted({row["client_id"] for row in wanted})
    hooks = driver.run(tx, _LIVE, {"of_client": owners})
    made = [
        _message(hook_id, row)
        for row in wanted
        for hook_id, owner, types in hooks
        if owner == row["client_id"] and is_for(types, TYPES[row["verb"]])
    ]
    for some in chunks(made):
        tx.execute(insert(webhook_message), some)


def is_for(types: str, event: str) -> bool:
    """Whether a webhook of these event types gets an event; one that names no types gets all."""
    return not types or event in types.split()


def unasked(tx: Tx) -> list[tuple[UUID, UUID]]:
    """Client and id of messages without a task; they count as asked for from now on."""
    found = [(client_id, message_id) for client_id, message_id in driver.run(tx, _UNASKED, {})]
    if found:
        ids = [one for _, one in found]
        asked = update(webhook_message).where(webhook_message.c.id.in_(ids))
        tx.execute(asked.values(asked_at=now()))
    return found


def message(tx: Tx, message_id: UUID) -> MessageRow | None:
    """A message that waits; None when it is delivered or its webhook was removed."""
    row = tx.execute(
        select(
            webhook_message.c.id,
            webhook_message.c.client_id,
            webhook_message.c.webhook_id,
            webhook.c.url,
            webhook_message.c.body,
            webhook_message.c.attempts,
            webhook.c.disabled_at,
        )
        .join(webhook, webhook.c.id == webhook_message.c.webhook_id)
        .where(webhook_message.c.id == message_id)
    ).first()
    return MessageRow(*row) if row else None


def drop(tx: Tx, message_id: UUID) -> None:
    """Delete a message that was delivered or given up."""
    tx.execute(delete(webhook_message).where(webhook_message.c.id == message_id))


def count_attempt(tx: Tx, message_id: UUID) -> None:
    """Count one attempt that failed."""
    mine = update(webhook_message).where(webhook_message.c.id == message_id)
    tx.execute(mine.values(attempts=webhook_message.c.attempts + 1))


def tell(tx: Tx, webhook_id: UUID, error: str) -> None:
    """Store what came of the last attempt; an empty text: it was delivered."""
    values: dict[str, Any] = {"error": error[:_LONGEST_ERROR]}
    if not error:
        values["delivered_at"] = now()
    tx.execute(update(webhook).where(webhook.c.id == webhook_id).values(**values))


def disable(tx: Tx, webhook_id: UUID) -> None:
    """Send nothing more to an address, and drop what waits for it."""
    gone = update(webhook).where(webhook.c.id == webhook_id, webhook.c.disabled_at.is_(None))
    tx.execute(gone.values(disabled_at=now()))
    tx.execute(delete(webhook_message).where(webhook_message.c.webhook_id == webhook_id))


def _message(webhook_id: UUID, row: Mapping[str, Any]) -> dict[str, Any]:
    body = {
        "type": TYPES[row["verb"]],
        "timestamp": row["at"].isoformat(),
        "data": {
            **(row["data"] if row["verb"] in _TOLD_WHOLE else {}),
            f"{row['thing']}_id": row["thing_id"],
            "by": row["who"],
            "reason": row["reason"],
        },
    }
    return {
        "id": new_id(),
        "client_id": row["client_id"],
        "webhook_id": webhook_id,
        "type": body["type"],
        "body": json.dumps(body, ensure_ascii=False),
        "created_at": row["at"],
        "attempts": 0,
    }
