"""Measure work on many companies: processor time of command and server, peak memory, growth.

python -m bench.scale [LEG …] [--share PART] [--only sqlite|postgresql] [--page]

Without LEG every leg is run, which takes hours; `--share .05` does a twentieth of each, and of its
goals. `--page` puts each measured line into docs/bench/scale.md, in place of that of the same leg,
size and database.
To add a leg: write it as `bench/scale_legs.py` says, and name its module in MODULES.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from bench.scale_legs import Figures, Leg, Site
from bench.scale_page import HEAD, Line, put_into_page
from bench.server_cpu import server_cpu
from tests.postgres import fresh_database, running_postgres

MODULES = ("bench.scale_lists", "bench.scale_verdicts", "bench.scale_matching")
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Cost:
    """What the measured process took."""

    seconds: float
    megabytes: float
    figures: Figures


def legs() -> dict[str, Leg]:
    """Every leg by its name."""
    return {leg.name: leg for module in MODULES for leg in import_module(module).LEGS}


def prepare(name: str, site: Site) -> None:
    """Prepare a leg; run in a process of its own, as its memory does not count."""
    os.environ.update(_settings(site))
    make_ready = legs()[name].prepare
    if make_ready:
        make_ready(site)


def work(name: str, site: Site) -> Cost:
    """Do a leg's work, in a process of its own."""
    os.environ.update(_settings(site))
    leg, before = legs()[name], _used()
    figures = leg.work(site) or {}
    peak = max(getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return Cost(_used() - before, peak / 1024, figures)


def _used() -> float:
    found = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)


def _settings(site: Site) -> dict[str, str]:
    return {"SLUICE_HOME": str(site.home), "SLUICE_DATABASE_URL": site.url}


def measure(leg: Leg, site: Site, share: float) -> Line:
    """Run a leg on a new database."""
    with _own_process() as pool:
        pool.submit(prepare, leg.name, site).result()
    before = server_cpu(site.url)
    with _own_process() as pool:
        cost = pool.submit(work, leg.name, site).result()
    server = server_cpu(site.url) - before
    return Line(
        leg=leg,
        database=site.database,
        size=site.size,
        seconds=cost.seconds,
        server=server,
        megabytes=cost.megabytes,
        figures=cost.figures,
        share=share,
    )


def check_lists(parser: argparse.ArgumentParser, wanted: Sequence[Leg]) -> None:
    """End before the first leg, which may take hours, if the lists of a later one are missing."""
    names = [leg.name for leg in wanted if leg.needs_lists]
    folder = os.environ.get("SLUICE_BENCH_DATA", "")
    if not names or (Path(folder) / "companies").is_dir():
        return
    found = f"{folder!r} has no folder `companies`" if folder else "no real lists are named"
    parser.error(
        f"{found}; set SLUICE_BENCH_DATA to the folder of the real lists, which these legs need:"
        f" {', '.join(names)}; or name other legs"
    )


@contextmanager
def _own_process() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


def run(wanted: Sequence[Leg], databases: Sequence[str], share: float) -> Iterator[Line]:
    """Run legs, each on a new database of each kind."""
    with ExitStack() as stack:
        server = stack.enter_context(running_postgres()) if "postgresql" in databases else ""
        for leg in wanted:
            for kind in databases:
                with tempfile.TemporaryDirectory() as folder, ExitStack() as own:
                    url = f"sqlite:///{Path(folder) / 'sluice.db'}"
                    if kind == "postgresql":
                        url = own.enter_context(fresh_database(server))
                    site = Site(Path(folder), url, max(1, round(leg.size * share)))
                    yield measure(leg, site, share)


def main() -> None:
    """Print a line for each leg and database; with `--page`, write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    every = legs()
    parser.add_argument("legs", nargs="*", choices=[[], *every], metavar="LEG")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--only", choices=DATABASES)
    parser.add_argument("--page", action="store_true")
    given = parser.parse_args()
    wanted = [every[name] for name in given.legs or every]
    check_lists(parser, wanted)
    print(*HEAD, sep="\n", flush=True)
    for line in run(wanted, [given.only] if given.only else DATABASES, given.share):
        print(line.text, flush=True)
        if given.page:
            put_into_page(line)


if __name__ == "__main__":
    main()
