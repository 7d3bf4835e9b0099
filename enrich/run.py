"""The edge of enrich: read the stored pages of a site, extract facts, store what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from enrich.detecting.loaded import detector
from enrich.reading import PageReading, from_text, to_text
from enrich.rules import rules_version
from enrich.site import BrokenPage, failures, merged, try_page
from leads.changes import Change, SiteFactsChanged
from leads.contacts import PageContact
from leads.dns_records import DNS
from leads.facts import Fact
from leads.page_headers import VALIDATORS
from leads.revisits import age_of
from leads.store import Tx, kept_pages, site_contacts
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.kept_pages import KeptPage
from leads.store.pages import StoredPage


@dataclass(frozen=True, slots=True)
class SitePages:
    """The newest visit to a site that brought pages, and the facts stored for the site."""

    site: str
    visit_id: UUID
    #: The pages to extract from, by their id; and what is known of the others, in order of rank.
    pages: Mapping[UUID, StoredPage]
    readings: Mapping[UUID, PageReading]
    order: tuple[UUID, ...]
    stored: tuple[Fact, ...]
    #: The mark of each page under the rules in force.
    rules: Mapping[UUID, str]
    #: Technology rules that the user brings.
    fingerprints: Path | None = None
    #: Whether a client that has a company with this site keeps contacts.
    keeps_contacts: bool = False


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What one visit changes about the facts of a site."""

    site: str
    visit_id: UUID
    gone: tuple[Fact, ...]
    new: tuple[Fact, ...]


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
    #: What was read now, as text to keep, by mark and page.
    readings: Mapping[str, Mapping[UUID, str]] = field(default_factory=dict)


def read_site(tx: Tx, site: str, fingerprints: Path | None = None) -> SitePages | None:
    """Read the newest visit that brought pages; None when there is none.

    Of a page that was read before by the same rules only the reading is loaded. A failed visit says
    nothing about the company: the facts of an earlier visit stay until they are too old.
    """
    kept = kept_pages.current(tx, site)
    if not kept:
        return None

    keeps_contacts = bool(site_contacts.keeping(tx, site))
    version = rules_version(fingerprints)
    rules = {one.id: _mark(one, version) for one in kept}
    # Persons are not kept with a reading, so they are looked for on every page.
    readings = {} if keeps_contacts else _known(kept, rules)
    unread = [one for one in kept if one.id not in readings]
    bodies = kept_pages.bodies(tx, [one.content_hash for one in unread])
    stored = tuple(fact for _, fact in facts.of_sites(tx, [site]))
    return SitePages(
        site,
        kept[0].crawl_id,
        {one.id: _page(one, bodies[one.content_hash]) for one in unread},
        readings,
        tuple(one.id for one in kept),
        stored,
        rules,
        fingerprints,
        keeps_contacts,
    )


def _known(kept: Sequence[KeptPage], rules: Mapping[UUID, str]) -> dict[UUID, PageReading]:
    """What pages gave that were read by the rules in force."""
    return {
        one.id: from_text(one.reading, url=one.url, kind=one.kind, fetched_at=one.seen_at)
        for one in kept
        if one.reading is not None and one.rules == rules[one.id]
    }


def _mark(one: KeptPage, version: str) -> str:
    """All that a reading depends on: the rules, and the page but for its body's storage."""
    telling = sorted(pair for pair in one.headers if pair[0].lower() not in VALIDATORS)
    about = (
        *(one.url, one.kind, one.status, one.content_hash, telling),
        *(one.seen_at.year, one.rendering),
    )
    return f"{version} {sha256(repr(about).encode()).hexdigest()[:16]}"


def _page(one: KeptPage, body: bytes) -> StoredPage:
    return StoredPage(
        url=one.url,
        kind=one.kind,
        status=one.status,
        headers=one.headers,
        body=body,
        fetched_at=one.seen_at,
        rendering=one.rendering,
    )


