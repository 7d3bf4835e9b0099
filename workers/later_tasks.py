"""Tasks for what is done again because it is old, after everything that is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from leads.store import Tx, campaigns
from leads.store.facts import facts
from leads.store.ledger.tasks import Wanted
from outreach.run.site_visits import owners_to_visit
from workers.pipeline import company_task

#: The priority of what is old.
LATER = 1


def revisit(tx: Tx, sites: Sequence[str]) -> list[Wanted]:
    """Crawl tasks for those of the sites of companies that may be contacted and whose client
    allows crawling.
    """
    client_of: dict[str, UUID] = {}
    for site, client_id, _ in owners_to_visit(tx, facts.companies_with_sites(tx, sites)):
        if site not in client_of and campaigns.any_may_crawl(tx, client_id):
            client_of[site] = client_id
    return [
        Wanted(kind="crawl", key=site, queue="crawl", client_id=one, priority=LATER)
        for site, one in client_of.items()
    ]


def rereads(sites: Iterable[str]) -> list[Wanted]:
    """Enrich tasks for sites whose pages are read again."""
    return [
        Wanted(kind="enrich", key=site, queue="cheap", client_id=None, priority=LATER)
        for site in sites
    ]


def cooled(due: Iterable[tuple[UUID, UUID, UUID]]) -> list[Wanted]:
    """Score tasks for (client, campaign, company)."""
    return [
        company_task("score", client_id, campaign_id, company_id)
        for client_id, campaign_id, company_id in due
    ]


def due_again(verdicts: Iterable[tuple[UUID, UUID, UUID]]) -> list[Wanted]:
    """Qualify tasks for (client, campaign, company)."""
    return [
        replace(company_task("qualify", client_id, campaign_id, company_id), priority=LATER)
        for client_id, campaign_id, company_id in verdicts
    ]
