"""The channel policies that each client has used, version by version."""

from __future__ import annotations

from uuid import UUID

from leads.store import used_versions
from leads.store.engine import Tx
from leads.store.schema import channel_policy
from leads.store.used_versions import StoredFile


def in_force(tx: Tx, client_id: UUID) -> StoredFile | None:
    """The newest version of a client; None: the client uses that of the product."""
    return used_versions.in_force(tx, channel_policy, client_id)


def use(tx: Tx, client_id: UUID, version: int, content: str, content_hash: str, by: str) -> bool:
    """Put a version in force; whether that changed anything.

    NotAllowedError when the version was used before with other content, or is older than the one
    in force.
    """
    return used_versions.use(tx, channel_policy, client_id, version, content, content_hash, by)
