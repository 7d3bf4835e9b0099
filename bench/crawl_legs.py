"""One crawler over the sites of `bench.crawl_server`, alone in its process.

    python -m bench.crawl_legs LEG --port PORT --sites N [--https] [--at-once 50] [--lot 100]

Legs: `sluice` (guard, robots, choice of links, stored in SQLite), `scrapy` (stock settings and
parsel), `aiohttp` (the same requests, nothing else). Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.crawl_server import PAGES, address, host

if TYPE_CHECKING:
    from spiders.robots_cache import RobotsCache

AGENT = "SluiceBench/0.1 (+https://sluice.example/crawler)"
_MAKE = "import sys; from leads.store.migrate import upgrade; upgrade(sys.argv[1])"
#: Sites between two readings of the memory.
EVERY = 500
#: The cache of the database, in MB; twice that for what is written.
DATABASE_MB = 4
REQUESTS = ("robots.txt", *PAGES)
#: Sites of one crawl: a worker begins another about every ten minutes.
CRAWL = 2_000


def memory() -> float:
    """The memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Series:
    """The memory of this process as sites end."""

    def __init__(self) -> None:
        self.sites = 0
        self.pages = 0
        self.memory: list[float] = []
        self.began = (0.0, 0.0)
        #: When each site ended, and whether it brought pages.
        self.ended: dict[str, tuple[float, bool]] = {}

    def begin(self) -> None:
        """Start the clocks: everything is imported."""
        self.began = (time.process_time(), time.monotonic())

    def site(self, pages: int) -> None:
        """Count a site."""
        self.sites += 1
        self.pages += pages
        if self.sites % EVERY == 0:
            self.memory.append(round(memory(), 1))


def sluice(options: argparse.Namespace, series: Series) -> None:
    """Our crawl, as a worker runs it, and stored as it stores."""
    # A worker has it imported before it begins.
    import spiders.crawl
    import spiders.run
    from leads.store.migrate import open_store
    from spiders.gathering import Gathering
    from spiders.robots_cache import RobotsCache
    from spiders.site import SiteOutcome

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        # In a process of its own: what makes a database is not needed to crawl.
        subprocess.run([sys.executable, "-c", _MAKE, url], check=True)
        # A worker's cache of the database grows to 32 MB by itself.
        store = open_store(url, cache_mb=DATABASE_MB)

        def commit(outcomes: Sequence[SiteOutcome]) -> None:
            with store.write() as tx:
                spiders.run.keep(tx, outcomes)

        gathering = Gathering(commit)

        def keep(outcome: SiteOutcome) -> None:
            series.site(len(outcome.pages))
            if options.lot:
                at = time.monotonic() - series.began[1]
                series.ended[outcome.domain] = (at, bool(outcome.pages))
            if options.store:
                gathering.add(outcome)

        # A worker keeps the rules from one crawl to the next.
        robots = RobotsCache()
        series.begin()
        for first in range(0, options.sites, CRAWL):
            numbers = range(first, min(first + CRAWL, options.sites))
            _crawl(options, numbers, keep, gathering.tick, robots)
        gathering.close()
        store.close()


def _crawl(
    options: argparse.Namespace,
    numbers: Sequence[int],
    keep: Callable[[Any], None],
    tick: Callable[[], None],
    robots: RobotsCache,
) -> None:
    """Crawl some of the sites, all at once or lot after lot."""
    from spiders.crawl import crawl
    from spiders.limits import Limits
    from spiders.site import SiteToCrawl

    limits = Limits(delay=0, sites_at_once=options.at_once, pages_per_site=len(PAGES))
    scheme, port = ("https", 443) if options.https else ("http", 80)
    lots = deque(batched(numbers, options.lot or len(numbers)))

    def more() -> list[SiteToCrawl]:
        lot = lots.popleft() if lots else ()
        return [SiteToCrawl(host(one), (f"{scheme}://{host(one)}/",)) for one in lot]

    def should_stop() -> bool:
        tick()
        return False

    crawl(
        more(),
        limits=limits,
        user_agent=AGENT,
        allowed={(host(one), port): (address(one), options.port) for one in numbers},
        on_site=keep,
        should_stop=should_stop,
        robots=robots,
        more=more if options.lot else None,
    )


def batched(numbers: Sequence[int], size: int) -> list[Sequence[int]]:
    """Cut a sequence into lots."""
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]


def scrapy(options: argparse.Namespace, series: Series) -> None:
    """Stock Scrapy with a callback that reads links by parsel."""
    from scrapy import Request, Spider
    from scrapy.crawler import CrawlerProcess

    origin = "https" if options.https else "http"

    class Stock(Spider):
        name = "stock"
        custom_settings = {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False}  # noqa: RUF012

        async def start(self) -> Any:
            for one in range(options.sites):
                for page in REQUESTS:
                    url = f"{origin}://{address(one)}:{options.port}/{page}"
                    yield Request(url, headers={"User-Agent": AGENT})

        def parse(self, response: Any) -> None:
            if not response.url.endswith("/robots.txt"):
                links = response.css("a::attr(href)").getall()
                assert len(links) > 50
                series.pages += 1

    series.begin()
    process = CrawlerProcess()
    process.crawl(Stock)
    process.start()


def aiohttp(options: argparse.Namespace, series: Series) -> None:
    """The same requests by aiohttp, with two connections a site."""
    from aiohttp import ClientSession, TCPConnector

    origin = "https" if options.https else "http"

    async def site(session: ClientSession, one: int) -> None:
        base = f"{origin}://{address(one)}:{options.port}/"

        async def get(page: str) -> None:
            async with session.get(base + page, ssl=False) as response:
                assert response.status == 200
                assert await response.read()

        await get(REQUESTS[0])
        await get(REQUESTS[1])
        rest = iter(REQUESTS[2:])

        async def lane() -> None:
            for page in rest:
                await get(page)

        await asyncio.gather(lane(), lane())
        series.site(len(PAGES))

    async def run() -> None:
        waiting = iter(range(options.sites))
        connector = TCPConnector(limit=2 * options.at_once, limit_per_host=2)
        async with ClientSession(connector=connector, headers={"User-Agent": AGENT}) as session:

            async def lane() -> None:
                for one in waiting:
                    await site(session, one)

            await asyncio.gather(*(lane() for _ in range(options.at_once)))

    series.begin()
    asyncio.run(run())


LEGS: dict[str, Callable[[argparse.Namespace, Series], None]] = {
    "sluice": sluice,
    "scrapy": scrapy,
    "aiohttp": aiohttp,
}


def main() -> None:
    """Run one leg and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("leg", choices=LEGS)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--sites", type=int, required=True)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--https", action="store_true")
    parser.add_argument("--lot", type=int, default=0)
    parser.add_argument("--no-store", dest="store", action="store_false")
    options = parser.parse_args()
    series = Series()
    LEGS[options.leg](options, series)
    cpu, wall = series.began
    made = {
        "cpu": time.process_time() - cpu,
        "wall": time.monotonic() - wall,
        "pages": series.pages,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "memory": series.memory,
        "ended": series.ended,
    }
    print(json.dumps(made))


if __name__ == "__main__":
    main()
