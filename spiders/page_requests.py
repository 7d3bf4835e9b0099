"""Answer every request of one page in the browser, which has no other way out.

The page itself is given as it was fetched. Scripts and the data they ask for come from
`spiders/page_parts.py`; styles are answered empty, because scripts wait for them; nothing else is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from spiders.exchange import Answer
from spiders.fetch_errors import FetchError

if TYPE_CHECKING:
    from playwright.async_api import Request, Route

#: Returns the answer to a request of a script; FetchError if there is none.
Ask = Callable[[str], Awaitable[Answer]]
#: Kinds of requests whose answers may become text.
_FETCHED = frozenset({"script", "xhr", "fetch"})
_REFUSED = "blockedbyclient"
_LONGEST_URL = 2_000


class PageRequests:
    """The requests of one page; `most` of them are answered with what `ask` fetches."""

    def __init__(self, page: Answer, ask: Ask, most: int) -> None:
        self.url = urldefrag(page.url).url
        self._html = page.text
        self._ask = ask
        self._left = most
        self._is_given = False
        self._under_way = 0
        self._changed = monotonic()
        #: Where the page as a whole leads its visitors by a script, if anywhere.
        self.forward: str | None = None

    @property
    def quiet(self) -> float:
        """Seconds since the last request ended; 0 while one is under way."""
        return 0.0 if self._under_way else monotonic() - self._changed

    async def __call__(self, route: Route) -> None:
        """Answer one request."""
        from playwright.async_api import Error

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
        if not _is_main(request):
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

    async def _fulfil(self, route: Route, part: Answer) -> None:
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


def _is_main(request: Request) -> bool:
    """Whether the page itself goes elsewhere; a window that it opens has no frame yet."""
    from playwright.async_api import Error

    try:
        return request.frame.parent_frame is None
    except Error:
        return False
