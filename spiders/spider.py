"""The only Scrapy spider: visits many sites concurrently and reports each as it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response

from spiders.fetch import Download
from spiders.guard import Guard
from spiders.limits import Limits
from spiders.site import SiteOutcome, SiteToCrawl
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
    stopped: str | None = None
    failure: BaseException | None = None
    lanes: list[asyncio.Task[None]] = field(default_factory=list)

    def stop(self, why: str, failure: BaseException | None = None) -> None:
        """End every running visit; the first reason given is kept."""
        if self.stopped is None:
            self.stopped, self.failure = why, failure
            for lane in self.lanes:
                lane.cancel()


class CountedDownload:
    """A download that counts the requests of one visit that were answered, robots.txt included."""

    def __init__(self, download: Download) -> None:
        self._download = download
        self.answered = 0

    async def __call__(self, request: Request) -> Response:
        """Return the response."""
        response = await self._download(request)
        self.answered += 1
        return response


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
        waiting = iter(self.work.sites)
        count = min(self.work.limits.sites_at_once, len(self.work.sites))
        self.work.lanes = [asyncio.create_task(self._lane(waiting)) for _ in range(count)]
        watch = asyncio.create_task(self._watch())
        try:
            await asyncio.gather(*self.work.lanes, return_exceptions=True)
        finally:
            watch.cancel()
        return
        yield

    async def _lane(self, waiting: Any) -> None:
        for site in waiting:
            try:
                counted = CountedDownload(self.crawler.engine.download_async)
                visit = Visit(site, counted, self.work.product, self.work.limits)
                outcome = await visit.run()
                self.work.report(replace(outcome, requests=counted.answered))
            except (
                Exception
                # Raised by `on_site`, since a visit never raises: `crawl` re-raises it.
            ) as error:
                self.work.stop("failed", error)
                return

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
