"""The facts of a client's companies about one attribute, as a part of larger statements."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, select, union_all

from leads.source_names import TOGETHER
from leads.store.engine import Tx
from leads.store.facts.belonging import Own, Within, any_entries, entries, held, own, sites
from leads.store.schema import fact, record

#: The bands of confidence, the lowest first: the bound that a fact is below, and the name.
BANDS = ((0.5, "below 0.5"), (0.7, "0.5 to 0.7"), (0.9, "0.7 to 0.9"))
HIGHEST_BAND = "from 0.9"


def named_source() -> ColumnElement[str]:
    """The source of a fact as `source_name` calls it."""
    named = [(fact.c.source.startswith(prefix), name) for prefix, name in TOGETHER.items()]
    return case(*named, else_=fact.c.source)


def band() -> ColumnElement[str]:
    """The band of a fact's confidence."""
    return case(*((fact.c.confidence < bound, name) for bound, name in BANDS), else_=HIGHEST_BAND)


def facts_of_companies(
    tx: Tx, attribute: str, within: Within, *conditions: ColumnElement[bool]
) -> Subquery:
    """Each fact that counts, once for each company it belongs to: `fact_id`, `company_id`,
    `list_id`, `source`, `method`, `band`, `value` and `observed_at`.

    `list_id` is the list that states the fact; else the first that names the company.
    """
    about = (fact.c.attribute == attribute, *conditions)
    by_records, by_people = own()
    parts = [
        _part(by_records.company, record.c.list_id).where(by_records.holds, within(by_records)),
        _part(by_people.company, _first_list(by_people.company)).where(
            by_people.holds, within(by_people)
        ),
    ]
    owners = [(sites(tx, within).subquery(), fact.c.site)]
    if any_entries(tx):
        owners.append((entries(tx, within).subquery(), fact.c.register_entry))
    for some, subject in owners:
        shared = _part(some.c.of, _first_list(some.c.of))
        parts.append(shared.where(subject == some.c.key, fact.c.client_id.is_(None), held()))
    return union_all(*(part.where(*about) for part in parts)).subquery()


def on_list(list_id: UUID, within: Within) -> Within:
    """Limits further to companies that a live record of a list names."""

    def limited(one: Own) -> ColumnElement[bool]:
        named = record.alias("named_on")
        there = select(named.c.company_id).where(
            named.c.list_id == list_id, named.c.ended_at.is_(None), named.c.company_id.is_not(None)
        )
        return within(one) & one.company.in_(there)

    return limited


def _part(company: ColumnElement[Any], list_id: ColumnElement[Any]) -> Select[Any]:
    return select(
        fact.c.id.label("fact_id"),
        company.label("company_id"),
        list_id.label("list_id"),
        named_source().label("source"),
        fact.c.method.label("method"),
        band().label("band"),
        fact.c.value.label("value"),
        fact.c.observed_at.label("observed_at"),
    )


def _first_list(company: ColumnElement[Any]) -> ColumnElement[Any]:
    on = record.alias("on_list")
    first = select(on.c.list_id).where(on.c.company_id == company, on.c.ended_at.is_(None))
    return first.order_by(on.c.list_id).limit(1).scalar_subquery()


def one_company_each(found: Subquery) -> Subquery:
    """The same facts, each of one company alone: the oldest of those it belongs to."""
    place = func.row_number().over(
        partition_by=found.c.fact_id, order_by=(found.c.company_id, found.c.list_id)
    )
    placed = select(found, place.label("place")).subquery()
    return select(placed).where(placed.c.place == literal(1)).subquery()
