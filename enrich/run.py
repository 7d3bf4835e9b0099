"""The edge of enrich: read the stored pages of a site, extract facts, store what changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from enrich.site import BrokenPage, read_pages
from leads.changes import Change, SiteFactsChanged
from leads.contacts import PageContact
from leads.facts import Fact
from leads.store import Tx, pages, site_contacts
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
    #: Whether a client that has a company with this site keeps contacts.
    keeps_contacts: bool = False


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What one visit reports about a site, where it differs from the stored facts."""

    site: str
    visit_id: UUID
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class SitePeople:
    """The contacts that one visit names."""

    site: str
    visit_id: UUID
    people: tuple[PageContact, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one visit changes (None: nothing), and the pages that extraction failed on."""

    facts: SiteFacts | None
    broken: tuple[BrokenPage, ...] = ()
    people: SitePeople | None = None


def read_site(tx: Tx, site: str) -> SitePages | None:
    """Read the newest visit that brought pages; None when there is none.

    A failed visit says nothing about the company: the facts of an earlier visit stay until they
    are too old.
    """
    visit = pages.last_visit_with_pages(tx, site)
    if visit is None:
        return None

    stored = tuple(fact for _, fact in facts.of_sites(tx, [site]))
    read = tuple(pages.pages_of(tx, visit.id))
    return SitePages(site, visit.id, read, stored, bool(site_contacts.keeping(tx, site)))


def extract_facts(read: SitePages) -> Extraction:
    """Extract the facts of a site; a site of which every page is broken keeps its facts."""
    reading = read_pages(read.site, read.pages, with_people=read.keeps_contacts)
    if len(reading.broken) == len(read.pages):
        return Extraction(None, reading.broken)
    same = sorted(map(_content, reading.facts)) == sorted(map(_content, read.stored))
    new = None if same else SiteFacts(read.site, read.visit_id, reading.facts)
    named = SitePeople(read.site, read.visit_id, reading.people)
    return Extraction(new, reading.broken, named if read.keeps_contacts else None)


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


def store_people(
    tx: Tx, found: Sequence[SitePeople], is_erased: Callable[[PageContact], bool]
) -> None:
    """Replace the contacts that sites name; skip a site that has a newer visit by now, and those
    who were erased on request.
    """
    newest = pages.newest_with_pages(tx, [one.site for one in found])
    for one in found:
        if newest.get(one.site) != one.visit_id:
            continue
        kept = [person for person in one.people if not is_erased(person)]
        roles = [person for person in kept if person.kind == "role"]
        # As they say now: a client may have stopped keeping contacts since the pages were read.
        for client_id, keeps in site_contacts.keeping(tx, one.site).items():
            site_contacts.replace(tx, client_id, one.site, kept if keeps == "persons" else roles)


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
