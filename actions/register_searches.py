"""Read the pages of a search of a register into a list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from actions.register_output import ListOutput
from actions.register_reading import Planned, Reading, fetch_within, rows_of, show
from leads.clock import now
from sources.listing import pages
from sources.listing.filters import parameters
from sources.listing.table import Search
from spiders.registers.pages import PagedSearch, PageRead
from workers.register_turns import turn_at
from workers.source_turns import TurnsOf


def plan_search(reading: Reading) -> Planned:
    """Ask for the first page of a search."""
    asked: list[PageRead] = []

    def keep(_: int, read: PageRead) -> bool:
        asked.append(read)
        return False

    search = _search(reading)
    paged = _paged(reading, search, keep)
    # However many there are, only the first page is asked for.
    paged.enough = 1
    fetch_within(reading, paged)
    total = asked[0].total
    count = None if total is None else -(-total // search.size)
    return Planned(reading.listing, paged.address(0), total, count)


def read_search(reading: Reading, output: ListOutput) -> int | None:
    """Write the companies of a search to a list; how many it finds, if the register says so."""
    total: list[int | None] = [None]

    def keep(page: int, read: PageRead) -> bool:
        total[0] = read.total
        room = None if reading.limit is None else reading.limit - output.counts.rows
        rows = list(rows_of(reading, read.rows.units, output, is_filtered=True))
        output.add(rows[:room], page)
        show(reading, output, read.total or 0)
        return reading.limit is None or output.counts.rows < reading.limit

    paged = _paged(reading, _search(reading), keep)
    paged.page, paged.enough = output.next_page, reading.limit
    fetch_within(reading, paged)
    return total[0]


def _search(reading: Reading) -> Search:
    assert reading.listing.search is not None
    return reading.listing.search


def _paged(reading: Reading, search: Search, keep: Callable[[int, PageRead], bool]) -> PagedSearch:
    listing = reading.listing
    asked = parameters(listing, search, reading.wanted)
    return PagedSearch(
        hosts=listing.card.hosts,
        address=lambda page: pages.address(search, asked, page),
        read=partial(_read_page, listing.name),
        keep=keep,
        turn=partial(turn_at, TurnsOf(reading.context), listing.card),
        size=search.size,
        most=search.most,
        should_stop=reading.context.should_stop,
    )


def _read_page(name: str, body: bytes) -> PageRead:
    page = pages.read_page(name, body, now().date())
    return PageRead(len(page.units), page.total, page.mark, page)
