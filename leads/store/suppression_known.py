"""Which entries of a staged do-not-contact list are stored already, found by sets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from leads.store import outcome_imports
from leads.store.engine import Tx
from leads.store.inserts import insert_found_or_skip
from leads.store.schema import outcome_effect, suppression
from leads.store.suppression_staging import COMING, KNOWN, Owner
from leads.store.suppressions import is_live

_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


def mark_known(tx: Tx, owners: Sequence[Owner]) -> int:
    """Mark the staged entries that add nothing; how many there are.

    An entry adds nothing when one stored suppression of its owner, or an entry with the same keys,
    has all its keys, lasts as long, and stops as much.
    """
    _mark(tx, _repeated())
    for place, owner in enumerate(owners):
        if _has_any(tx, owner):
            _mark(tx, _of_one_key(place, owner))
            _mark(tx, _of_several_keys(place, owner))
    _keep_for_good(tx)
    return int(tx.execute(select(func.count()).select_from(KNOWN)).scalar_one())


def _mark(tx: Tx, entries: Select[Any]) -> None:
    tx.execute(insert_found_or_skip(tx, KNOWN, entries))


def _has_any(tx: Tx, owner: Owner) -> bool:
    live = select(suppression.c.id).where(_of_owner(owner)).limit(1)
    return tx.execute(live).first() is not None


def _repeated() -> Select[Any]:
    """Of entries with the same keys all but those that last longest and stop most."""
    twice = (
        select(COMING.c.print)
        .where(COMING.c.print.is_not(None))
        .group_by(COMING.c.print)
        .having(func.count() > 1)
    )
    ends = func.coalesce(COMING.c.until, _forever())
    longest = func.row_number().over(
        partition_by=[COMING.c.print, COMING.c.channel], order_by=[ends.desc(), COMING.c.entry]
    )
    # What stops every contact stops each channel too.
    of_all = case((COMING.c.channel.is_(None), ends))
    ranked = (
        select(
            COMING.c.entry,
            COMING.c.channel,
            ends.label("ends"),
            longest.label("place"),
            func.max(of_all).over(partition_by=COMING.c.print).label("whole"),
        )
        .where(COMING.c.print.in_(twice))
        .subquery()
    )
    covered = and_(ranked.c.channel.is_not(None), ranked.c.whole >= ranked.c.ends)
    return select(ranked.c.entry).where(or_(ranked.c.place > 1, covered))


def _of_one_key(place: int, owner: Owner) -> Select[Any]:
    stored = (
        select(suppression.c.id)
        .where(suppression.c.key_hash == COMING.c.key_hash, _of_owner(owner), _covers())
        .exists()
    )
    return select(COMING.c.entry).where(COMING.c.owner == place, COMING.c.size == 1, stored)


def _of_several_keys(place: int, owner: Owner) -> Select[Any]:
    """Entries of which one suppression has every key, found by the rarest key: a common one, such
    as the name of a group, is a key of thousands.
    """
    rarest = _rarest_keys(place)
    lacking, held = COMING.alias("lacking"), suppression.alias("held")
    has_it = (
        select(held.c.id)
        .where(held.c.request_id == suppression.c.request_id, held.c.key_hash == lacking.c.key_hash)
        .exists()
    )
    lacks = select(lacking.c.entry).where(lacking.c.entry == rarest.c.entry, ~has_it).exists()
    return (
        select(rarest.c.entry)
        .join(
            COMING, and_(COMING.c.entry == rarest.c.entry, COMING.c.key_hash == rarest.c.key_hash)
        )
        .join(suppression, suppression.c.key_hash == rarest.c.key_hash)
        .where(_of_owner(owner), _covers(), ~lacks)
    )


def _rarest_keys(place: int) -> Any:
    """Of each entry whose keys are all stored, the key that fewest suppressions have."""
    mine = and_(COMING.c.owner == place, COMING.c.size > 1)
    often = (
        select(suppression.c.key_hash, func.count().label("times"))
        .where(suppression.c.key_hash.in_(select(COMING.c.key_hash).where(mine)))
        .group_by(suppression.c.key_hash)
        .cte("often")
    )
    rank = func.row_number().over(partition_by=COMING.c.entry, order_by=often.c.times)
    there = func.count().over(partition_by=COMING.c.entry)
    ranked = (
        select(
            COMING.c.entry,
            COMING.c.key_hash,
            COMING.c.size,
            rank.label("rank"),
            there.label("there"),
        )
        .join(often, often.c.key_hash == COMING.c.key_hash)
        .where(mine)
        .subquery()
    )
    return (
        select(ranked.c.entry, ranked.c.key_hash)
        .where(ranked.c.rank == 1, ranked.c.there == ranked.c.size)
        .cte("rarest")
    )


def _of_owner(owner: Owner) -> ColumnElement[bool]:
    return and_(
        suppression.c.level == owner.level,
        suppression.c.client_id.is_not_distinct_from(owner.client_id),
        suppression.c.campaign_id.is_not_distinct_from(owner.campaign_id),
        is_live(),
    )


def _covers() -> ColumnElement[bool]:
    """Whether a stored suppression lasts as long as a staged entry, and stops as much."""
    return and_(
        func.coalesce(suppression.c.until, _forever()) >= func.coalesce(COMING.c.until, _forever()),
        suppression.c.channel.is_(None) | (suppression.c.channel == COMING.c.channel),
    )


def _forever() -> Any:
    return literal(_FOREVER, COMING.c.until.type)


def _keep_for_good(tx: Tx) -> None:
    """Let no undo of outcomes end what the list names too."""
    made = outcome_effect.c.suppression_id.is_not(None)
    if tx.execute(select(outcome_effect.c.id).where(made).limit(1)).first() is None:
        return
    theirs = (
        select(outcome_effect.c.suppression_id)
        .join(suppression, suppression.c.request_id == outcome_effect.c.suppression_id)
        .join(COMING, COMING.c.key_hash == suppression.c.key_hash)
        .join(KNOWN, KNOWN.c.entry == COMING.c.entry)
        .where(made)
        .distinct()
    )
    ids = {one for one in tx.execute(theirs).scalars() if one is not None}
    outcome_imports.keep_for_good(tx, ids)
