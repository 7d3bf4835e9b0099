"""The edge of enrich: read the stored pages of a site, extract facts, store what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from enrich.site import BrokenPage, read_pages
from leads.changes import Change, SiteFactsChanged
from leads.facts import Fact
from leads.store import Tx, pages
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.pages import StoredPage


@dataclass(frozen=True, slots=True)
class SitePages:
    """The newest visit to a site that brought pages, and the facts stored for the site."""

    site: str
    visit_id: UUID
    pages: tuple[StoredPage, ...]
    stored: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What one visit reports about a site, where it differs from the stored facts."""

    site: str
    visit_id: UUID
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one visit changes (None: nothing), and the pages that extraction failed on."""

    facts: SiteFacts | None
    broken: tuple[BrokenPage, ...] = ()


def read_site(tx: Tx, site: str) -> SitePages | None:
    """Read the newest visit that brought pages; None when there is none.

    A failed visit says nothing about the company: the facts of an earlier visit stay until they
    are too old.
    """
    visit = pages.last_visit_with_pages(tx, site)
    if visit is None:
        return None

    stored = tuple(fact for _, fact in facts.of_sites(tx, [site]))
    return SitePages(site, visit.id, tuple(pages.pages_of(tx, visit.id)), stored)


def extract_facts(read: SitePages) -> Extraction:
    """Extract the facts of a site; a site of which every page is broken keeps its facts."""
    reading = read_pages(read.site, read.pages)
    same = sorted(map(_content, reading.facts)) == sorted(map(_content, read.stored))
    if same or len(reading.broken) == len(read.pages):
        return Extraction(None, reading.broken)
    return Extraction(SiteFacts(read.site, read.visit_id, reading.facts), reading.broken)


def store_facts(tx: Tx, extracted: Sequence[SiteFacts]) -> list[Change]:
    """Replace the facts of sites; skip a site that has a newer visit by now.

    The newer visit asked for a task of its own, which stores what that visit says.
    """
    newest = pages.newest_with_pages(tx, [one.site for one in extracted])
    current = [one for one in extracted if newest.get(one.site) == one.visit_id]

    for one in current:
        facts.retract_of_site(tx, one.site, "a newer visit to the site")
        facts.add(tx, [(Subject(site=one.site), fact) for fact in one.facts])

    return [SiteFactsChanged(tuple(one.site for one in current))] if current else []


def _content(fact: Fact) -> tuple[str, ...]:
    seen = fact.evidence
    return (
        fact.attribute,
        repr(fact.value),
        seen.url or "",
        seen.quote,
        seen.method.value,
        seen.scope.value,
        str(seen.as_of),
        str(seen.confidence),
    )
