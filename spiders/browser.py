"""Show pages in one Chromium for all visits of a crawl: started when the first page needs it, killed
when a page does not end, and started again for the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from leads.rendering import Rendering
from spiders import chromium
from spiders.chromium import BrowserError, Chromium
from spiders.exchange import Answer
from spiders.page_requests import Ask, PageRequests
from spiders.rendering import RenderOptions

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Page, Playwright

#: How often a page is looked at.
_EVERY = 0.1
_WATCH_EVERY = 0.25
#: How often a page is shown that loses the browser to another one, or breaks it itself.
_ATTEMPTS = 3
#: Letters of a page that shows text.
_SHOWS_TEXT = 200
#: The page cannot touch the names by which it is read: they are of a world of their own.
_LENGTH = """(async () => {
  // What waits to be done by the page is done first.
  await new Promise(done => setTimeout(done, 20));
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  let found = 0;
  for (let seen = 0; seen < 5000 && found < 2000 && texts.nextNode(); seen++) {
    const of = texts.currentNode.parentNode;
    if (!of || !/^(script|style|noscript|template|title)$/i.test(of.nodeName))
      found += texts.currentNode.data.slice(0, 2000).trim().length;
  }
  return found;
})()"""
_WHOLE = (
    "'<!doctype html>' + (document.documentElement ? document.documentElement.outerHTML : '')"
    ".slice(0, {most})"
)
#: What `spiders/chromium.py` holds back is not offered to pages; their workers still find some of it.
_WITHOUT = """for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebSocket",
  "WebTransport", "SharedWorker"]) delete globalThis[name];"""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a page is to be shown: until that moment at most, up to so many characters."""

    until: float
    most: int
    #: What its scripts are told that the visitor reads, such as `de-AT`.
    language: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page became; its HTML only if it was rendered."""

    became: Rendering
    html: str = ""
    #: Where a script leads its visitors, if the page stays empty because of that.
    forward: str | None = None


class Browser:
    """The browser of one crawl; `broken` hears that none can be started, and ends the crawl."""

    def __init__(self, options: RenderOptions, broken: Callable[[BrowserError], None]) -> None:
        self.options = options
        self._broken = broken
        self._limits = options.limits
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

    async def show(self, page: Answer, ask: Ask, wish: Wish) -> Shown:
        """Return what `page` shows; to be called while a turn is held.

        A page that another one took the browser from is shown again, not beside such pages.
        """
        for attempt in range(_ATTEMPTS):
            async with self._again if attempt else nullcontext():
                running = await self._running()
                seconds = min(self._limits.seconds, wish.until - monotonic())
                if seconds <= 0:
                    return Shown(Rendering.TIMEOUT)
                try:
                    async with asyncio.timeout(seconds + self._limits.patience):
                        return await self._shown(running, page, ask, wish, seconds)
                except TimeoutError:
                    self._kill(running)
                    return Shown(Rendering.TIMEOUT)
                except asyncio.CancelledError:
                    self._kill(running)
                    raise
                except Exception:  # Whatever a page does to the browser, it costs this page.
                    if running.browser.is_connected() and not running.is_killed:
                        return Shown(Rendering.FAILED)
                    self._kill(running)
        return Shown(Rendering.FAILED)

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
                async with asyncio.timeout(self._limits.patience):
                    await _end(running, driver)

    async def _running(self) -> Chromium:
        """Return the browser, started if there is none."""
        async with self._starting:
            if self._chromium is not None and self._chromium.browser.is_connected():
                return self._chromium
            if self._chromium is not None:
                self._kill(self._chromium)
            try:
                if self._playwright is None:
                    self._playwright = await chromium.drive()
                self._chromium = await chromium.start(self._playwright, self.options)
            except BrowserError as error:
                self._broken(error)
                # The crawl ends meanwhile: no site is to be blamed.
                await asyncio.sleep(self._limits.patience)
                raise
            self._watching = asyncio.create_task(self._watch(self._chromium))
            return self._chromium

    async def _watch(self, running: Chromium) -> None:
        """Kill a browser that takes too much memory."""
        while not running.is_killed:
            if running.memory() > self._limits.memory:
                self._kill(running)
            await asyncio.sleep(_WATCH_EVERY)

    def _kill(self, running: Chromium) -> None:
        running.kill()
        if self._chromium is running:
            self._chromium = None

    async def _shown(
        self, running: Chromium, page: Answer, ask: Ask, wish: Wish, seconds: float
    ) -> Shown:
        requests = PageRequests(page, ask, self._limits.parts)
        context = await running.browser.new_context(
            accept_downloads=False, service_workers="block", permissions=[], locale=wish.language
        )
        try:
            await context.add_init_script(_WITHOUT)
            await context.route("**/*", requests)
            opened = await context.new_page()
            # Windows that it opens. Questions of pages are closed as long as nobody listens to them.
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
        eye = await _Eye.of(context, opened)
        while not await self._is_done(eye, requests, until):
            if crashed.is_set():
                return Shown(Rendering.FAILED)
            await asyncio.sleep(_EVERY)
        text = await eye.see(_WHOLE.format(most=most))
        return Shown(Rendering.RENDERED, str(text), requests.forward)

    async def _is_done(self, eye: _Eye, requests: PageRequests, until: float) -> bool:
        """Whether the page asks for nothing more, or has had its time."""
        if monotonic() >= until:
            return True
        if requests.quiet < self._limits.quiet:
            return False
        if requests.forward or requests.quiet >= self._limits.quiet_without_text:
            return True
        shown = int(await eye.see(_LENGTH))
        return shown >= _SHOWS_TEXT and requests.quiet >= self._limits.quiet


async def try_browser(options: RenderOptions) -> str:
    """Start a browser and end it; return its version, BrowserError if it does not start."""
    driver = await chromium.drive()
    running = None
    try:
        running = await chromium.start(driver, options)
        running.kill()
        return running.browser.version
    finally:
        await _end(running, driver)


async def _end(running: Chromium | None, driver: Playwright) -> None:
    """End the driver, after it has deleted the profile of the browser that was killed."""
    if running is not None:
        with suppress(Exception):
            await running.browser.close()
    await driver.stop()


async def _close(page: Page) -> None:
    with suppress(Exception):
        await page.close()


class _Eye:
    """Reads a page from a world of its own, where its scripts have changed nothing."""

    def __init__(self, session: CDPSession, world: int) -> None:
        self._session = session
        self._world = world

    @classmethod
    async def of(cls, context: BrowserContext, page: Page) -> _Eye:
        """Return one for a page."""
        session = await context.new_cdp_session(page)
        tree = await session.send("Page.getFrameTree")
        frame = {"frameId": tree["frameTree"]["frame"]["id"]}
        world = await session.send("Page.createIsolatedWorld", frame)
        return cls(session, world["executionContextId"])

    async def see(self, expression: str) -> Any:
        """Return the value of an expression."""
        made = await self._session.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": self._world,
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        return made["result"].get("value", "")
