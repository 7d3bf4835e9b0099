"""Show pages in one Chromium for all visits of a crawl: started when the first page needs it, killed
when a page does not end, and started again for the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext, suppress
from functools import partial
from time import monotonic

from playwright.async_api import BrowserContext, Page, Playwright

from leads.rendering import Rendering
from spiders import chromium
from spiders.browser_program import BrowserError
from spiders.chromium import Chromium
from spiders.page_eye import Eye
from spiders.page_requests import PageRequests
from spiders.rendering import Ask, IsShell, RenderOptions, Sent, Shown, Wish

#: How often a page is looked at.
_EVERY = 0.1
_WATCH_EVERY = 0.25
#: How often a page is shown at most, if it loses the browser to another one or breaks it itself.
_ATTEMPTS = 3
#: Letters of a page that shows text.
_SHOWS_TEXT = 200
#: What `spiders/chromium.py` holds back is not offered to pages; their workers still find some of it.
_WITHOUT = """for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebSocket",
  "WebTransport", "SharedWorker"]) delete globalThis[name];"""


class Browser:
    """The browser of one crawl; `broken` hears that none can be started, and ends the crawl."""

    def __init__(
        self,
        options: RenderOptions,
        broken: Callable[[BrowserError], None],
        is_shell: IsShell,
    ) -> None:
        self._options = options
        self._broken = broken
        self.is_shell = is_shell
        self.limits = options.limits
        self._turns = asyncio.Semaphore(options.limits.at_once)
        self._starting = asyncio.Lock()
        self._again = asyncio.Lock()
        self._watching: asyncio.Task[None] | None = None
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[float]:
        """Wait for a turn, and for the browser if it must be started, and hold it; yields the
        seconds waited. BrowserError if no browser can be started.
        """
        began = monotonic()
        async with self._turns:
            await self._running()
            yield monotonic() - began

    async def show(self, page: Sent, ask: Ask, wish: Wish) -> Shown:
        """Return what `page` shows; to be called while a turn is held.

        A page that lost the browser to another one is shown again; such pages are shown one by one.
        """
        for attempt in range(_ATTEMPTS):
            async with self._again if attempt else nullcontext():
                running = await self._running()
                seconds = min(self.limits.seconds, wish.until - monotonic())
                if seconds <= 0:
                    return Shown(Rendering.TIMEOUT)
                end = asyncio.timeout(seconds + self.limits.patience)
                requests = PageRequests(page, ask, self.limits, partial(_end_now, end))
                try:
                    async with end:
                        return await self._shown(running, requests, wish, seconds)
                except TimeoutError:
                    await self._leave(running)
                    return Shown(Rendering.FAILED if requests.is_flood else Rendering.TIMEOUT)
                except asyncio.CancelledError:
                    self._kill(running)
                    raise
                except Exception:  # Whatever a page does to the browser, it costs this page.
                    if await self._answers(running):
                        return Shown(Rendering.FAILED)
                    self._kill(running)
        return Shown(Rendering.FAILED)

    async def version(self) -> str:
        """Start it and end it; return its version, BrowserError if it does not start."""
        try:
            self._chromium = await self._driven()
            return self._chromium.browser.version
        finally:
            await self.close()

    async def close(self) -> None:
        """End the browser, and what drives it."""
        running, driver = self._chromium, self._playwright
        if self._watching is not None:
            self._watching.cancel()
        if running is not None:
            self._kill(running)
        if driver is not None:
            self._playwright = None
            with suppress(Exception):
                async with asyncio.timeout(self.limits.patience):
                    await _end(running, driver)

    async def _running(self) -> Chromium:
        """Return the browser, started if there is none."""
        async with self._starting:
            if self._chromium is not None and self._chromium.browser.is_connected():
                return self._chromium
            if self._chromium is not None:
                self._kill(self._chromium)
            try:
                self._chromium = await self._started()
            except BrowserError as error:
                self._broken(error)
                # The crawl ends meanwhile: no site is to be blamed.
                await asyncio.sleep(self.limits.patience)
                raise
            self._watching = asyncio.create_task(self._watch(self._chromium))
            return self._chromium

    async def _started(self) -> Chromium:
        """Return a new browser: with a new driver if the old one starts none."""
        try:
            return await self._driven()
        except BrowserError:
            await self._end_driver()
            return await self._driven()

    async def _driven(self) -> Chromium:
        if self._playwright is None:
            self._playwright = await chromium.drive()
        return await chromium.start(self._playwright, self._options)

    async def _end_driver(self) -> None:
        driver, self._playwright = self._playwright, None
        if driver is not None:
            with suppress(Exception):
                async with asyncio.timeout(self.limits.patience):
                    await driver.stop()

    async def _answers(self, running: Chromium) -> bool:
        """Whether a browser still works: one whose driver was killed says that it is connected."""
        if running.is_killed or not running.browser.is_connected():
            return False
        try:
            async with asyncio.timeout(self.limits.patience):
                session = await running.browser.new_browser_cdp_session()
                await session.detach()
        except Exception:
            return False
        return True

    async def _watch(self, running: Chromium) -> None:
        """Kill a browser that takes too much memory."""
        while not running.is_killed:
            if running.memory() > self.limits.memory:
                self._kill(running)
            await asyncio.sleep(_WATCH_EVERY)

    def _kill(self, running: Chromium) -> None:
        running.kill()
        if self._chromium is running:
            self._chromium = None

    async def _leave(self, running: Chromium) -> None:
        """Give up a browser and its driver, which may still report what a page asked for."""
        is_newest = self._chromium is running
        self._kill(running)
        if is_newest:
            await self._end_driver()

    async def _shown(
        self, running: Chromium, requests: PageRequests, wish: Wish, seconds: float
    ) -> Shown:
        context = await running.browser.new_context(
            accept_downloads=False, service_workers="block", permissions=[], locale=wish.language
        )
        try:
            await context.add_init_script(_WITHOUT)
            await context.route("**/*", requests)
            opened = await context.new_page()
            requests.follow(opened)
            # Windows that it opens are closed. Playwright closes dialogs itself, without a listener.
            context.on("page", _close)
            shown = await self._read(context, opened, requests, seconds, wish.most)
        except Exception:  # Not when the time is over: then the browser is killed.
            await context.close()
            raise
        await context.close()
        return shown

    async def _read(
        self,
        context: BrowserContext,
        opened: Page,
        requests: PageRequests,
        seconds: float,
        most: int,
    ) -> Shown:
        until = monotonic() + seconds
        crashed = asyncio.Event()
        opened.on("crash", lambda _page: crashed.set())
        await opened.goto(requests.url, wait_until="commit", timeout=1_000 * seconds)
        eye = await Eye.of(context, opened)
        while not await self._is_done(eye, requests, until):
            if crashed.is_set():
                return Shown(Rendering.FAILED)
            await asyncio.sleep(_EVERY)
        return Shown(Rendering.RENDERED, await eye.html(most), requests.forward)

    async def _is_done(self, eye: Eye, requests: PageRequests, until: float) -> bool:
        """Whether the page asks for nothing more, or has had its time."""
        if monotonic() >= until:
            return True
        if requests.quiet < self.limits.quiet:
            return False
        if requests.forward or requests.quiet >= self.limits.quiet_without_text:
            return True
        return await eye.letters() >= _SHOWS_TEXT and requests.quiet >= self.limits.quiet


async def _end(running: Chromium | None, driver: Playwright) -> None:
    """End the driver, after it has deleted the profile of the browser that was killed."""
    if running is not None:
        with suppress(Exception):
            await running.browser.close()
    await driver.stop()


def _end_now(time: asyncio.Timeout) -> None:
    with suppress(RuntimeError):  # It is over already.
        time.reschedule(0)


async def _close(page: Page) -> None:
    with suppress(Exception):
        await page.close()
