"""Look at how visits to sites go: outcomes, slow sites, refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from actions.actor import Right
from actions.session import Session
from leads.clock import now
from leads.ids import floor_of
from leads.store import crawl_health
from leads.store.crawl_health import OutcomeCount, SiteVisited, UnreadPages
from leads.visit_outcomes import CAUSE_OF, Cause

__all__ = ["Cause", "CrawlHealth", "OutcomeCount", "SiteVisited", "UnreadPages"]

DAY = timedelta(days=1)
_SLOW = 15
#: Visits that the page counts.
MOST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlHealth:
    """The visits of the last day."""

    outcomes: Sequence[OutcomeCount]
    #: Visits by cause.
    causes: Mapping[Cause, int]
    #: Why pages of sites that answered were not read.
    unread: Sequence[UnreadPages]
    #: Pages that were read as a browser shows them.
    rendered: int
    #: Empty for an actor of some clients: sites are visited for all clients together.
    slowest: Sequence[SiteVisited]
    #: The newest visits of one cause.
    failed: Sequence[SiteVisited]
    #: The visit after which the next ones are listed; None: these are all.
    next: UUID | None
    shows_sites: bool
    #: Whether there were more visits than `MOST`: the newest ones are shown.
    has_more: bool


def crawl_health_of(
    session: Session, cause: Cause, before: UUID | None = None, limit: int = 25
) -> CrawlHealth:
    """Count the visits of the last day, the newest `MOST` at most, and list those that failed for
    one cause.
    """
    since = now() - DAY
    with session.read(Right.OPERATE) as work:
        many = crawl_health.first_of(work.tx, since, MOST)
        first = many or floor_of(since)
        found = crawl_health.outcomes_since(work.tx, first)
        unread = crawl_health.unread_since(work.tx, first)
        rendered = crawl_health.rendered_since(work.tx, first)
        shows_sites = work.actor.clients is None
        slow: Sequence[SiteVisited] = ()
        failed: Sequence[SiteVisited] = ()
        if shows_sites:
            slow = crawl_health.slowest(work.tx, first, _SLOW)
            wanted = [one for one, its in CAUSE_OF.items() if its is cause]
            failed = crawl_health.with_outcomes(work.tx, wanted, first, before, limit + 1)

    more = len(failed) > limit
    return CrawlHealth(
        outcomes=found,
        causes=_by_cause(found),
        unread=unread,
        rendered=rendered,
        slowest=slow,
        failed=failed[:limit],
        next=failed[limit - 1].id if more else None,
        shows_sites=shows_sites,
        has_more=many is not None,
    )


def _by_cause(found: Sequence[OutcomeCount]) -> Mapping[Cause, int]:
    visits = dict.fromkeys(Cause, 0)
    for one in found:
        # A stored visit may have an outcome of an earlier version.
        if (cause := CAUSE_OF.get(one.outcome)) is not None:
            visits[cause] += one.visits
    return visits
