"""Fetch pages of one site as a browser would show them: forwarded, and not the same one for any
address.
"""

from __future__ import annotations

from urllib.parse import urldefrag

from leads.lexicon.domains import registrable
from spiders.exchange import Answer
from spiders.fetch import Fetcher
from spiders.fetch_errors import FetchError
from spiders.forwards import forward_of, may_forward
from spiders.likeness import alike, likeness_of
from spiders.limits import Limits
from spiders.links import base_of, page_text
from spiders.shells import Shells
from spiders.site import Outcome

#: A path that no site has: what answers to it answers to anything.
NOWHERE = "no-such-page-7e41c9"


class Arrivals:
    """Fetches the pages of one site for one visit."""

    def __init__(
        self, fetch: Fetcher, domain: str, limits: Limits, shells: Shells | None = None
    ) -> None:
        self._fetch = fetch
        self._shells = shells
        self._domain = domain
        self._limits = limits
        self._nowhere: dict[str, frozenset[int] | None] = {}

    async def page(self, url: str) -> Answer:
        """Return the page at `url` after redirects, those by meta tag, script and frame included,
        and as a browser shows it if one is used; FetchError if there is none, or if it leads to
        another domain.
        """
        return await self._shown(await self._arrived(url))

    async def _shown(self, response: Answer) -> Answer:
        if self._shells is None:
            return response
        return await self._shells.filled(response, self._arrived)

    async def _arrived(self, url: str) -> Answer:
        response = html_page(await self._fetch.page(url))
        seen = {url, response.url}
        for _ in range(self._limits.redirects):
            target = self._forwarded(response)
            if target is None or target in seen:
                break
            seen.add(target)
            try:
                response = html_page(await self._fetch.page(target))
            except FetchError as error:
                if error.outcome is Outcome.REDIRECTED_AWAY:
                    raise
                break  # The page that forwards is all there is.
            seen.add(response.url)
        return response

    async def answers_to_anything(self, response: Answer, home: Answer) -> bool:
        """Whether the site shows this page for any address: its answer to one that it cannot have
        says the same, or the page is the home page again. That address is asked for once per host.
        """
        likeness = likeness_of(page_text(response))
        if alike(likeness, likeness_of(page_text(home))):
            return True
        origin = "/".join(response.url.split("/")[:3])
        if origin not in self._nowhere:
            self._nowhere[origin] = await self._ask_for_nothing(origin)
        nowhere = self._nowhere[origin]
        return nowhere is not None and alike(likeness, nowhere)

    async def _ask_for_nothing(self, origin: str) -> frozenset[int] | None:
        try:
            response = html_page(await self._fetch.page(f"{origin}/{NOWHERE}"))
            response = await self._shown(response)
        except FetchError:
            return None
        return likeness_of(page_text(response))

    def _forwarded(self, response: Answer) -> str | None:
        text = page_text(response)
        if not may_forward(text):
            return None
        forward = forward_of(text, response.url, base_of(text, response.url, self._domain))
        if forward is None:
            return None
        away = registrable(forward.url)
        if away != self._domain:
            raise FetchError(
                Outcome.REDIRECTED_AWAY,
                f"redirects to {away or forward.url} ({forward.how})",
                away,
            )
        return urldefrag(forward.url).url


def html_page(response: Answer) -> Answer:
    """Return `response` if it is a page; raise FetchError if not HTML or empty."""
    if not 200 <= response.status < 300:
        raise FetchError(Outcome.HTTP_ERROR, f"answered {response.status}")
    if not response.body.strip():
        raise FetchError(Outcome.EMPTY, "an empty page")
    if not response.is_html:
        kind = (response.header("Content-Type") or "something")[:60]
        raise FetchError(Outcome.NOT_HTML, f"no HTML but {kind}")
    return response
