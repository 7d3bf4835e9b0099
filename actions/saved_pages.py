"""Read what one saved page states; nothing is fetched and no database is opened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from actions.page_files import check_address, page_bytes, response_headers
from enrich.detecting.loaded import detector
from enrich.document import Document, read
from enrich.extract import EXTRACTORS, Extractor, try_extract
from enrich.extracted import ExtractedFact, extract_json
from enrich.extractors.industry import find_industry
from enrich.openings.postings import is_board_host
from enrich.page import Page, decode, page_kind
from enrich.parked import parked
from enrich.technologies import Detection, detect, technologies_by, technologies_json
from enrich.technology_catalog import CatalogRow, catalog_json, catalog_rows
from leads.clock import now
from leads.errors import NotFoundError
from spiders.link_words import LONGEST_TEXT, kind_of
from spiders.page_kinds import PageKind

__all__ = [
    "CatalogRow",
    "Detection",
    "ExtractedFact",
    "PageFacts",
    "SavedPage",
    "catalog_json",
    "detect_technologies",
    "extract",
    "extract_json",
    "known_technologies",
    "rule_warnings",
    "technologies_json",
]

#: A title names its page first: `Careers | Acme`.
_TITLE_PARTS = re.compile(r"\s[-–—|·:]\s|\s?[|:]\s")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page in a file, its address, and the file of its response headers."""

    file: str
    url: str = ""
    headers: str | None = None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The facts of a page, and why it may say more than can be read (`needs_browser`)."""

    facts: Sequence[ExtractedFact]
    unread: Sequence[str]


def extract(saved: SavedPage, fingerprints: str | None = None) -> PageFacts:
    """Read the facts of the page, each with its quote, and what its words let guess; with rules of
    the user also what technologies it shows.
    """
    document = _with_kind(read(_read_page(saved)))
    extractors: list[Extractor] = [*EXTRACTORS, find_industry]
    if fingerprints:
        extractors.append(technologies_by(_rules_file(fingerprints)))
    extracted = try_extract(document, extractors)
    return PageFacts(extracted.facts, (*parked(document), *extracted.failed))


def detect_technologies(saved: SavedPage, fingerprints: str | None = None) -> Sequence[Detection]:
    """Detect the technologies of the page, each with its evidence."""
    return detect(_read_page(saved), rules=detector(_rules_file(fingerprints)))


def known_technologies(fingerprints: str | None = None) -> Sequence[CatalogRow]:
    """List the technologies that the rules of the product and of the user can recognise."""
    return catalog_rows(detector(_rules_file(fingerprints)))


def rule_warnings(fingerprints: str) -> Sequence[str]:
    """Say which of the user's rules are not used: broken ones, and those that need more than a page."""
    rules = detector(_rules_file(fingerprints)).ruleset
    said = [f"skipped: {one}" for one in rules.problems]
    if rules.unread:
        counted = ", ".join(f"{name} {count}" for name, count in sorted(rules.unread.items()))
        said.append(f"not read, since a saved page cannot show it: {counted}")
    return said


def _rules_file(name: str | None) -> Path | None:
    if not name:
        return None
    file = Path(name).expanduser()
    if not file.exists():
        raise NotFoundError(f"there is no file or folder {name}", "check its name")
    return file


def _read_page(saved: SavedPage) -> Page:
    """Read page and headers; NotFoundError or UsageError name what is wrong."""
    if saved.url:
        check_address("--url", saved.url)
    headers = response_headers(saved.headers) if saved.headers else {}
    return Page(
        url=saved.url,
        html=decode(page_bytes(saved.file), headers),
        headers=headers,
        status=200,
        fetched_at=now(),
        kind=_kind(saved.url),
    )


def _with_kind(document: Document) -> Document:
    """Name the kind by the title when the address does not tell it."""
    page = document.page
    title = _TITLE_PARTS.split(document.markup.title[:LONGEST_TEXT])[0]
    kind = kind_of("", title) if page.kind == PageKind.OTHER else PageKind.OTHER
    return document if kind is PageKind.OTHER else replace(document, page=replace(page, kind=kind))


def _kind(url: str) -> str:
    """Name the kind that a crawl gives a page of this address, since extraction asks for it."""
    if is_board_host(url):
        return PageKind.BOARD.value
    kind = kind_of(url, "")
    return page_kind(url) if kind is PageKind.OTHER else kind.value
