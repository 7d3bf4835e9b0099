"""The companies of a campaign at one stage, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select, tuple_

from leads.store.engine import Tx
from leads.store.schema import company, queue_entry, relationship, verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRow:
    """A company as a table of companies shows it."""

    id: UUID
    name: str
    score_worst: int
    score_best: int
    #: Which answer keeps it from being a prospect; empty for one that fits.
    why_not: str
    #: How it stands with the campaign; None: untouched.
    relationship: str | None
    #: In the queue; None: it is not there.
    queue_state: str | None


def at_stage(
    tx: Tx, campaign_id: UUID, stage: str, limit: int, after: tuple[int, UUID] | None = None
) -> list[CompanyRow]:
    """The companies that the profile puts at a stage, those with the most points first; `after` is
    the worst score and the id of the last one of the page before.
    """
    order = tuple_(verdict.c.score_worst, verdict.c.company_id)
    found = (
        select(
            verdict.c.company_id,
            verdict.c.score_worst,
            verdict.c.score_best,
            verdict.c.why_not,
        )
        .where(
            verdict.c.campaign_id == campaign_id,
            verdict.c.fit_stage == stage,
            verdict.c.superseded_at.is_(None),
        )
        .order_by(verdict.c.score_worst.desc(), verdict.c.company_id.desc())
        .limit(limit)
    )
    if after is not None:
        found = found.where(order < tuple_(*after))
    page = found.subquery()
    wanted = (
        select(page, company.c.name, relationship.c.state, queue_entry.c.state.label("queue_state"))
        .join(company, company.c.id == page.c.company_id)
        .outerjoin(
            relationship,
            and_(
                relationship.c.campaign_id == campaign_id,
                relationship.c.company_id == page.c.company_id,
            ),
        )
        .outerjoin(
            queue_entry,
            and_(
                queue_entry.c.campaign_id == campaign_id,
                queue_entry.c.company_id == page.c.company_id,
            ),
        )
        .order_by(page.c.score_worst.desc(), page.c.company_id.desc())
    )
    return [
        CompanyRow(
            id=row.company_id,
            name=row.name,
            score_worst=row.score_worst,
            score_best=row.score_best,
            why_not=row.why_not,
            relationship=row.state,
            queue_state=row.queue_state,
        )
        for row in tx.execute(wanted)
    ]
