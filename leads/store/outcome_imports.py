"""Imports of outcomes: what each changed, kept until it is undone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.inserts import insert_or_skip
from leads.store.schema import outcome_effect, outcome_import, suppression


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeImport:
    """One import that changed something."""

    id: UUID
    client_id: UUID
    campaign_id: UUID
    #: The tool.
    source: str
    file: str
    by: str
    at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One change that an import made."""

    id: UUID = field(default_factory=new_id)
    company_id: UUID | None = None
    signal_id: UUID | None = None
    #: The suppression that it added; None with a `key_hash`: the same was there already.
    suppression_id: UUID | None = None
    key_hash: str | None = None
    level: str | None = None
    #: The event that asked for it: heard again, it is no second reason.
    event: str | None = None
    #: How the company stood before (`relationship`); empty when that was not changed.
    before: dict[str, Any] = field(default_factory=dict)
    after: str = ""


def keep(tx: Tx, made: OutcomeImport, effects: Sequence[Effect]) -> None:
    """Keep what an import changed; an import that changes nothing is not kept."""
    if not effects:
        return
    values = {name: getattr(made, name) for name in OutcomeImport.__slots__}
    tx.execute(insert_or_skip(tx, outcome_import), [values])
    rows = [
        {name: getattr(one, name) for name in Effect.__slots__}
        | {"client_id": made.client_id, "import_id": made.id}
        for one in effects
    ]
    for some in chunks(rows):
        tx.execute(insert(outcome_effect), some)


def last(tx: Tx, campaign_id: UUID) -> OutcomeImport | None:
    """The newest import of a campaign that changed something and is not undone."""
    columns = [outcome_import.c[name] for name in OutcomeImport.__slots__]
    changed = (
        select(outcome_effect.c.id)
        .where(outcome_effect.c.import_id == outcome_import.c.id, _is_change())
        .exists()
    )
    wanted = select(*columns).where(
        outcome_import.c.campaign_id == campaign_id, outcome_import.c.undone_at.is_(None), changed
    )
    row = tx.execute(wanted.order_by(outcome_import.c.id.desc()).limit(1)).mappings().first()
    return OutcomeImport(**row) if row else None


def _is_change() -> ColumnElement[bool]:
    """Whether an effect is more than a wish for what was there already."""
    return or_(outcome_effect.c.key_hash.is_(None), outcome_effect.c.suppression_id.is_not(None))


def is_heard(tx: Tx, key_hash: str, event: str) -> bool:
    """Whether an import has asked for this suppression because of this event already."""
    wanted = select(outcome_effect.c.id).where(
        outcome_effect.c.key_hash == key_hash, outcome_effect.c.event == event
    )
    return tx.execute(wanted.limit(1)).first() is not None


def newest_effects(tx: Tx, import_id: UUID, limit: int) -> list[Effect]:
    """Some effects of an import, the newest first."""
    columns = [outcome_effect.c[name] for name in Effect.__slots__]
    wanted = select(*columns).where(outcome_effect.c.import_id == import_id)
    rows = tx.execute(wanted.order_by(outcome_effect.c.id.desc()).limit(limit)).mappings()
    return [Effect(**row) for row in rows]


def forget_effects(tx: Tx, effects: Sequence[Effect]) -> None:
    """Forget effects that are undone."""
    for some in chunks([one.id for one in effects]):
        tx.execute(delete(outcome_effect).where(outcome_effect.c.id.in_(some)))


def hand_on(tx: Tx, made: OutcomeImport, effect: Effect) -> bool:
    """Let another import that asked for the same suppression keep it; False when there is none."""
    same = select(outcome_effect.c.id).where(
        outcome_effect.c.key_hash == effect.key_hash,
        outcome_effect.c.level == effect.level,
        outcome_effect.c.suppression_id.is_(None),
        # This import may have asked twice: all that it asked for is undone.
        outcome_effect.c.import_id != made.id,
    )
    if effect.level == "client":
        same = same.where(outcome_effect.c.client_id == made.client_id)
    other = tx.execute(same.order_by(outcome_effect.c.id).limit(1)).scalar()
    if other is None:
        return False
    this = update(outcome_effect).where(outcome_effect.c.id == other)
    tx.execute(this.values(suppression_id=effect.suppression_id))
    return True


def keep_for_good(tx: Tx, request_ids: Collection[UUID]) -> None:
    """Let no undo end these suppressions: somebody else has asked for the same."""
    made = outcome_effect.c.suppression_id.is_not(None)
    if tx.execute(select(outcome_effect.c.id).where(made).limit(1)).first() is None:
        return
    for some in chunks(sorted(request_ids)):
        keys = select(suppression.c.key_hash).where(suppression.c.request_id.in_(some))
        theirs = update(outcome_effect).where(
            outcome_effect.c.key_hash.in_(keys), outcome_effect.c.suppression_id.in_(some)
        )
        tx.execute(theirs.values(suppression_id=None))


def mark_undone(tx: Tx, import_id: UUID) -> None:
    """Store that an import is undone."""
    this = update(outcome_import).where(outcome_import.c.id == import_id)
    tx.execute(this.values(undone_at=now()))
