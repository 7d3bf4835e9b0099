"""Versions of ideal customer profiles (ICPs), and which one a campaign uses."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update

from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.store import driver
from leads.store.bound import CAMPAIGN
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.schema import campaign, icp_version


@dataclass(frozen=True, slots=True)
class StoredIcp:
    """One stored version of one profile."""

    id: UUID
    name: str
    version: int
    content: str


_COLUMNS = (icp_version.c.id, icp_version.c.name, icp_version.c.version, icp_version.c.content)
_IN_FORCE = (
    select(*_COLUMNS)
    .join(campaign, campaign.c.icp_version_id == icp_version.c.id)
    .where(campaign.c.id == CAMPAIGN)
)


def use_icp(
    tx: Tx, client_id: UUID, campaign_id: UUID, icp: StoredIcp, content_hash: str
) -> tuple[UUID, bool]:
    """Put a profile version in force for a campaign; its id, and whether that changed anything.

    NotAllowedError when the version was used before with other content, or is older than the one in
    force.
    """
    kept = _keep_icp(tx, client_id, icp, content_hash)
    before = in_force(tx, campaign_id)
    if before and before.id == kept:
        return kept, False
    if before and before.name == icp.name and before.version > icp.version:
        raise NotAllowedError(
            f"version {before.version} of {icp.name} is in force, and {icp.version} is older",
            f"save your changes as version {before.version + 1}",
        )
    tx.execute(update(campaign).where(campaign.c.id == campaign_id).values(icp_version_id=kept))
    return kept, True


def _keep_icp(tx: Tx, client_id: UUID, icp: StoredIcp, content_hash: str) -> UUID:
    same = (
        (icp_version.c.client_id == client_id)
        & (icp_version.c.name == icp.name)
        & (icp_version.c.version == icp.version)
    )
    new = {
        "id": icp.id,
        "client_id": client_id,
        "name": icp.name,
        "version": icp.version,
        "content": icp.content,
        "content_hash": content_hash,
        "created_at": now(),
    }
    # Another process may store the same version at this moment: then its row counts.
    tx.execute(insert_or_skip(tx, icp_version), [new])
    row = tx.execute(select(icp_version.c.id, icp_version.c.content_hash).where(same)).one()
    if row.content_hash != content_hash:
        raise NotAllowedError(
            f"version {icp.version} of {icp.name} was used before with other criteria",
            f"raise its version: the next free one is {_next(tx, client_id, icp.name)}",
        )
    kept, _ = row
    return kept


def may_be_used(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, icp: tuple[str, int], content_hash: str
) -> bool:
    """Whether `use_icp` would put a profile, by its name and version, in force and change something.

    `campaign_id` is None for a campaign that is not there yet.
    """
    name, version = icp
    before = in_force(tx, campaign_id) if campaign_id else None
    if before and before.name == name and before.version >= version:
        return False
    stored = select(icp_version.c.content_hash).where(
        icp_version.c.client_id == client_id,
        icp_version.c.name == name,
        icp_version.c.version == version,
    )
    return tx.execute(stored).scalar() in (None, content_hash)


def _next(tx: Tx, client_id: UUID, name: str) -> int:
    newest = select(func.max(icp_version.c.version)).where(
        icp_version.c.client_id == client_id, icp_version.c.name == name
    )
    return int(tx.execute(newest).scalar() or 0) + 1


def in_force(tx: Tx, campaign_id: UUID) -> StoredIcp | None:
    """The profile version in force for a campaign."""
    row = driver.first(tx, _IN_FORCE, {"of_campaign": campaign_id})
    return StoredIcp(*row) if row else None


def version_of(tx: Tx, icp_version_id: UUID) -> StoredIcp:
    """One stored profile version."""
    row = tx.execute(select(*_COLUMNS).where(icp_version.c.id == icp_version_id)).one()
    return StoredIcp(*row)


def version_numbered(tx: Tx, client_id: UUID, number: int, name: str | None) -> StoredIcp:
    """The client's profile version with that number; `name` chooses between several profiles.

    NotFoundError when there is none, UsageError when several profiles have that version.
    """
    wanted = select(*_COLUMNS).where(icp_version.c.client_id == client_id)
    ordered = wanted.order_by(icp_version.c.name, icp_version.c.version)
    rows = [StoredIcp(*row) for row in tx.execute(ordered)]
    found = [row for row in rows if row.version == number]
    meant = [row for row in found if row.name == name] or found
    if not meant:
        kept = ", ".join(f"{row.name} version {row.version}" for row in rows) or "none yet"
        raise NotFoundError(
            f"no profile was used as version {number}", f"these were: {kept}; or name a file"
        )
    if len(meant) > 1:
        raise UsageError(
            f"version {number} could be of {' or '.join(row.name for row in meant)}",
            "name the campaign with --campaign",
        )
    return meant[0]
