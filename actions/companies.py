"""The companies of a campaign: the table by stage, and what is known of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.explaining import CompanyExplanation, explain_company
from actions.session import Session
from actions.where import Where
from leads.errors import SluiceError, UsageError
from leads.facts import Fact
from leads.stages import Stage
from leads.store import companies, company_rows, company_search, company_within, verdicts
from leads.store.companies import StoredCompany
from leads.store.company_rows import CompanyRow
from leads.store.facts import facts

__all__ = [
    "CompanyFile",
    "CompanyRow",
    "Fact",
    "FoundPage",
    "StagePage",
    "StoredCompany",
    "company_file",
    "find_companies",
    "show_stage",
]

#: The stages that a profile alone gives, the furthest first.
FIT_STAGES = tuple(
    str(one) for one in (Stage.PROSPECT, Stage.SUSPECT, Stage.NAME, Stage.DISQUALIFIED)
)
#: Companies that a search lists.
MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class StagePage:
    """A page of the companies at one stage, and how many are at each."""

    rows: Sequence[CompanyRow]
    #: Where the next page starts; None: this is the last.
    next: tuple[int, UUID] | None
    #: As `counted` counts.
    by_stage: Mapping[str, int]
    stage: str


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Companies that a search found."""

    rows: Sequence[StoredCompany]
    #: The company after which the search goes on; None: all were looked at.
    next: UUID | None


@dataclass(frozen=True, slots=True)
class CompanyFile:
    """What is known of one company, and why it has its verdict."""

    company: StoredCompany
    facts: Sequence[Fact]
    #: None: the campaign has no profile, or there is no campaign.
    explained: CompanyExplanation | None
    #: Why there is no explanation.
    unexplained: str


def show_stage(
    session: Session,
    where: Where,
    stage: str | None = None,
    after: tuple[int, UUID] | None = None,
    limit: int = 50,
) -> StagePage:
    """List the companies at a stage by fit, best first; None: the furthest that has some."""
    if stage is not None and stage not in FIT_STAGES:
        raise UsageError(f"{stage!r} is not a stage by fit", f"one of {', '.join(FIT_STAGES)}")
    with session.read(Right.WORK_QUEUE) as work:
        _, campaign_id = work.campaign(where.client, where.campaign)
        by_stage = verdicts.some_by_stage(work.tx, campaign_id, FIT_STAGES)
        chosen = stage or next((one for one in FIT_STAGES if by_stage[one]), FIT_STAGES[0])
        rows = company_rows.at_stage(work.tx, campaign_id, chosen, limit + 1, after)
    more = rows[limit - 1] if len(rows) > limit else None
    following = (more.score_worst, more.id) if more else None
    return StagePage(rows[:limit], following, by_stage, chosen)


def find_companies(
    session: Session, client: str, text: str, after: UUID | None = None
) -> FoundPage:
    """Find the companies that a name, a domain or an id may mean, else those with the text in their
    name: as many as a tenth of a second finds, `after` the last company that was looked at.
    """
    with session.read(Right.WORK_QUEUE) as work:
        client_id = work.client(client)
        exact = None if after else company_search.meant(work.tx, client_id, text, MOST_FOUND)
        if exact:
            return FoundPage(exact, None)
        found = company_within.search(work.tx, client_id, text, MOST_FOUND, after)
        return FoundPage(found.rows, found.last)


def company_file(session: Session, where: Where, company_id: UUID) -> CompanyFile:
    """Gather what is known of a company; NotFoundError when the client has no such company."""
    with session.read(Right.WORK_QUEUE) as work:
        client_id = work.client(where.client)
        kept = companies.survivor(work.tx, client_id, company_id)
        found = company_search.get(work.tx, client_id, kept)
        known = facts.of_companies(work.tx, client_id, [found.id])[found.id]
    try:
        explained = explain_company(session, where, str(found.id), None)
    except SluiceError as error:
        return CompanyFile(found, known, None, error.message)
    return CompanyFile(found, known, explained, "")
