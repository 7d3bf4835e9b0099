"""The Scrapy spider of registers, and how it is run in this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from typing import Any, Protocol

import uvloop
from scrapy import Spider
from scrapy.crawler import AsyncCrawlerRunner

from spiders.guard import Allowed, BlockedAddressError, Guard
from spiders.limits import Limits, check_user_agent
from spiders.registers.errors import RegisterError
from spiders.registers.handler import RegisterHandler
from spiders.settings import quiet, scrapy_settings

#: Seconds for what is under way to end after Ctrl-C.
_GRACE = 2.0


class Errand(Protocol):
    """What is to be fetched of a register."""

    @property
    def hosts(self) -> Collection[str]:
        """The hosts that may be asked, and no others."""

    async def run(self, handler: RegisterHandler) -> None:
        """Fetch it; RegisterError if it cannot be read to its end."""


@dataclass(slots=True)
class _Work:
    """One errand under way."""

    errand: Errand
    guard: Guard
    seconds: float
    failure: BaseException | None = None
    task: asyncio.Task[None] | None = None


class RegisterSpider(Spider):
    """Runs one errand: one request at a time, past Scrapy's scheduler."""

    name = "registers"

    def __init__(self, work: _Work, **options: Any) -> None:
        super().__init__(**options)
        self.work = work
        self.guard = work.guard

    async def start(self) -> AsyncIterator[Any]:
        """Run the errand; yields nothing."""
        handler = RegisterHandler(self.crawler, self.work.errand.hosts)
        self.work.task = asyncio.create_task(self._errand(handler))
        try:
            await asyncio.wait({self.work.task})
        finally:
            await handler.close()
        return
        yield

    async def _errand(self, handler: RegisterHandler) -> None:
        seconds = self.work.seconds
        try:
            async with asyncio.timeout(seconds):
                await self.work.errand.run(handler)
        except TimeoutError:
            self.work.failure = RegisterError(f"it took longer than {seconds / 60:g} minutes")
        except BlockedAddressError as error:
            self.work.failure = RegisterError(f"the address is not allowed: {error}")
        except Exception as error:
            # Scrapy would log it and go on; `fetch` raises it.
            self.work.failure = error


def fetch(errand: Errand, *, user_agent: str, allowed: Allowed, seconds: float) -> None:
    """Run an errand within so many seconds; RegisterError if it cannot be done.

    Any other error of the errand's own functions is raised as it is, and so is Ctrl-C. `allowed` is
    for tests (see `spiders/guard.py`): where it names hosts, no others are reached. UsageError if
    `user_agent` does not say who asks.
    """
    limits = Limits(requests_per_address=1, requests_per_site=1, sites_at_once=1)
    settings = scrapy_settings(limits, check_user_agent(user_agent))
    settings["DOWNLOAD_VERIFY_CERTIFICATES"] = True
    settings["DEFAULT_REQUEST_HEADERS"] = {"Accept": "application/json"}
    work = _Work(errand, Guard(allowed, is_closed=bool(allowed)), seconds)
    with quiet(), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(work, settings))
    if work.failure is not None:
        raise work.failure


async def _run(work: _Work, settings: dict[str, Any]) -> None:
    crawling = AsyncCrawlerRunner(settings).crawl(RegisterSpider, work=work)
    try:
        await asyncio.wait({crawling})
    except asyncio.CancelledError:
        if work.task is not None:
            work.task.cancel()
        await asyncio.wait({crawling}, timeout=_GRACE)
        raise
    crawling.result()
