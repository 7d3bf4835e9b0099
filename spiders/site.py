"""Input and output of a crawl: sites, pages, outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from leads.packed_body import PackedBody
from leads.rendering import Rendering
from leads.visit_outcomes import Outcome as Outcome
from spiders.known_pages import NOTHING_KNOWN, KnownPages
from spiders.page_kinds import PageKind as PageKind
from spiders.robots_rules import Robots as Robots


@dataclass(frozen=True, slots=True)
class SiteToCrawl:
    """A registrable domain and the URLs to try for its home page, in order; with defaults."""

    domain: str
    start_urls: tuple[str, ...] = ()
    #: Of its company, as two letters: which languages it is asked for.
    country: str | None = None
    #: What the last visit brought: unchanged pages are not sent again.
    known: KnownPages = NOTHING_KNOWN

    def addresses(self) -> tuple[str, ...]:
        """Return the URLs to try for the home page."""
        hosts = (self.domain, f"www.{self.domain}")
        return self.start_urls or tuple(
            f"{scheme}://{host}/" for scheme in ("https", "http") for host in hosts
        )


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """One page as received: `url` after redirects, `content` as it takes least memory."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes | PackedBody
    fetched_at: datetime
    kind: PageKind
    #: What robots.txt said about it.
    robots: Robots | None = None
    #: The words and the place of the link to it, or where else its address is from.
    why: str = ""
    #: The server did not send it again: it is as at the last visit.
    unchanged: bool = False
    #: What became of it in the browser, if it is a page that scripts fill.
    rendering: Rendering = Rendering.NONE

    @property
    def body(self) -> bytes:
        """Return its bytes without content codings; unpacks them each time."""
        return self.content if isinstance(self.content, bytes) else self.content.body

    @property
    def size(self) -> int:
        """Return the length of its body, in bytes."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.size

    @property
    def held(self) -> int:
        """Return the bytes of memory that its body takes."""
        return len(self.content if isinstance(self.content, bytes) else self.content.gzip)


def count_rendered(pages: Iterable[FetchedPage]) -> tuple[int, int]:
    """Return how many pages a browser filled, and how many it was asked to fill and did not."""
    became = [page.rendering for page in pages if page.rendering]
    rendered = became.count(Rendering.RENDERED)
    return rendered, len(became) - rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOutcome:
    """Result of one site: outcome, reason, and pages in order of priority (none unless `ok`)."""

    domain: str
    outcome: Outcome
    reason: str = ""
    #: Final domain of the home page; differs from the request if the site redirects to another
    #: domain.
    final_domain: str | None = None
    pages: tuple[FetchedPage, ...] = ()
    #: Bytes received as pages.
    bytes: int = 0
    seconds: float = 0.0
    robots: Robots | None = None
    #: Requests that were answered, robots.txt included.
    requests: int = 0
    #: The site asked not to be visited before.
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlStats:
    """Totals of a crawl. `unfinished` sites were not reported and can be crawled again."""

    outcomes: dict[str, int]
    pages: int
    bytes: int
    seconds: float
    unfinished: tuple[str, ...] = ()
    #: Pages that a browser filled, and pages that it was asked to fill and did not.
    rendered: int = 0
    shells: int = 0
    #: Why the crawl ended early: `asked` or `time`; None if every site was reported.
    stopped: str | None = None
