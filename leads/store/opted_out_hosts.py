"""Hosts whose owners want no visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from leads.clock import now
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.schema import opted_out_host


@dataclass(frozen=True, slots=True)
class OptedOutHost:
    """A host on the list, in lower-case ASCII without `www.`; hosts below it are meant too."""

    host: str
    reason: str
    who: str
    added_at: datetime


_ROW = select(
    opted_out_host.c.host,
    opted_out_host.c.reason,
    opted_out_host.c.who,
    opted_out_host.c.added_at,
)


def add(tx: Tx, host: str, reason: str, who: str) -> bool:
    """Put a host on the list; False if it is on it, and then the reason is renewed."""
    values = {"host": host, "reason": reason, "who": who, "added_at": now()}
    adding = insert_or_skip(tx, opted_out_host).returning(opted_out_host.c.host)
    # PostgreSQL does not tell how many of some rows were added, only which.
    if tx.execute(adding.values(values)).scalar() is not None:
        return True
    if reason:
        of_host = opted_out_host.c.host == host
        tx.execute(update(opted_out_host).where(of_host).values(reason=reason, who=who))
    return False


def remove(tx: Tx, host: str) -> bool:
    """Take a host off the list; False if it is not on it."""
    return bool(tx.execute(delete(opted_out_host).where(opted_out_host.c.host == host)).rowcount)


def every(tx: Tx) -> list[OptedOutHost]:
    """The hosts on the list, by name."""
    return [OptedOutHost(*row) for row in tx.execute(_ROW.order_by(opted_out_host.c.host))]
