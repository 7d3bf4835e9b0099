"""The board of a company at an applicant-tracking system is one page more, within the bounds."""

from collections.abc import Callable

import pytest

from spiders.boards import board_of
from spiders.crawl import crawl
from spiders.limits import Limits
from spiders.site import PageKind, SiteOutcome, SiteToCrawl
from tests.spiders.conftest import Hostile, Web

AGENT = "Sluice/0.1 (+https://sluice.example/crawler)"
BOARD = "boards.greenhouse.io"
Visit = Callable[..., SiteOutcome]


@pytest.fixture
def visit(server: Hostile) -> Visit:
    """Visits one host that has routes, and may reach the board."""

    def run(host: str, pages: int = 8) -> SiteOutcome:
        found: list[SiteOutcome] = []
        limits = Limits(download_timeout=1, seconds_per_site=4, delay=0, pages_per_site=pages)
        crawl(
            [SiteToCrawl(host, (f"http://{host}/",))],
            limits=limits,
            user_agent=AGENT,
            allowed=server.allowed(host, BOARD),
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
