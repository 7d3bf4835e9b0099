"""Fetch pages of one site one by one: robots.txt first, redirects, time limit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response

from leads.lexicon.domains import registrable
from spiders.fetch_errors import FetchError, fetch_error_of
from spiders.limits import Limits
from spiders.robots import Rules, everything, nothing, read_rules
from spiders.site import Outcome

#: Scrapy's downloader without its scheduler; used for pages and robots.txt.
Download = Callable[[Request], Awaitable[Response]]
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Fetcher:
    """Fetches for one site within its limits; caches the robots rules of every origin."""

    def __init__(self, download: Download, domain: str, product: str, limits: Limits) -> None:
        self._download = download
        self._domain = domain
        self._product = product
        self._limits = limits
        self._deadline = monotonic() + limits.seconds_per_site
        self._rules: dict[str, Rules] = {}
        self._one_robots_at_a_time = asyncio.Lock()
        self._next_page_at = 0.0
        self.bytes_left = limits.bytes_per_site

    async def page(self, url: str, at_most: int | None = None) -> Response:
        """Return the response to `url` after redirects, whatever its status; or raise FetchError.

        `at_most` bounds its size in bytes below the limits of page and site.
        """
        size = min(at_most or self._limits.bytes_per_page, self._limits.bytes_per_page)
        for _ in range(self._limits.redirects + 1):
            rules = await self.rules(url)
            if not rules.allows(url):
                raise FetchError(Outcome.ROBOTS_DENIED, rules.reason or "robots.txt forbids it")
            await self._wait_turn(rules)
            response = await self._get(url, min(size, self.bytes_left))
            target = _target(response)
            if target is None:
                return self._spend(response)
            if (away := registrable(target)) != self._domain:
                raise FetchError(Outcome.REDIRECTED_AWAY, f"redirects to {away or target}", away)
            url = target
        raise FetchError(Outcome.HTTP_ERROR, f"more than {self._limits.redirects} redirects")

    async def rules(self, url: str) -> Rules:
        """Return the cached robots rules of the origin of `url`; FetchError if unreachable."""
        origin = _origin(url)
        async with self._one_robots_at_a_time:
            if origin not in self._rules:
                self._rules[origin] = await self._ask_for_rules(f"{origin}/robots.txt")
        return self._rules[origin]

    async def _ask_for_rules(self, url: str) -> Rules:
        for _ in range(self._limits.redirects + 1):
            try:
                response = await self._get(url, self._limits.bytes_per_page)
            except FetchError as error:
                if error.outcome in {Outcome.HTTP_ERROR, Outcome.TOO_LARGE}:
                    return nothing(f"robots.txt cannot be read: {error.reason}")
                raise
            target = _target(response)
            if target is None:
                return read_rules(
                    response.status, response.body, self._product, self._limits.robots_bytes
                )
            url = target
        return everything("robots.txt has a redirect loop")

    async def _get(self, url: str, size: int) -> Response:
        left = self._deadline - monotonic()
        if left <= 0:
            raise FetchError(
                Outcome.TIMEOUT, f"more than {self._limits.seconds_per_site:g} s for the site"
            )
        meta = {
            "download_timeout": min(self._limits.download_timeout, left),
            "download_maxsize": max(size, 1),
        }
        try:
            return await self._download(Request(url, meta=meta, dont_filter=True))
        except Exception as error:  # Any failure caused by a hostile response costs only that page.
            raise fetch_error_of(error) from error

    async def _wait_turn(self, rules: Rules) -> None:
        now = monotonic()
        turn = max(now, self._next_page_at)
        if turn >= self._deadline:
            raise FetchError(
                Outcome.TIMEOUT,
                f"the crawl delay exceeds the limit of {self._limits.seconds_per_site:g} s",
            )
        self._next_page_at = turn + max(self._limits.delay, rules.delay)
        await asyncio.sleep(turn - now)

    def _spend(self, response: Response) -> Response:
        if len(response.body) > self.bytes_left:
            raise FetchError(Outcome.TOO_LARGE, "byte limit of the site exceeded")
        self.bytes_left -= len(response.body)
        return response


def _target(response: Response) -> str | None:
    """Return the redirect target of a response; None if it is not a redirect."""
    location = response.headers.get("Location")
    if response.status not in _REDIRECTS or location is None:
        return None
    try:
        return urljoin(response.url, location.decode("utf-8", "replace").strip())
    except ValueError:
        raise FetchError(Outcome.HTTP_ERROR, "redirects to an invalid URL") from None


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise FetchError(Outcome.HTTP_ERROR, "invalid URL") from None
    return f"{parts.scheme}://{parts.netloc}"
