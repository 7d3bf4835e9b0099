"""Answer every request of one page in the browser, which has no other way out.

The page itself is given as it was fetched. Scripts and the data they ask for come from
`spiders/page_parts.py`; styles are answered empty, because scripts wait for them; nothing else is.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from urllib.parse import urldefrag, urlsplit

from playwright.async_api import Error, Frame, Page, Request, Route

from spiders.fetch_errors import FetchError
from spiders.rendering import Ask, RenderLimits, Sent

#: Kinds of requests whose answers may become text.
_FETCHED = frozenset({"script", "xhr", "fetch"})
_REFUSED = "blockedbyclient"
_LONGEST_URL = 2_000
#: Other events of a page that the driver reports; they count like requests.
_TOLD = ("frameattached", "framenavigated", "worker")


class PageRequests:
    """The requests of one page; scripts and data are answered with what `ask` fetches.

    `flooded` is called once, when the page asks for more than can be answered in time.
    """

    def __init__(
        self, page: Sent, ask: Ask, limits: RenderLimits, flooded: Callable[[], None]
    ) -> None:
        self.url = urldefrag(page.url).url
        self._html = page.text
        self._ask = ask
        self._flooded = flooded
        self._left = limits.parts
        self._events_left = limits.events
        #: The frame of the page itself: a window that it opens has one without a parent too.
        self._main: Frame | None = None
        self._is_given = False
        self._under_way = 0
        self._changed = monotonic()
        #: Where the page as a whole leads its visitors by a script, if anywhere.
        self.forward: str | None = None

    @property
    def quiet(self) -> float:
        """Seconds since the last request ended; 0 while one is under way."""
        return 0.0 if self._under_way else monotonic() - self._changed

    @property
    def is_flood(self) -> bool:
        """Whether the page asked for too much."""
        return self._events_left < 0

    def follow(self, opened: Page) -> None:
        """Take the page in which all this happens; to be called before it goes anywhere."""
        self._main = opened.main_frame
        for event in _TOLD:
            opened.on(event, self._count)  # type: ignore[call-overload]
        # Windows that it opens, and those that they open.
        opened.context.on("page", self._count)

    def _count(self, _about: object = None) -> None:
        self._events_left -= 1
        if self._events_left == -1:
            self._flooded()

    async def __call__(self, route: Route) -> None:
        """Answer one request."""
        self._count()
        if self.is_flood:
            return  # The browser is killed.
        self._under_way += 1
        try:
            await self._answer(route, route.request)
        except Error:
            pass  # The page is closed by now.
        except FetchError:
            with suppress(Error):
                await route.abort(_REFUSED)
        finally:
            self._under_way -= 1
            self._changed = monotonic()

    async def _answer(self, route: Route, request: Request) -> None:
        if request.is_navigation_request():
            await self._navigate(route, request)
        elif request.resource_type == "stylesheet":
            await route.fulfill(status=200, content_type="text/css", body="")
        elif self._is_wanted(request):
            self._left -= 1
            await self._fulfil(route, await self._ask(request.url))
        else:
            await route.abort(_REFUSED)

    def _is_wanted(self, request: Request) -> bool:
        """Whether a request is answered: forms and messages are not sent, and frames not loaded."""
        return (
            request.resource_type in _FETCHED
            and request.method == "GET"
            and self._left > 0
            and len(request.url) <= _LONGEST_URL
            and request.url.startswith(("http://", "https://"))
        )

    async def _navigate(self, route: Route, request: Request) -> None:
        if not self._is_main(request):
            await route.abort(_REFUSED)
        elif not self._is_given:
            self._is_given = True
            await route.fulfill(
                status=200, content_type="text/html; charset=utf-8", body=self._html
            )
        else:
            if request.method == "GET" and urldefrag(request.url).url != self.url:
                self.forward = self.forward or urldefrag(request.url).url
            # No content: the page stays as it is.
            await route.fulfill(status=204)

    def _is_main(self, request: Request) -> bool:
        """Whether the page itself goes elsewhere."""
        try:
            return request.frame == self._main
        except Error:  # A window that it opens has no frame yet.
            return False

    async def _fulfil(self, route: Route, part: Sent) -> None:
        parts = urlsplit(self.url)
        await route.fulfill(
            status=part.status,
            headers={
                "Content-Type": part.header("Content-Type") or "application/octet-stream",
                "Access-Control-Allow-Origin": f"{parts.scheme}://{parts.netloc}",
                "Access-Control-Allow-Credentials": "true",
            },
            body=part.body,
        )
