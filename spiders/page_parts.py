"""Fetch what scripts of a site's pages ask for, by the same rules as the pages themselves."""

from __future__ import annotations

import asyncio

from leads.lexicon.domains import registrable
from spiders.exchange import Answer
from spiders.fetch import Fetcher, Ways
from spiders.fetch_errors import FetchError
from spiders.other_sites import other_fetcher
from spiders.rendering import RenderLimits
from spiders.site import Outcome, SiteToCrawl


class PageParts:
    """The scripts and data of the pages of one visit.

    Each is asked of its host once. Robots.txt of its host, the opt-out list, the guard, waits that
    a host asks for, and the bytes and seconds of the visit count for them too.
    """

    def __init__(self, domain: str, fetch: Fetcher, ways: Ways, limits: RenderLimits) -> None:
        self._own = domain
        self._fetch = fetch
        self._ways = ways
        self._most_domains = limits.other_domains
        self._others: dict[str, Fetcher] = {}
        self._kept: dict[str, Answer] = {}
        self._turns = asyncio.Semaphore(ways.limits.requests_per_site)

    async def __call__(self, url: str) -> Answer:
        """Return the answer to `url`; FetchError if it may not be asked for, or is not there."""
        async with self._turns:
            if url in self._kept:
                return self._kept[url]
            domain = registrable(url)
            if domain is None:
                raise FetchError(Outcome.BLOCKED_ADDRESS, "the host is no public name")
            if self._fetch.bytes_left <= 0:
                raise FetchError(Outcome.TOO_LARGE, "byte limit of the site exceeded")
            if domain == self._own:
                part = await self._fetch.part(url)
            else:
                part = await self._of(domain, url)
        if part.status == 200:
            self._kept[url] = part
        return part

    async def _of(self, domain: str, url: str) -> Answer:
        """Ask another domain, of which a few may be asked, out of the bytes of this visit."""
        if domain not in self._others:
            if len(self._others) >= self._most_domains:
                raise FetchError(Outcome.HTTP_ERROR, "scripts of too many domains")
            self._others[domain] = other_fetcher(SiteToCrawl(domain), self._fetch, self._ways)
        part = await self._others[domain].part(url, self._fetch.bytes_left)
        self._fetch.bytes_left -= len(part.body)
        return part
