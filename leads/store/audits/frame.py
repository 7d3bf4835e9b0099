"""The facts that an audit may draw, counted by stratum and found by their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, exists, func, select

from leads.store.audits.belonging_facts import (
    facts_of_companies,
    named_source,
    on_list,
    one_company_each,
)
from leads.store.engine import Tx
from leads.store.facts.belonging import of_client
from leads.store.schema import fact, fact_audit_item


@dataclass(frozen=True, slots=True)
class Frame:
    """Which facts of a client are asked for; None: every source, every list."""

    attribute: str
    source: str | None = None
    list_id: UUID | None = None


class Stratum(NamedTuple):
    """Facts of one kind: of one list and source, read in one way, about equally sure."""

    list_id: UUID | None
    source: str
    method: str
    band: str


class Picked(NamedTuple):
    """A fact that was drawn, and the company that it is shown with."""

    fact_id: UUID
    company_id: UUID
    source: str


def strata(tx: Tx, client_id: UUID, frame: Frame) -> Mapping[Stratum, int]:
    """How many facts of each kind are in no draw yet, in the order of their numbers."""
    facts = _facts(tx, client_id, frame)
    kinds = (facts.c.list_id, facts.c.source, facts.c.method, facts.c.band)
    rows = tx.execute(select(*kinds, func.count()).group_by(*kinds).order_by(*kinds))
    return {Stratum(*kind): count for *kind, count in rows}


def pick(tx: Tx, client_id: UUID, frame: Frame, numbers: Sequence[int]) -> Mapping[int, Picked]:
    """The facts of some numbers, from 0: those of the first stratum, then of the next."""
    facts = _facts(tx, client_id, frame)
    kinds = (facts.c.list_id, facts.c.source, facts.c.method, facts.c.band)
    number = func.row_number().over(order_by=(*kinds, facts.c.fact_id)) - 1
    every = select(
        number.label("number"), facts.c.fact_id, facts.c.company_id, facts.c.source
    ).subquery()
    rows = tx.execute(select(every).where(every.c.number.in_(numbers)))
    return {number: Picked(*one) for number, *one in rows}


def sources(tx: Tx, client_id: UUID, attribute: str) -> list[str]:
    """The sources that state something about the attribute for a client."""
    facts = _facts(tx, client_id, Frame(attribute), undrawn=False)
    rows = tx.execute(select(facts.c.source).distinct().order_by(facts.c.source))
    return list(rows.scalars())


def _facts(tx: Tx, client_id: UUID, frame: Frame, *, undrawn: bool = True) -> Subquery:
    within = of_client(client_id)
    if frame.list_id is not None:
        within = on_list(frame.list_id, within)
    conditions: list[ColumnElement[bool]] = []
    if undrawn:
        conditions.append(
            ~exists().where(
                fact_audit_item.c.client_id == client_id, fact_audit_item.c.fact_id == fact.c.id
            )
        )
    if frame.source is not None:
        conditions.append(named_source() == frame.source)
    return one_company_each(facts_of_companies(tx, frame.attribute, within, *conditions))
