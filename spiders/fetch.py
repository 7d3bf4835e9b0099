"""Fetch pages of one site one by one: robots.txt first, redirects, waits, time limit."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

from leads.clock import now
from leads.lexicon.domains import registrable
from spiders.dns_page import AskDns
from spiders.exchange import Answer, Question, safe_url
from spiders.fetch_errors import FetchError, fetch_error_of
from spiders.limits import Limits
from spiders.opted_out import NOBODY, OptedOut
from spiders.rendering import Browsing
from spiders.retry_after import seconds_to_wait
from spiders.robots import everything, nothing, read_rules
from spiders.robots_cache import RobotsCache
from spiders.robots_rules import Rules
from spiders.site import Outcome, Robots, SiteToCrawl
from spiders.site_languages import accept_language

#: One request, without redirects; used for pages and robots.txt (`spiders/handler.py`).
Download = Callable[[Question], Awaitable[Answer]]
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED, _TOO_MANY, _UNAVAILABLE = 304, 429, 503
#: Statuses that may differ in a moment.
_PASSING = frozenset({500, 502, _UNAVAILABLE, 504})
_PLAIN_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?=/)")
_OF_ANY_KIND: Mapping[str, str] = MappingProxyType({"Accept": "*/*"})
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What the visits of one crawl share: how to fetch, and by which rules."""

    download: Download
    #: The first word of the user agent, which robots.txt may name.
    product: str
    limits: Limits
    robots: RobotsCache = field(default_factory=RobotsCache)
    opted_out: OptedOut = NOBODY
    #: The browser that fills shells; None: pages are read as they are sent.
    browser: Browsing | None = None
    #: Who is asked for DNS records; None: nobody.
    ask_dns: AskDns | None = None


