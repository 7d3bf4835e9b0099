"""Crawl many sites in this process without the Twisted reactor, so it can run repeatedly."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from types import MappingProxyType

import uvloop
from scrapy.crawler import AsyncCrawlerRunner

from leads.collection import frozen_collection
from spiders.dns_page import AskDns
from spiders.guard import Allowed, Guard
from spiders.limits import Limits, check_user_agent
from spiders.opted_out import NOBODY, OptedOut
from spiders.rendering import RenderOptions
from spiders.robots_cache import RobotsCache
from spiders.settings import quiet, scrapy_settings
from spiders.site import CrawlStats, SiteOutcome, SiteToCrawl, count_rendered
from spiders.spider import SiteSpider, Work
from spiders.supply import More

#: Time for visits to end after Ctrl-C, before they are abandoned.
GRACE = 2.0
_NOWHERE: Mapping[tuple[str, int], tuple[str, int]] = MappingProxyType({})


def crawl(
    sites: Sequence[SiteToCrawl],
    *,
    limits: Limits,
    user_agent: str,
    on_site: Callable[[SiteOutcome], None],
    allowed: Allowed = _NOWHERE,
    should_stop: Callable[[], bool] = lambda: False,
    more: More | None = None,
    robots: RobotsCache | None = None,
    opted_out: OptedOut = NOBODY,
    only_allowed: bool = False,
    render: RenderOptions | None = None,
    ask_dns: AskDns | None = None,
) -> CrawlStats:
    """Visit `sites` and call `on_site` once for each; sites not reported are in `unfinished`.

    `more` returns further sites, or none, and is called when all others are under way or done: slow
    sites hold nobody up. `should_stop` is called ten times a second. Ctrl-C ends the crawl within
    seconds and is re-raised; an exception in `on_site` or `more` does the same. Reported sites stay
    reported in all cases.
    `robots` keeps the rules of robots.txt from one crawl to the next. Hosts that `opted_out` names
    are not asked. `allowed` is for tests and the demo (see `spiders/guard.py`); with `only_allowed`
    no other host is looked up or reached. With `render`, pages that scripts fill are shown in a
    browser; with `ask_dns`, DNS records of the domains are asked for. UsageError if `user_agent`
    does not identify the crawler.
    """
    started = monotonic()
    tally = _Tally(on_site, sites)
    product = check_user_agent(user_agent).partition("/")[0]
    work = Work(
        sites=sites,
        limits=limits,
        product=product,
        guard=Guard(allowed, is_closed=only_allowed),
        report=tally.report,
        should_stop=should_stop,
        more=tally.more(more),
        robots=robots or RobotsCache(),
        opted_out=opted_out,
        render=render,
        ask_dns=ask_dns,
    )
    if sites or more:
        loop = asyncio.Runner(loop_factory=uvloop.new_event_loop)
        with quiet(), frozen_collection(), loop as runner:
            runner.run(_run(work, scrapy_settings(limits, user_agent)))
    if work.failure is not None:
        raise work.failure
    return CrawlStats(
        outcomes=dict(tally.outcomes),
        pages=tally.pages,
        bytes=tally.bytes,
        rendered=tally.rendered,
        shells=tally.shells,
        seconds=monotonic() - started,
        unfinished=tuple(tally.unfinished),
        stopped=work.stopped,
    )


class _Tally:
    """Counts reported sites without keeping their pages."""

    def __init__(
        self, on_site: Callable[[SiteOutcome], None], sites: Sequence[SiteToCrawl]
    ) -> None:
        self._on_site = on_site
        self.outcomes: Counter[str] = Counter()
        self.unfinished = dict.fromkeys(site.domain for site in sites)
        self.pages = 0
        self.bytes = 0
        self.rendered = self.shells = 0

    def report(self, outcome: SiteOutcome) -> None:
        self._on_site(outcome)
        self.outcomes[outcome.outcome.value] += 1
        self.unfinished.pop(outcome.domain, None)
        self.pages += len(outcome.pages)
        self.bytes += outcome.bytes
        rendered, shells = count_rendered(outcome.pages)
        self.rendered += rendered
        self.shells += shells

    def more(self, more: More | None) -> More | None:
        """Return `more`, with what it brings counted."""
        if more is None:
            return None

        def counted() -> Sequence[SiteToCrawl]:
            sites = more()
            self.unfinished.update(dict.fromkeys(site.domain for site in sites))
            return sites

        return counted


async def _run(work: Work, settings: dict[str, object]) -> None:
    crawling = AsyncCrawlerRunner(settings).crawl(SiteSpider, work=work)
    try:
        await asyncio.wait({crawling})
    except asyncio.CancelledError:
        work.stop("asked")
        await asyncio.wait({crawling}, timeout=GRACE)
        raise
    crawling.result()
