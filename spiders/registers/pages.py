"""Read a search of a register page after page, until it ends."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from spiders.registers.asking import body_of
from spiders.registers.errors import RegisterError, TooManyError
from spiders.registers.handler import RegisterHandler

#: Bytes of one page without content codings.
_MOST_BYTES = 40_000_000
#: No search has more pages, whatever the register says.
_MOST_PAGES = 20_000


@dataclass(frozen=True, slots=True)
class PageRead:
    """What the caller reads of one page."""

    #: Units on the page, also those that are left out.
    units: int
    #: Units of the whole search; None: the register does not say.
    total: int | None
    #: What tells the page from others, such as the numbers on it.
    mark: str
    #: What the caller made of it.
    rows: Any


@dataclass(slots=True)
class PagedSearch:
    """A search, and how far it is read."""

    hosts: Collection[str]
    #: The address of a page, counted from 0.
    address: Callable[[int], str]
    #: Reads the body of a page; RegisterError if it holds no page.
    read: Callable[[bytes], PageRead]
    #: Takes a page that was read; False: no more is wanted.
    keep: Callable[[int, PageRead], bool]
    #: Held during each request: a turn at the register.
    turn: Callable[[], AbstractAsyncContextManager[None]]
    #: Units on a full page.
    size: int
    #: Units of one search that the register shows; None: all.
    most: int | None = None
    #: The next page.
    page: int = 0
    #: Stop after so many units, for which a search may be longer than the register shows.
    enough: int | None = None
    should_stop: Callable[[], bool] = lambda: False
    _mark: str = field(default="", init=False)

    async def run(self, handler: RegisterHandler) -> None:
        """Read from the next page to the last."""
        while self.page < _MOST_PAGES:
            if self.should_stop():
                raise RegisterError("it was stopped")
            read = self.read(
                await body_of(handler, self.address(self.page), _MOST_BYTES, self.turn)
            )
            self._check(read)
            is_last = self._is_last(read)
            goes_on = self.keep(self.page, read)
            self.page += 1
            if is_last or not goes_on:
                return
        raise RegisterError(f"it has more than {_MOST_PAGES:,} pages")

    def _check(self, read: PageRead) -> None:
        """TooManyError if the search is longer than the register shows, RegisterError if it goes in
        a circle.
        """
        total, most = read.total or 0, self.most
        if most is not None and total > most and (self.enough is None or self.enough > most):
            raise TooManyError(total, most)
        if read.units and read.mark == self._mark:
            raise RegisterError("it sent the same page twice")
        self._mark = read.mark

    def _is_last(self, read: PageRead) -> bool:
        if read.total is not None and self.size:
            through = self.page * self.size + read.units >= read.total
        else:
            through = read.units < self.size
        shown = (self.page + 2) * self.size
        return not read.units or through or (self.most is not None and shown > self.most)
