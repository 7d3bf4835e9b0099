"""Visit one site: its home page, then the pages worth fetching, then the outcome."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from time import monotonic
from urllib.parse import urldefrag

from leads.clock import now
from leads.lexicon.domains import registrable
from leads.packed_body import PackedBody
from spiders.arrivals import Arrivals
from spiders.board_page import board_page
from spiders.boards import board_of
from spiders.dns_page import dns_page
from spiders.exchange import Answer
from spiders.fetch import Fetcher, Ways
from spiders.fetch_errors import FetchError
from spiders.languages import alternates, chosen_at_gate, languages_of, own_start
from spiders.links import KnownLinks, Link, links_of, page_text
from spiders.plan import Plan, Step
from spiders.robots_rules import Rules
from spiders.shells import Shells
from spiders.site import (
    FetchedPage,
    Outcome,
    PageKind,
    Robots,
    SiteOutcome,
    SiteToCrawl,
    count_rendered,
)
from spiders.state_links import state_links
from spiders.unlinked import conventional_links, lacking, links_by_sitemap

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
_LANGUAGE = re.compile(r"<html\b[^>]{0,400}?\blang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)
_BEGINNING = 5_000
#: A visit to so many pages or more also fetches one of the board.
_FEWEST = 2
#: The place of the board: after all pages of the site.
_LAST = (1_000, 0, 0)
#: The place of the DNS records.
_NO_PAGE = (1_001, 0, 0)
_BY_CUSTOM = "pages found by a conventional path"
_BY_SITEMAP = "pages found by the sitemap"


class Visit:
    """One visit; call `run` once."""

    def __init__(self, site: SiteToCrawl, ways: Ways) -> None:
        self._site = site
        self._ways = ways
        self._limits = ways.limits
        self._fetch = Fetcher(site, ways)
        shells = Shells(site, self._fetch, ways, ways.browser) if ways.browser else None
        self._arrivals = Arrivals(self._fetch, site.domain, ways.limits, shells)
        self._pages: dict[tuple[int, int, int], FetchedPage] = {}
        #: What is to be said about the visit beside its pages, and how often it happened.
        self._notes: Counter[str] = Counter()
        self._robots: Robots | None = None
        self._known_links = KnownLinks()
        #: The company's board at an applicant-tracking system.
        self._board: str | None = None

    async def run(self) -> SiteOutcome:
        """Return the outcome; never raises for anything the site does."""
        started = monotonic()
        try:
            home = await self._home()
            asked = asyncio.ensure_future(self._ask_dns())
            try:
                await self._rest(home)
                await self._fetch_board()
                await asked
            finally:
                asked.cancel()
            return self._outcome(started, Outcome.OK, self._said(), registrable(home.url))
        except FetchError as error:
            return self._outcome(started, error.outcome, error.reason, error.final_domain)
        except Exception as error:
            # A page that breaks our code costs this site its other pages, and no other site.
            ended = Outcome.OK if self._pages else Outcome.HTTP_ERROR
            return self._outcome(started, ended, _broken(error), None)

    def _said(self) -> str:
        rendered, shells = count_rendered(self._pages.values())
        self._notes["pages rendered"] = rendered
        self._notes["shells left as sent"] = shells
        said = [f"{what}: {count}" for what, count in self._notes.items() if count]
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
            bytes=sum(page.size for page in pages if not page.unchanged),
            seconds=monotonic() - started,
            robots=self._robots,
            not_before=asked.not_before if (asked := self._fetch.asked_to_wait) else None,
        )

    async def _home(self) -> Answer:
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

    async def _home_at(self, url: str) -> Answer:
        self._note(url, await self._fetch.rules(url))
        response = await self._arrivals.page(url)
        self._note(response.url, await self._fetch.rules(response.url))
        self._keep((-1, 0, 0), response, Link(url, PageKind.HOME))
        return response

    def _note(self, url: str, rules: Rules) -> None:
        self._robots = rules.robots_of(url)

    async def _rest(self, home: Answer) -> None:
        """Fetch the pages of each kind, look for those that say who it is, then fill up."""
        languages = languages_of(self._site, _language_of(home))
        plan = Plan(self._limits, urldefrag(home.url).url, languages)
        self._offer(plan, home, 0, languages)
        await self._lanes(plan, others=False, kept_free=len(lacking(plan, languages)))
        if self._limits.look_further and lacking(plan, languages) and not plan.is_full:
            await self._look_further(plan, home, languages)
        await self._lanes(plan)

    async def _fetch_board(self) -> None:
        """Fetch one page of the company's board, under the rules of its host; it links no further.

        A visit that looks at the linked pages only is about the site alone, and fetches none.
        """
        if not self._limits.look_further or self._limits.pages_per_site < _FEWEST:
            return
        if self._board is None:
            return
        try:
            response, robots = await board_page(self._board, self._site, self._fetch, self._ways)
        except Exception:  # Whatever the board does, the site's own pages are what was visited.
            self._notes["boards not fetched"] += 1
            return
        link = Link(self._board, PageKind.BOARD, why="board of jobs that the site links to")
        self._pages[_LAST] = _fetched(response, link, robots)

    async def _ask_dns(self) -> None:
        if self._ways.ask_dns is not None:
            page = await dns_page(self._site, self._ways.ask_dns)
            if page is not None:
                self._pages[_NO_PAGE] = page

    async def _lanes(self, plan: Plan, *, others: bool = True, kept_free: int = 0) -> None:
        async with asyncio.TaskGroup() as lanes:
            for _ in range(self._limits.requests_per_site):
                lanes.create_task(self._lane(plan, others=others, kept_free=kept_free))

    async def _lane(self, plan: Plan, *, others: bool, kept_free: int) -> None:
        while (step := plan.take(others=others, kept_free=kept_free)) is not None:
            try:
                response = await self._arrivals.page(step.link.url)
            except Exception:  # Whatever one page does, the site's other pages are fetched.
                self._notes["pages not fetched"] += 1
                plan.done(step, None)
            else:
                self._take_in(plan, step, response)

    async def _look_further(self, plan: Plan, home: Answer, languages: tuple[str, ...]) -> None:
        """Look for pages that the links do not lead to: by the sitemaps, then by custom."""
        kinds = lacking(plan, languages)
        try:
            links = await links_by_sitemap(self._fetch, home.url, self._site.domain, kinds)
        except Exception:  # Whatever the sitemap does, the paths are tried.
            links = []
        before = len(self._pages)
        plan.offer(links, 0)
        await self._lanes(plan, others=False, kept_free=len(lacking(plan, languages)))
        self._notes[_BY_SITEMAP] += min(len(self._pages) - before, len(links))

        for link in conventional_links(home.url, lacking(plan, languages), languages):
            if plan.lacks(link.kind) and not plan.is_full:
                await self._try(plan, link, home)

    async def _try(self, plan: Plan, link: Link, home: Answer) -> None:
        """Take in the page at a conventional path, unless the site shows it for any address."""
        try:
            response = await self._arrivals.page(link.url)
            if await self._arrivals.answers_to_anything(response, home):
                self._notes["answers to any address"] = 1
                return
        except Exception:  # What may not be there costs nothing.
            return
        plan.offer([link], 0)
        step = plan.take(others=False)
        if step is None or step.link is not link:
            return
        self._notes[_BY_CUSTOM] += 1
        self._take_in(plan, step, response)

    def _take_in(self, plan: Plan, step: Step, response: Answer) -> None:
        if plan.done(step, urldefrag(response.url).url):
            self._keep(step.place, response, step.link)
            self._offer(plan, response, step.depth, ())

    def _offer(self, plan: Plan, response: Answer, depth: int, languages: tuple[str, ...]) -> None:
        """Offer the links of a page; of a page to choose a language on, the one to follow.

        What no page could be fetched for is not read.
        """
        if plan.is_full:
            return
        links, text = self._links(response), page_text(response)
        links += state_links(text, response.url, self._site.domain, links)
        chosen = (
            chosen_at_gate(text, links, languages) or own_start(links, response.url, languages)
            if languages
            else None
        )
        if chosen is not None:
            self._notes["language chosen"] += 1
            links = [
                Link(chosen.url, PageKind.ENTRY, why="start page in the site's language"),
                *links,
            ]
        plan.forget(alternates(text, response.url).values())
        plan.offer(links, depth)

    def _links(self, response: Answer) -> list[Link]:
        """Return the links of a page; none if it cannot be read."""
        try:
            return links_of(response, self._site.domain, self._known_links)
        except Exception:  # The page is kept; what it links to is not known.
            self._notes["pages whose links are unread"] += 1
            return []

    def _keep(self, place: tuple[int, int, int], response: Answer, link: Link) -> None:
        self._board = self._board or board_of(page_text(response), link.kind)
        self._pages[place] = _fetched(response, link, self._fetch.robots_of(response.url))


def _fetched(response: Answer, link: Link, robots: Robots | None) -> FetchedPage:
    return FetchedPage(
        url=response.url,
        status=response.status,
        headers=response.headers,
        # What is packed is not unpacked again: it is stored as it is.
        content=PackedBody.of(response.body, response.gzip) or response.body,
        fetched_at=now(),
        kind=link.kind,
        why=link.why,
        robots=robots,
        unchanged=response.unchanged,
        rendering=response.rendering,
    )


def _language_of(home: Answer) -> str:
    """Return the language that the home page says it is in; "" if it does not."""
    found = _LANGUAGE.search(page_text(home), 0, _BEGINNING)
    return found[1].lower() if found else ""


def _broken(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"a page that cannot be read ({type(error).__name__})"
