"""Measure the crawl beside stock Scrapy and bare aiohttp, on sites of this machine.

    python -m bench.crawl [--small] [--soak]

Every crawler fetches robots.txt and six pages of 33 kB of each site, in a process of its own; rounds
alternate, and ratios are of one round. `--soak` alone: 20,000 sites, and the memory over time (half
an hour). Writes docs/bench/crawl.md, or adds docs/bench/crawl_soak.md.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.crawl_server import host
from bench.figures import ROOT, Figures

SMALL, SOAK = "--small" in sys.argv, "--soak" in sys.argv
SITES, ROUNDS = (200, 1) if SMALL else (600, 3)
SOAK_SITES = 3_000 if SMALL else 20_000
#: Seconds: no leg takes longer, whatever hangs.
MOST = 3_600
HOUR = 3_600
PAGES = 6
#: Sites of a batch, and how many of a hundred never answer.
BATCH, SILENT = 100, 5
#: The part of a soak after which memory should no longer grow.
WARM = 0.25

ABOUT = " ".join(
    (
        f"Written by `make bench-crawl`. {SITES} sites, each at a loopback address of its own, with",
        f"robots.txt and {PAGES} pages of 33 kB sent by gzip. No two pages are alike, and navigation",
        "is shared within a site only. Sluice runs with robots.txt, the guard of addresses, the choice",
        "of links and its store, without delay between pages. Scrapy runs as installed and reads links",
        "with parsel. aiohttp fetches and unpacks the same 7 documents a site, by the same two",
        "connections, on asyncio's own loop; Sluice runs on uvloop. CPU is user and system time of",
        "the crawler's process. Silent sites accept connections and never answer.",
    )
)

SOAKED = (
    "Written by `make bench-crawl ARGS=--soak`. The database's own cache is bound to 8 MB here, and"
    " to 32 MB in a worker."
)


@contextmanager
def served(*options: str) -> Iterator[str]:
    """The port of a server of made-up sites."""
    command = [sys.executable, "-m", "bench.crawl_server", *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def leg(
    name: str, port: str, *options: str, sites: int = SITES, answering: float = 1
) -> dict[str, Any]:
    """What one crawler took; `answering` is the part of the sites that do."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.crawl_legs", name, "--port", port]
    done = subprocess.run(
        [*command, "--sites", str(sites), *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        timeout=MOST,
        check=True,
    )
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert made["pages"] >= 0.99 * answering * sites * PAGES, made
    made["ms"] = 1000 * made["cpu"] / made["pages"]
    return made


def busy(port: str) -> dict[str, int]:
    """How busy the server was since it was last asked."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/.figures", timeout=10) as answer:
        found: dict[str, int] = json.load(answer)
        return found


def compare(figures: Figures) -> None:
    """CPU a page by HTTP."""
    rounds: dict[str, list[float]] = {"aiohttp": [], "sluice": [], "scrapy": []}
    with served() as port:
        for _ in range(ROUNDS):
            for name, found in rounds.items():
                found.append(leg(name, port)["ms"])
    for name, found in rounds.items():
        figures.at_most(f"{name}: CPU a page", statistics.median(found), "ms")
    ours, bare, stock = rounds["sluice"], rounds["aiohttp"], rounds["scrapy"]
    figures.at_most("sluice to stock Scrapy", _ratio(ours, stock), "times", 1 / 3)
    figures.at_most("sluice to bare aiohttp", _ratio(ours, bare), "times", 3)
    rate = HOUR * 1000 / (statistics.median(ours) * PAGES)
    figures.at_least("sites an hour and core", rate, "", 200_000)


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def by_https(figures: Figures) -> None:
    """The same by HTTPS: a handshake for each connection."""
    with served("--https") as port:
        found = {
            name: leg(name, port, "--https", sites=SITES // 2)["ms"]
            for name in ("aiohttp", "sluice", "scrapy")
        }
    for name, ms in found.items():
        figures.at_most(f"{name} by HTTPS: CPU a page", ms, "ms")
    figures.at_most("by HTTPS: sluice to stock Scrapy", found["sluice"] / found["scrapy"], "times")
    figures.at_most("by HTTPS: sluice to bare aiohttp", found["sluice"] / found["aiohttp"], "times")


def with_latency(figures: Figures) -> None:
    """Requests in flight when each answer takes a second."""
    with served("--latency", "1") as port:
        made = leg("sluice", port, "--at-once", "75", sites=SITES // 2)
        most = busy(port)
    figures.at_least("1 s latency: requests in flight at most", most["most_at_once"], "", 150)
    figures.at_most("1 s latency: requests to one host at most", most["most_of_a_host"], "", 2)
    figures.at_least("1 s latency: pages a second", made["pages"] / made["wall"], "")


def with_silent_sites(figures: Figures) -> None:
    """A batch of sites, while more come, with and without sites that accept and never answer."""
    for silent in (0, SILENT):
        with served("--silent", str(silent)) as port:
            made = leg("sluice", port, "--lot", str(BATCH), sites=SITES, answering=1 - silent / 100)
        ended: dict[str, tuple[float, bool]] = made["ended"]
        batch = [ended[host(number)] for number in range(BATCH)]
        answered = max(at for at, has_pages in batch if has_pages)
        last = max(at for at, _ in batch)
        meanwhile = sum(at <= last for at, _ in ended.values()) - len(batch)
        name = f"batch of {BATCH}, {silent} silent"
        figures.at_most(f"{name}: until those that answer are there", answered, "s")
        figures.at_most(f"{name}: until its last site ends", last, "s")
        if silent:
            what = f"{name}: sites of later batches done by then"
            figures.at_least(what, meanwhile, "", 0.9 * (SITES - BATCH))


def soak(figures: Figures) -> None:
    """Memory over many sites."""
    with served() as port:
        made = leg("sluice", port, sites=SOAK_SITES)
    series: list[float] = made["memory"]
    warm = series[int(len(series) * WARM)]
    figures.at_most("sites of the soak", SOAK_SITES, "")
    figures.at_most("memory at most", max(series), "MB", 150)
    figures.at_most("memory at the end to that after a quarter", series[-1] / warm, "times", 1.1)
    figures.at_most("CPU a page", made["ms"], "ms")
    figures.lines.append(f"| memory every 500 sites, MB | {' '.join(map(str, series))} |  |")


def main() -> None:
    """Run it all and write the page."""
    figures = Figures()
    if SOAK:
        soak(figures)
        figures.write("crawl_soak", "Crawl soak", SOAKED)
    else:
        compare(figures)
        by_https(figures)
        with_latency(figures)
        with_silent_sites(figures)
        figures.write("crawl", "Crawl benchmark", ABOUT)
    print(figures.verdict)


if __name__ == "__main__":
    main()
