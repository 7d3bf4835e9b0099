"""One question to a server and its answer, without what Scrapy's objects do for others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from scrapy.http import Headers as ScrapyHeaders
from scrapy.http import HtmlResponse, Response
from scrapy.responsetypes import responsetypes
from w3lib.url import safe_url_string

from leads.page_headers import Headers
from leads.rendering import Rendering

#: An address that `safe_url_string` leaves as it is, as most are.
_SAFE = re.compile(
    r"https?://(?:[a-z0-9-]+\.)+[a-z]+/(?:[\w~-][\w.~-]*/)*(?:[\w~-][\w.~-]*)?", re.ASCII
)
_UTF_8 = re.compile(r"^[\w/+.-]+; ?charset=utf-8$", re.IGNORECASE | re.ASCII)
_FIRST_OF_MARKS = (b"\0", b"\xef", b"\xfe", b"\xff")


class Page(Protocol):
    """What is read of a page."""

    @property
    def url(self) -> str:
        """Its address after redirects."""

    @property
    def body(self) -> bytes:
        """Its bytes without content codings."""

    @property
    def text(self) -> str:
        """Its text by the encoding that it declares."""


@dataclass(slots=True)
class Question:
    """One request, without redirects; `most` is the limit of the body in bytes."""

    url: str
    headers: Mapping[str, str]
    #: Seconds from its turn at its address.
    seconds: float
    most: int
    #: What is below the limit is wanted, instead of an error.
    cut: bool = False
    #: Seconds until its turn.
    waited: float = 0.0


@dataclass(slots=True)
class Answer:
    """What came of a question: `headers` as sent, names in title case, without content codings."""

    url: str
    status: int
    headers: Headers
    body: bytes
    #: The body as it was sent, if that was one sound gzip member.
    gzip: bytes | None = None
    #: The server did not send it again: it is as at the last visit.
    unchanged: bool = False
    #: What became of it in the browser, if it is a page that scripts fill.
    rendering: Rendering = Rendering.NONE
    _text: str | None = field(default=None, init=False)

    def header(self, name: str) -> str | None:
        """Return the last value of a header; None if it was not sent."""
        wanted = name.title()
        return next((value for one, value in reversed(self.headers) if one == wanted), None)

    @property
    def is_html(self) -> bool:
        """Whether it is a page, by its type, its name, and its first bytes, as Scrapy tells it."""
        kind = _kind_of_type(self.header("Content-Type") or "")
        if kind is Response:
            sent = ScrapyHeaders(self.headers, encoding="latin-1")
            kind = responsetypes.from_args(headers=sent, url=self.url, body=self.body)
        return issubclass(kind, HtmlResponse)

    @property
    def text(self) -> str:
        """Its text by the encoding that it declares; may raise whatever a codec raises."""
        if self._text is None and _is_utf_8(self.header("Content-Type") or "", self.body):
            self._text = self.body.decode("utf-8", "replace")
        elif self._text is None:
            sent = ScrapyHeaders(encoding="latin-1")
            sent["Content-Type"] = self.header("Content-Type") or ""
            self._text = HtmlResponse(self.url, headers=sent, body=self.body).text
        return self._text


def safe_url(url: str) -> str:
    """Return the address as it is sent, with what no address may have escaped."""
    return url if _SAFE.fullmatch(url) else safe_url_string(url)


def headers_of(sent: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return headers as they are kept: by name in title case, bytes as Latin-1."""
    found: dict[str, list[str]] = {}
    for name, value in sent:
        kept = value if value.isascii() else _as_latin(value)
        found.setdefault(_titled(name), []).append(kept)
    return found


def _as_latin(value: str) -> str:
    return value.encode("utf-8", "surrogateescape").decode("latin-1")


@lru_cache(maxsize=1_024)
def _titled(name: str) -> str:
    return (name if name.isascii() else _as_latin(name)).title()


@lru_cache(maxsize=1_024)
def _kind_of_type(content_type: str) -> type[Response]:
    return responsetypes.from_content_type(content_type) if content_type else Response


def _is_utf_8(content_type: str, body: bytes) -> bool:
    """Whether the page is UTF-8 at a glance, as most are: it says so, and has no byte order mark."""
    return bool(_UTF_8.search(content_type)) and not body.startswith(_FIRST_OF_MARKS)
