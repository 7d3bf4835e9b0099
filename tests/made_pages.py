"""Pages for tests, short to write: `page("<p>Tel. 030 901820", kind="contact")`."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from enrich.document import Document, read
from enrich.extract import try_extract
from enrich.extracted import ExtractedFact
from enrich.page import Page

FETCHED = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
HOME = "https://www.acme.example/"


def page(
    html: str,
    url: str = HOME,
    kind: str = "other",
    headers: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    """A page as the crawl would hand it over."""
    return Page(url, html, headers or {}, status, FETCHED, kind)


def document(
    html: str,
    url: str = HOME,
    kind: str = "other",
    headers: Mapping[str, str] | None = None,
    status: int = 200,
) -> Document:
    """The same, read."""
    return read(page(html, url, kind, headers, status))


def found(html: str, attribute: str, url: str = HOME, kind: str = "other") -> list[ExtractedFact]:
    """What extraction finds of one attribute."""
    return [one for one in try_extract(page(html, url, kind)).facts if one.attribute == attribute]


def values(some: Iterable[ExtractedFact]) -> list[Any]:
    """The values of findings."""
    return [one.value for one in some]
