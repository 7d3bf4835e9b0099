"""A broken page never ends a crawl: it is the outcome of its own site, and the others are kept."""

import pytest
from scrapy.http import HtmlResponse

from spiders.crawl import crawl
from spiders.limits import Limits
from spiders.links import KnownLinks, links_of
from spiders.site import CrawlStats, Outcome, SiteOutcome, SiteToCrawl
from tests.made_broken_pages import HOSTILE, broken_answer, broken_headers, broken_page
from tests.spiders.conftest import Hostile, Web

AGENT = "Sluice/0.1 (+https://sluice.example/crawler)"
LIMITS = Limits(download_timeout=2, seconds_per_site=6, delay=0, sites_at_once=40)
IMPRINT = '<a href="/impressum">Impressum</a>'


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_the_links_of_a_broken_page_are_read(start: int) -> None:
    for seed in range(start, start + 100):
        headers = {"Content-Type": broken_headers(seed)["content-type"]}
        page = HtmlResponse("http://kerbholz.example/", body=broken_page(seed), headers=headers)
        assert isinstance(links_of(page, "kerbholz.example"), list)


@pytest.mark.parametrize(
    "base", ["http://[bad", "//[::1", "http://a.example]/", "http://:x/", "//", "\0"]
)
def test_a_base_that_no_parser_takes_is_ignored(base: str) -> None:
    page = HtmlResponse("http://a.example/", body=f'<base href="{base}">{IMPRINT}'.encode())
    assert [link.url for link in links_of(page, "a.example")] == ["http://a.example/impressum"]


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("http://staging.other.example/", "http://a.example/de/impressum"),  # Of a copied site.
        ("http://localhost/", "http://a.example/de/impressum"),
        ("file:///C:/web/", "http://a.example/de/impressum"),
        ("//cdn.other.example/x/", "http://a.example/de/impressum"),
        ("/", "http://a.example/impressum"),
        ("http://www.a.example/en/", "http://www.a.example/en/impressum"),
    ],
)
def test_a_base_that_leads_off_the_site_is_ignored(base: str, url: str) -> None:
    link = '<a href="impressum">Impressum</a>'
    page = HtmlResponse("http://a.example/de/", body=f'<base href="{base}">{link}'.encode())
    assert [link.url for link in links_of(page, "a.example")] == [url]


@pytest.mark.parametrize(
    "charset", ["undefined", "base64", "idna", "punycode", "rot13", "zip", "cp037", "utf-7", "mbcs"]
)
@pytest.mark.parametrize("where", ["header", "meta"])
def test_a_charset_that_is_none_hides_no_link(charset: str, where: str) -> None:
    kind = f"text/html; charset={charset}" if where == "header" else "text/html"
    body = f'<meta charset="{charset}">{IMPRINT} M\xfcller'.encode("latin-1")
    page = HtmlResponse("http://a.example/", body=body, headers={"Content-Type": kind})
    assert [link.url for link in links_of(page, "a.example")] == ["http://a.example/impressum"]


def visit(server: Hostile, hosts: list[str]) -> tuple[dict[str, SiteOutcome], CrawlStats]:
    found: dict[str, SiteOutcome] = {}
    stats = crawl(
        [SiteToCrawl(host, (f"http://{host}/",)) for host in hosts],
        limits=LIMITS,
        user_agent=AGENT,
        allowed=server.allowed(*hosts),
        on_site=lambda outcome: found.update({outcome.domain: outcome}),
    )
    return found, stats


def test_broken_sites_beside_sound_ones(server: Hostile, web: type[Web]) -> None:
    sound = [f"sound-{number}.example" for number in range(5)]
    for host in sound:
        server.site(host, home=web.page("/impressum"), impressum=web.page())
    broken = []
    for number, piece in enumerate(HOSTILE):
        broken.append(f"piece-{number}.example")
        home = web.answer(piece + IMPRINT.encode(), kind="text/html")
        server.site(broken[-1], home=home, impressum=web.page())
    for seed in range(60):
        broken.append(f"seed-{seed}.example")
        server.site(broken[-1], home=broken_answer(seed), impressum=broken_answer(seed + 1000))

    found, stats = visit(server, [*broken[:40], *sound, *broken[40:]])
    assert stats.unfinished == ()
    assert set(found) == {*sound, *broken}
    assert {found[host].outcome for host in sound} == {Outcome.OK}
    assert {len(found[host].pages) for host in sound} == {2}


def test_an_error_in_our_own_code_is_the_outcome_of_its_site(
    server: Hostile, web: type[Web], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.site("bug.example", home=web.page("/impressum"), impressum=web.page())
    server.site("fine.example", home=web.page("/impressum"), impressum=web.page())

    def failing(page: HtmlResponse, domain: str, known: KnownLinks) -> list[object]:
        if domain == "bug.example":
            raise ZeroDivisionError
        return list(links_of(page, domain, known))

    monkeypatch.setattr("spiders.visit.links_of", failing)
    found, _ = visit(server, ["bug.example", "fine.example"])
    assert (len(found["bug.example"].pages), len(found["fine.example"].pages)) == (1, 2)
    assert found["bug.example"].reason == "pages whose links are unread: 1"

    def broken_plan(*_: object) -> None:
        raise UnicodeError("no such thing")

    monkeypatch.setattr("spiders.visit.Plan", broken_plan)
    found, stats = visit(server, ["fine.example"])
    assert stats.outcomes == {"ok": 1}
    assert found["fine.example"].reason == "a page that cannot be read (UnicodeError)"
