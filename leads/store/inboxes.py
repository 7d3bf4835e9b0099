"""Inboxes: addresses that take messages in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, insert, select, update

from leads.inboxes import Inbox, InboxRules
from leads.store.engine import Tx
from leads.store.schema import campaign, client, inbox, inbox_message, inbox_refusal

#: The fields of the rules that hold several texts.
_SEVERAL = ("types", "origins")


def add(tx: Tx, made: Inbox) -> None:
    """Store an inbox."""
    values = {name: getattr(made, name) for name in Inbox.__slots__}
    tx.execute(insert(inbox).values(**values | {"rules": asdict(made.rules)}))


def of_client(tx: Tx, client_id: UUID) -> list[Inbox]:
    """The inboxes of a client, by name."""
    wanted = _listed().where(inbox.c.client_id == client_id).order_by(inbox.c.name)
    return [_inbox(row) for row in tx.execute(wanted).mappings()]


def is_taken(tx: Tx, name: str) -> bool:
    """Whether an inbox of any client has that name."""
    return tx.execute(select(inbox.c.id).where(inbox.c.name == name)).first() is not None


def named(tx: Tx, name: str) -> tuple[Inbox, str, str] | None:
    """The inbox of any client with that name, and the names of its client and campaign."""
    joined = (
        select(inbox, client.c.name.label("of_client"), campaign.c.name.label("of_campaign"))
        .join(client, client.c.id == inbox.c.client_id)
        .join(campaign, campaign.c.id == inbox.c.campaign_id)
    )
    row = tx.execute(joined.where(inbox.c.name == name)).mappings().first()
    return (_inbox(row), row["of_client"], row["of_campaign"]) if row else None


def change_secret(tx: Tx, inbox_id: UUID, secret: str, before: str, until: datetime | None) -> None:
    """Store another secret; the one before counts until a moment."""
    mine = update(inbox).where(inbox.c.id == inbox_id)
    tx.execute(mine.values(secret=secret, secret_before=before, before_until=until))


def disown(tx: Tx, user: str) -> list[Inbox]:
    """Take the inboxes of a user away from that name; the inboxes as they were."""
    mine = inbox.c.by == user
    found = [_inbox(row) for row in tx.execute(_listed().where(mine)).mappings()]
    tx.execute(update(inbox).where(mine).values(by=""))
    return found


def remove(tx: Tx, inbox_id: UUID) -> None:
    """Delete an inbox with what is remembered of its messages."""
    for table in (inbox_message, inbox_refusal):
        tx.execute(delete(table).where(table.c.inbox_id == inbox_id))
    tx.execute(delete(inbox).where(inbox.c.id == inbox_id))


def _listed() -> Select[Any]:
    return select(inbox)


def _inbox(row: Mapping[Any, Any]) -> Inbox:
    told = dict(row["rules"])
    several = {name: tuple(told[name]) for name in _SEVERAL}
    values = {name: row[name] for name in Inbox.__slots__}
    return Inbox(**values | {"rules": InboxRules(**told | several)})
