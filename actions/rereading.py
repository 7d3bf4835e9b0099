"""Read the stored pages of sites again, without visiting them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import enrich.run
from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session
from enrich.rules import rules_version
from leads.clock import now
from leads.errors import NotFoundError, UsageError
from leads.lexicon.domains import registrable
from leads.store import kept_pages
from leads.store.facts.site_changes import AttributeChanges, by_attribute, since
from leads.store.ledger import tasks as ledger
from workers.pipeline import rereads

__all__ = ["AttributeChanges", "Reread", "reread"]

#: Sites that are looked up at a time.
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading stored pages again changed, or would change in a dry run."""

    sites: int
    pages: int
    #: Pages that were not read by the rules in force.
    outdated: int
    changes: Sequence[AttributeChanges]
    work: WorkedOff


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
        pages, outdated = kept_pages.count_of(
            work.tx, sites, rules_version(session.settings.fingerprints)
        )
    if dry_run:
        changes = _rehearsed(session, sites)
        return Reread(len(sites), pages, outdated, changes, WorkedOff())

    with session.write(Right.MANAGE) as work:
        ledger.ask(work.tx, rereads(sites), session.trace_id)
    done = work_off(session)
    with session.read(Right.MANAGE) as work:
        changes = since(work.tx, sites, started)
    return Reread(len(sites), pages, outdated, changes, done)


def _sites(session: Session, domain: str | None) -> list[str]:
    if domain is None:
        return list(_every(session))
    site = registrable(domain)
    if site is None:
        raise UsageError(f"{domain!r} is not a domain", "such as acme.example")
    with session.read(Right.MANAGE) as work:
        if not kept_pages.current(work.tx, site):
            raise NotFoundError(
                f"no page of {site} is kept", f"`sluice crawl site {site}` visits it"
            )
    return [site]


def _every(session: Session) -> Iterator[str]:
    after = ""
    while True:
        with session.read(Right.MANAGE) as work:
            some = kept_pages.sites_with_pages(work.tx, after, _AT_ONCE)
        yield from some
        if len(some) < _AT_ONCE:
            return
        after = some[-1]


def _rehearsed(session: Session, sites: Sequence[str]) -> list[AttributeChanges]:
    """What would change, one site after the other; nothing is stored."""
    new, gone = Counter[str](), Counter[str]()
    for place, site in enumerate(sites):
        if session.progress:
            session.progress("reading pages", place, len(sites))
        with session.read(Right.MANAGE) as work:
            read = enrich.run.read_site(work.tx, site, session.settings.fingerprints)
        found = enrich.run.extract_facts(read).facts if read else None
        if found:
            new.update(one.attribute for one in found.new)
            gone.update(one.attribute for one in found.gone)
    return by_attribute(new, gone)
