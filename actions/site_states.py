"""Show what is known of sites: their visits, their pages, and which are dead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.actor import Right
from actions.session import Session
from leads.lexicon.domains import registrable
from leads.store import Tx, kept_pages, site_states
from leads.visits import SiteState

__all__ = ["Failing", "KnownSite", "SitePage", "dead_sites", "known_site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """The attempts since a site stopped answering."""

    attempts: int
    days: int
    outcomes: Mapping[str, int]
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """A page as it is kept."""

    url: str
    kind: str
    #: Since when it is as it is, and when it was last seen.
    since: datetime
    seen_at: datetime
    #: Why it was fetched: what robots.txt said about it (`allowed`, or `absent`: there are no rules;
    #: empty: not noted), and how its address was found.
    robots: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSite:
    """What is known of a site."""

    site: str
    #: `answers`, `fails` or `dead`.
    state: str
    outcome: str
    reason: str
    last_at: datetime
    answered_at: datetime | None
    due_at: datetime
    dead_at: datetime | None
    failing: Failing | None
    pages: Sequence[SitePage]


def known_site(session: Session, domain: str) -> KnownSite | None:
    """Show one site; None if it was never visited, or the text is no domain."""
    site = registrable(domain)
    if site is None:
        return None
    with session.read(Right.LOOK) as work:
        work.check_every_client()
        state = site_states.of(work.tx, site)
        return _known(work.tx, state, _pages(work.tx, site)) if state else None


def dead_sites(session: Session, after: str, limit: int) -> Sequence[KnownSite]:
    """List the sites that were stated dead, by name, from behind one on."""
    with session.read(Right.LOOK) as work:
        work.check_every_client()
        found = site_states.dead(work.tx, after, limit)
        return [_known(work.tx, one, ()) for one in found]


def _known(tx: Tx, state: SiteState, pages: Sequence[SitePage]) -> KnownSite:
    fails = "fails" if state.failed else "answers"
    return KnownSite(
        site=state.site,
        state="dead" if state.dead_at else fails,
        outcome=state.outcome,
        reason=state.reason,
        last_at=state.last_at,
        answered_at=state.answered_at,
        due_at=state.due_at,
        dead_at=state.dead_at,
        failing=_failing(tx, state),
        pages=pages,
    )


def _failing(tx: Tx, state: SiteState) -> Failing | None:
    found = site_states.attempts(tx, state)
    if found is None:
        return None
    return Failing(
        attempts=sum(found.outcomes.values()),
        days=found.days,
        outcomes=found.outcomes,
        since=found.first_at,
    )


def _pages(tx: Tx, site: str) -> list[SitePage]:
    return [
        SitePage(
            url=one.url,
            kind=one.kind,
            since=one.fetched_at,
            seen_at=one.seen_at,
            robots=one.robots,
            why=one.why,
        )
        for one in kept_pages.current(tx, site)
    ]
