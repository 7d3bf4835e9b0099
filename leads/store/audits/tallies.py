"""How many drawn facts were said to be right, by attribute, source and list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    #: `right`, `wrong`, `unclear`; None: without a judgement.
    said: str | None
    facts: int


@dataclass(frozen=True, slots=True)
class Only:
    """Which drawn facts are counted; None: those of every draw, source and list."""

    audit_id: UUID | None = None
    source: str | None = None
    #: Facts of companies that are on this list now.
    list_id: UUID | None = None


_EVERY = Only()


def of_all(tx: Tx, client_id: UUID, only: Only = _EVERY) -> list[Tally]:
    """By attribute alone."""
    rows = tx.execute(_grouped(_items(client_id, only), _ATTRIBUTE))
    return [Tally(attribute, "", said, facts) for attribute, said, facts in rows]


def by_source(tx: Tx, client_id: UUID, only: Only = _EVERY) -> list[Tally]:
    """By attribute and source."""
    return _named(tx, _items(client_id, only), fact_audit_item.c.source)


def sources(tx: Tx, client_id: UUID) -> list[str]:
    """The sources of facts that were drawn."""
    name = fact_audit_item.c.source
    rows = tx.execute(select(name).where(fact_audit_item.c.client_id == client_id).distinct())
    return list(rows.scalars())


def by_list(
    tx: Tx,
    client_id: UUID,
    only: Only = _EVERY,
    company_ids: Sequence[UUID] | None = None,
) -> list[Tally]:
    """By attribute and list: a fact counts for each list that its company is on now.

    `company_ids` limits that to the lists of some companies.
    """
    wanted = (
        _items(client_id, only)
        .join(company, company.c.id == fact_audit_item.c.company_id)
        .join(record, and_(record.c.company_id == _OWNER, record.c.ended_at.is_(None)))
        .join(raw_list, raw_list.c.id == record.c.list_id)
    )
    if only.list_id is not None:
        wanted = wanted.where(raw_list.c.id == only.list_id)
    if company_ids is not None:
        named = record.alias("named_on")
        lists = select(named.c.list_id).where(
            named.c.company_id.in_(company_ids), named.c.ended_at.is_(None)
        )
        wanted = wanted.where(raw_list.c.id.in_(lists))
    return _named(tx, wanted, raw_list.c.name)


_ATTRIBUTE = fact_audit.c.attribute
#: The company that the company of a fact was merged into, or that company.
_OWNER = func.coalesce(company.c.merged_into, company.c.id)


def _items(client_id: UUID, only: Only) -> Select[*tuple[Any, ...]]:
    wanted = (
        select(fact_judgement.c.said, func.count(fact_audit_item.c.id.distinct()))
        .select_from(fact_audit_item)
        .join(fact_audit, fact_audit.c.id == fact_audit_item.c.audit_id)
        .outerjoin(fact_judgement, and_(fact_judgement.c.item_id == fact_audit_item.c.id, STANDS))
        .where(fact_audit_item.c.client_id == client_id)
    )
    if only.audit_id is not None:
        wanted = wanted.where(fact_audit.c.id == only.audit_id)
    if only.source is not None:
        wanted = wanted.where(fact_audit_item.c.source == only.source)
    if only.list_id is not None:
        wanted = wanted.where(fact_audit_item.c.company_id.in_(_on(client_id, only.list_id)))
    return wanted


def _on(client_id: UUID, list_id: UUID) -> Select[UUID]:
    """The companies that a list names now, with those that were merged into them."""
    return (
        select(company.c.id)
        .join(record, and_(record.c.company_id == _OWNER, record.c.ended_at.is_(None)))
        .where(company.c.client_id == client_id, record.c.list_id == list_id)
    )


def _grouped(items: Select[Any], *by: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    said, facts = items.selected_columns
    return items.with_only_columns(*by, said, facts).group_by(*by, said).order_by(*by)


def _named(tx: Tx, items: Select[Any], name: ColumnElement[Any]) -> list[Tally]:
    return [Tally(*row) for row in tx.execute(_grouped(items, _ATTRIBUTE, name))]
