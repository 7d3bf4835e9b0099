"""What a crawl makes of sites that misbehave: one crawl over all of them at once, one outcome each."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from spiders.crawl import crawl
from spiders.limits import Limits
from spiders.site import CrawlStats, Outcome, Robots, SiteOutcome, SiteToCrawl
from tests.spiders.conftest import Hostile, Route, Web

AGENT = "Sluice/0.1 (+https://sluice.example/crawler)"
LIMITS = Limits(
    download_timeout=1.2,
    seconds_per_site=4,
    delay=0,
    bytes_per_page=300_000,
    bytes_per_site=600_000,
    sites_at_once=80,
)
BOMB = gzip.compress(b"\0" * 40_000_000, 9)
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"


def drip(
    head: bytes, piece: bytes, every: float
) -> Callable[[socket.socket, threading.Event], None]:
    """Sends `head`, then `piece` again and again."""

    def send(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(head)
        until = time.monotonic() + 4
        while time.monotonic() < until and not over.wait(every):
            connection.sendall(piece)

    return send


def packed(data: bytes, coding: str) -> bytes:
    return (
        HTML + f"Content-Encoding: {coding}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
    )


@dataclass(frozen=True)
class Case:
    """Routes of one host and how the visit must end. No robots route means 404, so everything is
    allowed.
    """

    host: str
    routes: dict[str, Route]
    outcome: Outcome
    reason: str
    why: str


def cases(web: type[Web]) -> list[Case]:
    home = web.page()
    big = b"<p>" + b"x" * 400_000
    return [
        Case(
            "forbids.example",
            {"robots": web.robots("User-agent: *\nDisallow: /"), "home": home},
            Outcome.ROBOTS_DENIED,
            "forbids",
            "robots forbids all",
        ),
        Case(
            "robots-503.example",
            {"robots": web.answer(status="503 Busy"), "home": home},
            Outcome.ROBOTS_UNKNOWN,
            "503",
            "nobody knows what it forbids",
        ),
        Case(
            "robots-garbage.example",
            {"robots": b"\0\1\2\3 no HTTP\r\n\r\n", "home": home},
            Outcome.ROBOTS_UNKNOWN,
            "robots.txt",
            "unreadable robots",
        ),
        Case(
            "robots-endless.example",
            {"robots": drip(HTML + b"\r\n", b"#" * 65536, 0), "home": home},
            Outcome.OK,
            "",
            "the first 512 KiB of endless robots forbid nothing",
        ),
        Case(
            "robots-endless-no.example",
            {
                "robots": drip(HTML + b"\r\nUser-agent: *\nDisallow: /\n", b"#" * 65535 + b"\n", 0),
                "home": home,
            },
            Outcome.ROBOTS_DENIED,
            "forbids",
            "the first 512 KiB of endless robots count",
        ),
        Case(
            "robots-1-gb.example",
            {
                "robots": HTML
                + b"Content-Length: 1000000000\r\n\r\nUser-agent: *\nDisallow: /\n"
                + b"#\n" * 400_000,
                "home": home,
            },
            Outcome.ROBOTS_DENIED,
            "forbids",
            "so do those of a file of 1 GB",
        ),
        Case(
            "robots-bomb.example",
            {"robots": packed(BOMB, "gzip"), "home": home},
            Outcome.OK,
            "",
            "a compressed bomb of robots forbids nothing",
        ),
        Case(
            "robots-slow.example",
            {"robots": drip(HTML, b"", 0.1), "home": home},
            Outcome.TIMEOUT,
            "in time",
            "robots.txt never comes",
        ),
        Case(
            "robots-inward.example",
            {"robots": web.redirect("http://127.0.0.1/robots.txt"), "home": home},
            Outcome.BLOCKED_ADDRESS,
            "127.0.0.1",
            "robots leads inwards",
        ),
        Case(
            "loop.example",
            {"home": web.redirect("/")},
            Outcome.HTTP_ERROR,
            "redirects",
            "redirect loop",
        ),
        Case(
            "inward.example",
            {"home": web.redirect("http://127.0.0.1/secret")},
            Outcome.REDIRECTED_AWAY,
            "127.0.0.1",
            "loopback",
        ),
        Case(
            "metadata.example",
            {"home": web.redirect("http://169.254.169.254/latest")},
            Outcome.REDIRECTED_AWAY,
            "169.254",
            "metadata service",
        ),
        Case(
            "file.example",
            {"home": web.redirect("file:///etc/passwd")},
            Outcome.REDIRECTED_AWAY,
            "file:",
            "another scheme",
        ),
        Case(
            "no-url.example",
            {"home": web.redirect("http://[::bad/")},
            Outcome.HTTP_ERROR,
            "invalid URL",
            "a Location nobody can parse",
        ),
        Case(
            "port.example",
            {"home": web.redirect("http://port.example:22/")},
            Outcome.BLOCKED_ADDRESS,
            "port 22",
            "another port of the same host",
        ),
        Case(
            "user.example",
            {"home": web.redirect("http://root:pw@user.example/")},
            Outcome.BLOCKED_ADDRESS,
            "user name",
            "userinfo",
        ),
        Case(
            "moved.example",
            {"home": web.redirect("http://elsewhere.example/")},
            Outcome.REDIRECTED_AWAY,
            "elsewhere",
            "another company's domain",
        ),
        Case(
            "endless.example",
            {"home": drip(HTML + b"\r\n", b"a" * 65536, 0)},
            Outcome.TOO_LARGE,
            "too large",
            "endless body",
        ),
        Case(
            "huge.example",
            {"home": web.answer(big)},
            Outcome.TOO_LARGE,
            "too large",
            "honest length, too long",
        ),
        Case(
            "gzip.example",
            {"home": packed(BOMB, "gzip")},
            Outcome.TOO_LARGE,
            "decompression",
            "40 MB of nothing in 40 kB",
        ),
        Case(
            "gzip-gzip.example",
            {"home": packed(gzip.compress(BOMB), "gzip, gzip")},
            Outcome.TOO_LARGE,
            "decompression",
            "packed twice",
        ),
        Case(
            "deflate.example",
            {"home": packed(zlib.compress(b"\0" * 9_000_000), "deflate")},
            Outcome.TOO_LARGE,
            "decompression",
            "zlib bomb",
        ),
        Case(
            "slow-headers.example",
            {"home": drip(b"HTTP/1.1 200 OK\r\n", b"X-A: a\r\n", 0.1)},
            Outcome.TIMEOUT,
            "in time",
            "headers without end",
        ),
        Case(
            "slow-body.example",
            {"home": drip(HTML + b"\r\n<html>", b"<p>x", 0.1)},
            Outcome.TIMEOUT,
            "in time",
            "a byte now and then",
        ),
        Case(
            "flood.example",
            {"home": b"HTTP/1.1 200 OK\r\n" + b"X-Flood: aaaaaaaaaaaaaaaa\r\n" * 50_000 + b"\r\n"},
            Outcome.HTTP_ERROR,
            "HTTP",
            "header flood",
        ),
        Case(
            "long-header.example",
            {"home": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n"},
            Outcome.HTTP_ERROR,
            "HTTP",
            "one header of 200 kB",
        ),
        Case(
            "ssh.example",
            {"home": b"SSH-2.0-OpenSSH_9.9\r\n"},
            Outcome.HTTP_ERROR,
            "HTTP",
            "another protocol",
        ),
        Case(
            "hangs-up.example", {"home": b""}, Outcome.HTTP_ERROR, "HTTP", "closes without a word"
        ),
        Case("missing.example", {}, Outcome.HTTP_ERROR, "404", "no home page"),
        Case(
            "broken.example",
            {"home": web.answer("oops", "500 Oops")},
            Outcome.HTTP_ERROR,
            "500",
            "server error",
        ),
        Case(
            "challenge.example",
            {"home": web.answer("wait", "403 Forbidden", headers="Server: cloudflare\r\n")},
            Outcome.HTTP_ERROR,
            "403",
            "bot wall",
        ),
        Case("empty.example", {"home": web.answer(" \n")}, Outcome.EMPTY, "empty", "no content"),
        Case(
            "pdf.example",
            {"home": web.answer(b"%PDF-1.7", kind="application/pdf")},
            Outcome.NOT_HTML,
            "application/pdf",
            "not a page",
        ),
        Case(
            "bad-gzip.example",
            {"home": packed(b"this is not gzip", "gzip")},
            Outcome.HTTP_ERROR,
            "",
            "header lies about the coding",
        ),
        Case(
            "lies-length.example",
            {"home": HTML + b"Content-Length: 99999\r\n\r\n<p>half a page"},
            Outcome.OK,
            "",
            "what came is kept",
        ),
        Case(
            "bad-length.example",
            {"home": HTML + b"Content-Length: many\r\n\r\n<p>x"},
            Outcome.HTTP_ERROR,
            "HTTP",
            "a length that is no number",
        ),
        Case(
            "latin.example",
            {"home": web.answer("<p>Größe</p>".encode("latin-1"))},
            Outcome.OK,
            "",
            "says UTF-8, is Latin-1",
        ),
        Case(
            "charset.example",
            {"home": web.answer("<p>x</p>", kind="text/html; charset=klingon")},
            Outcome.OK,
            "",
            "unknown charset",
        ),
        Case(
            "utf16.example",
            {
                "home": web.answer(
                    "<a href='/impressum'>Impressum</a>".encode("utf-16"), kind="text/html"
                )
            },
            Outcome.OK,
            "",
            "UTF-16",
        ),
        Case(
            "nul.example",
            {"home": web.answer(b"<p>\0\xff\xfe\0<a href='\0'>\0</a>")},
            Outcome.OK,
            "",
            "NUL and invalid bytes",
        ),
        Case(
            "nested.example",
            {"home": web.answer(b"<div>" * 50_000)},
            Outcome.OK,
            "",
            "50,000 open elements",
        ),
        Case(
            "anchors.example",
            {"home": web.answer(b"<a href='/x?y'>x" * 15_000)},
            Outcome.OK,
            "",
            "15,000 links to one page",
        ),
        Case(
            "many-links.example",
            {"home": web.answer("".join(f"<a href='/l{n}'>x</a>" for n in range(9000)))},
            Outcome.OK,
            "",
            "9,000 links",
        ),
        Case(
            "robots-junk.example",
            {"robots": web.robots("\ufeff\0\0Disallow\n::::\n%%%\nUser-agent"), "home": home},
            Outcome.OK,
            "",
            "junk forbids nothing",
        ),
    ]


Outcomes = tuple[dict[str, list[SiteOutcome]], CrawlStats, list[Case]]


@pytest.fixture(scope="module")
def outcomes(server: Hostile, web: type[Web]) -> Outcomes:
    """The outcome of each site, of one crawl over all."""
    known = cases(web)
    for case in known:
        server.site(case.host, **case.routes)
    hosts = [case.host for case in known]
    found: dict[str, list[SiteOutcome]] = {}
    stats = crawl(
        [SiteToCrawl(host, (f"http://{host}/",)) for host in hosts],
        limits=LIMITS,
        user_agent=AGENT,
        allowed=server.allowed(*hosts),
        on_site=lambda outcome: found.setdefault(outcome.domain, []).append(outcome),
    )
    return found, stats, known


def test_every_site_ends_as_it_must(outcomes: Outcomes) -> None:
    found, _, known = outcomes
    ends = {case.host: (found[case.host][0].outcome, found[case.host][0].reason) for case in known}
    wrong = {
        case.host: (case.why, ends[case.host])
        for case in known
        if ends[case.host][0] is not case.outcome or case.reason not in ends[case.host][1]
    }
    assert wrong == {}


def test_every_site_is_reported_once_and_within_its_time(outcomes: Outcomes) -> None:
    found, stats, known = outcomes
    assert {host: len(reports) for host, reports in found.items()} == {
        case.host: 1 for case in known
    }
    assert [
        host for host, (outcome,) in found.items() if outcome.seconds > LIMITS.seconds_per_site + 1
    ] == []
    assert stats.unfinished == ()
    assert stats.stopped is None
    assert sum(stats.outcomes.values()) == len(known)


def test_only_an_ok_site_has_pages(outcomes: Outcomes) -> None:
    found, _, known = outcomes
    assert {case.host for case in known if found[case.host][0].pages} == {
        case.host for case in known if case.outcome is Outcome.OK
    }


def test_nothing_forbidden_was_asked_for(outcomes: Outcomes, server: Hostile) -> None:
    assert set(server.hits["forbids.example"]) == {"/robots.txt"}
    assert set(server.hits["robots-503.example"]) == {"/robots.txt"}
    assert server.hits["elsewhere.example"] == []


@pytest.mark.parametrize(
    ("host", "robots"),
    [
        ("forbids.example", Robots.DENIED),
        ("robots-503.example", Robots.UNREACHABLE),
        ("latin.example", Robots.ABSENT),
        ("robots-junk.example", Robots.ALLOWED),
    ],
)
def test_the_robots_state_is_reported(outcomes: Outcomes, host: str, robots: Robots) -> None:
    assert outcomes[0][host][0].robots is robots


def test_where_a_site_moved_is_reported(outcomes: Outcomes) -> None:
    assert outcomes[0]["moved.example"][0].final_domain == "elsewhere.example"


def test_a_body_is_kept_as_received(outcomes: Outcomes) -> None:
    assert outcomes[0]["latin.example"][0].pages[0].body == "<p>Größe</p>".encode("latin-1")
    assert outcomes[0]["lies-length.example"][0].pages[0].body == b"<p>half a page"


def test_requests_say_who_asks_and_carry_no_cookie(outcomes: Outcomes, server: Hostile) -> None:
    heads = [head.decode("latin-1") for head in server.requests]
    assert heads
    assert [
        head for head in heads if f"User-Agent: {AGENT}" not in head or "\r\nCookie:" in head
    ] == []
