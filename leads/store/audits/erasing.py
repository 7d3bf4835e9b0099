"""Erase drawn facts with their judgements."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select

from leads.store.engine import Tx, chunks
from leads.store.schema import fact_audit_item, fact_judgement


def of_companies(tx: Tx, company_ids: Sequence[UUID]) -> int:
    """Erase what was drawn of companies; how many facts of draws."""
    return _erase(tx, fact_audit_item.c.company_id, company_ids)


def of_facts(tx: Tx, fact_ids: Sequence[UUID]) -> int:
    """Erase facts from draws; how many."""
    return _erase(tx, fact_audit_item.c.fact_id, fact_ids)


def _erase(tx: Tx, column: ColumnElement[UUID], values: Sequence[UUID]) -> int:
    gone = 0
    for some in chunks(list(values)):
        items = select(fact_audit_item.c.id).where(column.in_(some))
        said = delete(fact_judgement).where(fact_judgement.c.item_id.in_(items))
        # Those that take another back point at it, so they go first.
        tx.execute(said.where(fact_judgement.c.takes_back.is_not(None)))
        tx.execute(said)
        gone += tx.execute(delete(fact_audit_item).where(column.in_(some))).rowcount
    return gone
