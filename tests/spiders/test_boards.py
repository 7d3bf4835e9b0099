"""The board of a company at an applicant-tracking system is one page more, within the bounds."""

from collections.abc import Callable
from typing import Any

import pytest

from spiders.boards import board_of
from spiders.crawl import crawl
from spiders.limits import Limits
from spiders.site import PageKind, Robots, SiteOutcome, SiteToCrawl
from tests.spiders.conftest import Hostile, Web

AGENT = "Sluice/0.1 (+https://sluice.example/crawler)"
BOARD, NEW_BOARD = "boards.greenhouse.io", "job-boards.greenhouse.io"
Visit = Callable[..., SiteOutcome]


@pytest.fixture
def visit(server: Hostile) -> Visit:
    """Visits one host that has routes, and may reach the board, whose rules are forgotten first."""
    server.routes.pop((BOARD, "/robots.txt"), None)

    def run(host: str, pages: int = 8, **more: Any) -> SiteOutcome:
        found: list[SiteOutcome] = []
        limits = Limits(
            download_timeout=1, seconds_per_site=4, delay=0, pages_per_site=pages, **more
        )
        crawl(
            [SiteToCrawl(host, (f"http://{host}/",))],
            limits=limits,
            user_agent=AGENT,
            allowed=server.allowed(host, BOARD, NEW_BOARD),
            on_site=found.append,
        )
        return found[0]

    return run


def boards(outcome: SiteOutcome) -> list[str]:
    return [page.url for page in outcome.pages if page.kind is PageKind.BOARD]


@pytest.mark.parametrize(
    ("address", "board"),
    [
        ("https://boards.greenhouse.io/acme/jobs/123456", "https://boards.greenhouse.io/acme"),
        (
            "https://boards.greenhouse.io/embed/job_board/js?for=acme",
            "https://boards.greenhouse.io/embed/job_board?for=acme",
        ),
        ("https://jobs.lever.co/acme", "https://jobs.lever.co/acme"),
        ("https://acme.jobs.personio.de/job/12345?language=de", "https://acme.jobs.personio.de/"),
        ("https://acme.recruitee.com/o/sales-manager", "https://acme.recruitee.com/"),
        ("https://join.com/companies/acme/123-baker", "https://join.com/companies/acme"),
        ("https://acme.teamtailor.com/jobs", "https://acme.teamtailor.com/jobs"),
        ("https://acme.softgarden.io/job/123456", "https://acme.softgarden.io/"),
        # Pages of the vendor, its servers for programs, and other sites.
        ("https://www.greenhouse.io/", None),
        ("https://join.com/blog/hiring", None),
        ("https://api.lever.co/v0/postings/acme", None),
        ("https://acme.example/jobs", None),
        ("https://user@boards.greenhouse.io/acme", None),
        ("https://boards.greenhouse.io:8080/acme", None),
    ],
)
def test_the_board_behind_a_link(address: str, board: str | None) -> None:
    assert board_of(f"<a href='{address}'>Jobs</a>", PageKind.CAREERS) == board


@pytest.mark.parametrize(
    "reference",
    [
        'SRC = "https://jobs.lever.co/acme"',
        "href=https://jobs.lever.co/acme",
        "href=' HTTPS://jobs.lever.co/acme'",
        "data-x='://' href='https://other.example/://x' href='https://jobs.lever.co/acme'",
    ],
)
def test_a_board_is_found_however_its_link_is_written(reference: str) -> None:
    found = board_of(f"<a {reference}>Jobs</a>", PageKind.HOME)
    assert found is not None
    assert found.lower() == "https://jobs.lever.co/acme"


@pytest.mark.parametrize("text", ["https://jobs.lever.co/acme", "x='https://jobs.lever.co/acme'"])
def test_an_address_that_nothing_refers_to_is_no_board(text: str) -> None:
    assert board_of(f"<p {text}>{text}", PageKind.HOME) is None


def test_other_pages_lead_to_no_board() -> None:
    assert board_of("<a href=https://jobs.lever.co/acme>", PageKind.REFERENCES) is None


