"""One user at one campaign's queue."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from sqlalchemy import func, select

from leads.store.engine import Tx


@dataclass(frozen=True, slots=True)
class Seat:
    """The user, and the queue."""

    campaign_id: UUID
    user: str


def lock_seat(tx: Tx, seat: Seat) -> None:
    """Make other claims of the same user in this queue wait for this transaction.

    Claims of other users go on: they skip the rows that this one has locked.
    """
    _lock(tx, f"{seat.campaign_id}/{seat.user}")


def lock_campaign(tx: Tx, campaign_id: UUID) -> None:
    """Make every other claim from this queue wait: what is counted stays so until the end."""
    _lock(tx, str(campaign_id))


def lock_between_clients(tx: Tx) -> None:
    """Make every other claim of a company that several clients have wait."""
    _lock(tx, "between clients")


def _lock(tx: Tx, name: str) -> None:
    # On SQLite a write transaction is alone anyway.
    if tx.dialect.name == "postgresql":
        digest = blake2b(name.encode(), digest_size=8).digest()
        number = int.from_bytes(digest, "big", signed=True)
        tx.execute(select(func.pg_advisory_xact_lock(number)))
