"""Models of the matcher that a client's answers led to, and which one is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store import driver
from leads.store.engine import Tx
from leads.store.schema import match_model


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchModelRow:
    """One model of a client."""

    version: int
    #: The text of a model file.
    content: str
    by: str
    at: datetime
    used_at: datetime | None
    ended_at: datetime | None

    @property
    def is_in_force(self) -> bool:
        """Whether the client's records are compared with it."""
        return self.used_at is not None and self.ended_at is None


_ROW = select(*(match_model.c[name] for name in MatchModelRow.__slots__))
_USED = (match_model.c.used_at.is_not(None), match_model.c.ended_at.is_(None))
#: What `in_force` asks.
IN_FORCE = _ROW.where(match_model.c.client_id == bindparam("of_client"), *_USED)


def add(tx: Tx, client_id: UUID, content: str, by: str) -> int:
    """Store a model, and return its version; it is not in force."""
    newest = select(func.max(match_model.c.version)).where(match_model.c.client_id == client_id)
    version = int(tx.execute(newest).scalar() or 0) + 1
    row = {"version": version, "content": content, "by": by, "at": now()}
    tx.execute(insert(match_model).values(id=new_id(), client_id=client_id, **row))
    return version


def of_client(tx: Tx, client_id: UUID) -> list[MatchModelRow]:
    """The models of a client, the newest first."""
    wanted = _ROW.where(match_model.c.client_id == client_id)
    rows = tx.execute(wanted.order_by(match_model.c.version.desc())).mappings()
    return [MatchModelRow(**row) for row in rows]


def in_force(tx: Tx, client_id: UUID) -> MatchModelRow | None:
    """The model that a client's records are compared with; None: the shipped weights stand."""
    row = driver.first(tx, IN_FORCE, {"of_client": client_id})
    return MatchModelRow(**dict(zip(MatchModelRow.__slots__, row, strict=True))) if row else None


def use(tx: Tx, client_id: UUID, version: int | None) -> None:
    """Put a version in force, or the shipped weights (None), in place of the one before."""
    mine, at = match_model.c.client_id == client_id, now()
    tx.execute(update(match_model).where(mine, *_USED).values(ended_at=at))
    if version is not None:
        this = update(match_model).where(mine, match_model.c.version == version)
        tx.execute(this.values(used_at=at, ended_at=None))


def drop(tx: Tx, client_id: UUID, version: int) -> None:
    """Delete a model."""
    mine = match_model.c.client_id == client_id
    tx.execute(delete(match_model).where(mine, match_model.c.version == version))