def test_one_page_of_the_board_is_fetched_and_its_links_are_not_followed(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    host = "hiring.example"
    server.site(host, home=web.page(f"http://{BOARD}/acme"))
    server.site(
        BOARD,
        **{"acme": web.page("/acme/jobs/1", "/other"), "acme/jobs/1": web.page()},
    )
    assert boards(visit(host)) == [f"http://{BOARD}/acme"]


def test_a_board_that_robots_txt_forbids_is_left_alone(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    host = "shy.example"
    server.site(host, home=web.page(f"http://{BOARD}/acme"))
    server.site(BOARD, robots=web.robots("User-agent: *\nDisallow: /"), acme=web.page("/x"))
    outcome = visit(host)
    assert boards(outcome) == []
    assert outcome.outcome.value == "ok"
    assert "boards not fetched: 1" in outcome.reason


def test_a_board_that_leads_elsewhere_costs_the_site_nothing(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    host = "away.example"
    server.site(host, home=web.page(f"http://{BOARD}/acme"))
    server.site(BOARD, acme=web.redirect("http://elsewhere.example/"))
    outcome = visit(host)
    assert boards(outcome) == []
    assert [page.kind.value for page in outcome.pages] == ["home"]


def test_a_visit_to_one_page_fetches_no_board(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    host = "short.example"
    server.site(host, home=web.page(f"http://{BOARD}/acme"))
    server.site(BOARD, acme=web.page())
    assert boards(visit(host, pages=1)) == []


def test_a_visit_that_looks_no_further_fetches_no_board(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    host = "searched.example"
    server.site(host, home=web.page(f"http://{BOARD}/searched"))
    server.site(BOARD, searched=web.page())
    assert boards(visit(host, look_further=False)) == []
    assert "/searched" not in server.hits[BOARD]


@pytest.mark.parametrize("said", ["Retry-After: 3600\r\n", ""])
def test_a_wait_that_the_board_asks_for_is_not_the_site_s(
    server: Hostile, web: type[Web], visit: Visit, said: str
) -> None:
    host = "busy.example"
    server.site(host, home=web.page(f"http://{BOARD}/busy"))
    server.site(BOARD, busy=web.answer("", "429 Too Many Requests", headers=said))
    outcome = visit(host, wait_unsaid=0.1)
    assert (outcome.outcome.value, outcome.not_before) == ("ok", None)
    assert outcome.reason == "boards not fetched: 1"
    assert boards(outcome) == []


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (f"http://{BOARD}/moved", f"http://{NEW_BOARD}/moved"),
        (f"http://{BOARD}/moved", f"http://{BOARD}/moved/"),
        (
            f"http://{BOARD}/embed/job_board?for=moved",
            f"http://{NEW_BOARD}/embed/job_board?for=moved",
        ),
    ],
)
def test_a_board_that_moved_within_its_own_domain_is_kept(
    server: Hostile, web: type[Web], visit: Visit, first: str, last: str
) -> None:
    host = "moved.example"
    server.site(host, home=web.page(first))
    for address, sent in ((first, web.redirect(last)), (last, web.page())):
        _, _, at, path = address.split("/", 3)
        server.site(at, **{path: sent})
    outcome = visit(host)
    assert boards(outcome) == [last]
    assert outcome.pages[-1].robots is Robots.ABSENT


@pytest.mark.parametrize(
    "leads_to",
    [
        pytest.param("http://back.example/jobs", id="the company's own site"),
        pytest.param(f"http://{NEW_BOARD}/?error=true", id="no company's board"),
    ],
)
def test_a_board_that_is_gone_is_not_kept(
    server: Hostile, web: type[Web], visit: Visit, leads_to: str
) -> None:
    host = "back.example"
    server.site(host, home=web.page(f"http://{BOARD}/back"), jobs=web.page())
    server.site(BOARD, back=web.redirect(leads_to))
    server.site(NEW_BOARD, **{"?error=true": web.page()})
    outcome = visit(host)
    assert boards(outcome) == []
    assert "boards not fetched: 1" in outcome.reason


def test_a_board_larger_than_what_is_left_of_the_visit_is_not_kept(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    host = "heavy.example"
    server.site(host, home=web.page(f"http://{BOARD}/heavy", text="x" * 3_000))
    server.site(BOARD, heavy=web.page(text="x" * 3_000))
    assert boards(visit(host, bytes_per_site=5_000)) == []
    assert boards(visit(host, bytes_per_site=50_000)) == [f"http://{BOARD}/heavy"]


def test_a_board_is_asked_for_the_company_s_languages(
    server: Hostile, web: type[Web], visit: Visit
) -> None:
    host = "made-up-werk.de"
    server.site(host, home=web.page(f"http://{BOARD}/werk"))
    server.site(BOARD, werk=web.page())
    assert boards(visit(host)) == [f"http://{BOARD}/werk"]
    (asked,) = [one for one in server.requests if one.startswith(b"GET /werk ")]
    assert b"accept-language: de" in asked.lower()
