"""Pages that no link leads to are found by sitemap and by custom; a site that answers to anything is
not taken in; languages, addresses and traps cost no page twice.
"""

import gzip
from collections.abc import Callable
from typing import Any

import pytest

from spiders.arrivals import NOWHERE
from spiders.crawl import crawl
from spiders.limits import Limits
from spiders.site import Outcome, SiteOutcome, SiteToCrawl
from spiders.sitemaps import MOST_BYTES, addresses, worth_reading
from tests.spiders.conftest import Hostile, Web

AGENT = "Sluice/0.1 (+https://sluice.example/crawler)"
Visit = Callable[..., SiteOutcome]


@pytest.fixture
def visit(server: Hostile) -> Visit:
    """Visits one host that has routes, as a site of a country; options are limits."""

    def run(host: str, country: str | None = "DE", **limits: Any) -> SiteOutcome:
        found: list[SiteOutcome] = []
        options: dict[str, Any] = {
            "download_timeout": 1,
            "seconds_per_site": 6,
            "delay": 0,
        } | limits
        crawl(
            [SiteToCrawl(host, (f"http://{host}/",), country)],
            limits=Limits(**options),
            user_agent=AGENT,
            allowed=server.allowed(host, f"www.{host}"),
            on_site=found.append,
        )
        return found[0]

    return run


def paths(outcome: SiteOutcome) -> list[str]:
    return [page.url.split("/", 3)[3] for page in outcome.pages]


def sitemap(*urls: str, index: bool = False) -> bytes:
    """A sitemap, or an index of some."""
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    entries = "".join(f"<{inner}><loc>{url}</loc></{inner}>" for url in urls)
    return f'<?xml version="1.0"?><{outer}>{entries}</{outer}>'.encode()


def text(words: str) -> str:
    """A text unlike those of other pages."""
    return " ".join(f"{words}{number}" for number in "abcdefghijklmnop")


def test_an_imprint_that_only_the_sitemap_names(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    host = "listed.example"
    server.site(
        host,
        home=web.page("/kontakt"),
        kontakt=web.page(text="K"),
        **{
            "sitemap.xml": web.answer(
                sitemap(
                    f"http://{host}/produkte/1",
                    f"http://{host}/firma/impressum",
                    "http://other.example/impressum",
                    f"http://{host}/",
                ),
                kind="application/xml",
            ),
            "firma/impressum": web.page(text="I"),
        },
    )
    outcome = visit(host)
    assert paths(outcome) == ["", "firma/impressum", "kontakt"]
    assert outcome.reason == "pages found by the sitemap: 1"
    assert outcome.pages[1].why == "the sitemap lists it: path has 'impressum'"
    assert f"/{NOWHERE}" not in server.hits[host]


def test_sitemaps_that_robots_txt_names_packed_and_behind_an_index(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    host = "packed.example"
    packed = gzip.compress(sitemap(f"http://{host}/site-info/impressum"))
    server.site(
        host,
        robots=web.robots(f"User-agent: *\nDisallow: /no\nSitemap: http://{host}/all.xml\n"),
        home=web.page("/kontakt"),
        kontakt=web.page(text="K"),
        **{
            "all.xml": web.answer(
                sitemap(
                    f"http://{host}/post-sitemap.xml",
                    f"http://{host}/page-sitemap.xml.gz",
                    "http://elsewhere.example/page.xml",
                    index=True,
                ),
                kind="text/xml",
            ),
            "page-sitemap.xml.gz": web.answer(packed, kind="application/x-gzip"),
            "site-info/impressum": web.page(text="I"),
        },
    )
    assert paths(visit(host)) == ["", "site-info/impressum", "kontakt"]
    hits = server.hits[host]
    assert "/all.xml" in hits
    assert "/post-sitemap.xml" not in hits
    assert "/sitemap.xml" not in hits


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (gzip.compress(b"<urlset>" + b"<loc>http://bomb.example/" + b"x" * 50_000_000), "a bomb"),
        (b"<urlset>" + b"<loc>http://bomb.example/a</loc>" * 200_000, "more than is read"),
        (b"\x1f\x8b broken", "broken gzip"),
        (b'<!DOCTYPE x [<!ENTITY a "&b;&b;">]><urlset><loc>&a;</loc></urlset>', "entities"),
        (sitemap(*["http://bomb.example/sitemap.xml"] * 50, index=True), "an index of itself"),
        (sitemap(*[f"http://bomb.example/page-{n}.xml" for n in range(99)], index=True), "many"),
        (b"\0\xff" * 1000, "no text"),
        (b"", "nothing"),
    ],
)
def test_a_hostile_sitemap_costs_a_few_requests(
    server: Hostile, web: type[Web], visit: Visit, body: bytes, why: str
) -> None:
    server.hits["bomb.example"].clear()
    server.site(
        "bomb.example",
        home=web.page("/kontakt"),
        kontakt=web.page(text="K"),
        **{"sitemap.xml": web.answer(body, kind="application/xml")},
    )
    outcome = visit("bomb.example")
    assert (outcome.outcome, paths(outcome)) == (Outcome.OK, ["", "kontakt"]), why
    assert len([hit for hit in server.hits["bomb.example"] if hit.endswith(".xml")]) <= 3
    assert len(server.hits["bomb.example"]) <= 12


