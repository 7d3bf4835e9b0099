"""Who must not be contacted: kept by normal form and by keyed hash, looked up by hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.schema import suppression


@dataclass(frozen=True, slots=True)
class Hashed:
    """One normal form of one thing, and its keyed hash."""

    kind: str
    key: str
    key_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request not to be contacted, under all its normal forms."""

    level: str
    subject: str
    keys: tuple[Hashed, ...]
    by: str
    reason: str = ""
    client_id: UUID | None = None
    campaign_id: UUID | None = None


def add(tx: Tx, request: Request) -> UUID | None:
    """Store the request under all its keys; its id, or None when one live request of this level
    says all of it already.

    A key that another request holds too is stored again: ending one request must not free what
    another one asked for.
    """
    held = _here(request.level, request.client_id, request.campaign_id)
    hashes = {one.key_hash for one in request.keys}
    rows = tx.execute(
        select(suppression.c.request_id, suppression.c.key_hash).where(
            held, suppression.c.ended_at.is_(None), suppression.c.key_hash.in_(hashes)
        )
    )
    said: dict[UUID, set[str]] = {}
    for row in rows:
        said.setdefault(row.request_id, set()).add(row.key_hash)
    if any(known == hashes for known in said.values()):
        return None
    made, at = new_id(), now()
    fresh = [
        {
            "id": new_id(),
            "client_id": request.client_id,
            "campaign_id": request.campaign_id,
            "level": request.level,
            "kind": one.kind,
            "key": one.key,
            "key_hash": one.key_hash,
            "subject": request.subject,
            "request_id": made,
            "reason": request.reason,
            "by": request.by,
            "at": at,
        }
        for one in request.keys
    ]
    tx.execute(insert(suppression), fresh)
    return made


def hits(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, hashes: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """The strictest live suppression of each hash that counts for this client and campaign."""
    scope = _scope(client_id, campaign_id)
    found: dict[str, dict[str, Any]] = {}
    for some in chunks(sorted(set(hashes))):
        wanted = select(suppression).where(
            suppression.c.key_hash.in_(some), suppression.c.ended_at.is_(None), scope
        )
        for row in tx.execute(wanted.order_by(suppression.c.at)).mappings():
            before = found.get(row["key_hash"])
            if before is None or _RANK[row["level"]] < _RANK[before["level"]]:
                found[row["key_hash"]] = dict(row)
    return found


_RANK = {"law": 0, "agency": 1, "client": 2, "campaign": 3}


def names(tx: Tx, client_id: UUID, campaign_id: UUID | None) -> list[str]:
    """The normal forms of suppressed company names that count here and were not erased."""
    live = select(suppression.c.key).where(
        suppression.c.kind == "company",
        suppression.c.ended_at.is_(None),
        suppression.c.key.is_not(None),
    )
    keys = tx.execute(live.where(_scope(client_id, campaign_id))).scalars()
    return [key for key in keys if key is not None]


def listing(tx: Tx, client_id: UUID) -> list[dict[str, Any]]:
    """Every live suppression that counts for this client, newest first."""
    scope = or_(suppression.c.client_id == client_id, suppression.c.client_id.is_(None))
    wanted = (
        select(suppression)
        .where(scope, suppression.c.ended_at.is_(None))
        .order_by(suppression.c.at.desc(), suppression.c.id)
    )
    return [dict(row) for row in tx.execute(wanted).mappings()]


def find(tx: Tx, request_id: UUID) -> dict[str, Any] | None:
    """The live request of that id, by one of its rows."""
    live = select(suppression).where(
        suppression.c.request_id == request_id, suppression.c.ended_at.is_(None)
    )
    row = tx.execute(live.limit(1)).mappings().first()
    return dict(row) if row else None


def end(tx: Tx, request_id: UUID) -> int:
    """Take one request back; how many of its keys were live."""
    live = update(suppression).where(
        suppression.c.request_id == request_id, suppression.c.ended_at.is_(None)
    )
    return tx.execute(live.values(ended_at=now())).rowcount


def any_live(tx: Tx) -> bool:
    """Whether there is any live suppression at all."""
    return (
        tx.execute(
            select(suppression.c.id).where(suppression.c.ended_at.is_(None)).limit(1)
        ).first()
        is not None
    )


def _scope(client_id: UUID, campaign_id: UUID | None) -> ColumnElement[bool]:
    return or_(
        suppression.c.level.in_(("law", "agency")),
        and_(suppression.c.level == "client", suppression.c.client_id == client_id),
        and_(
            suppression.c.level == "campaign",
            suppression.c.client_id == client_id,
            suppression.c.campaign_id == campaign_id,
        ),
    )


def _here(level: str, client_id: UUID | None, campaign_id: UUID | None) -> Any:
    owner = (
        suppression.c.client_id.is_(None)
        if client_id is None
        else suppression.c.client_id == client_id
    )
    part = (
        suppression.c.campaign_id.is_(None)
        if campaign_id is None
        else suppression.c.campaign_id == campaign_id
    )
    return and_(suppression.c.level == level, owner, part)
