"""How many drawn facts were said to be right, by attribute, source and list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select

from leads.store.audits.draws import STANDS
from leads.store.engine import Tx
from leads.store.schema import (
    company,
    fact_audit,
    fact_audit_item,
    fact_judgement,
    raw_list,
    record,
)


class Tally(NamedTuple):
    """How many facts about an attribute were judged in one way."""

    attribute: str
    #: The name of the source or list; empty for all facts.
    name: str
    #: `right`, `wrong`, `unclear`; None: nobody judged them.
    said: str | None
    facts: int


def of_all(tx: Tx, client_id: UUID, audit_id: UUID | None = None) -> list[Tally]:
    """By attribute alone."""
    rows = tx.execute(_grouped(_items(client_id, audit_id), _ATTRIBUTE))
    return [Tally(attribute, "", said, facts) for attribute, said, facts in rows]


def by_source(tx: Tx, client_id: UUID, audit_id: UUID | None = None) -> list[Tally]:
    """By attribute and source."""
    return _named(tx, _items(client_id, audit_id), fact_audit_item.c.source)


def by_list(
    tx: Tx,
    client_id: UUID,
    audit_id: UUID | None = None,
    company_ids: Sequence[UUID] | None = None,
) -> list[Tally]:
    """By attribute and list: a fact counts for each list that its company is on now.

    `company_ids` limits that to the lists of some companies.
    """
    owner = func.coalesce(company.c.merged_into, company.c.id)
    wanted = (
        _items(client_id, audit_id)
        .join(company, company.c.id == fact_audit_item.c.company_id)
        .join(record, and_(record.c.company_id == owner, record.c.ended_at.is_(None)))
        .join(raw_list, raw_list.c.id == record.c.list_id)
    )
    if company_ids is not None:
        named = record.alias("named_on")
        lists = select(named.c.list_id).where(
            named.c.company_id.in_(company_ids), named.c.ended_at.is_(None)
        )
        wanted = wanted.where(raw_list.c.id.in_(lists))
    return _named(tx, wanted, raw_list.c.name)


_ATTRIBUTE = fact_audit.c.attribute


def _items(client_id: UUID, audit_id: UUID | None) -> Select[*tuple[Any, ...]]:
    wanted = (
        select(fact_judgement.c.said, func.count(fact_audit_item.c.id.distinct()))
        .select_from(fact_audit_item)
        .join(fact_audit, fact_audit.c.id == fact_audit_item.c.audit_id)
        .outerjoin(fact_judgement, and_(fact_judgement.c.item_id == fact_audit_item.c.id, STANDS))
        .where(fact_audit_item.c.client_id == client_id)
    )
    return wanted if audit_id is None else wanted.where(fact_audit.c.id == audit_id)


def _grouped(items: Select[Any], *by: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    said, facts = items.selected_columns
    return items.with_only_columns(*by, said, facts).group_by(*by, said).order_by(*by)


def _named(tx: Tx, items: Select[Any], name: ColumnElement[Any]) -> list[Tally]:
    return [Tally(*row) for row in tx.execute(_grouped(items, _ATTRIBUTE, name))]
