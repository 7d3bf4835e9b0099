"""Store the result of a visit as the site ends."""

from __future__ import annotations

from datetime import timedelta

from leads.changes import Change, PagesStored, SiteMoved
from leads.clock import now
from leads.lexicon.domains import company_domain
from leads.store import Tx, pages, site_moves
from spiders.site import Outcome, SiteOutcome


def keep(tx: Tx, outcome: SiteOutcome) -> list[Change]:
    """Store one site's pages and outcome; a visit without pages leaves known facts unchanged."""
    visit = pages.Visit(
        site=outcome.domain,
        outcome=outcome.outcome.value,
        reason=outcome.reason,
        final_site=outcome.final_domain,
        bytes=outcome.bytes,
        robots=outcome.robots.value if outcome.robots else "",
        seconds=outcome.seconds,
        not_before=outcome.not_before,
        started_at=now() - timedelta(seconds=outcome.seconds),
        pages=tuple(
            pages.StoredPage(
                url=one.url,
                kind=one.kind.value,
                status=one.status,
                headers=one.headers,
                body=one.body,
                fetched_at=one.fetched_at,
                robots=one.robots.value if one.robots else "",
            )
            for one in outcome.pages
        ),
    )
    pages.add_visit(tx, visit)
    if (to := _moved_to(outcome)) is not None:
        site_moves.note(tx, outcome.domain, to, outcome.reason, visit.started_at)
        return [SiteMoved(outcome.domain, to)]
    return [PagesStored((outcome.domain,))] if outcome.pages else []


def _moved_to(outcome: SiteOutcome) -> str | None:
    """Return the domain that a site leads to if it can be a company's own: no profile, no shop."""
    if outcome.outcome is not Outcome.REDIRECTED_AWAY or outcome.final_domain is None:
        return None
    return company_domain(outcome.final_domain)
