"""The scoring files that each campaign has used, version by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from leads.clock import now
from leads.errors import NotAllowedError
from leads.ids import new_id
from leads.store import driver
from leads.store.bound import CAMPAIGN, CLIENT
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.schema import scoring_file
from leads.store.snapshot import once


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredScoring:
    """One version of a campaign's scoring file."""

    name: str
    version: int
    content: str
    content_hash: str
    by: str
    at: datetime
    grade_a: int
    grade_b: int

    @property
    def grades(self) -> dict[str, int]:
        """From which score of the ICP a company has which grade."""
        return {"A": self.grade_a, "B": self.grade_b}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewScoring:
    """A version to be put in force."""

    name: str
    version: int
    content: str
    content_hash: str
    by: str
    grade_a: int
    grade_b: int


_NEWEST = (
    select(*(scoring_file.c[name] for name in StoredScoring.__slots__))
    .where(scoring_file.c.campaign_id == CAMPAIGN)
    .order_by(scoring_file.c.version.desc())
    .limit(1)
)
_ANY = select(scoring_file.c.id).where(scoring_file.c.campaign_id == CAMPAIGN).limit(1)
_CAMPAIGNS = select(scoring_file.c.campaign_id).where(scoring_file.c.client_id == CLIENT).distinct()


def in_force(tx: Tx, campaign_id: UUID) -> StoredScoring | None:
    """The newest version of a campaign; None: its signals are not scored."""
    return once(tx, (in_force, campaign_id), lambda: _in_force(tx, campaign_id))


def _in_force(tx: Tx, campaign_id: UUID) -> StoredScoring | None:
    rows = driver.read_named(tx, _NEWEST, {"of_campaign": campaign_id})
    return StoredScoring(**rows[0]) if rows else None


def is_used(tx: Tx, campaign_id: UUID) -> bool:
    """Whether a campaign scores signals."""
    return driver.first(tx, _ANY, {"of_campaign": campaign_id}) is not None


def campaigns_with(tx: Tx, client_id: UUID) -> list[UUID]:
    """The client's campaigns that have a scoring file."""
    return sorted(one for (one,) in driver.read(tx, _CAMPAIGNS, {"of_client": client_id}))


def use(tx: Tx, client_id: UUID, campaign_id: UUID, new: NewScoring) -> bool:
    """Put a version in force; whether that changed anything.

    NotAllowedError when the version was used before with other content, or is older than the one
    in force.
    """
    row = {name: getattr(new, name) for name in NewScoring.__slots__}
    row |= {"id": new_id(), "client_id": client_id, "campaign_id": campaign_id, "at": now()}
    before = in_force(tx, campaign_id)
    if before and before.version > new.version:
        raise NotAllowedError(
            f"version {before.version} is in force, and {new.version} is older",
            f"save your changes as version {before.version + 1}",
        )
    # Another process may store the same version at this moment: then its row counts.
    tx.execute(insert_or_skip(tx, scoring_file), [row])
    kept = in_force(tx, campaign_id)
    if kept is None or kept.content_hash != new.content_hash:
        raise NotAllowedError(
            f"version {new.version} was used before with other content",
            f"save your changes as version {_newest(tx, campaign_id) + 1}",
        )
    return before is None or before.version != new.version


def _newest(tx: Tx, campaign_id: UUID) -> int:
    newest = select(func.max(scoring_file.c.version)).where(
        scoring_file.c.campaign_id == campaign_id
    )
    return int(tx.execute(newest).scalar() or 0)
