"""The versions of a kind of file that each campaign has used; none is ever changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from leads.clock import now
from leads.errors import NotAllowedError
from leads.ids import new_id
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.schema import campaign_file


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One version of a campaign's file."""

    version: int
    content: str
    content_hash: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A version to be put in force; `kind` is `handover` or `nurture`."""

    kind: str
    version: int
    content: str
    content_hash: str
    by: str


def in_force(tx: Tx, campaign_id: UUID, kind: str) -> StoredFile | None:
    """The newest version of a campaign; None: it never used one."""
    columns = [campaign_file.c[name] for name in StoredFile.__slots__]
    wanted = select(*columns).where(
        campaign_file.c.campaign_id == campaign_id, campaign_file.c.kind == kind
    )
    row = tx.execute(wanted.order_by(campaign_file.c.version.desc()).limit(1)).first()
    return StoredFile(*row) if row else None


def use(tx: Tx, client_id: UUID, campaign_id: UUID, new: NewFile) -> bool:
    """Put a version in force; whether that changed anything.

    NotAllowedError when the version was used before with other content, or is older than the one
    in force.
    """
    before = in_force(tx, campaign_id, new.kind)
    if before and before.version > new.version:
        raise NotAllowedError(
            f"version {before.version} is in force, and {new.version} is older",
            f"save your changes as version {before.version + 1}",
        )
    row = {name: getattr(new, name) for name in NewFile.__slots__}
    row |= {"id": new_id(), "client_id": client_id, "campaign_id": campaign_id, "at": now()}
    # Another process may store the same version at this moment: then its row counts.
    tx.execute(insert_or_skip(tx, campaign_file), [row])
    kept = in_force(tx, campaign_id, new.kind)
    if kept is None or kept.content_hash != new.content_hash:
        raise NotAllowedError(
            f"version {new.version} was used before with other content",
            f"save your changes as version {new.version + 1}",
        )
    return before is None or before.version != new.version
