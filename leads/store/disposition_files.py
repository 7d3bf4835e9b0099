"""The dispositions that each client has used, version by version."""

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
from leads.store.schema import disposition_file


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One version of a client's dispositions."""

    version: int
    content: str
    content_hash: str
    by: str
    at: datetime


def in_force(tx: Tx, client_id: UUID) -> StoredFile | None:
    """The newest version of a client; None: the client uses those of the product."""
    wanted = select(
        disposition_file.c.version,
        disposition_file.c.content,
        disposition_file.c.content_hash,
        disposition_file.c.by,
        disposition_file.c.at,
    ).where(disposition_file.c.client_id == client_id)
    row = tx.execute(wanted.order_by(disposition_file.c.version.desc()).limit(1)).first()
    return StoredFile(*row) if row else None


def use(tx: Tx, client_id: UUID, version: int, content: str, content_hash: str, by: str) -> bool:
    """Put a version in force; whether that changed anything.

    NotAllowedError when the version was used before with other content, or is older than the one
    in force.
    """
    row = {
        "id": new_id(),
        "client_id": client_id,
        "version": version,
        "content": content,
        "content_hash": content_hash,
        "by": by,
        "at": now(),
    }
    before = in_force(tx, client_id)
    if before and before.version > version:
        raise NotAllowedError(
            f"version {before.version} is in force, and {version} is older",
            f"save your changes as version {before.version + 1}",
        )
    # Another process may store the same version at this moment: then its row counts.
    tx.execute(insert_or_skip(tx, disposition_file), [row])
    kept = in_force(tx, client_id)
    if kept is None or kept.content_hash != content_hash:
        raise NotAllowedError(
            f"version {version} was used before with other content",
            f"save your changes as version {version + 1}",
        )
    return before is None or before.version != version
