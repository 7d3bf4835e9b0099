"""Suppressions: stored by normal form and by keyed hash, looked up by hash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, or_, select, update

from leads.clock import now
from leads.ids import new_id
from leads.levels import SHARED
from leads.store import driver, outcome_imports
from leads.store.among import is_among
from leads.store.engine import Tx, chunks
from leads.store.many_rows import insert_many
from leads.store.schema import suppression
from leads.store.snapshot import once

#: Hashes looked up with one statement.
MOST_HASHES = 10_000


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
    #: None: only hashes are kept.
    subject: str | None
    keys: tuple[HashedKey, ...]
    by: str
    reason: str = ""
    client_id: UUID | None = None
    campaign_id: UUID | None = None
    #: Of one for every client: the client it comes from; None: the agency itself.
    origin_id: UUID | None = None
    #: When it lifts by itself; None: only a person ends it.
    until: datetime | None = None
    #: The only channel that it stops; None: every contact.
    channel: str | None = None
    #: Whether it comes from an import of outcomes, which may be undone.
    of_outcomes: bool = False


class SuppressionRow(NamedTuple):
    """One stored key of a suppression; a check of many companies makes tens of thousands."""

    id: UUID
    client_id: UUID | None
    campaign_id: UUID | None
    origin_id: UUID | None
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
    channel: str | None


_COLUMNS = [suppression.c[name] for name in SuppressionRow._fields]


def add(tx: Tx, wanted: NewSuppression) -> UUID | None:
    """Store a suppression under all its keys; its id, or None when a live one of this level has
    the same keys and lasts at least as long.

    A key that another suppression has too is stored again: ending one must not end the other.
    """
    return add_all(tx, [wanted])[0]


def add_all(tx: Tx, wanted: Sequence[NewSuppression]) -> list[UUID | None]:
    """Store suppressions of one request: they differ in their keys and subjects; their ids."""
    if not wanted:
        return []
    hashes = {key.key_hash for one in wanted for key in one.keys}
    having, at = _live_keys(tx, wanted[0], sorted(hashes)), now()
    made: list[UUID | None] = []
    there: set[UUID] = set()
    rows: list[dict[str, Any]] = []
    for one in wanted:
        owners = [having.get(key.key_hash, set()) for key in one.keys]
        if owners and (same := set.intersection(*owners)):
            there |= same
            made.append(None)
            continue
        request_id = new_id()
        made.append(request_id)
        rows += [_row(one, key, request_id) for key in one.keys]
        for key in one.keys:
            having.setdefault(key.key_hash, set()).add(request_id)
    # In the order of the index by hash, which is the largest: its pages are then written once.
    rows.sort(key=itemgetter("key_hash"))
    insert_many(tx, suppression, _shared(wanted[0], at), rows)
    if there and not wanted[0].of_outcomes:
        outcome_imports.keep_for_good(tx, there)
    return made


def _shared(wanted: NewSuppression, at: datetime) -> dict[str, Any]:
    return {
        "client_id": wanted.client_id,
        "campaign_id": wanted.campaign_id,
        "origin_id": wanted.origin_id,
        "level": wanted.level,
        "reason": wanted.reason,
        "by": wanted.by,
        "at": at,
        "until": wanted.until,
        "channel": wanted.channel,
    }


def _row(wanted: NewSuppression, key: HashedKey, request_id: UUID) -> dict[str, Any]:
    name = key.key if key.kind == "company" else None
    return {
        "id": new_id(),
        "kind": key.kind,
        "key": key.key,
        "key_hash": key.key_hash,
        "head": name[:3] if name else None,
        "tail": name[-3:] if name else None,
        "subject": wanted.subject,
        "request_id": request_id,
    }


def _live_keys(tx: Tx, wanted: NewSuppression, hashes: list[str]) -> dict[str, set[UUID]]:
    """By hash, the live suppressions of the same level and owner that have it and last as long."""
    same_owner = and_(
        suppression.c.level == wanted.level,
        suppression.c.client_id.is_not_distinct_from(wanted.client_id),
        suppression.c.campaign_id.is_not_distinct_from(wanted.campaign_id),
    )
    lasts: ColumnElement[bool] = suppression.c.until.is_(None)
    if wanted.until is not None:
        lasts = or_(lasts, suppression.c.until >= wanted.until)
    stops = suppression.c.channel.is_(None) | (suppression.c.channel == wanted.channel)
    found: dict[str, set[UUID]] = {}
    for some in chunks(hashes):
        wanted_rows = select(suppression.c.request_id, suppression.c.key_hash).where(
            same_owner, is_live(), lasts, stops, suppression.c.key_hash.in_(some)
        )
        for row in tx.execute(wanted_rows):
            found.setdefault(row.key_hash, set()).add(row.request_id)
    return found


def with_hashes(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, hashes: Sequence[str]
) -> list[SuppressionRow]:
    """The live suppressions of every contact with one of these keys that apply to the client and
    campaign, oldest first.
    """
    return rows_with(tx, client_id, campaign_id, hashes, suppression.c.channel.is_(None))


def rows_with(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID | None,
    hashes: Sequence[str],
    stops: ColumnElement[bool],
) -> list[SuppressionRow]:
    """Those of the live suppressions that stop this, oldest first."""
    applies = and_(applies_to(client_id, campaign_id), is_live(), stops)
    found: list[SuppressionRow] = []
    for some in _near_each_other(hashes):
        wanted = select(*_COLUMNS).where(is_among(tx, suppression.c.key_hash, some), applies)
        rows = tx.execute(wanted.order_by(suppression.c.at)).all()
        found += map(SuppressionRow._make, rows)
    return found


def _near_each_other(hashes: Sequence[str]) -> Iterator[list[str]]:
    """The hashes, those together that the index has near each other: to sort many takes longer."""
    groups: Iterable[Iterable[str]] = (set(hashes),)
    if len(hashes) > MOST_HASHES:
        by_start: defaultdict[str, set[str]] = defaultdict(set)
        for one in hashes:
            by_start[one[:1]].add(one)
        groups = (by_start[start] for start in sorted(by_start))
    for group in groups:
        yield from chunks(list(group), MOST_HASHES)


def barred(tx: Tx, client_id: UUID | None, hashes: Collection[str]) -> dict[str, bool]:
    """Those of the hashes that a live suppression of every contact has: one that counts for all
    clients, or one of this client. False where only a hash is left of one: it is not to be named.
    """
    counts: ColumnElement[bool] = suppression.c.level.in_(SHARED)
    if client_id is not None:
        own = and_(suppression.c.level == "client", suppression.c.client_id == client_id)
        counts = or_(counts, own)
    found: dict[str, bool] = {}
    for some in chunks(sorted(hashes), MOST_HASHES):
        wanted = select(suppression.c.key_hash, suppression.c.key.is_not(None)).where(
            is_among(tx, suppression.c.key_hash, some),
            counts,
            is_live(),
            suppression.c.channel.is_(None),
        )
        for key_hash, is_named in tx.execute(wanted):
            found[key_hash] = found.get(key_hash, True) and bool(is_named)
    return found


def listing(tx: Tx, client_id: UUID, seen: Collection[UUID] | None = None) -> list[SuppressionRow]:
    """Every live suppression of this client, the agency and the law, newest first; of those that
    come from other clients only those of the clients `seen`, or all of them.
    """
    wanted = (
        select(suppression)
        .where(counts_for(client_id, seen), is_live())
        .order_by(suppression.c.at.desc(), suppression.c.id)
    )
    return [row_of(row) for row in tx.execute(wanted)]


def counts_for(client_id: UUID, seen: Collection[UUID] | None) -> ColumnElement[bool]:
    """Whether a suppression counts for a client at any level, and may be shown to somebody who
    sees the data of the clients `seen`; None: of every client.
    """
    shared: ColumnElement[bool] = suppression.c.client_id.is_(None)
    if seen is not None:
        origin = suppression.c.origin_id
        shared = and_(shared, or_(origin.is_(None), origin.in_(sorted(seen))))
    return or_(suppression.c.client_id == client_id, shared)


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
    return once(tx, any_live, lambda: bool(driver.value(tx, _ANY_LIVE, {"now": now()})))


def is_live() -> ColumnElement[bool]:
    """Whether a suppression counts at this moment: neither ended nor expired."""
    return live_at(now())


def live_at(moment: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Whether a suppression counts at a moment."""
    not_over = or_(suppression.c.until.is_(None), suppression.c.until > moment)
    return and_(suppression.c.ended_at.is_(None), not_over)


#: Whether there is any.
ANY_LIVE = exists().where(live_at(bindparam("now")))
_ANY_LIVE = select(ANY_LIVE)


def applies_to(client_id: UUID, campaign_id: UUID | None) -> ColumnElement[bool]:
    """Whether a suppression counts for a client and campaign by its level."""
    mine = suppression.c.client_id == client_id
    of_campaign = suppression.c.campaign_id == campaign_id
    return or_(
        suppression.c.level.in_(SHARED),
        and_(suppression.c.level == "client", mine),
        and_(suppression.c.level == "campaign", mine, of_campaign),
    )


def row_of(row: Any) -> SuppressionRow:
    """A stored key as a row of the table."""
    return SuppressionRow._make(getattr(row, name) for name in SuppressionRow._fields)
