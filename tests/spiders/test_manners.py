"""What a crawl does when a site is busy, says when to come back, or wants no visit."""

import time
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from leads.clock import now
from spiders.crawl import crawl
from spiders.limits import Limits
from spiders.opted_out import OptedOut
from spiders.robots import RobotsCache
from spiders.site import Outcome, Robots, SiteOutcome, SiteToCrawl
from spiders.site_languages import accept_language
from tests.spiders.conftest import Hostile, Route, Web

AGENT = "Sluice/0.1 (+https://sluice.example/crawler)"
#: Short waits: what matters is which are made.
SHORT: dict[str, Any] = {
    "download_timeout": 3,
    "seconds_per_site": 20,
    "delay": 0,
    "retry_pause": 0.05,
    "wait_unsaid": 0.1,
}
DAY = timedelta(days=1)
Visits = Callable[..., list[SiteOutcome]]


@pytest.fixture
def visits(server: Hostile) -> Visits:
    """Visits hosts in one crawl; returns the outcomes in the order of the hosts."""

    def run(
        *hosts: str,
        opted_out: OptedOut | None = None,
        robots: RobotsCache | None = None,
        also: tuple[str, ...] = (),
        **limits: Any,
    ) -> list[SiteOutcome]:
        found: dict[str, SiteOutcome] = {}
        crawl(
            [SiteToCrawl(host, (f"http://{host}/",)) for host in hosts],
            limits=Limits(**SHORT | limits),
            user_agent=AGENT,
            allowed=server.allowed(*hosts, *also),
            on_site=lambda one: found.update({one.domain: one}),
            opted_out=opted_out or OptedOut(),
            robots=robots,
        )
        return [found[host] for host in hosts]

    return run


def in_turn(*answers: bytes) -> Route:
    """Answers in this order; the last one again and again."""
    left = list(answers)

    def send(connection: Any, _over: Any) -> None:
        connection.sendall(left.pop(0) if len(left) > 1 else left[0])

    return send


def busy(web: type[Web], status: str = "429 Too Many Requests", wait: str = "") -> bytes:
    return web.answer(status=status, headers=f"Retry-After: {wait}\r\n" if wait else "")


@pytest.mark.parametrize(
    ("status", "wait"),
    [
        pytest.param("429 Too Many Requests", "1", id="429"),
        pytest.param("503 Service Unavailable", "1", id="503"),
        pytest.param("429 Too Many Requests", "", id="429 that does not say how long"),
        pytest.param("429 Too Many Requests", "soon", id="429 that says nonsense"),
    ],
)
def test_a_short_wait_is_made(
    server: Hostile, web: type[Web], visits: Visits, status: str, wait: str
) -> None:
    host = f"short-{status[:3]}-{wait or 'unsaid'}.example"
    server.site(
        host,
        home=in_turn(busy(web, status, wait), web.page("/kontakt")),
        kontakt=in_turn(busy(web, status, wait), web.page()),
    )
    before = time.monotonic()
    (outcome,) = visits(host)
    assert [page.url for page in outcome.pages] == [f"http://{host}/", f"http://{host}/kontakt"]
    assert outcome.not_before is None
    assert time.monotonic() - before >= (2 if wait == "1" else 0.2)


def test_a_date_is_a_wait_too(server: Hostile, web: type[Web], visits: Visits) -> None:
    soon = format_datetime(now() + timedelta(seconds=2), usegmt=True)
    server.site("date.example", home=in_turn(busy(web, wait=soon), web.page()))
    assert visits("date.example")[0].outcome is Outcome.OK


@pytest.mark.parametrize(
    ("wait", "days"),
    [
        pytest.param("86400", 1, id="a day"),
        pytest.param("315360000", 30, id="ten years"),
        pytest.param("9" * 400, 30, id="longer than any number"),
        pytest.param("Fri, 31 Dec 9999 23:59:59 GMT", 30, id="the last date there is"),
    ],
)
def test_a_long_wait_ends_the_visit(
    server: Hostile, web: type[Web], visits: Visits, wait: str, days: int
) -> None:
    host = f"long-{len(wait)}-{days}.example"
    server.site(host, home=busy(web, wait=wait))
    (outcome,) = visits(host)
    assert outcome.outcome is Outcome.ASKED_TO_WAIT
    assert outcome.not_before is not None
    assert abs(outcome.not_before - now() - days * DAY) < timedelta(minutes=5)
    assert (
        outcome.reason == f"answered 429: no visit before {outcome.not_before:%Y-%m-%d %H:%M} UTC"
    )
    assert server.hits[host] == ["/robots.txt", "/"]


