"""The facts of all companies of a client as bare rows of text: for those who read a million of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, or_, select

from leads.store.engine import Tx
from leads.store.schema import company, fact, record, retraction

#: Rows taken from the database at a time.
FETCH = 20_000


class BareRow(NamedTuple):
    """One fact: `of` is the text of a company's id or a site; `value` JSON; times as the database writes them."""

    of: str
    attribute: str
    value: str
    source: str
    method: str
    scope: str
    confidence: float
    observed_at: str
    as_of: str | None


_COLUMNS = (
    fact.c.attribute,
    cast(fact.c.value, String),
    fact.c.source,
    fact.c.method,
    fact.c.scope,
    fact.c.confidence,
    cast(fact.c.observed_at, String),
    cast(fact.c.as_of, String),
)


def companies(tx: Tx, client_id: UUID) -> list[tuple[str, UUID, str]]:
    """The client's live companies, oldest first: the text that rows name them by, id and name."""
    live = and_(company.c.client_id == client_id, company.c.merged_into.is_(None), company.c.gone_at.is_(None))
    rows = tx.execute(select(cast(company.c.id, String), company.c.name).where(live).order_by(company.c.id))
    return [(key, UUID(key), name) for key, name in rows]


def of_companies(tx: Tx, client_id: UUID, attributes: Sequence[str], prefix: str) -> Iterator[BareRow]:
    """What records state and what people told about these attributes, and about all whose name begins with `prefix`."""
    asked = or_(fact.c.attribute.in_(attributes), fact.c.attribute.startswith(prefix, autoescape=True))
    stated = (
        select(cast(record.c.company_id, String), *_COLUMNS)
        .join(fact, fact.c.record_id == record.c.id)
        .where(record.c.client_id == client_id, record.c.company_id.is_not(None), record.c.ended_at.is_(None), asked, _held())
    )
    told = (
        select(cast(func.coalesce(company.c.merged_into, company.c.id), String), *_COLUMNS)
        .join(fact, fact.c.company_id == company.c.id)
        .where(fact.c.client_id == client_id, asked, _held())
    )
    yield from _rows(tx, stated)
    yield from _rows(tx, told)


def of_sites(tx: Tx, attributes: Sequence[str]) -> Iterator[BareRow]:
    """What our own crawl holds about sites."""
    wanted = select(fact.c.site, *_COLUMNS).where(fact.c.site.is_not(None), fact.c.client_id.is_(None))
    yield from _rows(tx, wanted.where(fact.c.attribute.in_(attributes), _held()))


def _rows(tx: Tx, wanted: Select[*tuple[Any, ...]]) -> Iterator[BareRow]:
    for some in tx.execution_options(yield_per=FETCH).execute(wanted).partitions(FETCH):
        for row in some:
            yield BareRow._make(row)


def _held() -> ColumnElement[bool]:
    return ~exists().where(retraction.c.fact_id == fact.c.id)
