"""A second visit asks for what changed, and a server that lies about it corrupts nothing."""

import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

import pytest

from leads.clock import now
from spiders.crawl import crawl
from spiders.known_pages import FULL_AFTER, KnownPage, KnownPages
from spiders.limits import Limits
from spiders.site import FetchedPage, Outcome, SiteOutcome, SiteToCrawl
from tests.spiders.conftest import Hostile, Route, Web

AGENT = "Sluice/0.1 (+https://sluice.example/crawler)"
ONE, TWO = b"<title>One</title><a href='/impressum'>Impressum</a>", b"<title>Two</title><p>Imprint"
STAMP = "Sun, 01 Mar 2026 12:00:00 GMT"


@dataclass
class Served:
    """A server that answers 304 to who knows the version, and what it was asked."""

    server: Hostile
    web: type[Web]
    host: str
    etags: dict[str, str] = field(default_factory=dict)
    #: The conditions that came with each request, by path.
    asked: dict[str, list[str]] = field(default_factory=dict)

    def page(self, path: str, body: bytes, etag: str, says: str = "") -> None:
        """Serve a page; `says` is what a 304 names as its version."""

        def answer(to: socket.socket, _over: threading.Event) -> None:
            head = self.server.requests[-1].decode("latin-1")
            given = [line.split(": ", 1) for line in head.split("\r\n") if line.startswith("If-")]
            conditions = dict(given)
            self.asked.setdefault(path, []).append(" ".join(sorted(conditions)))
            if (etag and conditions.get("If-None-Match") == etag) or says == "always":
                named = f"ETag: {says}\r\n" if says not in ("", "always") else ""
                to.sendall(
                    f"HTTP/1.1 304 Not Modified\r\n{named}Connection: close\r\n\r\n".encode()
                )
            else:
                validators = f"ETag: {etag}\r\nLast-Modified: {STAMP}\r\n" if etag else ""
                to.sendall(self.web.answer(body, headers=validators))

        route: Route = answer
        self.server.routes[self.host, path] = route


@pytest.fixture
def served(server: Hostile, web: type[Web]) -> Served:
    host = f"{len(server.routes)}-unchanged.example"
    made = Served(server, web, host)
    made.page("/", ONE, '"one"')
    made.page("/impressum", TWO, 'W/"two"')
    return made


def visit(served: Served, known: KnownPages) -> SiteOutcome:
    found: list[SiteOutcome] = []
    site = SiteToCrawl(served.host, (f"http://{served.host}/",), known=known)
    limits = Limits(download_timeout=2, seconds_per_site=8, delay=0, requests_per_site=1)
    crawl(
        [site],
        limits=limits,
        user_agent=AGENT,
        allowed=served.server.allowed(served.host),
        on_site=found.append,
    )
    return found[0]


def known_of(outcome: SiteOutcome, *, days: int = 1, kept: bool = True) -> KnownPages:
    """What the store would know after a visit, so many days ago."""
    bodies: Mapping[str, bytes] = {sha256(one.body).hexdigest(): one.body for one in outcome.pages}
    pages = [
        KnownPage(
            url=one.url,
            status=one.status,
            headers=one.headers,
            content_hash=sha256(one.body).hexdigest(),
            received_at=one.fetched_at - timedelta(days=days),
        )
        for one in outcome.pages
    ]
    recall: Callable[[str], bytes | None] = bodies.get if kept else lambda _: None
    return KnownPages.of(pages, recall, now())


def shown(pages: tuple[FetchedPage, ...]) -> list[tuple[str, str, bytes]]:
    return [(one.url, one.kind.value, one.body) for one in pages]


def test_unchanged_pages_are_not_sent_again_and_their_links_are_followed(served: Served) -> None:
    first = visit(served, KnownPages())
    second = visit(served, known_of(first))
    assert shown(second.pages) == shown(first.pages)
    assert [one.kind.value for one in second.pages] == ["home", "imprint"]
    assert [one.unchanged for one in first.pages + second.pages] == [False, False, True, True]
    assert (first.bytes, second.bytes) == (len(ONE + TWO), 0)
    assert served.asked["/impressum"] == ["", "If-Modified-Since If-None-Match"]


def test_a_changed_page_is_sent(served: Served) -> None:
    first = visit(served, KnownPages())
    served.page("/impressum", TWO + b" of today", '"three"')
    second = visit(served, known_of(first))
    assert [one.unchanged for one in second.pages] == [True, False]
    assert second.pages[1].body == TWO + b" of today"


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        pytest.param(FULL_AFTER.days, True, id="whatever the server says, after half a year"),
        pytest.param(1, False, id="the body is gone"),
    ],
)
def test_a_page_is_fetched_in_full(served: Served, days: int, kept: bool) -> None:
    first = visit(served, KnownPages())
    second = visit(served, known_of(first, days=days, kept=kept))
    assert shown(second.pages) == shown(first.pages)
    assert not any(one.unchanged for one in second.pages)


def test_an_answer_about_another_version_is_not_believed(served: Served) -> None:
    first = visit(served, KnownPages())
    served.page("/impressum", b"<p>The new imprint", 'W/"two"', says='"another"')
    second = visit(served, known_of(first))
    assert served.asked["/impressum"][1:] == ["If-Modified-Since If-None-Match", ""]
    assert second.pages[1].body == b"<p>The new imprint"


def test_a_server_that_says_unchanged_when_nobody_asked_gives_no_page(served: Served) -> None:
    served.page("/impressum", TWO, "", says="always")
    outcome = visit(served, KnownPages())
    assert [one.kind.value for one in outcome.pages] == ["home"]
    served.page("/", ONE, "", says="always")
    outcome = visit(served, KnownPages())
    assert (outcome.outcome, outcome.reason) == (Outcome.HTTP_ERROR, "answered 304")


@pytest.mark.parametrize("etag", ["x" * 301, "ä", "a\x7f"])
def test_a_validator_that_cannot_be_sent_is_not(etag: str) -> None:
    page = KnownPage(
        url="http://a.example/",
        status=200,
        headers=(("ETag", etag),),
        content_hash="",
        received_at=now(),
    )
    assert KnownPages.of([page], lambda _: None, now()).conditions(page.url) == {}
