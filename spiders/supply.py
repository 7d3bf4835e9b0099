"""The sites of a crawl that wait for their visit; new ones come while slow ones are under way."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

from spiders.site import SiteToCrawl

#: More sites to visit; none when there are none at the moment.
More = Callable[[], Sequence[SiteToCrawl]]
#: Seconds until more sites are asked for again after there were none.
ASK_AGAIN = 1.0


class Supply:
    """Hands out sites, at most `most_at_address` at a time of those at one address.

    `more` is asked when all are handed out, for `seconds` from the start. Exceptions of `more` are
    raised by `take`.
    """

    def __init__(
        self,
        sites: Sequence[SiteToCrawl],
        more: More | None,
        seconds: float,
        most_at_address: int,
        address_of: Callable[[SiteToCrawl], Awaitable[str]],
    ) -> None:
        self._waiting = deque(sites)
        self._more = more
        self._until = monotonic() + seconds
        self._ask_at = 0.0
        self._most = most_at_address
        self._address_of = address_of
        self._under_way: Counter[str] = Counter()
        self._held_back: dict[str, deque[SiteToCrawl]] = {}
        #: Sites that were held back, with the place at their address that another left to them.
        self._freed: deque[tuple[SiteToCrawl, str]] = deque()
        self._looked_up = 0
        self._changed = asyncio.Event()

    async def take(self) -> tuple[SiteToCrawl, str] | None:
        """Return a site and its address, to be given to `ended`; None when there are no more."""
        while True:
            self._refill()
            while self._freed or self._waiting:
                if self._freed:
                    return self._freed.popleft()
                site = self._waiting.popleft()
                address = await self._address(site)
                if self._under_way[address] < self._most:
                    self._under_way[address] += 1
                    return site, address
                self._held_back.setdefault(address, deque()).append(site)
            if not self._may_come():
                return None
            await self._something()

    def ended(self, address: str) -> None:
        """Count the visit to a site at this address as ended.

        A site that was held back takes its place at once, and is not looked up again: its name may
        lead elsewhere by now, where nothing would end for it.
        """
        if held := self._held_back.get(address):
            self._freed.append((held.popleft(), address))
            if not held:
                del self._held_back[address]
        else:
            self._under_way[address] -= 1
            if not self._under_way[address]:
                del self._under_way[address]
        self._changed.set()

    def _may_come(self) -> bool:
        """Whether a site may be handed out later: it waits for its address, or comes again while
        others are under way.
        """
        is_busy = bool(self._under_way or self._looked_up)
        return bool(self._held_back) or (is_busy and self._more is not None)

    def _refill(self) -> None:
        if self._freed or self._waiting or self._more is None or monotonic() < self._ask_at:
            return
        if monotonic() >= self._until:
            self._more = None
            return
        self._waiting.extend(self._more())
        if not self._waiting:
            self._ask_at = monotonic() + ASK_AGAIN

    async def _address(self, site: SiteToCrawl) -> str:
        self._looked_up += 1
        try:
            return await self._address_of(site)
        finally:
            self._looked_up -= 1

    async def _something(self) -> None:
        """Wait until a visit ends, or until it is time to ask for more."""
        self._changed.clear()
        try:
            async with asyncio.timeout(ASK_AGAIN):
                await self._changed.wait()
        except TimeoutError:
            return