def test_a_long_wait_later_on_keeps_the_pages_that_came_first(
    server: Hostile, web: type[Web], visits: Visits
) -> None:
    server.site(
        "later.example",
        home=web.page("/impressum", "/kontakt", "/produkte", "/karriere"),
        impressum=busy(web, "503 Busy", "7200"),
        kontakt=busy(web, "503 Busy", "7200"),
    )
    (outcome,) = visits("later.example")
    assert (outcome.outcome, len(outcome.pages)) == (Outcome.OK, 1)
    assert "no visit before" in outcome.reason
    assert outcome.not_before is not None
    assert outcome.not_before > now() + timedelta(minutes=100)
    assert "/produkte" not in server.hits["later.example"]


def test_a_storm_of_429_is_left_alone(server: Hostile, web: type[Web], visits: Visits) -> None:
    server.site("storm.example", home=busy(web))
    (outcome,) = visits("storm.example", waits_per_site=2)
    assert outcome.outcome is Outcome.ASKED_TO_WAIT
    assert "without saying how long" in outcome.reason
    assert outcome.not_before is not None
    assert timedelta(minutes=50) < outcome.not_before - now() < timedelta(minutes=70)
    assert server.hits["storm.example"] == ["/robots.txt", "/", "/", "/"]


@pytest.mark.parametrize(
    ("status", "wait", "ends"),
    [
        pytest.param("429 Too Many Requests", "", Outcome.ASKED_TO_WAIT, id="429"),
        pytest.param("429 Too Many Requests", "9999", Outcome.ASKED_TO_WAIT, id="429 for long"),
        pytest.param("503 Busy", "9999", Outcome.ASKED_TO_WAIT, id="503 for long"),
        pytest.param("500 Broken", "", Outcome.ROBOTS_UNKNOWN, id="500"),
    ],
)
def test_rules_that_cannot_be_read_now_allow_nothing_now(
    server: Hostile, web: type[Web], visits: Visits, status: str, wait: str, ends: Outcome
) -> None:
    host = f"rules-{status[:3]}{wait}.example"
    server.site(host, robots=busy(web, status, wait), home=web.page())
    assert visits(host, waits_per_site=1)[0].outcome is ends
    assert "/" not in server.hits[host]


def test_a_busy_robots_txt_is_waited_for(server: Hostile, web: type[Web], visits: Visits) -> None:
    server.site(
        "wakes.example",
        robots=in_turn(busy(web, wait="1"), web.robots("User-agent: *\nDisallow: /kontakt")),
        home=web.page("/kontakt", "/impressum"),
        impressum=web.page(),
    )
    (outcome,) = visits("wakes.example")
    assert [page.robots for page in outcome.pages] == [Robots.ALLOWED, Robots.ALLOWED]
    assert "/kontakt" not in server.hits["wakes.example"]


@pytest.mark.parametrize("failure", ["500 Broken", "502 Bad Gateway", "reset"])
def test_what_fails_in_passing_is_tried_once_more(
    server: Hostile, web: type[Web], visits: Visits, failure: str
) -> None:
    fails = b"" if failure == "reset" else web.answer(status=failure)
    once, always = f"once-{failure[:3]}.example", f"always-{failure[:3]}.example"
    server.site(once, home=in_turn(fails, web.page()))
    server.site(always, home=fails)
    assert [one.outcome for one in visits(once, always)] == [Outcome.OK, Outcome.HTTP_ERROR]
    # The client itself asks again when a connection that it kept is closed.
    assert len(server.hits[always]) <= (5 if failure == "reset" else 3)


def test_what_fails_for_good_is_not_tried_again(
    server: Hostile, web: type[Web], visits: Visits
) -> None:
    server.site("gone.example", home=web.answer(status="410 Gone"))
    assert visits("gone.example")[0].outcome is Outcome.HTTP_ERROR
    assert server.hits["gone.example"] == ["/robots.txt", "/"]


