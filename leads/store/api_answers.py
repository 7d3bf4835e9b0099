"""Answers of the API that are repeated when a request is sent again under its key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select, update

from leads.clock import now
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.schema import api_answer


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A request, and what it was answered; no status: it is still being answered."""

    request_hash: str
    began_at: datetime
    status: int | None
    content_type: str
    body: bytes


def begin(tx: Tx, token_id: UUID, key: str, request_hash: str) -> bool:
    """Note that a request is being answered; False: its key is taken."""
    values = {"request_hash": request_hash, "began_at": now(), "content_type": "", "body": b""}
    row = {"token_id": token_id, "key": key, "status": None, **values}
    added = insert_or_skip(tx, api_answer).values(row).returning(api_answer.c.key)
    return tx.execute(added).first() is not None


def find(tx: Tx, token_id: UUID, key: str) -> AnswerRow | None:
    """What is stored under a key."""
    columns = [api_answer.c[name] for name in AnswerRow.__slots__]
    row = tx.execute(select(*columns).where(_own(token_id, key))).first()
    return AnswerRow(*row) if row else None


def keep(tx: Tx, token_id: UUID, key: str, status: int, content_type: str, body: bytes) -> None:
    """Store the answer."""
    values = {"status": status, "content_type": content_type, "body": body}
    tx.execute(update(api_answer).where(_own(token_id, key)).values(**values))


def drop(tx: Tx, token_id: UUID, key: str) -> None:
    """Free a key."""
    tx.execute(delete(api_answer).where(_own(token_id, key)))


def drop_older(tx: Tx, began_before: datetime) -> None:
    """Forget the answers to requests that began before a moment."""
    tx.execute(delete(api_answer).where(api_answer.c.began_at < began_before))


def drop_answered(tx: Tx) -> None:
    """Forget every answer, as they may name who is being erased."""
    tx.execute(delete(api_answer).where(api_answer.c.status.is_not(None)))


def _own(token_id: UUID, key: str) -> ColumnElement[bool]:
    return and_(api_answer.c.token_id == token_id, api_answer.c.key == key)