def test_what_a_sitemap_holds_is_bounded() -> None:
    assert addresses(b"<loc>http://a.example/" + b"x" * 3000 + b"</loc>") == (False, [])
    many = sitemap(*[f"http://a.example/{n}" for n in range(30_000)])
    assert len(addresses(gzip.compress(many))[1]) <= 10_000
    assert len(gzip.compress(many)) < MOST_BYTES
    assert addresses(b"http://a.example/impressum\nhttp://a.example/b\n") == (
        False,
        ["http://a.example/impressum", "http://a.example/b"],
    )


def test_the_sitemaps_of_pages_come_first_and_those_of_articles_never() -> None:
    named = [
        f"http://a.example/{name}"
        for name in ("post-sitemap.xml", "sitemap-de.xml", "page-sitemap.xml", "product-1.xml")
    ]
    assert worth_reading([*named, "http://b.example/page.xml"], "a.example") == [
        "http://a.example/page-sitemap.xml",
        "http://a.example/sitemap-de.xml",
    ]


@pytest.mark.parametrize(
    ("country", "tried", "found"),
    [
        ("DE", "impressum", "imprint"),
        ("FR", "mentions-legales", "imprint"),
        ("ES", "aviso-legal", "imprint"),
        ("NL", "colofon", "imprint"),
        ("IT", "contatti", "contact"),
        ("SE", "kontakt", "contact"),
        ("FI", "yhteystiedot", "contact"),
        ("TR", "iletisim", "contact"),
        ("US", "contact", "contact"),
    ],
)
def test_pages_at_conventional_paths_of_the_country(
    server: Hostile, web: type[Web], visit: Visit, country: str, tried: str, found: str
) -> None:
    host = f"quiet-{country.lower()}.example"
    server.site(host, home=web.page(), **{tried: web.page(text=text("I"))})
    outcome = visit(host, country)
    assert [page.kind.value for page in outcome.pages] == ["home", found]
    assert outcome.pages[1].why == f"conventional path /{tried}"
    assert "pages found by a conventional path: 1" in outcome.reason
    assert len(server.hits[host]) <= 10  # Robots, home, sitemap, the unlikely one, five tries.


