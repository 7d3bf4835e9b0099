"""Models of campaigns, which one is in force, and the chances of companies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store import driver
from leads.store.bound import CAMPAIGN
from leads.store.engine import Tx, chunks
from leads.store.schema import company_chance, prediction_model


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """One model of a campaign."""

    id: UUID
    version: int
    content: Mapping[str, Any]
    by: str
    at: datetime
    used_at: datetime | None
    ended_at: datetime | None

    @property
    def is_in_force(self) -> bool:
        """Whether the queue is ordered by it."""
        return self.used_at is not None and self.ended_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceRow:
    """The chance of a company by the model in force."""

    campaign_id: UUID
    company_id: UUID
    client_id: UUID
    version: int
    chance: float
    #: Smaller comes first.
    place: int
    explores: bool


def add(tx: Tx, client_id: UUID, campaign_id: UUID, content: Mapping[str, Any], by: str) -> int:
    """Store a model; its version."""
    newest = select(func.max(prediction_model.c.version)).where(
        prediction_model.c.campaign_id == campaign_id
    )
    version = int(tx.execute(newest).scalar() or 0) + 1
    row = {
        "id": new_id(),
        "client_id": client_id,
        "campaign_id": campaign_id,
        "version": version,
        "content": content,
        "by": by,
        "at": now(),
    }
    tx.execute(insert(prediction_model), [row])
    return version


def of_campaign(tx: Tx, campaign_id: UUID) -> list[ModelRow]:
    """The models of a campaign, the newest first."""
    columns = [prediction_model.c[name] for name in ModelRow.__slots__]
    wanted = select(*columns).where(prediction_model.c.campaign_id == campaign_id)
    rows = tx.execute(wanted.order_by(prediction_model.c.version.desc())).mappings()
    return [ModelRow(**row) for row in rows]


def in_force(tx: Tx, campaign_id: UUID) -> ModelRow | None:
    """The model that orders the queue of a campaign; None: there is none."""
    rows = driver.read_named(tx, _IN_FORCE, {"of_campaign": campaign_id})
    return ModelRow(**rows[0]) if rows else None


_IN_FORCE = select(*(prediction_model.c[name] for name in ModelRow.__slots__)).where(
    prediction_model.c.campaign_id == CAMPAIGN,
    prediction_model.c.used_at.is_not(None),
    prediction_model.c.ended_at.is_(None),
)


def use(tx: Tx, campaign_id: UUID, version: int | None) -> None:
    """Put a version in force, or none; chances of the one before are dropped."""
    mine = prediction_model.c.campaign_id == campaign_id
    ended = update(prediction_model).where(
        mine, prediction_model.c.used_at.is_not(None), prediction_model.c.ended_at.is_(None)
    )
    tx.execute(ended.values(ended_at=now()))
    tx.execute(delete(company_chance).where(company_chance.c.campaign_id == campaign_id))
    if version is not None:
        this = update(prediction_model).where(mine, prediction_model.c.version == version)
        tx.execute(this.values(used_at=now(), ended_at=None))


def replace_chances(
    tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID], rows: Iterable[ChanceRow]
) -> None:
    """Replace the chances of companies; those without a new row have none."""
    for some in chunks(list(company_ids)):
        mine = company_chance.c.company_id.in_(some)
        tx.execute(delete(company_chance).where(company_chance.c.campaign_id == campaign_id, mine))
    new = [{name: getattr(row, name) for name in ChanceRow.__slots__} for row in rows]
    for part in chunks(new):
        tx.execute(insert(company_chance), part)


def places(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The places of those companies that have a chance."""
    found: dict[UUID, int] = {}
    for some in chunks(list(company_ids)):
        wanted = select(company_chance.c.company_id, company_chance.c.place).where(
            company_chance.c.campaign_id == campaign_id, company_chance.c.company_id.in_(some)
        )
        found.update((row.company_id, row.place) for row in tx.execute(wanted))
    return found


def chance_of(tx: Tx, campaign_id: UUID, company_id: UUID) -> ChanceRow | None:
    """The chance of one company; None: it has none."""
    wanted = select(company_chance).where(
        company_chance.c.campaign_id == campaign_id, company_chance.c.company_id == company_id
    )
    row = tx.execute(wanted).mappings().first()
    return ChanceRow(**row) if row else None
