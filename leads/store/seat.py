"""One user at one campaign's queue, and what only one transaction at a time may decide."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from sqlalchemy import BigInteger, bindparam, func, select

from leads.store.engine import Tx

#: Makes other transactions with the same number wait until this one ends.
LOCK = select(func.pg_advisory_xact_lock(bindparam("number", type_=BigInteger())))


@dataclass(frozen=True, slots=True)
class Seat:
    """The user, and the queue."""

    client_id: UUID
    campaign_id: UUID
    user: str


def user_lock(seat: Seat) -> dict[str, int]:
    """The values of the lock that makes other claims of the same user in this queue wait.

    Claims of other users go on: they skip the rows that this one has locked.
    """
    return {"number": _number(f"{seat.campaign_id}/{seat.user}")}


def lock_campaign(tx: Tx, campaign_id: UUID) -> None:
    """Make every other claim from this queue wait: what is counted stays so until the end."""
    _lock(tx, {"number": _number(str(campaign_id))})


def lock_between_clients(tx: Tx) -> None:
    """Make every other claim of a company that several clients have wait."""
    _lock(tx, {"number": _number("between clients")})


def lock_site(tx: Tx, company_id: UUID) -> None:
    """Make every other word or finding about the site of a company wait."""
    _lock(tx, {"number": _number(f"site of {company_id}")})


def lock_source(tx: Tx, source: str) -> None:
    """Make every other count of the requests to a source wait."""
    _lock(tx, {"number": _number(f"source {source}")})


def lock_spending(tx: Tx) -> None:
    """Make every other reservation of money wait: what was spent stays so until the end."""
    _lock(tx, {"number": _number("spending")})


def _lock(tx: Tx, given: dict[str, int]) -> None:
    # On SQLite a write transaction is alone anyway.
    if tx.dialect.name == "postgresql":
        tx.execute(LOCK, given)


def _number(name: str) -> int:
    digest = blake2b(name.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
