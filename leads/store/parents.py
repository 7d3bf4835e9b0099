"""Which companies of a client lists, people and pages name a parent of, and who could be that
parent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, literal_column, select

from leads.store.engine import Tx, chunks
from leads.store.facts.belonging import any_entries, entries, held, is_about, of_client, own, sites
from leads.store.facts.facts import companies_with_sites
from leads.store.schema import company, fact, record


def all_with_parents(tx: Tx, client_id: UUID) -> list[UUID]:
    """The companies that have a fact which names a parent."""
    found: set[UUID] = set()
    for one in own():
        wanted = select(one.company).where(one.holds, one.client == client_id, is_about("parent"))
        found.update(tx.execute(wanted.distinct()).scalars())

    shared = and_(fact.c.client_id.is_(None), is_about("parent"), held())
    on_sites = select(fact.c.site).where(shared, fact.c.site.is_not(None)).distinct()
    named = [site for site in tx.execute(on_sites).scalars() if site is not None]
    found.update(
        company_id for _, owner, company_id in companies_with_sites(tx, named) if owner == client_id
    )

    if any_entries(tx):
        owners = entries(tx, of_client(client_id)).subquery()
        registered = select(owners.c.of).where(fact.c.register_entry == owners.c.key, shared)
        found.update(tx.execute(registered.distinct()).scalars())
    return sorted(found)


def said_of(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], attribute: str
) -> list[tuple[UUID, str]]:
    """What facts say about one attribute of text of some companies."""
    asked = and_(fact.c.attribute == attribute, held())
    found: list[tuple[UUID, str]] = []
    for some in chunks(list(company_ids)):
        within = of_client(client_id, some)
        wanted: list[Select[Any, Any]] = [
            select(one.company, fact.c.value).where(one.holds, within(one), asked) for one in own()
        ]
        subjects = [(sites(tx, within), fact.c.site)]
        if any_entries(tx):
            subjects.append((entries(tx, within), fact.c.register_entry))
        for owned, subject in subjects:
            owners = owned.subquery()
            shared = and_(subject == owners.c.key, fact.c.client_id.is_(None), asked)
            wanted.append(select(owners.c.of, fact.c.value).where(shared))
        found += [(of, str(value)) for rows in wanted for of, value in tx.execute(rows)]
    return found


def bearing_number(tx: Tx, client_id: UUID) -> Iterator[tuple[UUID, Any]]:
    """Companies of the client with each register number that their own facts state."""
    for one in own():
        mine = and_(one.holds, one.client == client_id, is_about("register_number"))
        yield from (
            (of, number) for of, number in tx.execute(select(one.company, fact.c.value).where(mine))
        )


def bearing_name(tx: Tx, client_id: UUID) -> Iterator[tuple[UUID, str]]:
    """Live companies of the client with each name that they or their records bear."""
    live = (
        (company.c.client_id == client_id)
        & company.c.merged_into.is_(None)
        & company.c.gone_at.is_(None)
    )
    yield from (
        (row.id, row.name) for row in tx.execute(select(company.c.id, company.c.name).where(live))
    )
    named = select(record.c.company_id, record.c.name).where(
        record.c.client_id == client_id, record.c.ended_at.is_(None)
    )
    yield from (
        (row.company_id, row.name)
        for row in tx.execute(named.where(record.c.company_id.is_not(None)))
    )


def how_many(tx: Tx, client_id: UUID) -> int:
    """How many live records a client has."""
    counted = select(func.count(literal_column("1"))).select_from(record)
    return int(
        tx.execute(
            counted.where(record.c.client_id == client_id, record.c.ended_at.is_(None))
        ).scalar()
        or 0
    )
