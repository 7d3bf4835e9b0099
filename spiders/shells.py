"""Fill the pages of one visit that scripts fill, in the browser and within the limits of the visit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic
from urllib.parse import urldefrag

from leads.lexicon.domains import registrable
from leads.page_headers import VALIDATORS
from leads.rendering import Rendering
from spiders.exchange import Answer
from spiders.fetch import Fetcher, Ways
from spiders.fetch_errors import FetchError
from spiders.page_parts import PageParts
from spiders.rendering import Browsing, Shown, Wish
from spiders.site import SiteToCrawl
from spiders.site_languages import accept_language

#: Seconds of a visit below which no page is rendered any more.
_FEWEST_SECONDS = 2.0
_TYPE = ("Content-Type", "text/html; charset=utf-8")
_NOT_KEPT = VALIDATORS | {"content-type"}


class Shells:
    """Renders the pages of one visit; no more than it may fetch."""

    def __init__(self, site: SiteToCrawl, fetch: Fetcher, ways: Ways, browser: Browsing) -> None:
        self._domain = site.domain
        self._language = accept_language(site.domain, site.country).partition(",")[0]
        self._fetch = fetch
        self._limits = ways.limits
        self._browser = browser
        self._parts = PageParts(site.domain, fetch, ways, browser.limits)
        self._left = ways.limits.pages_per_site

    async def filled(self, response: Answer, again: Callable[[str], Awaitable[Answer]]) -> Answer:
        """Return the page as a browser shows it, if scripts fill it; a page of the site to which
        its script leads, fetched with `again`, instead of an empty one.
        """
        seen = {urldefrag(response.url).url}
        for _ in range(self._limits.redirects + 1):
            if not self._browser.is_shell(response):
                return response
            page, forward = await self._rendered(response)
            if forward is None or forward in seen or registrable(forward) != self._domain:
                return page
            seen.add(forward)
            try:
                response = await again(forward)
            except FetchError:
                return page
            seen.add(urldefrag(response.url).url)
        return response

    async def _rendered(self, response: Answer) -> tuple[Answer, str | None]:
        """Return the page, rendered if that gives more, and where it leads otherwise."""
        shown = await self._show(response)
        if shown.became is not Rendering.RENDERED:
            return _noted(response, shown.became), None
        page = _page(response, shown.html, min(self._limits.bytes_per_page, self._fetch.bytes_left))
        if self._browser.is_shell(page):
            return _noted(response, Rendering.EMPTY), shown.forward
        self._fetch.bytes_left -= len(page.body)
        return page, None

    async def _show(self, response: Answer) -> Shown:
        async with self._browser.turn() as waited:
            self._fetch.wait_for_others(waited)
            seconds = self._fetch.seconds_left
            most = min(self._limits.bytes_per_page, self._fetch.bytes_left)
            if not self._left or seconds < _FEWEST_SECONDS or most <= 0:
                return Shown(Rendering.LIMIT)
            self._left -= 1
            wish = Wish(monotonic() + seconds, most, self._language)
            return await self._browser.show(response, self._parts, wish)


def _page(response: Answer, html: str, most: int) -> Answer:
    """The page as it was rendered; asked for again, it is sent again: what fills it may change."""
    body = html.encode("utf-8", "replace")[: max(most, 0)]
    kept = tuple(pair for pair in response.headers if pair[0].lower() not in _NOT_KEPT)
    return Answer(
        response.url,
        response.status,
        (*kept, _TYPE),
        # Without half a letter at its end.
        body.decode("utf-8", "ignore").encode(),
        rendering=Rendering.RENDERED,
    )


def _noted(response: Answer, became: Rendering) -> Answer:
    response.rendering = became
    return response
