"""Visit company sites: those a campaign waits for, or one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions.actor import Right
from actions.follow_up import WorkedOff
from actions.session import Session
from leads.changes import IcpChanged
from leads.clock import now
from leads.errors import UsageError
from leads.lexicon.domains import registrable
from leads.store import pages, site_states
from leads.store.facts import facts
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from qualify.run.deciding import open_sites
from workers.crawl_settings import check_crawl_settings
from workers.inline import work_off_own
from workers.pipeline import CHEAP, visits


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """How the newest visits to all sites ended, and which were made now."""

    #: Sites by outcome, those visited before included.
    outcomes: Mapping[str, int]
    #: Those that were visited since the command began.
    visited: Mapping[str, int]
    work: WorkedOff


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """How the visit to one site ended, and what the site states."""

    site: str
    #: None: the site was not visited.
    outcome: str | None
    reason: str
    pages: int
    facts: int


def crawl_campaign(session: Session, client: str, campaign: str | None) -> CrawlReport:
    """Visit the sites that open verdicts of a campaign wait for, and decide again.

    A site visited lately is not visited again.
    """
    check_crawl_settings(session.settings)
    context, began = session.context(), now()
    with session.write(Right.MANAGE) as work:
        client_id, campaign_id = work.campaign(client, campaign)
        work.follow([IcpChanged(client_id, campaign_id)])
    # Which sites are open is known once the verdicts are up to date.
    work_off_own(context, CHEAP, client_id)

    with session.write(Right.MANAGE) as work:
        wanted = visits(work.tx, client_id, open_sites(work.tx, client_id, campaign_id))
        ledger.ask(work.tx, wanted, session.trace_id)
    ended = work_off_own(context, client_id=client_id)

    with session.read(Right.LOOK) as work:
        outcomes, visited = site_states.outcomes(work.tx), site_states.outcomes(work.tx, began)
    return CrawlReport(outcomes, visited, ended)


def crawl_site(session: Session, domain: str) -> SiteVisit:
    """Visit one site now and keep what it states; UsageError when it is not a domain."""
    site = registrable(domain)
    if site is None:
        raise UsageError(f"{domain!r} is not a domain", "such as acme.example")
    check_crawl_settings(session.settings)

    with session.write(Right.MANAGE) as work:
        wanted = Wanted(kind="crawl", key=site, queue="crawl", priority=ledger.NOW)
        ledger.ask(work.tx, [wanted], session.trace_id)
    context = session.context()
    work_off_own(context, ["crawl"])
    work_off_own(context, CHEAP)

    with session.read(Right.LOOK) as work:
        visit = pages.last_visit(work.tx, site)
        stated = list(facts.of_sites(work.tx, [site]))
    return SiteVisit(
        site=site,
        outcome=visit.outcome if visit else None,
        reason=visit.reason if visit else "",
        pages=visit.pages if visit else 0,
        facts=len(stated),
    )