def test_nothing_is_tried_where_links_lead_to_what_is_wanted(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    server.site(
        "linked.example",
        home=web.page("/impressum", "/kontakt"),
        impressum=web.page(text="I"),
        kontakt=web.page(text="K"),
    )
    visit("linked.example")
    assert set(server.hits["linked.example"]) == {"/robots.txt", "/", "/impressum", "/kontakt"}
    server.site("english.example", home=web.page("/contact"), contact=web.page(text="C"))
    visit("english.example", "GB")
    assert set(server.hits["english.example"]) == {"/robots.txt", "/", "/contact"}


def test_a_site_that_answers_to_anything_is_not_taken_in(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    for host, anything in (
        ("same.example", web.page(text=text("nothing here "))),
        ("shell.example", web.answer("<div id=app></div><script src=/a.js></script>")),
    ):
        server.site(host, home=web.page(text=text("home")))
        for path in (
            "impressum",
            "impressum.html",
            "impressum.php",
            "kontakt",
            "kontakt.html",
            NOWHERE,
        ):
            server.site(host, **{path: anything})
        outcome = visit(host)
        assert paths(outcome) == [""], host
        assert "answers to any address" in outcome.reason
        assert server.hits[host].count(f"/{NOWHERE}") == 1


def test_an_answer_that_names_the_address_is_the_same_answer(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    words = " ".join(f"word{'abcdefghij'[n // 10]}{'abcdefghij'[n % 10]}" for n in range(90))
    tried = ("impressum", "impressum.html", "impressum.php", "kontakt", "kontakt.html", NOWHERE)
    for path in tried:
        server.site("echo.example", **{path: web.page(text=f"No page {path}. {words}")})
    server.site("echo.example", home=web.page(text=text("home")))
    assert paths(visit("echo.example")) == [""]


def test_a_tried_path_that_leads_home_is_no_page(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    server.site("homing.example", home=web.page(text=text("home")))
    for path in ("impressum", "impressum.html", "kontakt", NOWHERE):
        server.site("homing.example", **{path: web.redirect("/")})
    assert paths(visit("homing.example")) == [""]


def test_tries_and_sitemaps_are_asked_for_only_where_robots_allow(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    server.site(
        "closed.example",
        robots=web.robots("User-agent: *\nDisallow: /sitemap.xml\nDisallow: /impressum"),
        home=web.page("/kontakt"),
        kontakt=web.page(text="K"),
        impressum=web.page(text="I"),
    )
    assert paths(visit("closed.example")) == ["", "kontakt"]
    hits = server.hits["closed.example"]
    assert not [hit for hit in hits if hit.startswith(("/sitemap", "/impressum"))]


def test_of_a_page_in_many_languages_one_is_fetched(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    codes = ("en", "fr", "de", "it", "es", "pl", "cs", "nl", "pt", "sv", "da", "fi")
    links = [f"/{code}/{page}" for page in ("about", "impressum") for code in codes]
    server.site("many.example", home=web.page(*links, *[f"/{code}/" for code in codes]))
    server.site("many.example", **{link[1:]: web.page(text=link) for link in links})
    outcome = visit("many.example")
    assert paths(outcome)[:3] == ["", "de/impressum", "de/about"]
    assert not [path for path in paths(outcome) if path.startswith(("fr/", "pl/"))]
    assert "en/about" in paths(visit("many.example", "US"))


def test_other_languages_by_hreflang_are_left_out(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    alternate = (
        '<link rel="alternate" hreflang="de" href="/ueber-uns">'
        '<link rel="alternate" hreflang="en" href="/about-us">'
    )
    server.site("slugs.example", home=web.page("/ueber-uns", "/about-us", "/kontakt", "/impressum"))
    for path in ("ueber-uns", "about-us"):
        server.site("slugs.example", **{path: web.answer(f"{alternate}<body><p>{path}")})
    server.site("slugs.example", kontakt=web.page(text="K"), impressum=web.page(text="I"))
    assert paths(visit("slugs.example", requests_per_site=1)) == [
        "",
        "impressum",
        "kontakt",
        "ueber-uns",
    ]


@pytest.mark.parametrize(
    "links",
    [
        ("/kontakt", "/kontakt/", "http://www.once.example/kontakt", "/kontakt?utm_source=x"),
        ("/kontakt?b=1&a=2", "/kontakt?a=2&b=1", "/kontakt/?a=2&b=1&gclid=9"),
        ("/kontakt/index.html", "/kontakt", "/kontakt/index.php?PHPSESSID=1"),
    ],
)
def test_addresses_of_one_page_are_fetched_once(
    server: Hostile, web: type[Web], visit: Visit, links: tuple[str, ...]
) -> None:
    server.hits["once.example"].clear()
    server.site("once.example", home=web.page("/impressum", *links), impressum=web.page(text="I"))
    for link in links:
        server.site(
            "once.example", **{link.replace("http://www.once.example", "")[1:]: web.page(text="K")}
        )
    assert len(paths(visit("once.example"))) == 3
    assert len([hit for hit in server.hits["once.example"] if "kontakt" in hit]) == 1


@pytest.mark.parametrize(
    ("country", "chosen"), [("DE", "de/"), ("FR", "fr/"), ("US", "en/"), ("PL", "en/")]
)
def test_a_page_to_choose_a_language_on_is_passed(
    server: Hostile, web: type[Web], visit: Visit, country: str, chosen: str
) -> None:
    host = f"gate-{country.lower()}.example"
    gate = "<h1>Please choose</h1>" + "".join(
        f'<a href="/{code}/">{name}</a>'
        for code, name in (("en", "English"), ("de", "Deutsch"), ("fr", "Français"))
    )
    server.site(host, home=web.answer(gate))
    for code in ("en", "de", "fr"):
        server.site(
            host, **{f"{code}/": web.page(f"/{code}/kontakt", f"/{code}/impressum", text=code)}
        )
        server.site(host, **{f"{code}/kontakt": web.page(text=text(f"{code}K"))})
        server.site(host, **{f"{code}/impressum": web.page(text=text(f"{code}I"))})
    outcome = visit(host, country)
    assert [(page.kind.value, page.url.split("/", 3)[3]) for page in outcome.pages] == [
        ("home", ""),
        ("entry", chosen),
        ("imprint", f"{chosen}impressum"),
        ("contact", f"{chosen}kontakt"),
    ]
    assert "language chosen" in outcome.reason


def test_a_start_page_in_another_language_leads_to_that_of_the_country(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    server.site(
        "abroad.example",
        home=web.answer(
            '<html lang="en"><p>Valves.<a href="/about">About</a><a href="/de/">DE</a>'
        ),
        about=web.page(text="A"),
        **{"de/": web.page("/de/impressum", text="D"), "de/impressum": web.page(text="I")},
    )
    assert "de/impressum" in paths(visit("abroad.example"))


def test_pages_that_send_visitors_on_are_followed_within_bounds(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    def script(target: str) -> bytes:
        return web.answer(f"<script>location.href='{target}'</script>")

    server.site(
        "chain.example",
        home=script("/a"),
        a=web.answer('<meta http-equiv="refresh" content="0;url=/b">'),
        b=web.page("/impressum", "/kontakt"),
        impressum=script("/de/impressum"),
        kontakt=script("/loop"),
        loop=script("/kontakt"),
        **{"de/impressum": web.page(text="I")},
    )
    outcome = visit("chain.example")
    assert paths(outcome) == ["b", "de/impressum", "loop"]
    assert len(server.hits["chain.example"]) < 20
    ring = {f"r{n}": script(f"/r{n + 1}") for n in range(40)}
    server.site("ring.example", home=script("/r0"), **ring)
    assert visit("ring.example").outcome is Outcome.OK
    assert len(server.hits["ring.example"]) < 30


@pytest.mark.parametrize(
    ("home", "how"),
    [
        ("<script>location.replace('http://moved.example/')</script>", "script"),
        ('<meta http-equiv="refresh" content="0;url=http://www.moved.example/">', "meta refresh"),
        ('<frameset><frame src="http://moved.example/"></frameset>', "frame"),
    ],
)
def test_a_page_that_leads_to_another_domain_ends_the_visit_and_says_where(
    server: Hostile, web: type[Web], visit: Visit, home: str, how: str
) -> None:
    server.site("old.example", home=web.answer(home))
    outcome = visit("old.example")
    assert (outcome.outcome, outcome.final_domain) == (Outcome.REDIRECTED_AWAY, "moved.example")
    assert outcome.reason == f"redirects to moved.example ({how})"
    assert server.hits["moved.example"] == []


def test_a_forwarding_is_followed_only_where_robots_and_guard_allow(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    server.site(
        "door-two.example",
        robots=web.robots("User-agent: *\nDisallow: /inside"),
        home=web.answer("<script>location.href='/inside'</script>"),
        inside=web.page(),
    )
    assert visit("door-two.example").outcome is Outcome.OK
    assert "/inside" not in server.hits["door-two.example"]
    server.site(
        "inward-two.example", home=web.answer("<script>location='http://127.0.0.1/'</script>")
    )
    assert visit("inward-two.example").outcome is Outcome.REDIRECTED_AWAY


def test_calendars_and_paths_that_repeat_themselves_cost_nothing(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    traps = [
        "/kalender/2024/05",
        "/2025/11/03/termin",
        "/a/b/a/b/a/b",
        "/x/x/x/kontakt",
        "/warenkorb",
        "/suche/ventil",
        "/1/2/3/4/5/6/7/8/9/about",
    ]
    server.site("endless.example", home=web.page("/impressum", "/kontakt", "/neu", *traps))
    server.site(
        "endless.example",
        impressum=web.page(text="I"),
        kontakt=web.page(text="K"),
        neu=web.page(text="N"),
    )
    assert paths(visit("endless.example")) == ["", "impressum", "kontakt", "neu"]
    assert set(server.hits["endless.example"]) == {
        "/robots.txt",
        "/",
        "/impressum",
        "/kontakt",
        "/neu",
    }


def test_pages_are_left_for_an_imprint_that_is_still_looked_for(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    links = (
        "/produkte",
        "/karriere",
        "/team",
        "/referenzen",
        "/login",
        "/datenschutz",
        "/presse",
        "/about",
        "/firma",
    )
    server.site("busy.example", home=web.page(*links))
    server.site("busy.example", **{link[1:]: web.page(text=text(link)) for link in links})
    server.site(
        "busy.example", impressum=web.page(text=text("I")), kontakt=web.page(text=text("K"))
    )
    outcome = visit("busy.example")
    assert len(outcome.pages) == 8
    assert [page.kind.value for page in outcome.pages][:3] == ["home", "imprint", "contact"]
