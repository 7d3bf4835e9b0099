"""Which companies of a client lists, people and pages name a parent of, and who could be that
parent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal_column, select

from leads.store.engine import Tx, chunks
from leads.store.facts.facts import companies_with_sites, of_sites
from leads.store.facts.held import held
from leads.store.schema import company, fact, record

#: Written out: neither database uses a partial index for a bound value.
_PARENT = fact.c.attribute == literal_column("'parent'")


def all_with_parents(tx: Tx, client_id: UUID) -> list[UUID]:
    """The companies of which any fact that counts names a parent."""
    of_records = (
        select(record.c.company_id)
        .join(fact, fact.c.record_id == record.c.id)
        .where(record.c.client_id == client_id)
    )
    of_records = of_records.where(
        _PARENT,
        fact.c.client_id == client_id,
        record.c.ended_at.is_(None),
        record.c.company_id.is_not(None),
        held(),
    )
    told = select(func.coalesce(company.c.merged_into, company.c.id)).join(
        fact, fact.c.company_id == company.c.id
    )
    told = told.where(
        company.c.client_id == client_id, fact.c.client_id == client_id, _PARENT, held()
    )
    found = {
        one
        for wanted in (of_records, told)
        for one in tx.execute(wanted.distinct()).scalars()
        if one is not None
    }
    sites = select(fact.c.site).where(
        fact.c.site.is_not(None), fact.c.client_id.is_(None), _PARENT, held()
    )
    named = [site for site in tx.execute(sites.distinct()).scalars() if site is not None]
    own = companies_with_sites(tx, named)
    return sorted(found | {company_id for _, owner, company_id in own if owner == client_id})


def said_of(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], attribute: str
) -> list[tuple[UUID, str]]:
    """What records, people and their own sites say about one attribute of text of some companies."""
    found = []
    for some in chunks(list(company_ids)):
        stated = select(record.c.company_id, fact.c.value).join(
            fact, fact.c.record_id == record.c.id
        )
        stated = stated.where(
            record.c.client_id == client_id,
            record.c.company_id.in_(some),
            record.c.ended_at.is_(None),
        )
        now = func.coalesce(company.c.merged_into, company.c.id)
        told = select(now, fact.c.value).join(fact, fact.c.company_id == company.c.id)
        told = told.where(
            company.c.client_id == client_id, now.in_(some), fact.c.client_id == client_id
        )
        for wanted in (stated, told):
            found += [
                (row[0], str(row[1]))
                for row in tx.execute(wanted.where(fact.c.attribute == attribute, held()))
            ]
        found += _on_sites(tx, client_id, some, attribute)
    return found


def _on_sites(
    tx: Tx, client_id: UUID, company_ids: Collection[UUID], attribute: str
) -> Iterator[tuple[UUID, str]]:
    named = select(record.c.company_id, fact.c.value).join(fact, fact.c.record_id == record.c.id)
    named = named.where(
        record.c.client_id == client_id,
        record.c.company_id.in_(company_ids),
        record.c.ended_at.is_(None),
    )
    owners: dict[str, list[UUID]] = {}
    for company_id, site in tx.execute(
        named.where(fact.c.attribute == "domain", held()).distinct()
    ):
        owners.setdefault(str(site), []).append(company_id)
    for site, one in of_sites(tx, list(owners)):
        if one.attribute == attribute:
            yield from ((company_id, str(one.value)) for company_id in owners[site])


def bearing_number(tx: Tx, client_id: UUID) -> Iterator[tuple[UUID, Any]]:
    """Live companies of the client with each number of a register that their records state."""
    wanted = (
        select(record.c.company_id, fact.c.value)
        .join(fact, fact.c.record_id == record.c.id)
        .where(record.c.client_id == client_id)
    )
    wanted = wanted.where(
        record.c.ended_at.is_(None),
        record.c.company_id.is_not(None),
        fact.c.attribute == "register_number",
        held(),
    )
    yield from ((row[0], row[1]) for row in tx.execute(wanted))


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
