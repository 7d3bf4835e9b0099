"""Store the result of a visit as the site ends."""

from __future__ import annotations

from datetime import timedelta

from leads.changes import Change, PagesStored
from leads.clock import now
from leads.store import Tx, pages
from spiders.site import SiteOutcome


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
    return [PagesStored((outcome.domain,))] if outcome.pages else []
