"""The scores of companies: replaced when signals are read again, found by heat and by due date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from leads.store import scoring_files
from leads.store.counting_signals import of_client_of_some
from leads.store.engine import Tx, chunks
from leads.store.schema import company, company_score, scoring_file, signal
from leads.store.signals import owners


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """The score of one company in one campaign."""

    campaign_id: UUID
    company_id: UUID
    client_id: UUID
    version: int
    temperature: str
    heat: float | None
    total: int
    scored_at: datetime
    changes_at: datetime | None
    qualifications: list[str]
    suppressed: str | None
    disqualified: bool = False


def of_companies(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, ScoreRow]:
    """The scores of those companies that have one."""
    found = {}
    for some in chunks(list(company_ids)):
        wanted = select(company_score).where(
            company_score.c.campaign_id == campaign_id, company_score.c.company_id.in_(some)
        )
        for row in tx.execute(wanted).mappings():
            found[row["company_id"]] = ScoreRow(**row)
    return found


def replace(
    tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID], rows: Iterable[ScoreRow]
) -> None:
    """Replace the scores of companies, and of those merged into them; those without a new row have
    none.
    """
    for some in chunks(sorted(owners(tx, company_ids))):
        tx.execute(
            delete(company_score).where(
                company_score.c.campaign_id == campaign_id, company_score.c.company_id.in_(some)
            )
        )
    new = [{name: getattr(row, name) for name in ScoreRow.__slots__} for row in rows]
    for part in chunks(new):
        tx.execute(insert(company_score), part)


def disqualified_among(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The companies that their signals disqualify, each with the scoring file that says so."""
    found: dict[UUID, str] = {}
    if scoring_files.in_force(tx, campaign_id) is None:
        return found
    for some in chunks(list(company_ids)):
        wanted = (
            select(company_score.c.company_id, company_score.c.version, scoring_file.c.name)
            .join(
                scoring_file,
                (scoring_file.c.campaign_id == company_score.c.campaign_id)
                & (scoring_file.c.version == company_score.c.version),
            )
            .where(
                company_score.c.campaign_id == campaign_id,
                company_score.c.company_id.in_(some),
                company_score.c.disqualified.is_(True),
            )
        )
        for row in tx.execute(wanted):
            found[row.company_id] = f"{row.name} version {row.version}"
    return found


def hottest(tx: Tx, campaign_id: UUID, limit: int) -> list[ScoreRow]:
    """The companies with the highest sums, the highest first."""
    wanted = (
        select(company_score)
        .where(company_score.c.campaign_id == campaign_id, company_score.c.heat.is_not(None))
        .order_by(company_score.c.heat.desc(), company_score.c.company_id)
        .limit(limit)
    )
    return [ScoreRow(**row) for row in tx.execute(wanted).mappings()]


def due(tx: Tx, at: datetime, limit: int) -> list[tuple[UUID, UUID, UUID]]:
    """Client, campaign and company of the scores whose temperature has changed by itself."""
    wanted = (
        select(company_score.c.client_id, company_score.c.campaign_id, company_score.c.company_id)
        .where(company_score.c.changes_at <= at)
        .order_by(company_score.c.changes_at)
        .limit(limit)
    )
    return [(row.client_id, row.campaign_id, row.company_id) for row in tx.execute(wanted)]


def with_signals(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[UUID]:
    """Those of the companies that have a signal or a score, in any campaign; the signals of merged
    companies count for the one that is left.
    """
    owner_of, found = owners(tx, company_ids), set[UUID]()
    for some in chunks(sorted(owner_of)):
        for column, is_own in (
            (signal.c.company_id, of_client_of_some(client_id)),
            (company_score.c.company_id, company_score.c.client_id == client_id),
        ):
            wanted = select(column).where(is_own, column.in_(some))
            found.update(owner_of[one] for one in tx.execute(wanted.distinct()).scalars())
    return sorted(found)


def every_with_signals(tx: Tx, client_id: UUID) -> list[UUID]:
    """All companies of a client that have a signal, in any campaign."""
    counts_for = func.coalesce(company.c.merged_into, company.c.id)
    wanted = (
        select(counts_for)
        .join(signal, signal.c.company_id == company.c.id)
        .where(signal.c.client_id == client_id)
    )
    return sorted(one for one in tx.execute(wanted.distinct()).scalars() if one is not None)
