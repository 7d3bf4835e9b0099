"""What is read of a register, by what bounds, and which of its companies belong in a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actions.register_output import ListOutput
from sources.listing.filters import Wanted, has
from sources.listing.pages import Unit
from sources.listing.rows import row_of, why_not
from sources.listing.table import Listing
from spiders.registers.spider import Errand, fetch
from workers.context import Context


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
    #: Whether the file is there already; None: it is a search.
    is_here: bool | None = None


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read."""

    url: str
    path: str
    size: int
    #: It was there already.
    was_here: bool


def fetch_within(reading: Reading, errand: Errand) -> None:
    """Run an errand by the bounds of a reading."""
    fetch(
        errand,
        user_agent=reading.user_agent,
        allowed=reading.context.allowed,
        seconds=reading.seconds,
    )


def rows_of(
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


def show(reading: Reading, output: ListOutput, total: int) -> None:
    """Show how many companies were read."""
    if reading.context.progress is not None:
        reading.context.progress("companies read", output.counts.read, total)
