"""A listener counts what reaches this machine, however a site leads a crawl to a name that means it.

Rendered pages are tried in the same way in `test_rendering.py`.
"""

import socket
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from spiders.addresses import denial
from spiders.crawl import crawl
from spiders.guard import Allowed
from spiders.limits import Limits
from spiders.site import Outcome, SiteOutcome, SiteToCrawl
from tests.spiders.conftest import Hostile, Web, answer
from tests.spiders.made_trap import Trap, set_trap
from tests.spiders.test_guard import DENIED

#: Denied addresses of this machine, at which the trap listens.
OF_THIS_MACHINE = ("127.0.0.1", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1", "::ffff:0:0")
#: The host that each way leads to; no list of the test maps it.
BOARD = "inner.teamtailor.com"


def inner(way: str) -> str:
    return BOARD if way == "board" else f"inner.{way}.example"


def sitemap(*urls: str, tag: str = "urlset") -> bytes:
    listed = "".join(f"<loc>{url}</loc>" for url in urls)
    return answer(f"<{tag}>{listed}</{tag}>", kind="application/xml")


def ways(web: type[Web]) -> Mapping[str, Mapping[str, bytes]]:
    """What the host of each way serves, as `Hostile.site` takes it."""

    def to(way: str, path: str = "") -> str:
        return f"http://{inner(way)}/{path}"

    plain = web.page(text="Nothing links on.")
    return {
        "redirect": {"home": web.redirect(to("redirect"))},
        "robots": {"home": plain, "robots": web.redirect(to("robots", "robots.txt"))},
        "meta": {"home": answer(f'<meta http-equiv=refresh content="0; url={to("meta")}">')},
        "script": {"home": answer(f"<script>window.location.href = '{to('script')}'</script>")},
        "link": {"home": web.page(to("link", "impressum"))},
        "board": {"home": web.page(f"http://{BOARD}/jobs")},
        "sitemap": {"home": plain, "robots": web.robots(f"Sitemap: {to('sitemap', 'all.xml')}")},
        "listed": {"home": plain, "sitemap.xml": sitemap(to("listed", "impressum"))},
        "index": {"home": plain, "sitemap.xml": sitemap(to("index", "a.xml"), tag="sitemapindex")},
        "moved": {"home": plain, "sitemap.xml": web.redirect(to("moved", "sitemap.xml"))},
        "page": {"home": web.page("/impressum"), "impressum": web.redirect(to("page", "x"))},
    }


def crawled(server: Hostile, web: type[Web], allowed: Allowed) -> dict[str, SiteOutcome]:
    found: dict[str, SiteOutcome] = {}
    for way, routes in ways(web).items():
        server.site(f"{way}.example", **routes)
    crawl(
        [SiteToCrawl(f"{way}.example", (f"http://{way}.example/",)) for way in ways(web)],
        limits=Limits(delay=0, download_timeout=2, retry_pause=0),
        user_agent="Sluice/0.1 (+https://sluice.example/crawler)",
        allowed=allowed,
        on_site=lambda one: found.update({one.domain: one}),
    )
    return found


@pytest.fixture
def trap(monkeypatch: pytest.MonkeyPatch) -> Iterator[Trap]:
    """A trap at every address of this machine, where every name leads that no test maps."""
    with set_trap() as made:
        reached = [one for one in OF_THIS_MACHINE if _reaches(one, made.port)]
        assert {"127.0.0.1", "0.0.0.0"} <= set(reached)
        assert made.count(len(reached))
        answers = [_answer(one, made.port) for one in reached]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
        yield made


def _reaches(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        return tried.connect_ex((address, port)) == 0


def _answer(address: str, port: int) -> tuple[Any, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    place = (address, port, 0, 0) if ":" in address else (address, port)
    return (family, socket.SOCK_STREAM, 6, "", place)


def test_every_way_is_followed_where_it_may_be(server: Hostile, web: type[Web]) -> None:
    hosts = [host for way in ways(web) for host in (f"{way}.example", inner(way))]
    crawled(server, web, server.allowed(*hosts))
    assert [way for way in ways(web) if not server.hits[inner(way)]] == []


def test_no_way_leads_to_this_machine(server: Hostile, web: type[Web], trap: Trap) -> None:
    found = crawled(server, web, server.allowed(*(f"{way}.example" for way in ways(web))))
    assert trap.caught == []
    assert {one.outcome for one in found.values()} <= {Outcome.OK, Outcome.BLOCKED_ADDRESS}
    assert found["redirect.example"].outcome is Outcome.BLOCKED_ADDRESS
    assert [page.url for page in found["link.example"].pages] == ["http://link.example/"]


def test_no_name_leads_to_an_address_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = [address.partition("%")[0] for address, _ in DENIED]
    assert set(OF_THIS_MACHINE) <= set(addresses)
    hosts = {f"n{number}.example": address for number, address in enumerate(addresses)}
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, port, **_: [_answer(hosts[str(host)], port)]
    )
    found: list[SiteOutcome] = []
    crawl(
        [SiteToCrawl(host, (f"http://{host}/",)) for host in hosts],
        limits=Limits(delay=0, download_timeout=2, retry_pause=0),
        user_agent="Sluice/0.1 (+https://sluice.example/crawler)",
        on_site=found.append,
    )
    reached = {
        hosts[one.domain]: one.outcome
        for one in found
        if one.outcome is not Outcome.BLOCKED_ADDRESS
    }
    assert reached == {}
    assert len(found) == len(hosts)
    assert all(denial(address) for address in addresses)