class Fetcher:
    """Fetches for one site within its limits."""

    def __init__(self, site: SiteToCrawl, ways: Ways) -> None:
        self._domain = site.domain
        self._known = site.known
        self._ways = ways
        self._limits = ways.limits
        self._language = accept_language(site.domain, site.country)
        self._deadline = monotonic() + ways.limits.seconds_per_site
        self._one_robots_at_a_time = asyncio.Lock()
        #: The rules of the origins of this visit: those that are shared may be let go meanwhile.
        self._rules: dict[str, Rules] = {}
        self._next_page_at = 0.0
        self._waits_left = ways.limits.waits_per_site
        self.bytes_left = ways.limits.bytes_per_site
        #: The site asked to wait longer than the visit may take: nothing more is fetched.
        self.asked_to_wait: FetchError | None = None

    @property
    def seconds_left(self) -> float:
        """Return the seconds that the visit may still take."""
        return self._deadline - monotonic()

    def wait_for_others(self, seconds: float) -> None:
        """Do not count seconds that other sites took."""
        self._deadline += seconds

    async def page(self, url: str, at_most: int | None = None) -> Answer:
        """Return the response to `url` after redirects, whatever its status; or raise FetchError.

        `at_most` bounds its size in bytes below the limits of page and site. A page that is the same
        as at the last visit is not sent again.
        """
        return await self._followed(url, at_most, self._unless_known)

    async def part(self, url: str, at_most: int | None = None) -> Answer:
        """Return what a script of a page asks for, by the same rules; between the parts of a page
        only the delay that the site asks for is kept.
        """
        return await self._followed(url, at_most, self._as_part)

    async def _followed(
        self, url: str, at_most: int | None, get: Callable[[str, int, float], Awaitable[Answer]]
    ) -> Answer:
        size = min(at_most or self._limits.bytes_per_page, self._limits.bytes_per_page)
        for _ in range(self._limits.redirects + 1):
            rules = await self.rules(url)
            if not rules.allows(url):
                raise FetchError(rules.refusal, rules.reason or "robots.txt forbids it")
            response = await get(url, min(size, self.bytes_left), rules.delay)
            target = _target(response)
            if target is None:
                return self._spend(response)
            if (away := registrable(target)) != self._domain:
                raise FetchError(Outcome.REDIRECTED_AWAY, f"redirects to {away or target}", away)
            url = target
        raise FetchError(Outcome.HTTP_ERROR, f"more than {self._limits.redirects} redirects")

    async def _unless_known(self, url: str, size: int, delay: float) -> Answer:
        """Return the page, from the last visit if the server says it is unchanged; an answer that
        makes no sense is asked for once more, without conditions.
        """
        conditions = self._known.conditions(url)
        response = await self._patiently(url, size, delay, conditions)
        if response.status != _NOT_MODIFIED or not conditions:
            return response
        return self._known.unchanged(url, response) or await self._patiently(url, size, delay)

    async def _as_part(self, url: str, size: int, delay: float) -> Answer:
        return await self._patiently(url, size, delay, _OF_ANY_KIND, paced=delay > 0)

    async def rules(self, url: str) -> Rules:
        """Return the robots rules of the origin of `url`; FetchError if it is unreachable."""
        origin = _origin(url)
        if (known := self._rules.get(origin)) is not None:
            return known
        async with self._one_robots_at_a_time:
            # Another lane may have asked meanwhile.
            rules = self._rules.get(origin) or self._ways.robots.get(origin)
            if rules is None:
                if len(self._rules) >= self._limits.origins_per_site:
                    raise FetchError(
                        Outcome.HTTP_ERROR, f"pages on more than {len(self._rules)} hosts"
                    )
                rules = await self._ask_for_rules(f"{origin}/robots.txt")
                self._ways.robots.put(origin, rules)
            self._rules[origin] = rules
        return rules

    def robots_of(self, url: str) -> Robots | None:
        """Return what robots.txt says about a URL; None if it has not been asked."""
        rules = self._rules.get(_origin(url))
        return rules.robots_of(url) if rules else None

    async def _ask_for_rules(self, url: str) -> Rules:
        most = self._limits.robots_bytes
        for _ in range(self._limits.redirects + 1):
            try:
                # One byte more shows that the file goes on.
                response = await self._patiently(url, most + 1, cut=True)
            except FetchError as error:
                if error.outcome is Outcome.HTTP_ERROR:
                    return nothing(f"robots.txt cannot be read: {error.reason}")
                raise
            target = _target(response)
            if target is None:
                return read_rules(response.status, response.body, self._ways.product, most)
            url = target
        return everything("robots.txt has a redirect loop")

    async def _patiently(
        self,
        url: str,
        size: int,
        delay: float = 0.0,
        headers: Mapping[str, str] = _NO_HEADERS,
        *,
        cut: bool = False,
        paced: bool = True,
    ) -> Answer:
        """Fetch in turn; wait as long as the site asks, and try once more what may pass."""
        has_failed = False
        while True:
            await self._wait_turn(0.0 if cut else delay, is_page=paced and not cut)
            try:
                response = await self._get(url, size, headers, cut=cut)
            except FetchError as error:
                if has_failed or not error.is_passing or not self._pause():
                    raise
                has_failed = True
                continue
            if (wait := _asked_wait(response)) is not None:
                self._heed(response, wait)
            elif response.status in _PASSING and not has_failed and self._pause():
                has_failed = True
            else:
                return response

    def _heed(self, response: Answer, wait: float) -> None:
        """Wait as asked if the visit may take that long; otherwise end it."""
        turn = monotonic() + (wait or self._limits.wait_unsaid)
        if self._waits_left and turn < self._deadline:
            self._waits_left -= 1
            self._next_page_at = max(self._next_page_at, turn)
            return
        until = now() + timedelta(seconds=wait or self._limits.rest_unsaid)
        said = "" if wait else ", without saying how long"
        self.asked_to_wait = FetchError(
            Outcome.ASKED_TO_WAIT,
            f"answered {response.status}{said}: no visit before {until:%Y-%m-%d %H:%M} UTC",
            not_before=until,
        )
        raise self.asked_to_wait

    def _pause(self) -> bool:
        """Let a failure pass; False if the time of the site does not allow it."""
        turn = monotonic() + self._limits.retry_pause
        if turn >= self._deadline:
            return False
        self._next_page_at = max(self._next_page_at, turn)
        return True

    async def _get(self, url: str, size: int, headers: Mapping[str, str], *, cut: bool) -> Answer:
        if (why := self._ways.opted_out.why(url)) is not None:
            raise FetchError(Outcome.OPTED_OUT, why)
        left = self.seconds_left
        if left <= 0:
            raise FetchError(
                Outcome.TIMEOUT, f"more than {self._limits.seconds_per_site:g} s for the site"
            )
        question = Question(
            safe_url(url),
            {"Accept-Language": self._language, **headers},
            seconds=min(self._limits.download_timeout, left),
            most=max(size, 1),
            cut=cut,
        )
        try:
            return await self._ways.download(question)
        except Exception as error:  # Any failure caused by a hostile response costs only that page.
            raise fetch_error_of(error) from error
        finally:
            # Other sites at its address had their turns first: that is not this site's time.
            self.wait_for_others(question.waited)

    async def _wait_turn(self, delay: float, *, is_page: bool) -> None:
        """Wait for the moment of the next request, and set the one after it."""
        if self.asked_to_wait is not None:
            raise self.asked_to_wait
        while (turn := self._next_page_at) > (at := monotonic()):
            if turn >= self._deadline:
                raise FetchError(
                    Outcome.TIMEOUT,
                    f"the site's waits exceed the limit of {self._limits.seconds_per_site:g} s",
                )
            await asyncio.sleep(turn - at)
            # Another lane may have had this turn, or been asked to wait.
            if self.asked_to_wait is not None:
                raise self.asked_to_wait
        if is_page:
            self._next_page_at = max(at, self._next_page_at) + self._delay(delay)

    def _delay(self, asked: float) -> float:
        """Return the seconds to the next page: never fewer than asked, never in a rhythm."""
        jitter = random.uniform(-self._limits.jitter, self._limits.jitter)  # noqa: S311 - no secret
        return max(self._limits.delay * (1 + jitter), asked * (1 + abs(jitter) / 5))

    def _spend(self, response: Answer) -> Answer:
        if len(response.body) > self.bytes_left:
            raise FetchError(Outcome.TOO_LARGE, "byte limit of the site exceeded")
        self.bytes_left -= len(response.body)
        return response


def _asked_wait(response: Answer) -> float | None:
    """Return the seconds a response asks to wait, 0 if it does not say how long; None if it does
    not ask.
    """
    if response.status not in {_TOO_MANY, _UNAVAILABLE}:
        return None
    wait = seconds_to_wait(response.header("Retry-After") or "", now())
    return 0.0 if wait is None and response.status == _TOO_MANY else wait


def _target(response: Answer) -> str | None:
    """Return the redirect target of a response; None if it is not a redirect."""
    if response.status not in _REDIRECTS or (location := response.header("Location")) is None:
        return None
    sent = location.encode("latin-1").decode("utf-8", "replace")
    try:
        return urljoin(response.url, sent.strip())
    except ValueError:
        raise FetchError(Outcome.HTTP_ERROR, "redirects to an invalid URL") from None


def _origin(url: str) -> str:
    if plain := _PLAIN_ORIGIN.match(url):
        return plain[0]
    try:
        parts = urlsplit(url)
    except ValueError:
        raise FetchError(Outcome.HTTP_ERROR, "invalid URL") from None
    return f"{parts.scheme}://{parts.netloc}"
