"""The spider of sites: visits many concurrently and reports each as it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scrapy import Spider

from spiders.dns_page import AskDns
from spiders.exchange import Answer, Question
from spiders.fetch import Download, Ways
from spiders.guard import BlockedAddressError, Guard
from spiders.handler import GuardedHandler
from spiders.limits import Limits
from spiders.opted_out import NOBODY, OptedOut
from spiders.rendering import Browsing, RenderOptions
from spiders.robots_cache import RobotsCache
from spiders.site import SiteOutcome, SiteToCrawl
from spiders.supply import More, Supply
from spiders.visit import Visit

#: Interval between checks whether to stop.
ASK_EVERY = 0.1


@dataclass(slots=True)
class Work:
    """The input of one crawl, and its progress."""

    sites: Sequence[SiteToCrawl]
    limits: Limits
    product: str
    guard: Guard
    report: Callable[[SiteOutcome], None]
    should_stop: Callable[[], bool]
    more: More | None = None
    robots: RobotsCache = field(default_factory=RobotsCache)
    opted_out: OptedOut = NOBODY
    render: RenderOptions | None = None
    ask_dns: AskDns | None = None
    stopped: str | None = None
    failure: BaseException | None = None
    lanes: list[asyncio.Task[None]] = field(default_factory=list)

    def stop(self, why: str, failure: BaseException | None = None) -> None:
        """End every running visit; the first reason given is kept."""
        if self.stopped is None:
            self.stopped, self.failure = why, failure
            for lane in self.lanes:
                lane.cancel()


def _browser_of(work: Work) -> Browsing | None:
    """Return the browser of a crawl that renders pages; it starts with the first of them."""
    if work.render is None:
        return None
    return work.render.open_browser(work.render, lambda error: work.stop("failed", error))


class CountedDownload:
    """A download that counts the requests of one visit that were answered, robots.txt included, and
    notes the origins that answered.
    """

    def __init__(self, download: Download) -> None:
        self._download = download
        self.answered = 0
        self.origins: set[str] = set()

    async def __call__(self, question: Question) -> Answer:
        """Return the answer."""
        answer = await self._download(question)
        self.answered += 1
        self.origins.add("/".join(question.url.split("/", 3)[:3]))
        return answer


class SiteSpider(Spider):
    """Visits `work.sites` concurrently. Each visit is one coroutine that bypasses Scrapy's
    scheduler.
    """

    name = "sites"

    def __init__(self, work: Work, **options: Any) -> None:
        super().__init__(**options)
        self.work = work
        self.guard = work.guard

    async def start(self) -> AsyncIterator[Any]:
        """Run the whole crawl; yields nothing."""
        handler = GuardedHandler(self.crawler)
        browser = _browser_of(self.work)
        ways = Ways(
            download=handler.fetch,
            product=self.work.product,
            limits=self.work.limits,
            robots=self.work.robots,
            opted_out=self.work.opted_out,
            browser=browser,
            ask_dns=self.work.ask_dns,
        )
        supply = self._supply(handler)
        count = self.work.limits.sites_at_once
        if self.work.more is None:
            count = min(count, len(self.work.sites))
        self.work.lanes = [
            asyncio.create_task(self._lane(supply, ways, handler)) for _ in range(count)
        ]
        watch = asyncio.create_task(self._watch())
        try:
            await asyncio.gather(*self.work.lanes, return_exceptions=True)
        finally:
            watch.cancel()
            if browser is not None:
                await browser.close()
            await handler.close()
        return
        yield

    def _supply(self, handler: GuardedHandler) -> Supply:
        limits = self.work.limits

        async def address_of(site: SiteToCrawl) -> str:
            try:
                _, origin = self.guard.admitted(site.addresses()[0])
            except BlockedAddressError:
                return site.domain
            try:
                async with asyncio.timeout(limits.download_timeout):
                    return await handler.resolver.address(*origin)
            except TimeoutError:
                return site.domain

        return Supply(
            self.work.sites,
            self.work.more,
            limits.seconds_of_supply,
            max(1, limits.requests_per_address // limits.requests_per_site),
            address_of,
        )

    async def _lane(self, supply: Supply, ways: Ways, handler: GuardedHandler) -> None:
        try:
            while (taken := await supply.take()) is not None:
                site, address = taken
                counted = CountedDownload(ways.download)
                try:
                    outcome = await Visit(site, replace(ways, download=counted)).run()
                    self.work.report(replace(outcome, requests=counted.answered))
                finally:
                    handler.leave(counted.origins)
                    supply.ended(address)
        except Exception as error:
            # Raised by `on_site` or `more`, since a visit never raises: `crawl` re-raises it.
            self.work.stop("failed", error)

    async def _watch(self) -> None:
        until = self.work.limits.seconds_in_all
        ends = None if until is None else asyncio.get_running_loop().time() + until
        while True:
            await asyncio.sleep(ASK_EVERY)
            try:
                asked = self.work.should_stop()
            except Exception as error:
                return self.work.stop("failed", error)
            if asked:
                self.work.stop("asked")
            elif ends is not None and asyncio.get_running_loop().time() >= ends:
                self.work.stop("time")
