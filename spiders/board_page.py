"""Fetch a company's board, the one page of a visit that is on another host."""

from __future__ import annotations

from leads.lexicon.domains import registrable
from spiders.arrivals import html_page
from spiders.boards import board_at
from spiders.exchange import Answer
from spiders.fetch import Fetcher, Ways
from spiders.fetch_errors import FetchError
from spiders.other_sites import other_fetcher
from spiders.site import Outcome, Robots, SiteToCrawl


async def board_page(
    board: str, site: SiteToCrawl, fetch: Fetcher, ways: Ways
) -> tuple[Answer, Robots | None]:
    """Return the page of a board, and what robots.txt of its host says about it.

    It is fetched in the time and the bytes that the site's own visit, `fetch`, has left. What its
    host asks for, such as a wait, concerns that host alone. FetchError if there is no such page, if
    it leads to another domain, or to a page that is no company's board.
    """
    domain = registrable(board)
    if domain is None or domain == site.domain:
        raise FetchError(Outcome.BLOCKED_ADDRESS, "the board is on no other public name")
    if fetch.bytes_left <= 0 or fetch.seconds_left <= 0:
        raise FetchError(Outcome.TIMEOUT, "the visit has no bytes or seconds left")

    # It is asked for the languages of the company, not for those of its own top level.
    country = site.country or site.domain.rpartition(".")[2]
    other = other_fetcher(SiteToCrawl(domain, country=country, known=site.known), fetch, ways)
    response = html_page(await other.page(board, fetch.bytes_left))
    if response.url != board and board_at(response.url) is None:
        raise FetchError(Outcome.REDIRECTED_AWAY, "redirects to a page that is no board")
    return response, other.robots_of(response.url)
