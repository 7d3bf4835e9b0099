"""What one page gave: all that merging the pages of a site needs, so that the page itself is not read
again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from enrich.coverage import sees_server
from enrich.document import Document, read
from enrich.extract import EXTRACTORS, Extracted, try_extract
from enrich.extracted import ExtractedFact
from enrich.extractors.openings import find_openings
from enrich.industry.evidence import PageWords, page_words
from enrich.page import BOARD, Page, decode, lowered
from enrich.parked import READ_ANYWAY, states
from enrich.people import find_people
from enrich.record_technologies import technologies_of_records
from enrich.technologies import technologies_by
from leads.codec import from_json, to_json
from leads.contacts import PageContact
from leads.dns_records import DNS, dns_answers
from leads.facts import Scope
from leads.rendering import Rendering

#: Pages about customers, projects and journalists, whose names, numbers and addresses they state.
_OF_OTHERS = frozenset({"references", "press"})
_IDENTIFYING = frozenset(
    {
        *("name", "legal_name", "legal_form", "register_number", "vat_id", "lei", "parent"),
        *("street", "postcode", "city", "region", "country", "latitude", "longitude"),
        *("email", "phone", "fax", "social", "founded", "employees", "turnover", "national_id"),
        "brand",
    }
)


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

    @property
    def rendering(self) -> str:
        """What became of it in a browser, if scripts fill it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """What was found on one page, and what it was like."""

    url: str
    kind: str
    fetched_at: datetime
    found: tuple[ExtractedFact, ...]
    #: Why it has no company content (see `enrich/parked.py`).
    reasons: tuple[str, ...] = ()
    #: The words that give the first reason.
    words: str = ""
    sees_server: bool = False
    has_scripts: bool = False
    #: What DNS was asked and answered, if these are its records.
    answered: tuple[str, ...] = ()
    #: What failed on the page, with its error; never kept, since other rules may not fail.
    failed: tuple[str, ...] = ()
    #: The page is what a browser showed.
    is_rendered: bool = False
    #: What the industry is guessed from; None of a page that is not read.
    industry: PageWords | None = None
    #: Never kept with the reading: persons are read again.
    people: tuple[PageContact, ...] = ()


def read_page(
    received: Received, *, with_people: bool, fingerprints: Path | None = None
) -> PageReading:
    """Extract what one page states; raises whatever a broken page makes the extractors raise."""
    if received.kind == DNS:
        return _read_records(received, fingerprints)
    document = read(_page(received))
    reading = read_document(document, with_people=with_people, fingerprints=fingerprints)
    return replace(reading, is_rendered=received.rendering == Rendering.RENDERED)


def read_document(
    document: Document, *, with_people: bool = False, fingerprints: Path | None = None
) -> PageReading:
    """Extract what a parsed page states, with technology rules that a user brings."""
    page = document.page
    # What a page is tells more than that it is short.
    found = sorted(states(document), key=lambda state: state.reason in READ_ANYWAY)
    reasons = tuple(state.reason for state in found)
    stated = _found(document, reasons, fingerprints)
    return PageReading(
        url=page.url,
        kind=page.kind,
        fetched_at=page.fetched_at,
        found=stated.facts,
        failed=stated.failed,
        reasons=reasons,
        words=found[0].words if found else "",
        sees_server=sees_server(page.headers),
        has_scripts=bool(document.markup.scripts or document.markup.sources),
        industry=_industry(document, reasons),
        people=tuple(find_people(document)) if with_people and page.kind != BOARD else (),
    )


def _read_records(received: Received, fingerprints: Path | None) -> PageReading:
    records = dns_answers(received.url, received.body.decode("utf-8", "replace"))
    return PageReading(
        url=received.url,
        kind=received.kind,
        fetched_at=received.fetched_at,
        found=technologies_of_records(received.url, records, fingerprints),
        answered=tuple(one.question.name for one in records if one.is_known),
    )


def _industry(document: Document, reasons: Iterable[str]) -> PageWords | None:
    is_own = document.page.kind != BOARD and READ_ANYWAY.issuperset(reasons)
    return page_words(document) if is_own else None


def _found(document: Document, reasons: Iterable[str], fingerprints: Path | None) -> Extracted:
    if not READ_ANYWAY.issuperset(reasons):
        return Extracted(())
    if document.page.kind == BOARD:
        # The rest of a board is about the applicant-tracking system.
        return try_extract(document, (find_openings,))
    stated = try_extract(document, (*EXTRACTORS, technologies_by(fingerprints)))
    facts = stated.facts
    if document.page.kind in _OF_OTHERS:
        facts = tuple(one for one in facts if one.attribute not in _IDENTIFYING)
    return Extracted(facts, stated.failed)


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


def to_text(reading: PageReading) -> str:
    """The reading as JSON, without address, moment and people."""
    kept = {
        "found": [_fact_json(one) for one in reading.found],
        "reasons": reading.reasons,
        "words": reading.words,
        "sees_server": reading.sees_server,
        "has_scripts": reading.has_scripts,
        "answered": reading.answered,
        "is_rendered": reading.is_rendered,
        "industry": reading.industry.to_json() if reading.industry else None,
    }
    # Escaped, because pages state halves of characters that cannot be encoded.
    return json.dumps(kept, separators=(",", ":"))


def from_text(text: str, *, url: str, kind: str, fetched_at: datetime) -> PageReading:
    """The reading that `to_text` wrote."""
    kept = json.loads(text)
    return PageReading(
        url=url,
        kind=kind,
        fetched_at=fetched_at,
        found=tuple(_fact(one) for one in kept["found"]),
        reasons=tuple(kept["reasons"]),
        words=kept["words"],
        sees_server=kept["sees_server"],
        has_scripts=kept["has_scripts"],
        answered=tuple(kept["answered"]),
        is_rendered=kept["is_rendered"],
        industry=PageWords.from_json(kept["industry"]) if kept["industry"] else None,
    )


def _fact_json(one: ExtractedFact) -> list[Any]:
    as_of = one.as_of.isoformat() if one.as_of else None
    value = to_json(one.value)
    return [
        one.attribute,
        value,
        one.quote,
        one.method,
        one.confidence,
        one.scope.value,
        as_of,
    ]


def _fact(kept: list[Any]) -> ExtractedFact:
    attribute, value, quote, method, confidence, scope, as_of = kept
    return ExtractedFact(
        attribute,
        from_json(attribute, value),
        quote,
        method,
        confidence,
        Scope(scope),
        date.fromisoformat(as_of) if as_of else None,
    )