def test_a_host_on_the_opt_out_list_is_not_asked_for_anything(
    server: Hostile, web: type[Web], visits: Visits
) -> None:
    server.site("shy.example", home=web.page())
    server.site("leads.example", home=web.redirect("http://inner.leads.example/"))
    server.site("inner.leads.example", home=web.page())
    server.site("links.example", home=web.page("http://hidden.links.example/kontakt", "/about"))
    server.site("links.example", about=web.page())
    server.site("hidden.links.example", kontakt=web.page())
    listed = OptedOut(
        {"shy.example": "asked by letter", "inner.leads.example": "", "hidden.links.example": ""}
    )
    hosts = ("shy.example", "leads.example", "links.example")
    shy, leads, links = visits(
        *hosts, also=("inner.leads.example", "hidden.links.example"), opted_out=listed
    )
    assert (shy.outcome, shy.reason) == (
        Outcome.OPTED_OUT,
        "shy.example is on the opt-out list: asked by letter",
    )
    assert (leads.outcome, leads.reason) == (
        Outcome.OPTED_OUT,
        "inner.leads.example is on the opt-out list",
    )
    assert [page.url for page in links.pages] == [
        "http://links.example/",
        "http://links.example/about",
    ]
    assert [
        server.hits[host] for host in ("shy.example", "inner.leads.example", "hidden.links.example")
    ] == [[], [], []]


@pytest.mark.parametrize(
    ("listed", "url", "is_out"),
    [
        ("acme.example", "https://acme.example/x", True),
        ("acme.example", "https://www.acme.example/", True),
        ("acme.example", "https://shop.acme.example:443/", True),
        ("acme.example", "https://ACME.example./", True),
        ("shop.acme.example", "https://acme.example/", False),
        ("acme.example", "https://notacme.example/", False),
        ("acme.example", "https://acme.example.org/", False),
        ("münchen.example", "https://xn--mnchen-3ya.example/", False),
        ("xn--mnchen-3ya.example", "https://MÜNCHEN.example/", True),
    ],
)
def test_a_listed_host_covers_the_hosts_below_it(listed: str, url: str, is_out: bool) -> None:
    assert (OptedOut({listed: ""}).why(url) is not None) is is_out


def test_rules_are_asked_for_once_a_day(server: Hostile, web: type[Web], visits: Visits) -> None:
    server.site("known.example", robots=web.robots("User-agent: *\nAllow: /"), home=web.page())
    cache = RobotsCache()
    for _ in range(2):
        assert visits("known.example", robots=cache)[0].outcome is Outcome.OK
    assert server.hits["known.example"].count("/robots.txt") == 1


def test_one_visit_asks_few_hosts_for_their_rules(
    server: Hostile, web: type[Web], visits: Visits
) -> None:
    """A site that sends each page on to another of its hosts."""
    paths = ["impressum", "contact", "about-us", "products", "careers", "team", "references"]
    hosts = [f"h{n}.many-hosts.example" for n in range(len(paths))]
    first = "many-hosts.example"
    links = [f"http://{host}/{path}" for host, path in zip(hosts, paths, strict=True)]
    server.site(first, home=web.page(*links))
    for host, path in zip(hosts, paths, strict=True):
        server.site(host, robots=web.robots("User-agent: *\nAllow: /"), **{path: web.page()})
    (outcome,) = visits(first, also=tuple(hosts), origins_per_site=4)
    assert outcome.outcome is Outcome.OK
    asked = [host for host in (first, *hosts) if "/robots.txt" in server.hits[host]]
    assert len(asked) == 4


def test_no_more_requests_at_one_address_than_its_limit(
    server: Hostile, web: type[Web], visits: Visits
) -> None:
    """Every host of the server is at one address. The wait for a turn costs a site no time."""
    hosts = [f"shared-{n}.example" for n in range(12)]
    under_way: list[int] = []
    most: list[int] = []

    def slowly(connection: Any, _over: Any) -> None:
        under_way.append(1)
        most.append(len(under_way))
        time.sleep(0.3)
        under_way.pop()
        connection.sendall(web.page())

    for host in hosts:
        server.site(host, home=slowly)
    outcomes = visits(*hosts, requests_per_address=2, sites_at_once=12, requests_per_site=1)
    assert [one.outcome for one in outcomes] == [Outcome.OK] * 12
    assert max(most) == 2


@pytest.mark.parametrize(
    ("domain", "country", "wanted"),
    [
        ("acme.de", None, "de, en;q=0.5, *;q=0.3"),
        ("acme.ch", None, "de, fr;q=0.9, it;q=0.8, en;q=0.5, *;q=0.3"),
        ("acme.com", "FR", "fr, en;q=0.5, *;q=0.3"),
        ("acme.com", None, "en, *;q=0.3"),
        ("acme.no", None, "nb, no;q=0.9, nn;q=0.8, en;q=0.5, *;q=0.3"),
        ("acme.co.uk", None, "en, *;q=0.3"),
    ],
)
def test_a_site_is_asked_for_its_own_languages(
    domain: str, country: str | None, wanted: str
) -> None:
    assert accept_language(domain, country) == wanted
