"""The versions of a kind of file that each client has used; none is ever changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, select

from leads.clock import now
from leads.errors import NotAllowedError
from leads.ids import new_id
from leads.store import driver
from leads.store.bound import CLIENT
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.snapshot import once


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One version of a client's file."""

    version: int
    content: str
    content_hash: str
    by: str
    at: datetime


def in_force(tx: Tx, table: Table[Any], client_id: UUID) -> StoredFile | None:
    """The newest version of a client; None: the client uses the file of the product."""
    question = (in_force, table.name, client_id)
    return once(tx, question, lambda: _in_force(tx, table, client_id))


def _in_force(tx: Tx, table: Table[Any], client_id: UUID) -> StoredFile | None:
    row = driver.first(tx, _newest(table), {"of_client": client_id})
    return StoredFile(*row) if row else None


@cache
def _newest(table: Table[Any]) -> Select[Any]:
    columns = table.c
    wanted: Select[Any] = select(
        columns.version, columns.content, columns.content_hash, columns.by, columns.at
    )
    return wanted.where(columns.client_id == CLIENT).order_by(columns.version.desc()).limit(1)


def use(
    tx: Tx,
    table: Table[Any],
    client_id: UUID,
    version: int,
    content: str,
    content_hash: str,
    by: str,
) -> bool:
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
    before = in_force(tx, table, client_id)
    if before and before.version > version:
        raise NotAllowedError(
            f"version {before.version} is in force, and {version} is older",
            f"save your changes as version {before.version + 1}",
        )
    # Another process may store the same version at this moment: then its row counts.
    tx.execute(insert_or_skip(tx, table), [row])
    kept = in_force(tx, table, client_id)
    if kept is None or kept.content_hash != content_hash:
        raise NotAllowedError(
            f"version {version} was used before with other content",
            f"save your changes as version {version + 1}",
        )
    return before is None or before.version != version
