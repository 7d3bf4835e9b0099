"""Facts as they were held at moments that are past: those that ended or were retracted since too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from leads.facts import Fact
from leads.store import signals
from leads.store.engine import Tx, chunks
from leads.store.facts.facts import PARTS, of_entries, owners_of_entries, stored_fact
from leads.store.schema import fact, record, retraction

#: A fact and when it ended; None: it is held.
Held = tuple[Fact, datetime | None]


def of_companies(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], before: Mapping[UUID, datetime]
) -> dict[UUID, list[Fact]]:
    """The facts that were held about each company just before its moment; a company without a moment
    has those that are held now.

    When a fact was observed is not looked at.
    """
    ever = _own(tx, client_id, company_ids)
    _add_sites(tx, ever)
    owners = owners_of_entries(tx, client_id, company_ids)
    for entry, one in of_entries(tx, list(owners)):
        for company_id in owners[entry]:
            ever[company_id].append((one, None))
    return {one: _held(some, before.get(one)) for one, some in ever.items()}


def _held(ever: Iterable[Held], at: datetime | None) -> list[Fact]:
    return [one for one, until in ever if until is None or (at is not None and until >= at)]


def _own(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, list[Held]]:
    """What records ever stated about companies, and what people told."""
    found: dict[UUID, list[Held]] = {one: [] for one in company_ids}
    owner = signals.owners(tx, company_ids)
    for some in chunks(list(owner)):
        stated = (
            _ever(record.c.company_id, record.c.ended_at)
            .where(record.c.id == fact.c.record_id)
            .where(_of_client(record.c.client_id, client_id), record.c.company_id.in_(some))
        )
        told = _ever(fact.c.company_id).where(
            _of_client(fact.c.client_id, client_id), fact.c.company_id.in_(some)
        )
        for row in [*tx.execute(stated), *tx.execute(told)]:
            until = _earlier(getattr(row, "ended_at", None), row.retracted_at)
            found[owner[row.subject]].append((stored_fact(row, client_id), until))
    return found


def _add_sites(tx: Tx, ever: Mapping[UUID, list[Held]]) -> None:
    """Add what our crawl ever read on the sites of companies."""
    sites: dict[str, dict[UUID, datetime | None]] = {}
    for company_id, some in ever.items():
        for one, until in some:
            if one.attribute == "domain":
                of = sites.setdefault(str(one.value), {})
                of[company_id] = _later(until, of[company_id]) if company_id in of else until

    for names in chunks(list(sites)):
        read = _ever(fact.c.site).where(fact.c.site.in_(names), fact.c.client_id.is_(None))
        for row in tx.execute(read):
            one = stored_fact(row, None)
            for company_id, until in sites[row.subject].items():
                ever[company_id].append((one, _earlier(until, row.retracted_at)))


def _ever(subject: ColumnElement[Any], *more: ColumnElement[Any]) -> Select[Any]:
    at = select(retraction.c.at).where(retraction.c.fact_id == fact.c.id).scalar_subquery()
    return select(subject.label("subject"), at.label("retracted_at"), *more, *PARTS)


def _of_client(column: ColumnElement[Any], client_id: UUID) -> ColumnElement[bool]:
    # An expression, which no index serves: SQLite would read all rows of the client otherwise.
    client: ColumnElement[UUID] = func.coalesce(column, column)
    return client == client_id


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier end; None is never."""
    return min((at for at in (one, other) if at is not None), default=None)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)
