"""Facts as bare rows of text: for those who read many at once, and turn each text into a value only
once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, String, cast, exists, select

from leads.store.engine import Tx, chunks
from leads.store.schema import company, fact, record, retraction

#: What a fact says and where that comes from: attribute, JSON of the value, source, method, scope,
#: confidence, observed at and as of.
SaidRow = tuple[str, str, str, str, str, float, str, str | None]
ATTRIBUTE, VALUE, METHOD = 0, 1, 3


#: One fact: the id of a company or a site, its own id, and what it says; ids and times are text as
#: the database writes it.
HeldRow = tuple[str, str, SaidRow]

SAID = (
    fact.c.attribute,
    cast(fact.c.value, String),
    fact.c.source,
    fact.c.method,
    fact.c.scope,
    fact.c.confidence,
    cast(fact.c.observed_at, String),
    cast(fact.c.as_of, String),
)


def of_companies(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], attributes: Sequence[str]
) -> Iterator[HeldRow]:
    """What records state of these companies, and what people told this client, about some
    attributes.
    """
    asked = fact.c.attribute.in_(attributes)
    for some in chunks(list(company_ids)):
        yield from _rows(tx, _stated(client_id, some).where(asked))
        into = merged(tx, some)
        told = select(cast(fact.c.company_id, String), cast(fact.c.id, String), *SAID).where(
            fact.c.company_id.in_([*some, *into]), fact.c.client_id == client_id, asked, held()
        )
        survivor = {text: str(now) for one, now in into.items() for text in (str(one), one.hex)}
        yield from ((survivor.get(of, of), id_, said) for of, id_, said in _rows(tx, told))


def of_sites(tx: Tx, sites: Iterable[str], attributes: Sequence[str]) -> Iterator[HeldRow]:
    """What our own crawl holds about these sites."""
    for some in chunks(list(sites)):
        wanted = select(fact.c.site, cast(fact.c.id, String), *SAID).where(
            fact.c.site.in_(some), fact.c.client_id.is_(None)
        )
        yield from _rows(tx, wanted.where(fact.c.attribute.in_(attributes), held()))


def merged(tx: Tx, company_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The companies that are part of one of these now, each with it."""
    found: dict[UUID, UUID] = {}
    for some in chunks(list(company_ids)):
        rows = tx.execute(
            select(company.c.id, company.c.merged_into).where(company.c.merged_into.in_(some))
        )
        found.update({row.id: row.merged_into for row in rows})
    return found


def held(of: FromClause = fact) -> ColumnElement[bool]:
    """Whether a fact still counts: nobody has retracted it."""
    return ~exists().where(retraction.c.fact_id == of.c.id)


def _stated(client_id: UUID, company_ids: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select(cast(record.c.company_id, String), cast(fact.c.id, String), *SAID)
        .join(fact, fact.c.record_id == record.c.id)
        .where(
            record.c.client_id == client_id,
            record.c.company_id.in_(company_ids),
            record.c.ended_at.is_(None),
            held(),
        )
    )


def _rows(tx: Tx, wanted: Select[*tuple[Any, ...]]) -> list[HeldRow]:
    return [(row[0], row[1], row[2:]) for row in tx.execute(wanted).all()]
