"""Visit one site: its home page, then the pages worth fetching, then the outcome."""

from __future__ import annotations

import asyncio
from time import monotonic
from urllib.parse import urldefrag

from scrapy.http import HtmlResponse, Response

from leads.clock import now
from leads.lexicon.domains import registrable
from spiders.fetch import Fetcher, Ways
from spiders.fetch_errors import FetchError
from spiders.links import Link, links_of
from spiders.plan import Plan, Step
from spiders.robots import Rules
from spiders.site import FetchedPage, Outcome, PageKind, Robots, SiteOutcome, SiteToCrawl

#: After one of these outcomes no other URL of the site is tried: it would fail the same way.
_FINAL = frozenset(
    {
        Outcome.ROBOTS_DENIED,
        Outcome.ROBOTS_UNKNOWN,
        Outcome.OPTED_OUT,
        Outcome.ASKED_TO_WAIT,
        Outcome.REDIRECTED_AWAY,
        Outcome.BLOCKED_ADDRESS,
    }
)
#: If all URLs fail, the most informative outcome is reported, the last of equals.
_TELLS_MOST = list(Outcome)
MOST_TIMEOUTS = 2


class Visit:
    """One visit; call `run` once."""

    def __init__(self, site: SiteToCrawl, ways: Ways) -> None:
        self._site = site
        self._limits = ways.limits
        self._fetch = Fetcher(site, ways)
        self._pages: dict[tuple[int, int, int], FetchedPage] = {}
        self._missed = 0
        self._unread = 0
        self._robots: Robots | None = None

    async def run(self) -> SiteOutcome:
        """Return the outcome; never raises for anything the site does."""
        started = monotonic()
        try:
            home = await self._home()
            await self._rest(home)
            return self._outcome(started, Outcome.OK, self._missing(), registrable(home.url))
        except FetchError as error:
            return self._outcome(started, error.outcome, error.reason, error.final_domain)
        except Exception as error:
            # A page that breaks our code costs this site its other pages, and no other site.
            ended = Outcome.OK if self._pages else Outcome.HTTP_ERROR
            return self._outcome(started, ended, _broken(error), None)

    def _missing(self) -> str:
        counts = {"pages not fetched": self._missed, "pages whose links are unread": self._unread}
        said = [f"{what}: {count}" for what, count in counts.items() if count]
        if self._fetch.asked_to_wait:
            said.append(self._fetch.asked_to_wait.reason)
        return "; ".join(said)

    def _outcome(
        self, started: float, outcome: Outcome, reason: str, final_domain: str | None
    ) -> SiteOutcome:
        pages = (
            tuple(page for _, page in sorted(self._pages.items())) if outcome is Outcome.OK else ()
        )
        return SiteOutcome(
            domain=self._site.domain,
            outcome=outcome,
            reason=reason,
            final_domain=final_domain,
            pages=pages,
            bytes=sum(len(page.body) for page in pages),
            seconds=monotonic() - started,
            robots=self._robots,
            not_before=asked.not_before if (asked := self._fetch.asked_to_wait) else None,
        )

    async def _home(self) -> HtmlResponse:
        errors: list[FetchError] = []
        for url in self._site.addresses():
            try:
                return await self._home_at(url)
            except FetchError as error:
                errors.append(error)
                timeouts = sum(error.outcome is Outcome.TIMEOUT for error in errors)
                if error.outcome in _FINAL or timeouts >= MOST_TIMEOUTS:
                    break
        raise min(reversed(errors), key=lambda error: _TELLS_MOST.index(error.outcome))

    async def _home_at(self, url: str) -> HtmlResponse:
        self._note(url, await self._fetch.rules(url))
        response = _page(await self._fetch.page(url))
        rules = await self._fetch.rules(response.url)
        self._note(response.url, rules)
        self._keep((-1, 0, 0), response, PageKind.HOME, rules.robots_of(response.url))
        return response

    def _note(self, url: str, rules: Rules) -> None:
        self._robots = rules.robots_of(url)

    async def _rest(self, home: HtmlResponse) -> None:
        plan = Plan(self._limits, urldefrag(home.url).url)
        plan.offer(self._links(home), 0)
        async with asyncio.TaskGroup() as lanes:
            for _ in range(self._limits.requests_per_site):
                lanes.create_task(self._lane(plan))

    async def _lane(self, plan: Plan) -> None:
        while (step := plan.take()) is not None:
            try:
                response = _page(await self._fetch.page(step.link.url))
                rules = await self._fetch.rules(response.url)
            except Exception:  # Whatever one page does, the site's other pages are fetched.
                self._missed += 1
                plan.done(step, None)
            else:
                self._take_in(plan, step, response, rules.robots_of(response.url))

    def _take_in(self, plan: Plan, step: Step, response: HtmlResponse, robots: Robots) -> None:
        if plan.done(step, urldefrag(response.url).url):
            self._keep(step.place, response, step.link.kind, robots)
            plan.offer(self._links(response), step.depth)

    def _links(self, response: HtmlResponse) -> list[Link]:
        """Return the links of a page; none if it cannot be read."""
        try:
            return links_of(response, self._site.domain)
        except Exception:  # The page is kept; what it links to is not known.
            self._unread += 1
            return []

    def _keep(
        self, place: tuple[int, int, int], response: HtmlResponse, kind: PageKind, robots: Robots
    ) -> None:
        self._pages[place] = FetchedPage(
            url=response.url,
            status=response.status,
            headers=tuple(
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, values in response.headers.items()
                for value in values
            ),
            body=response.body,
            fetched_at=now(),
            kind=kind,
            robots=robots,
        )


def _broken(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"a page that cannot be read ({type(error).__name__})"


def _page(response: Response) -> HtmlResponse:
    """Return `response` if it is a page; raise FetchError if not HTML or empty."""
    if not 200 <= response.status < 300:
        raise FetchError(Outcome.HTTP_ERROR, f"answered {response.status}")
    if not response.body.strip():
        raise FetchError(Outcome.EMPTY, "an empty page")
    if not isinstance(response, HtmlResponse):
        raise FetchError(
            Outcome.NOT_HTML,
            "no HTML but"
            f" {(response.headers.get('Content-Type') or b'something').decode('latin-1')[:60]}",
        )
    return response
