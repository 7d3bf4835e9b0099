"""Read the stored pages of sites again, without visiting them, and say what that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import enrich.run
from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session, Transaction
from enrich.fact_changes import AttributeChanges, Changes
from enrich.rules import rules_version
from leads.clock import now
from leads.errors import NotFoundError, UsageError
from leads.lexicon.domains import registrable
from leads.store import Tx, events, kept_pages
from leads.store.facts import site_changes
from leads.store.ledger import counting
from leads.store.ledger import tasks as ledger
from workers.later_tasks import rereads

__all__ = [
    "AttributeChanges",
    "LastReread",
    "Reread",
    "StartedReread",
    "last_reread",
    "reread",
    "start_reread",
]

#: Sites that are looked up at a time.
_AT_ONCE = 1_000
#: What the log calls the reading of all sites.
_THING, _ALL = "reread", "all sites"


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading stored pages again changed, or would change in a dry run."""

    sites: int
    pages: int
    #: Pages that were not read by the rules in force.
    outdated: int
    changes: Sequence[AttributeChanges]
    work: WorkedOff


@dataclass(frozen=True, slots=True)
class StartedReread:
    """That the pages of all sites are read again, by workers."""

    started_at: datetime
    by: str
    sites: int
    pages: int
    outdated: int


@dataclass(frozen=True, slots=True)
class LastReread:
    """What the last reading of all sites changed so far, and how many of its tasks wait or run.

    What visits to sites changed since then is counted too.
    """

    started: StartedReread
    waiting: int
    changes: Sequence[AttributeChanges]


def start_reread(session: Session) -> StartedReread:
    """Let workers read the stored pages of every site again."""
    with session.read(Right.OPERATE) as work:
        work.check_every_client()
    sites = list(_every(session, Right.OPERATE))
    with session.read(Right.OPERATE) as work:
        pages, outdated = _count(work, sites)
    with session.write(Right.OPERATE) as work:
        return _ask(work, sites, pages, outdated)


def last_reread(session: Session) -> LastReread:
    """What the last reading of all sites changed; NotFoundError when there was none."""
    with session.read(Right.LOOK) as work:
        work.check_every_client()
        asked = events.of_thing(work.tx, _THING, _ALL)
        if not asked:
            raise NotFoundError(
                "the pages of all sites were never read again", "`sluice sites reread --all`"
            )
        started = StartedReread(asked[-1].at, asked[-1].who, **asked[-1].data)
        waiting = counting.unfinished(work.tx, ("enrich",))
        return LastReread(started, waiting, _changes(work.tx, None, started.started_at))


def _count(work: Transaction, sites: Sequence[str]) -> tuple[int, int]:
    """How many pages are kept of these sites, and how many of them these rules have not read."""
    version = rules_version(work.session.settings.fingerprints)
    return kept_pages.count_of(work.tx, sites, version)


def _ask(work: Transaction, sites: Sequence[str], pages: int, outdated: int) -> StartedReread:
    """Ask for the tasks that read all sites again, and log it."""
    at = now()
    ledger.ask(work.tx, rereads(sites), work.session.trace_id)
    data = {"sites": len(sites), "pages": pages, "outdated": outdated}
    line = events.Happened(
        verb="asked", thing=_THING, thing_id=_ALL, who=work.actor.name, data=data
    )
    events.log(work.tx, [line], work.session.trace_id)
    return StartedReread(at, work.actor.name, **data)


def reread(session: Session, domain: str | None, *, dry_run: bool) -> Reread:
    """Extract facts from the stored pages of one site, or of all; pages that were read by the same
    rules give the same.
    """
    started = now()
    with session.read(Right.MANAGE) as work:
        if domain is None:
            work.check_every_client()
    sites = _sites(session, domain)
    with session.read(Right.MANAGE) as work:
        pages, outdated = _count(work, sites)
    if dry_run:
        changes = _rehearsed(session, sites)
        return Reread(len(sites), pages, outdated, changes, WorkedOff())

    with session.write(Right.MANAGE) as work:
        if domain is None:
            _ask(work, sites, pages, outdated)
        else:
            ledger.ask(work.tx, rereads(sites), session.trace_id)
    done = work_off(session)
    with session.read(Right.MANAGE) as work:
        changes = _changes(work.tx, sites, started)
    return Reread(len(sites), pages, outdated, changes, done)


def _sites(session: Session, domain: str | None) -> list[str]:
    if domain is None:
        return list(_every(session, Right.MANAGE))
    site = registrable(domain)
    if site is None:
        raise UsageError(f"{domain!r} is not a domain", "such as acme.example")
    with session.read(Right.MANAGE) as work:
        if not kept_pages.current(work.tx, site):
            raise NotFoundError(
                f"no page of {site} is kept", f"`sluice crawl site {site}` visits it"
            )
    return [site]


def _every(session: Session, right: Right) -> Iterator[str]:
    after = ""
    while True:
        with session.read(right) as work:
            some = kept_pages.sites_with_pages(work.tx, after, _AT_ONCE)
        yield from some
        if len(some) < _AT_ONCE:
            return
        after = some[-1]


def _rehearsed(session: Session, sites: Sequence[str]) -> list[AttributeChanges]:
    """What would change, one site after the other; nothing is stored."""
    counted = Changes()
    for place, site in enumerate(sites):
        if session.progress:
            session.progress("reading pages", place, len(sites))
        with session.read(Right.MANAGE) as work:
            read = enrich.run.read_site(work.tx, site, session.settings.fingerprints)
        found = enrich.run.extract_facts(read).facts if read else None
        if found:
            counted.add(site, found.new, found.gone)
    return counted.by_attribute()


def _changes(tx: Tx, sites: Sequence[str] | None, at: datetime) -> list[AttributeChanges]:
    counted = Changes()
    for one in site_changes.since(tx, sites, at):
        counted.add(*one)
    return counted.by_attribute()
