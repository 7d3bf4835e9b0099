"""Facts in and out: appended with their subject, retracted by a row of their own, gathered per
company.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Select, and_, bindparam, insert, literal, select

from leads.clock import now
from leads.codec import from_json, to_json
from leads.facts import Evidence, Fact, Method, Scope
from leads.store import driver
from leads.store.bound import CLIENT, COMPANIES
from leads.store.engine import Tx, chunks
from leads.store.facts.belonging import any_entries, entries, held, is_about, of_client, own
from leads.store.many_rows import insert_many
from leads.store.schema import fact, record, retraction
from leads.store.snapshot import is_about_few, once


@dataclass(frozen=True, slots=True)
class Subject:
    """What a fact is about: exactly one of the four."""

    record_id: UUID | None = None
    site: str | None = None
    register_entry: str | None = None
    company_id: UUID | None = None


def add(tx: Tx, facts: Iterable[tuple[Subject, Fact]]) -> None:
    """Append facts."""
    insert_many(tx, fact, {}, [_row(subject, one) for subject, one in facts])


def _row(subject: Subject, one: Fact) -> dict[str, Any]:
    seen = one.evidence
    return {
        "id": one.id,
        "client_id": one.client_id,
        "record_id": subject.record_id,
        "site": subject.site,
        "register_entry": subject.register_entry,
        "company_id": subject.company_id,
        "attribute": one.attribute,
        "value": to_json(one.value),
        "source": seen.source,
        "method": seen.method.value,
        "observed_at": seen.observed_at,
        "as_of": seen.as_of,
        "url": seen.url,
        "quote": seen.quote[:500],
        "confidence": seen.confidence,
        "scope": seen.scope.value,
        "licence": seen.licence,
        "cost_micros": seen.cost and seen.cost.micros,
        "cost_currency": seen.cost and seen.cost.currency,
    }


def retract_of_records(tx: Tx, record_ids: Sequence[UUID], reason: str) -> None:
    """Retract every fact these records state."""
    for some in chunks(list(record_ids)):
        counting = select(
            fact.c.id, fact.c.client_id, literal(reason), literal(now(), retraction.c.at.type)
        ).where(fact.c.record_id.in_(some), held())
        tx.execute(
            insert(retraction).from_select(["fact_id", "client_id", "reason", "at"], counting)
        )


def retract(tx: Tx, fact_ids: Sequence[UUID], reason: str) -> None:
    """Retract these facts."""
    for some in chunks(list(fact_ids)):
        counting = select(
            fact.c.id, fact.c.client_id, literal(reason), literal(now(), retraction.c.at.type)
        ).where(fact.c.id.in_(some), held())
        tx.execute(
            insert(retraction).from_select(["fact_id", "client_id", "reason", "at"], counting)
        )


def retract_of_site(tx: Tx, site: str, reason: str) -> None:
    """Retract what an earlier visit to a site showed."""
    counting = select(
        fact.c.id, fact.c.client_id, literal(reason), literal(now(), retraction.c.at.type)
    ).where(fact.c.site == site, held())
    tx.execute(insert(retraction).from_select(["fact_id", "client_id", "reason", "at"], counting))


def of_companies(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, list[Fact]]:
    """Everything held about each company that this client may see, oldest fact first.

    Those are its own, and those of its sites and register entries.
    """
    if not is_about_few(tx, company_ids):
        return _of_companies(tx, client_id, company_ids)
    question = (of_companies, client_id, tuple(company_ids))
    return once(tx, question, lambda: _of_companies(tx, client_id, company_ids))


def _of_companies(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, list[Fact]]:
    found: dict[UUID, list[Fact]] = {company_id: [] for company_id in company_ids}
    sites: dict[str, dict[UUID, None]] = {}
    for some in chunks(list(company_ids)):
        for company_id, one in _own(tx, client_id, some):
            found[company_id].append(one)
            if one.attribute == "domain":
                sites.setdefault(str(one.value), {})[company_id] = None

    for site, one in of_sites(tx, list(sites)):
        for company_id in sites[site]:
            found[company_id].append(one)

    owners = owners_of_entries(tx, client_id, company_ids)
    for entry, one in of_entries(tx, list(owners)):
        for company_id in owners[entry]:
            found[company_id].append(one)
    return {
        company_id: sorted(facts, key=lambda one: one.id) for company_id, facts in found.items()
    }


def ever_of(tx: Tx, client_id: UUID, company_id: UUID) -> list[Fact]:
    """Everything records ever stated about a company, ended and retracted included: what a
    suppression must still recognise.
    """
    wanted = select(*PARTS).join(record, record.c.id == fact.c.record_id)
    rows = tx.execute(
        wanted.where(record.c.client_id == client_id, record.c.company_id == company_id).order_by(
            fact.c.id
        )
    )
    return [fact_of(row, client_id) for row in rows]


def by_ids(tx: Tx, fact_ids: Sequence[UUID]) -> dict[UUID, Fact]:
    """Facts by their ids, those taken back since included."""
    found = {}
    for some in chunks(list(dict.fromkeys(fact_ids))):
        rows = tx.execute(select(fact.c.client_id, *PARTS).where(fact.c.id.in_(some)))
        found.update({row.id: fact_of(row[1:], row.client_id) for row in rows})
    return found


def of_sites(tx: Tx, sites: Sequence[str]) -> list[tuple[str, Fact]]:
    """What our own crawl holds about sites."""
    return _shared(tx, fact.c.site, sites)


def of_entries(tx: Tx, keys: Sequence[str]) -> list[tuple[str, Fact]]:
    """What registers say about their entries."""
    return _shared(tx, fact.c.register_entry, keys)


def _shared(tx: Tx, subject: Column[str | None], keys: Sequence[str]) -> list[tuple[str, Fact]]:
    found = []
    for some in chunks(list(keys)):
        rows = driver.read(tx, _said_of(subject), {"keys": some})
        found += [(str(row[0]), fact_of(row[1:], None)) for row in rows]
    return found


@cache
def _said_of(subject: Column[str | None]) -> Select[Any]:
    shared = and_(
        subject.in_(bindparam("keys", expanding=True)), fact.c.client_id.is_(None), held()
    )
    return select(subject.label("key"), *PARTS).where(shared).order_by(fact.c.id)


def owners_of_entries(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID]
) -> dict[str, list[UUID]]:
    """The register entries of these companies, each with the companies it belongs to."""
    found: dict[str, list[UUID]] = {}
    if not any_entries(tx):
        return found
    for some in chunks(list(company_ids)):
        for company_id, entry in tx.execute(entries(tx, of_client(client_id, some))):
            found.setdefault(entry, []).append(company_id)
    return found


def companies_with_sites(tx: Tx, sites: Sequence[str]) -> list[tuple[str, UUID, UUID]]:
    """Site, client id and company id of every company that one of these sites belongs to."""
    found: dict[tuple[str, UUID, UUID], None] = {}
    for some in chunks(list(sites), 1000):
        named = fact.c.value.in_([literal(site, fact.c.value.type) for site in some])
        for one in own():
            wanted = select(fact.c.value, one.client, one.company).where(
                one.holds, is_about("domain"), named
            )
            found |= {
                (str(site), client_id, company_id): None
                for site, client_id, company_id in tx.execute(wanted.distinct())
            }
    return list(found)


def sites_of_companies(tx: Tx, company_ids: Sequence[UUID]) -> dict[str, dict[UUID, None]]:
    """The sites that belong to some companies, each with those it belongs to."""
    found: dict[str, dict[UUID, None]] = {}
    for one in own():
        wanted = select(fact.c.value, one.company).where(
            one.holds, is_about("domain"), one.among(company_ids)
        )
        for site, company_id in tx.execute(wanted.distinct()):
            found.setdefault(str(site), {})[company_id] = None
    return found


#: What a fact is made of; ids of subjects are left in the database, as making them costs more than
#: reading the rest.
PARTS = (
    fact.c.id,
    fact.c.attribute,
    fact.c.value,
    fact.c.source,
    fact.c.method,
    fact.c.observed_at,
    fact.c.as_of,
    fact.c.url,
    fact.c.quote,
    fact.c.confidence,
    fact.c.scope,
    fact.c.licence,
)


_OWN = tuple(
    select(one.company.label("company_id"), *PARTS).where(
        one.holds, of_client(CLIENT, COMPANIES)(one)
    )
    for one in own()
)


def _own(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[tuple[UUID, Fact]]:
    found = []
    given = {"of_client": client_id, "of_companies": list(company_ids)}
    for wanted in _OWN:
        rows = driver.read(tx, wanted, given)
        found += [(row[0], fact_of(row[1:], client_id)) for row in rows]
    return found


def fact_of(parts: Sequence[Any], client_id: UUID | None) -> Fact:
    """Make the fact of a row of `PARTS`."""
    fact_id, attribute, value, source, method, observed_at, as_of, url, quote = parts[:9]
    confidence, scope, licence = parts[9:]
    evidence = Evidence(
        source=source,
        method=Method(method),
        observed_at=observed_at,
        as_of=as_of,
        url=url,
        quote=quote,
        confidence=confidence,
        scope=Scope(scope),
        licence=licence,
    )
    return Fact(
        id=fact_id,
        attribute=attribute,
        value=from_json(attribute, value),
        client_id=client_id,
        evidence=evidence,
    )
