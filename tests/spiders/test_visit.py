"""What a visit to a well-behaved site fetches, in which order, and where it stops."""

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from spiders.crawl import crawl
from spiders.limits import Limits
from spiders.site import Outcome, Robots, SiteOutcome, SiteToCrawl
from tests.spiders.conftest import Hostile, Web

Visit = Callable[..., SiteOutcome]
AGENT = "Sluice/0.1 (+https://sluice.example/crawler)"


@pytest.fixture
def visit(server: Hostile) -> Visit:
    """Visits one host that has routes; options are limits."""

    def run(
        host: str, start: tuple[str, ...] = (), also: tuple[str, ...] = (), **limits: Any
    ) -> SiteOutcome:
        found: list[SiteOutcome] = []
        options: dict[str, Any] = {
            "download_timeout": 1,
            "seconds_per_site": 4,
            "delay": 0,
        } | limits
        site = SiteToCrawl(host, start or (f"http://{host}/",))
        crawl(
            [site],
            limits=Limits(**options),
            user_agent=AGENT,
            allowed=server.allowed(host, *also),
            on_site=found.append,
        )
        return found[0]

    return run


def kinds(outcome: SiteOutcome) -> list[str]:
    return [page.kind.value for page in outcome.pages]


def test_the_pages_worth_having_in_the_order_they_are_wanted(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    links = [
        "/jobs",
        "/news",
        "/anfahrt",
        "/impressum",
        "/ueber-uns",
        "/historie",
        "/produkte",
        "/login",
        "/agb",
        "/unternehmen",
    ]
    server.site("full.example", home=web.page(*links), **{link[1:]: web.page() for link in links})
    outcome = visit("full.example")
    assert kinds(outcome) == [
        "home",
        "imprint",
        "contact",
        "about",
        "about",
        "products",
        "careers",
        "portal",
    ]
    assert [page.url for page in outcome.pages][1] == "http://full.example/impressum"
    assert outcome.bytes == sum(len(page.body) for page in outcome.pages)
    assert outcome.robots is Robots.ABSENT
    assert len(server.hits["full.example"]) == 9


def test_a_site_with_few_telling_links_is_read_until_it_is_known_well_enough(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    server.site(
        "few.example",
        home=web.page("/one", "/two", "/three", "/four", "/five", "/six"),
        one=web.page(),
        two=web.page(),
        four=web.page(),
        five=web.page(),
    )
    outcome = visit("few.example")
    assert kinds(outcome) == ["home", "other", "other", "other", "other"]
    assert outcome.reason == "pages not fetched: 1"


def test_links_lead_neither_off_the_site_nor_into_traps_nor_to_files(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    trap = [f"/calendar?day={day}" for day in range(50)]
    away = [
        "http://elsewhere.example/impressum",
        "mailto:info@here.example",
        "javascript:void(0)",
        "/impressum.pdf",
        "ftp://here.example/x",
    ]
    server.site("here.example", home=web.page(*trap, *away, "http://shop.here.example/kontakt"))
    server.site("shop.here.example", kontakt=web.page())
    outcome = visit("here.example", also=["shop.here.example"])
    assert [page.url for page in outcome.pages] == [
        "http://here.example/",
        "http://shop.here.example/kontakt",
    ]
    assert server.hits["elsewhere.example"] == []
    assert set(server.hits["here.example"]) == {"/robots.txt", "/"}


def test_robots_rules_hold_for_every_page_and_for_every_host_of_the_site(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    rules = "User-agent: Sluice\nDisallow: /kontakt\nAllow: /\n\nUser-agent: *\nDisallow: /"
    server.site(
        "rules.example",
        robots=web.robots(rules),
        home=web.page("/kontakt", "/impressum", "http://old.rules.example/about"),
        kontakt=web.page(),
        impressum=web.page(),
    )
    server.site(
        "old.rules.example", robots=web.robots("User-agent: *\nDisallow: /"), about=web.page()
    )
    outcome = visit("rules.example", also=["old.rules.example"])
    assert kinds(outcome) == ["home", "imprint"]
    assert outcome.robots is Robots.ALLOWED
    assert "/kontakt" not in server.hits["rules.example"]
    assert server.hits["old.rules.example"] == ["/robots.txt"]


def test_a_redirect_is_followed_only_where_robots_allow(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    server.site(
        "door.example",
        robots=web.robots("User-agent: *\nDisallow: /inside"),
        home=web.redirect("/inside"),
        inside=web.page(),
    )
    assert visit("door.example").outcome is Outcome.ROBOTS_DENIED
    assert "/inside" not in server.hits["door.example"]


def test_redirects_within_the_domain_are_followed_and_robots_asked_there_too(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    server.site(
        "bare.example",
        robots=web.redirect("http://www.bare.example/robots.txt"),
        home=web.redirect("http://www.bare.example/"),
    )
    server.site(
        "www.bare.example",
        robots=web.robots("User-agent: *\nDisallow: /shop"),
        home=web.page("/impressum"),
        impressum=web.page(),
    )
    outcome = visit("bare.example", also=["www.bare.example"])
    assert outcome.outcome is Outcome.OK
    assert outcome.final_domain == "bare.example"
    assert [page.url for page in outcome.pages] == [
        "http://www.bare.example/",
        "http://www.bare.example/impressum",
    ]


def test_a_page_that_two_links_lead_to_is_kept_once(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    server.site(
        "twice.example",
        home=web.page("/kontakt", "/impressum"),
        kontakt=web.redirect("/impressum"),
        impressum=web.page(),
    )
    assert [page.url for page in visit("twice.example").pages] == [
        "http://twice.example/",
        "http://twice.example/impressum",
    ]


def test_frames_are_entries_whose_links_count_and_forwarding_pages_are_followed(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    server.site(
        "frames.example",
        home=web.answer('<frameset><frame src="/nav.htm"><frame src="/main.htm"></frameset>'),
    )
    server.site(
        "frames.example",
        **{
            "nav.htm": web.page("/impressum.htm"),
            "main.htm": web.page(),
            "impressum.htm": web.page("/deeper-about"),
        },
    )
    server.site(
        "splash.example",
        home=web.answer('<meta http-equiv="refresh" content="0; URL=/de/">'),
        **{"de/": web.page("/de/impressum"), "de/impressum": web.page()},
    )
    assert kinds(visit("frames.example")) == ["home", "entry", "entry", "imprint"]
    assert kinds(visit("splash.example")) == ["home", "imprint"]


def test_depth_is_bounded(server: Hostile, web: type[Web], visit: Visit) -> None:
    chain = {f"p{n}": web.page(f"/p{n + 1}") for n in range(9)}
    server.site("deep.example", home=web.page("/p0"), **chain)
    assert len(visit("deep.example", depth=2).pages) == 3
    assert len(visit("deep.example", depth=0).pages) == 1


@pytest.mark.parametrize(("budget", "pages"), [(100_000, 5), (25_000, 2), (10_300, 1)])
def test_bytes_of_a_site_are_bounded(
    server: Hostile, web: type[Web], visit: Visit, budget: int, pages: int
) -> None:
    links = [f"/n{n}" for n in range(4)]
    server.site(
        "heavy.example",
        home=web.page(*links, text="x" * 10_000),
        **{link[1:]: web.page(text="y" * 10_000) for link in links},
    )
    outcome = visit("heavy.example", bytes_per_site=budget, requests_per_site=1)
    assert len(outcome.pages) == pages
    assert outcome.bytes <= budget


def test_time_of_a_site_is_bounded(server: Hostile, web: type[Web], visit: Visit) -> None:
    def slowly(connection: socket.socket, over: threading.Event) -> None:
        over.wait(0.4)
        connection.sendall(web.page())

    server.site(
        "late.example",
        home=web.page(*[f"/n{n}" for n in range(7)]),
        **{f"n{n}": slowly for n in range(7)},
    )
    outcome = visit("late.example", seconds_per_site=1, requests_per_site=1, pages_enough=8)
    assert outcome.outcome is Outcome.OK
    assert 1 <= len(outcome.pages) <= 4
    assert outcome.seconds < 1.5


def test_a_crawl_delay_is_kept_and_ends_the_visit_when_it_is_longer_than_the_site_has(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    for host, delay in (("slow-down.example", "0.3"), ("next-year.example", "86400")):
        server.site(
            host,
            robots=web.robots(f"User-agent: *\nCrawl-delay: {delay}"),
            home=web.page("/impressum", "/kontakt"),
            impressum=web.page(),
            kontakt=web.page(),
        )
    before = time.monotonic()
    assert len(visit("slow-down.example").pages) == 3
    assert time.monotonic() - before >= 0.6
    outcome = visit("next-year.example")
    assert (outcome.outcome, len(outcome.pages)) == (Outcome.OK, 1)
    assert outcome.seconds < 2


@pytest.mark.parametrize(
    ("filler", "fetched", "why"),
    [
        ("#" * 80 + "\n", False, "the rule stands within the part that is read"),
        ("#" * 600_000 + "\n", True, "the rule stands after the first 512 KiB"),
    ],
)
def test_a_robots_txt_is_read_to_its_limit(
    server: Hostile, web: type[Web], visit: Visit, filler: str, fetched: bool, why: str
) -> None:
    server.site(
        "long-rules.example",
        robots=web.robots(filler + "User-agent: *\nDisallow: /"),
        home=web.page(),
    )
    assert (visit("long-rules.example").outcome is Outcome.OK) is fetched, why


def test_addresses_are_tried_until_one_answers(server: Hostile, web: type[Web]) -> None:
    """Nothing is served by https, and nothing at the bare domain."""
    server.site("www.only.example", home=web.page())
    ways = server.allowed("www.only.example") | {("only.example", 8080): ("127.0.0.1", 8080)}
    found: list[SiteOutcome] = []
    crawl(
        [SiteToCrawl("only.example")],
        limits=Limits(download_timeout=1, delay=0),
        user_agent=AGENT,
        allowed=ways,
        on_site=found.append,
    )
    assert [page.url for page in found[0].pages] == ["http://www.only.example/"]


def test_a_site_without_an_answer_says_so() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        ways = {
            ("dead.example", 80): silent.getsockname(),
            ("www.dead.example", 80): silent.getsockname(),
        }
        found: list[SiteOutcome] = []
        crawl(
            [SiteToCrawl("dead.example")],
            limits=Limits(download_timeout=1),
            user_agent=AGENT,
            allowed=ways,
            on_site=found.append,
        )
    assert (found[0].outcome, found[0].reason, found[0].pages, found[0].robots) == (
        Outcome.UNREACHABLE,
        "no connection",
        (),
        None,
    )
