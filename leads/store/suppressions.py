"""Suppressions: stored by normal form and by keyed hash, looked up by hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.schema import suppression


@dataclass(frozen=True, slots=True)
class HashedKey:
    """One normal form and its keyed hash; the form is None when only the hash is kept."""

    kind: str
    key: str | None
    key_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSuppression:
    """A suppression to be stored, under all its keys."""

    level: str
    subject: str
    keys: tuple[HashedKey, ...]
    by: str
    reason: str = ""
    client_id: UUID | None = None
    campaign_id: UUID | None = None
    #: When it lifts by itself; None: only a person ends it.
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionRow:
    """One stored key of a suppression."""

    id: UUID
    client_id: UUID | None
    campaign_id: UUID | None
    level: str
    kind: str
    key: str | None
    key_hash: str
    subject: str | None
    request_id: UUID
    reason: str
    by: str
    at: datetime
    until: datetime | None
    ended_at: datetime | None


def add(tx: Tx, wanted: NewSuppression) -> UUID | None:
    """Store a suppression under all its keys; its id, or None when a live one of this level has
    the same keys and lasts at least as long.

    A key that another suppression has too is stored again: ending one must not end the other.
    """
    hashes = {one.key_hash for one in wanted.keys}
    if hashes in _live_keys(tx, wanted, hashes):
        return None
    made, at = new_id(), now()
    rows = [
        {
            "id": new_id(),
            "client_id": wanted.client_id,
            "campaign_id": wanted.campaign_id,
            "level": wanted.level,
            "kind": one.kind,
            "key": one.key,
            "key_hash": one.key_hash,
            "subject": wanted.subject,
            "request_id": made,
            "reason": wanted.reason,
            "by": wanted.by,
            "at": at,
            "until": wanted.until,
        }
        for one in wanted.keys
    ]
    tx.execute(insert(suppression), rows)
    return made


def _live_keys(tx: Tx, wanted: NewSuppression, hashes: set[str]) -> list[set[str]]:
    """Which of these hashes each live suppression of the same level and owner has that lasts as
    long.
    """
    same_owner = and_(
        suppression.c.level == wanted.level,
        suppression.c.client_id.is_not_distinct_from(wanted.client_id),
        suppression.c.campaign_id.is_not_distinct_from(wanted.campaign_id),
    )
    lasts: ColumnElement[bool] = suppression.c.until.is_(None)
    if wanted.until is not None:
        lasts = or_(lasts, suppression.c.until >= wanted.until)
    rows = tx.execute(
        select(suppression.c.request_id, suppression.c.key_hash).where(
            same_owner, is_live(), lasts, suppression.c.key_hash.in_(hashes)
        )
    )
    found: dict[UUID, set[str]] = {}
    for row in rows:
        found.setdefault(row.request_id, set()).add(row.key_hash)
    return list(found.values())


def with_hashes(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, hashes: Sequence[str]
) -> list[SuppressionRow]:
    """The live suppressions with one of these keys that apply to the client and campaign, oldest
    first.
    """
    applies = _applies_to(client_id, campaign_id)
    found: list[SuppressionRow] = []
    for some in chunks(sorted(set(hashes))):
        wanted = select(suppression).where(suppression.c.key_hash.in_(some), is_live(), applies)
        found += [row_of(row) for row in tx.execute(wanted.order_by(suppression.c.at))]
    return found


def names(tx: Tx, client_id: UUID, campaign_id: UUID | None) -> list[str]:
    """The normal forms of the suppressed company names that apply here and were not erased."""
    live = select(suppression.c.key).where(
        suppression.c.kind == "company",
        is_live(),
        suppression.c.key.is_not(None),
    )
    keys = tx.execute(live.where(_applies_to(client_id, campaign_id))).scalars()
    return [key for key in keys if key is not None]


def listing(tx: Tx, client_id: UUID) -> list[SuppressionRow]:
    """Every live suppression of this client, the agency and the law, newest first."""
    scope = or_(suppression.c.client_id == client_id, suppression.c.client_id.is_(None))
    wanted = (
        select(suppression)
        .where(scope, is_live())
        .order_by(suppression.c.at.desc(), suppression.c.id)
    )
    return [row_of(row) for row in tx.execute(wanted)]


def find(tx: Tx, request_id: UUID) -> list[SuppressionRow]:
    """The live keys of one suppression; empty when there is none of that id."""
    rows = tx.execute(select(suppression).where(suppression.c.request_id == request_id, is_live()))
    return [row_of(row) for row in rows]


def end(tx: Tx, request_id: UUID) -> int:
    """End one suppression; how many of its keys were live."""
    live = update(suppression).where(
        suppression.c.request_id == request_id, suppression.c.ended_at.is_(None)
    )
    return tx.execute(live.values(ended_at=now())).rowcount


def any_live(tx: Tx) -> bool:
    """Whether there is any live suppression."""
    live = select(suppression.c.id).where(is_live()).limit(1)
    return tx.execute(live).first() is not None


def is_live() -> ColumnElement[bool]:
    """Whether a suppression counts at this moment: neither ended nor expired."""
    not_over = or_(suppression.c.until.is_(None), suppression.c.until > now())
    return and_(suppression.c.ended_at.is_(None), not_over)


def _applies_to(client_id: UUID, campaign_id: UUID | None) -> ColumnElement[bool]:
    return or_(
        suppression.c.level.in_(("law", "agency")),
        and_(suppression.c.level == "client", suppression.c.client_id == client_id),
        and_(
            suppression.c.level == "campaign",
            suppression.c.client_id == client_id,
            suppression.c.campaign_id == campaign_id,
        ),
    )


def row_of(row: Any) -> SuppressionRow:
    """A stored key as a row of the table."""
    return SuppressionRow(
        id=row.id,
        client_id=row.client_id,
        campaign_id=row.campaign_id,
        level=row.level,
        kind=row.kind,
        key=row.key,
        key_hash=row.key_hash,
        subject=row.subject,
        request_id=row.request_id,
        reason=row.reason,
        by=row.by,
        at=row.at,
        until=row.until,
        ended_at=row.ended_at,
    )
