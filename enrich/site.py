"""Merge the facts extracted from a site's pages; the most reliable page wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple, Protocol

from enrich.coverage import coverage
from enrich.document import Document, read
from enrich.extract import extract
from enrich.extracted import ExtractedFact, to_fact
from enrich.page import Page, decode, lowered
from enrich.parked import parked
from enrich.people import find_people, together
from enrich.technologies import detect, to_extracted
from leads.attributes import ATTRIBUTES, World
from leads.contacts import PageContact
from leads.facts import Fact, Scope
from leads.usable import agree

#: Pages of these kinds are ignored.
_SAY_NOTHING = frozenset(
    {"error", "for_sale", "parked", "placeholder", "suspended", "not_found", "challenge"}
)
#: Page kinds, most reliable first.
_KINDS = ("imprint", "contact", "about", "home", "entry")
#: These belong together, so they come from one page.
_ADDRESS = frozenset({"street", "postcode", "city", "region", "country"})
_NAME = frozenset({"legal_name", "legal_form"})
#: Two figures of nearly equal confidence are a real contradiction, which is kept and shown.
_FIGURES = frozenset({"employees", "founded", "turnover"})
_NEARLY = 0.15


class Received(Protocol):
    """A page as the crawl received it."""

    @property
    def url(self) -> str:
        """URL after redirects."""

    @property
    def kind(self) -> str:
        """Why the page was fetched."""

    @property
    def status(self) -> int:
        """HTTP status."""

    @property
    def headers(self) -> Iterable[tuple[str, str]]:
        """Headers as received; names may repeat."""

    @property
    def body(self) -> bytes:
        """Body as received, decompressed."""

    @property
    def fetched_at(self) -> datetime:
        """Time in UTC, timezone-aware."""


@dataclass(frozen=True, slots=True)
class BrokenPage:
    """A page that extraction failed on."""

    url: str
    error: str


@dataclass(frozen=True, slots=True)
class SiteReading:
    """The facts of a site, in the order of the attribute table, and the pages that gave none."""

    facts: tuple[Fact, ...]
    broken: tuple[BrokenPage, ...] = ()
    people: tuple[PageContact, ...] = ()


class Seen(NamedTuple):
    """A finding with its page."""

    found: ExtractedFact
    document: Document

    @property
    def rank(self) -> tuple[int, float, str]:
        """Sort key, best first: kind of page, then confidence; the URL makes the order stable."""
        kind = self.document.page.kind
        return (
            _KINDS.index(kind) if kind in _KINDS else len(_KINDS),
            -self.found.confidence,
            self.document.page.url,
        )


def read_pages(site: str, pages: Sequence[Received], *, with_people: bool = False) -> SiteReading:
    """Extract the facts of a site (its registrable domain); a broken page costs only its own.

    Persons and mailboxes of roles are found for clients that keep contacts only.
    """
    documents: list[Document] = []
    seen: list[Seen] = []
    broken: list[BrokenPage] = []
    people: list[PageContact] = []
    for one in pages:
        try:
            document = read(_page(one))
            found_here = _found(document)
            named = list(find_people(document)) if with_people else []
        except Exception as error:  # Whatever one page does, the site's other pages are read.
            broken.append(BrokenPage(one.url, f"{type(error).__name__}: {error}"[:300]))
            continue
        documents.append(document)
        people += named
        seen += [Seen(found, document) for found in found_here]

    read_facts = tuple(_facts(site, documents, seen))
    return SiteReading(read_facts, tuple(broken), together(_best_first(people, documents)))


def _best_first(people: Sequence[PageContact], documents: Sequence[Document]) -> list[PageContact]:
    """The contacts of the most reliable kind of page first: its words and its address count."""
    kinds = {one.page.url: one.page.kind for one in documents}
    order = {kind: place for place, kind in enumerate(_KINDS)}
    return sorted(people, key=lambda one: order.get(kinds[one.url], len(_KINDS)))


def _found(document: Document) -> tuple[ExtractedFact, ...]:
    if _SAY_NOTHING.intersection(parked(document)):
        return ()
    return (*extract(document), *to_extracted(detect(document)))


def _facts(site: str, documents: Sequence[Document], seen: Sequence[Seen]) -> list[Fact]:
    facts = [to_fact(found, document.page, site=site) for found, document in reconcile(seen)]
    if documents:
        newest = max(documents, key=lambda document: (document.page.fetched_at, document.page.url))
        facts += [to_fact(found, newest.page, site=site) for found in coverage(documents)]
    return facts


def _page(received: Received) -> Page:
    headers = lowered(received.headers)
    return Page(
        received.url,
        decode(received.body, headers),
        headers,
        received.status,
        received.fetched_at,
        received.kind,
    )


def reconcile(seen: Sequence[Seen]) -> list[Seen]:
    """Keep one finding per value, and the best per single-value attribute; keep contradictions."""
    kept: list[Seen] = []
    order = {name: place for place, name in enumerate(ATTRIBUTES)}
    by_attribute = sorted(seen, key=lambda one: (order[one.found.attribute], one.rank))
    groups = {
        name: list(some) for name, some in groupby(by_attribute, lambda one: one.found.attribute)
    }
    address = _best_page(groups.get("postcode", []) + groups.get("city", []))
    legal = _best_page(groups.get("legal_name", []))
    for name, some in groups.items():
        if name in _ADDRESS:
            kept += _of_address(some, address)
        elif name in _NAME:
            kept += [one for one in some if one.document is legal][:1]
        elif name in _FIGURES:
            kept += _figures(some)
        elif ATTRIBUTES[name].world is World.CLOSED:
            kept += some[:1]
        else:
            kept += _each_once(some)
    return _without_fax_as_phone(kept)


def _best_page(some: Sequence[Seen]) -> Document | None:
    of_company = [one for one in some if one.found.scope is Scope.COMPANY]
    return min(of_company, key=lambda one: one.rank).document if of_company else None


def _of_address(some: Sequence[Seen], page: Document | None) -> Iterator[Seen]:
    """Yield the company's address from one page, else those of its sites, each value once."""
    of_company = [one for one in some if one.found.scope is Scope.COMPANY]
    if page is not None:
        yield from [one for one in of_company if one.document is page][:1]
    elif of_company:
        yield of_company[0]
    else:
        yield from _each_once(some)


def _figures(some: Sequence[Seen]) -> Iterator[Seen]:
    for scope in Scope:
        kept: list[Seen] = []
        for one in sorted(
            (one for one in some if one.found.scope is scope),
            key=lambda one: (-one.found.confidence, one.rank),
        ):
            sure = not kept or one.found.confidence >= kept[0].found.confidence - _NEARLY
            if sure and not any(agree(one.found.value, other.found.value) for other in kept):
                kept.append(one)
        yield from kept


def _each_once(some: Sequence[Seen]) -> list[Seen]:
    best: dict[object, Seen] = {}
    for one in some:
        value = one.found.value
        key = value.casefold() if isinstance(value, str) else value
        if key not in best or one.found.confidence > best[key].found.confidence:
            best[key] = one
    return sorted(best.values(), key=lambda one: (-one.found.confidence, str(one.found.value)))


def _without_fax_as_phone(kept: Sequence[Seen]) -> list[Seen]:
    fax = {one.found.value: one.found.confidence for one in kept if one.found.attribute == "fax"}
    return [
        one
        for one in kept
        if one.found.attribute != "phone" or fax.get(one.found.value, -1.0) < one.found.confidence
    ]