def extract_facts(read: SitePages) -> Extraction:
    """Extract the facts of a site; a site of which every page is broken keeps its facts."""
    # A file without rules fails the task, not each page.
    detector(read.fingerprints)
    tried = {
        page_id: try_page(one, with_people=read.keeps_contacts, fingerprints=read.fingerprints)
        for page_id, one in read.pages.items()
    }
    broken = tuple(part for one in tried.values() for part in failures(one))
    readings = dict(read.readings) | {
        page_id: one for page_id, one in tried.items() if isinstance(one, PageReading)
    }
    if not _any_page(readings):
        return Extraction(None, broken)

    reading = merged(read.site, [readings[one] for one in read.order if one in readings], broken)
    named = SitePeople(read.site, read.visit_id, reading.people)
    texts: dict[str, dict[UUID, str]] = {}
    for page_id in tried:
        if page_id in readings:
            text = to_text(readings[page_id])
            texts.setdefault(read.rules[page_id], {})[page_id] = text
    return Extraction(
        changed(read, reading.facts), broken, named if read.keeps_contacts else None, texts
    )


def _any_page(readings: Mapping[UUID, PageReading]) -> bool:
    """Whether a page was read, and not the DNS records alone."""
    return any(one.kind != DNS for one in readings.values())


def changed(read: SitePages, found: Sequence[Fact]) -> SiteFacts | None:
    """What differs from the stored facts; None if nothing does.

    A fact that the site still states stays, and is stated again only once it is old.
    """
    stated = {_content(one): one for one in read.stored}
    stated = _without_other_looks(stated, found)
    kept: set[UUID] = set()
    new: list[Fact] = []
    for one in found:
        before = stated.pop(_content(one), None)
        if before is None or _is_old(before, one):
            new.append(one)
        else:
            kept.add(before.id)
    gone = tuple(one for one in read.stored if one.id not in kept)
    return SiteFacts(read.site, read.visit_id, gone, tuple(new)) if gone or new else None


def _without_other_looks(
    stated: Mapping[tuple[str, ...], Fact], found: Sequence[Fact]
) -> dict[tuple[str, ...], Fact]:
    """Leave out `coverage` facts unless all are the same: together they report one look, of one day."""
    before = {key for key, one in stated.items() if one.attribute == "coverage"}
    now = {_content(one) for one in found if one.attribute == "coverage"}
    return {key: one for key, one in stated.items() if before == now or key not in before}


def _is_old(before: Fact, now: Fact) -> bool:
    passed = now.evidence.observed_at - before.evidence.observed_at
    return passed >= age_of(now.attribute)


def store_facts(tx: Tx, extracted: Sequence[SiteFacts]) -> list[Change]:
    """Replace the facts of sites that changed; skip a site that has a newer visit by now.

    The newer visit asked for a task of its own, which stores what that visit says.
    """
    newest = kept_pages.newest_with_pages(tx, [one.site for one in extracted])
    current = [one for one in extracted if newest.get(one.site) == one.visit_id]

    for one in current:
        facts.retract(tx, [gone.id for gone in one.gone], "a newer visit to the site")
        facts.add(tx, [(Subject(site=one.site), fact) for fact in one.new])

    return [SiteFactsChanged(tuple(one.site for one in current))] if current else []


def store_people(
    tx: Tx, found: Sequence[SitePeople], is_erased: Callable[[PageContact], bool]
) -> None:
    """Replace the contacts that sites name; skip a site that has a newer visit by now, and those
    who were erased on request.
    """
    newest = kept_pages.newest_with_pages(tx, [one.site for one in found])
    for one in found:
        if newest.get(one.site) != one.visit_id:
            continue
        kept = [person for person in one.people if not is_erased(person)]
        roles = [person for person in kept if person.kind == "role"]
        # As they say now: a client may have stopped keeping contacts since the pages were read.
        for client_id, keeps in site_contacts.keeping(tx, one.site).items():
            site_contacts.replace(tx, client_id, one.site, kept if keeps == "persons" else roles)


def keep_readings(tx: Tx, extracted: Sequence[Extraction]) -> None:
    """Keep what was read on each page, so that it is read again only once it changes."""
    for one in extracted:
        for rules, texts in one.readings.items():
            kept_pages.keep_readings(tx, rules, texts)


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
