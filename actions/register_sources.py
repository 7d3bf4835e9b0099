"""Read the pages of a search, or the file of a whole register, into a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from actions.register_output import ListOutput
from leads.clock import now
from sources.listing import pages
from sources.listing.file_units import csv_units, json_units
from sources.listing.filters import Wanted, has, parameters
from sources.listing.newest import newest
from sources.listing.pages import Page, Unit, UnreadableError
from sources.listing.rows import row_of, why_not
from sources.listing.table import Listing, Search, WholeFile
from spiders.registers.errors import RegisterError
from spiders.registers.files import Download, FileAt
from spiders.registers.pages import PagedSearch, PageRead
from spiders.registers.part import Part
from spiders.registers.spider import fetch
from spiders.registers.unpacking import check_begin, unpacked
from workers.context import Context
from workers.register_turns import turn_at
from workers.source_turns import TurnsOf

_UNSAFE = re.compile(r"[^\w.-]", re.ASCII)
#: Rows that are written at once.
_TOGETHER = 1_000
#: Part of the companies that a register states which its file must hold.
_WHOLE = 0.98


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is to be read of a register, and by what bounds."""

    context: Context
    listing: Listing
    wanted: Wanted
    limit: int | None
    again: bool
    seconds: float
    user_agent: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What a request would read."""

    listing: Listing
    #: Where it would be read.
    url: str
    #: Companies that are found; None: the register does not say.
    total: int | None = None
    #: Pages of a search.
    pages: int | None = None
    #: Bytes of the file, if the register states them.
    size: int | None = None
    #: The file is there already.
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read."""

    url: str
    path: str
    size: int
    #: It was there already.
    was_here: bool


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
    _fetch(reading, paged)
    total = asked[0].total
    count = None if total is None else -(-total // search.size)
    return Planned(reading.listing, paged.address(0), total, count)


def read_search(reading: Reading, output: ListOutput) -> int | None:
    """Write the companies of a search to a list; how many it finds, if the register says so."""
    total: list[int | None] = [None]

    def keep(page: int, read: PageRead) -> bool:
        total[0] = read.total
        room = None if reading.limit is None else reading.limit - output.counts.rows
        rows = list(_rows(reading, read.rows.units, output, is_filtered=True))
        output.add(rows[:room], page)
        _show(reading, output, read.total or 0)
        return reading.limit is None or output.counts.rows < reading.limit

    paged = _paged(reading, _search(reading), keep)
    paged.page, paged.enough = output.next_page, reading.limit
    _fetch(reading, paged)
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
    page: Page = pages.read_page(name, body, now().date())
    return PageRead(len(page.units), page.total, page.mark, page)


def _fetch(reading: Reading, errand: PagedSearch | Download) -> None:
    fetch(
        errand,
        user_agent=reading.user_agent,
        allowed=reading.context.allowed,
        seconds=reading.seconds,
    )


def _rows(
    reading: Reading, units: Iterable[Unit], output: ListOutput, *, is_filtered: bool
) -> Iterator[list[str]]:
    """The rows of those companies that belong in the list; others are counted."""
    counts = output.counts
    for one in units:
        counts.read += 1
        if one.entry is None:
            why = "are people in business" if one.is_person else "have no number or name"
        elif not is_filtered and not has(one.entry, reading.wanted):
            continue
        else:
            why = why_not(one.entry)
        if why or one.entry is None:
            counts.left_out[why] += 1
            continue
        yield row_of(one.entry, reading.listing.card)


def _show(reading: Reading, output: ListOutput, total: int) -> None:
    if reading.context.progress is not None:
        reading.context.progress("companies read", output.counts.read, total)


def plan_file(reading: Reading) -> Planned:
    """Ask where the newest file is."""
    download = _download(reading)
    if download.find is None:
        found = FileAt(download.url)
    else:
        download.only_find = True
        _fetch(reading, download)
        assert download.found is not None
        found = download.found
    here = download.place(found).place.exists() and not reading.again
    return Planned(reading.listing, found.url, found.records, None, found.size, here)


def read_file(reading: Reading, output: ListOutput) -> FileRead:
    """Download the file of a register unless it is there, and write its companies to a list."""
    download = _download(reading)
    before = set(_folder(reading).glob("*"))
    _fetch(reading, download)
    assert download.part is not None
    assert download.found is not None
    place = download.part.place
    try:
        _read(reading, place, output, download.found.records)
    except RegisterError as error:
        if error.is_void:
            place.unlink(missing_ok=True)
        raise
    _tidy(place)
    return FileRead(download.found.url, str(place), place.stat().st_size, place in before)


def _read(reading: Reading, place: Path, output: ListOutput, records: int | None) -> None:
    """Write the companies of a file; RegisterError if it is not as long as its register states."""
    with unpacked(place) as stream:
        rows: list[list[str]] = []
        for row in _rows(reading, _units(reading, stream), output, is_filtered=False):
            rows.append(row)
            if reading.limit is not None and output.counts.rows + len(rows) >= reading.limit:
                output.add(rows)
                return
            if len(rows) >= _TOGETHER:
                output.add(rows)
                rows.clear()
                _show(reading, output, records or 0)
        output.add(rows)
    if records is not None and output.counts.read < _WHOLE * records:
        raise RegisterError(
            f"the file holds {output.counts.read:,} companies, and the register states {records:,}",
            is_void=True,
        )


def _units(reading: Reading, stream: IO[bytes]) -> Iterator[Unit]:
    name = reading.listing.name
    if _file(reading).holds == "csv":
        return csv_units(name, stream)
    return json_units(name, stream, now().date())


def _file(reading: Reading) -> WholeFile:
    assert reading.listing.file is not None
    return reading.listing.file


def _download(reading: Reading) -> Download:
    file = _file(reading)

    def find(body: bytes) -> FileAt:
        found = newest(file, body)
        return FileAt(found.url, found.size, found.records)

    def place(found: FileAt) -> Part:
        named = found.url.rsplit("/", 1)[-1] if file.named_by else f"{now():%Y-%m-%d}"
        name = _UNSAFE.sub("_", f"{reading.listing.name}-{named}")[:150]
        part = Part(_folder(reading) / name)
        if reading.again and not download.only_find:
            part.place.unlink(missing_ok=True)
        return part

    def progress(done: int, total: int) -> None:
        if reading.context.progress is not None:
            reading.context.progress("bytes downloaded", done, total)

    download = Download(
        hosts=reading.listing.hosts,
        url=file.url,
        find=find if file.named_by else None,
        place=place,
        check=check_begin,
        most=file.most,
        progress=progress,
    )
    return download


def _folder(reading: Reading) -> Path:
    return reading.context.settings.home / "cache" / "registers" / reading.listing.name


def _tidy(place: Path) -> None:
    """Delete older files: the newest one alone is of use."""
    for one in place.parent.iterdir():
        if one != place and not one.name.endswith(".lock"):
            with suppress(OSError):
                one.unlink()


__all__ = [
    "FileRead",
    "Planned",
    "Reading",
    "RegisterError",
    "UnreadableError",
    "plan_file",
    "plan_search",
    "read_file",
    "read_search",
]
