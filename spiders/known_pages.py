"""Ask for a page only if it changed since the last visit, and answer for the server if it did not
(RFC 9110, conditional requests).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from leads.page_headers import value_of
from spiders.exchange import Answer

#: A page is fetched in full after this time, whatever the server says of changes.
FULL_AFTER = timedelta(days=180)
#: Longer validators are not sent back.
_LONGEST = 300
_CONDITIONS = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """A page of the last visit, without its body."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content_hash: str
    #: When it was last received in full.
    received_at: datetime


def _gone(_content_hash: str) -> bytes | None:
    return None


@dataclass(frozen=True, slots=True)
class KnownPages:
    """The pages of the last visit to one site, by URL, and where their bodies are."""

    pages: Mapping[str, KnownPage] = field(default_factory=lambda: MappingProxyType({}))
    #: The body with that content hash; None if it is no longer kept.
    recall: Callable[[str], bytes | None] = _gone

    @classmethod
    def of(
        cls, pages: Iterable[KnownPage], recall: Callable[[str], bytes | None], at: datetime
    ) -> KnownPages:
        """Those of the pages that need not be fetched in full at that moment."""
        return cls({one.url: one for one in pages if at - one.received_at < FULL_AFTER}, recall)

    def conditions(self, url: str) -> dict[str, str]:
        """The request headers that ask for `url` only if it changed; none if that is not known."""
        known = self.pages.get(url)
        if known is None:
            return {}
        validators = {asks: value_of(known.headers, name) for name, asks in _CONDITIONS}
        return {name: value for name, value in validators.items() if _may_be_sent(value)}

    def unchanged(self, url: str, response: Answer) -> Answer | None:
        """The page that the server says is unchanged (304), as it was received before; None if that
        answer is not about the page we know, or its body is gone.
        """
        known = self.pages.get(url)
        if known is None or not _is_about(known, response):
            return None
        body = self.recall(known.content_hash)
        if body is None:
            return None
        return Answer(url, known.status, known.headers, body, unchanged=True)


#: What is known of a site that was not visited.
NOTHING_KNOWN = KnownPages()


def _may_be_sent(value: str) -> bool:
    return 0 < len(value) <= _LONGEST and value.isascii() and value.isprintable()


def _is_about(known: KnownPage, response: Answer) -> bool:
    """Whether a 304 names the version we know, or none."""
    named = response.header("ETag") or ""
    return not named or _weak(named) == _weak(value_of(known.headers, "etag"))


def _weak(tag: str) -> str:
    return tag.strip().removeprefix("W/")
