"""Read what is known of sites before a crawl, and store the result of a visit as the site ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from leads.changes import Change, PagesStored, SiteMoved
from leads.clock import now
from leads.lexicon.domains import company_domain
from leads.packed_body import PackedBody
from leads.store import Store, Tx, kept_pages, pages, site_moves
from leads.store.facts import site_countries
from leads.store.kept_pages import KeptPage
from spiders.known_pages import KnownPage, KnownPages
from spiders.site import FetchedPage, Outcome, SiteOutcome, SiteToCrawl


def to_crawl(store: Store, sites: Sequence[str]) -> list[SiteToCrawl]:
    """Return the sites with the countries of their companies, and what their last visits brought;
    bodies are read as they are needed.
    """
    with store.read() as tx:
        current = kept_pages.current_of(tx, sites)
        countries = site_countries.countries_of_sites(tx, sites)

    def recall(content_hash: str) -> bytes | None:
        with store.read() as tx:
            return kept_pages.bodies(tx, [content_hash]).get(content_hash)

    at = now()
    return [
        SiteToCrawl(
            site,
            country=countries.get(site),
            known=KnownPages.of(map(_known, current.get(site, ())), recall, at),
        )
        for site in sites
    ]


def _known(page: KeptPage) -> KnownPage:
    return KnownPage(
        url=page.url,
        status=page.status,
        headers=page.headers,
        content_hash=page.content_hash,
        received_at=page.received_at,
    )


def keep(tx: Tx, outcomes: Sequence[SiteOutcome]) -> list[list[Change]]:
    """Store the outcomes of different sites with their pages; what each changes.

    A visit without pages leaves known facts unchanged.
    """
    visits = [_visit(one) for one in outcomes]
    pages.add_visits(tx, visits)
    return [_changes(tx, one, made) for one, made in zip(outcomes, visits, strict=True)]


def _changes(tx: Tx, outcome: SiteOutcome, visit: pages.Visit) -> list[Change]:
    if (to := _moved_to(outcome)) is not None:
        site_moves.note(tx, outcome.domain, to, outcome.reason, visit.started_at)
        return [SiteMoved(outcome.domain, to)]
    return [PagesStored((outcome.domain,))] if outcome.pages else []


def _visit(outcome: SiteOutcome) -> pages.Visit:
    return pages.Visit(
        site=outcome.domain,
        outcome=outcome.outcome.value,
        reason=outcome.reason,
        final_site=outcome.final_domain,
        bytes=outcome.bytes,
        robots=outcome.robots.value if outcome.robots else "",
        seconds=outcome.seconds,
        started_at=now() - timedelta(seconds=outcome.seconds),
        not_before=outcome.not_before,
        pages=tuple(_stored(one) for one in outcome.pages),
    )


def _stored(page: FetchedPage) -> pages.StoredPage:
    packed = page.content if isinstance(page.content, PackedBody) else None
    return pages.StoredPage(
        url=page.url,
        kind=page.kind.value,
        status=page.status,
        headers=page.headers,
        body=b"" if packed else page.body,
        packed=packed,
        fetched_at=page.fetched_at,
        unchanged=page.unchanged,
        robots=page.robots.value if page.robots else "",
        why=page.why,
        rendering=page.rendering.value,
    )


def _moved_to(outcome: SiteOutcome) -> str | None:
    """Return the domain that a site leads to if it can be a company's own: no profile, no shop."""
    if outcome.outcome is not Outcome.REDIRECTED_AWAY or outcome.final_domain is None:
        return None
    return company_domain(outcome.final_domain)
