"""The suppressions of one owner: a client with its campaigns, the agency, or the law."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, select

from leads.levels import SHARED
from leads.store.engine import Tx, chunks
from leads.store.schema import suppression
from leads.store.suppressions import SuppressionRow, is_live, row_of


def with_hashes(tx: Tx, client_id: UUID, level: str, hashes: Sequence[str]) -> list[SuppressionRow]:
    """The live suppressions of any channel with one of these keys, oldest first."""
    whose = suppression.c.client_id == client_id
    if level in SHARED:
        whose = and_(suppression.c.client_id.is_(None), suppression.c.level == level)
    found: list[SuppressionRow] = []
    for some in chunks(list(hashes)):
        wanted = select(suppression).where(suppression.c.key_hash.in_(some), whose, is_live())
        rows = tx.execute(wanted.order_by(suppression.c.at, suppression.c.request_id))
        found += [row_of(row) for row in rows]
    return found
