"""Counts that are shown on pages: exact up to a number, as no page reads a million rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from leads.store.engine import Tx

#: Rows are counted up to this number.
MOST = 10_000


def counted(tx: Tx, rows: Select[*tuple[Any, ...]], most: int = MOST) -> int:
    """How many rows a statement finds; `most` + 1 means more than `most`."""
    some = rows.limit(most + 1).subquery()
    return int(tx.execute(select(func.count()).select_from(some)).scalar_one())
