"""Facts that a company's own word speaks against, counted against their source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, insert, select, update

from leads.clock import now
from leads.facts import Fact
from leads.ids import new_id
from leads.store import driver
from leads.store.bound import CLIENT, COMPANIES
from leads.store.engine import Tx, chunks
from leads.store.schema import fact_doubt


@dataclass(frozen=True, slots=True)
class NewDoubt:
    """That a disposition speaks against facts of a company."""

    client_id: UUID
    company_id: UUID
    disposition_id: UUID
    #: `wrong` or `contradicted`.
    kind: str
    by: str


def add(tx: Tx, doubt: NewDoubt, facts: Sequence[Fact]) -> None:
    """Store the doubt about each of the facts."""
    at = now()
    rows = [
        {
            "id": new_id(),
            "client_id": doubt.client_id,
            "company_id": doubt.company_id,
            "disposition_id": doubt.disposition_id,
            "fact_id": one.id,
            "attribute": one.attribute,
            "source": one.evidence.source,
            "kind": doubt.kind,
            "by": doubt.by,
            "at": at,
        }
        for one in facts
    ]
    for some in chunks(rows):
        tx.execute(insert(fact_doubt), some)


def mark_undone(tx: Tx, disposition_id: UUID) -> None:
    """Take back what a disposition said about facts."""
    mine = update(fact_doubt).where(
        fact_doubt.c.disposition_id == disposition_id, fact_doubt.c.undone_at.is_(None)
    )
    tx.execute(mine.values(undone_at=now()))


_OF_COMPANIES = (
    select(fact_doubt.c.company_id, fact_doubt.c.fact_id, fact_doubt.c.kind)
    .where(
        fact_doubt.c.company_id.in_(COMPANIES),
        fact_doubt.c.client_id == CLIENT,
        fact_doubt.c.undone_at.is_(None),
    )
    .order_by(fact_doubt.c.id)
)


def of_companies(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, Mapping[UUID, str]]:
    """The doubted facts of each company that has some: their ids, each with the kind of doubt."""
    found: dict[UUID, dict[UUID, str]] = {}
    for some in chunks(list(company_ids)):
        rows = driver.read(tx, _OF_COMPANIES, {"of_client": client_id, "of_companies": some})
        for company_id, fact_id, kind in rows:
            found.setdefault(company_id, {})[fact_id] = kind
    return dict(found)


def by_source(tx: Tx, client_id: UUID) -> dict[str, int]:
    """How many facts of each source were said to be wrong, most first."""
    wanted = select(fact_doubt.c.source, func.count(fact_doubt.c.fact_id.distinct()).label("n"))
    rows = tx.execute(
        wanted.where(fact_doubt.c.client_id == client_id, fact_doubt.c.undone_at.is_(None))
        .group_by(fact_doubt.c.source)
        .order_by(func.count(fact_doubt.c.fact_id.distinct()).desc(), fact_doubt.c.source)
    )
    return {row.source: row.n for row in rows}
