"""Measure claims, the next card, suppressions and exports at the size of a large agency.

    python -m bench.outreach [--prospects N] [--claims N] [--entries N] [--exported N] …

PostgreSQL is started here, on a socket. One database of each kind with all prospects is filled
first, for the cards and the exports. Writes docs/bench/outreach.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bench.figures import Figures, percentile
from bench.outreach_claims import Race, Way, race
from bench.outreach_export import Cost, by_command, by_writer
from bench.outreach_next import take_cards
from bench.outreach_seed import Seeded, seed
from tests.postgres import fresh_database, running_postgres

#: Prospects claimed with one transaction, besides one.
BATCH = 20
FORMS = ("csv", "jsonl", "xlsx", "parquet")
ABOUT = """Written by `make bench-outreach`. SQLite runs as installed; PostgreSQL is started for the \
run, without fsync. Both have counted their rows (`ANALYZE`). Wall times depend on the load of the \
machine; CPU is this program's own, and that of the server for claims.

Claims run in five processes with ten threads each, until the queue is empty:

- **one UPDATE** marks the rows through the database's driver, and does nothing else;
- **bare SQL** also adds the leases with their tokens and the lines of the log, in the same \
transaction: the least that makes a lease;
- **lease** is the transaction of the product that does so. It also looks for expired leases, \
call-backs that are due, daily caps and skipped prospects;
- **take next** is what a user waits for: the lease, the checks of suppressions, lists, call hours \
and other clients, and the card.
"""


def main() -> int:
    """Print and write the figures; exit code 1 if a goal is missed."""
    sizes, figures = _sizes(), Figures()
    with tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder, ExitStack() as stack:
        names = sizes.on.split(",")
        server = stack.enter_context(running_postgres()) if "PostgreSQL" in names else ""
        large = _large_queues(stack, sizes, names, server, Path(folder))
        for part in sizes.parts.split(","):
            began = time.monotonic()
            if part == "cards":
                for one in large:
                    _cards(figures, sizes, one)
            elif part == "claims":
                for name in names:
                    _claims(figures, sizes, name, server, Path(folder))
            elif part == "suppressions":
                for name in names:
                    with _database(server, name, Path(folder), "suppressions") as url:
                        _suppressions(figures, sizes, name, url, Path(folder))
            elif part == "exports":
                _exports(figures, sizes, large)
                _write_all_formats(figures, sizes, Path(folder))
            figures.at_most(f"this part of the run: {part}", time.monotonic() - began, "s")
            # What is known so far stays known if the run is stopped.
            figures.write("outreach", "Outreach benchmark", ABOUT)
    print(figures.verdict)
    return 1 if figures.missed else 0


@dataclass(frozen=True, slots=True)
class Large:
    """A database with a campaign of very many prospects."""

    name: str
    url: str
    made: Seeded
    #: For what is written beside it.
    folder: Path


def _large_queues(
    stack: ExitStack, sizes: argparse.Namespace, names: Sequence[str], server: str, folder: Path
) -> list[Large]:
    """Fill one database of each kind, side by side: cards and exports use the same."""
    if not {"cards", "exports"} & set(sizes.parts.split(",")):
        return []
    urls = [stack.enter_context(_database(server, name, folder, "prospects")) for name in names]
    began = time.monotonic()
    with ProcessPoolExecutor(len(names), mp_context=get_context("spawn")) as pool:
        every = list(pool.map(seed, urls, [sizes.prospects] * len(urls)))
    print(f"{sizes.prospects:,} prospects stored in {time.monotonic() - began:.0f} s", flush=True)
    folders = [folder / f"exports-{name}" for name in names]
    for one in folders:
        one.mkdir()
    return [Large(*parts) for parts in zip(names, urls, every, folders, strict=True)]


def _sizes() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m bench.outreach")
    for name, size in (
        ("--prospects", 1_000_000),
        ("--claims", 10_000),
        ("--served", 1_000),
        ("--claimers", 50),
        ("--cards", 500),
        ("--entries", 1_000_000),
        ("--checked", 100_000),
        ("--exported", 1_000_000),
        ("--written", 100_000),
    ):
        reader.add_argument(name, type=int, default=size)
    reader.add_argument("--on", default="SQLite,PostgreSQL")
    reader.add_argument("--parts", default="cards,claims,suppressions,exports")
    return reader.parse_args()


def _cards(figures: Figures, sizes: argparse.Namespace, large: Large) -> None:
    """What one user waits for, at a queue of very many prospects."""
    waits = take_cards(large.url, large.made, sizes.cards)
    of = f"{large.name}: `take next` at {sizes.prospects:,} prospects"
    figures.at_most(f"{of}, half of all", percentile(waits.clock, 50), "ms")
    figures.at_most(f"{of}, 99 of 100", percentile(waits.clock, 99), "ms", 50)
    figures.at_most(f"{of}, 99 of 100", percentile(waits.cpu, 99), "ms CPU")


def _exports(figures: Figures, sizes: argparse.Namespace, large: Sequence[Large]) -> None:
    """Export from all databases side by side: what counts is the memory, not the clock."""
    for rows in sorted({min(100_000, sizes.exported // 10), sizes.exported}):
        export = partial(_export, rows=rows)
        with ThreadPoolExecutor() as pool:
            costs = list(pool.map(export, large))
        for one, cost in zip(large, costs, strict=True):
            _exported(figures, f"{one.name}: export of {cost.rows:,} companies as CSV", cost)


def _export(large: Large, rows: int) -> Cost:
    return by_command(large.url, large.folder, rows, "csv")


def _claims(
    figures: Figures, sizes: argparse.Namespace, name: str, server: str, folder: Path
) -> None:
    """Each way of claiming begins with a queue of its own."""
    for want in (1, BATCH):
        races: dict[Way, Race] = {}
        for way in Way:
            claims = min(sizes.claims, sizes.served) if way is Way.CARD else sizes.claims
            with _database(server, name, folder, "claims") as url:
                found = race(url, seed(url, claims), sizes.claimers, way, want=want)
            races[way] = found
            _raced(
                figures,
                claims,
                f"{name}: {sizes.claimers} users, {want} at a time, {way.value}",
                found,
            )

        of = f"{name}: {want} at a time, lease beside"
        lease, bare, update = races[Way.LEASE], races[Way.BARE], races[Way.UPDATE]
        figures.at_least(f"{of} bare SQL", 100 * lease.per_second / bare.per_second, "%", 80)
        figures.at_least(f"{of} bare SQL, by CPU", 100 * bare.cpu / lease.cpu, "%")
        figures.at_least(f"{of} one UPDATE", 100 * lease.per_second / update.per_second, "%")


def _raced(figures: Figures, claims: int, of: str, found: Race) -> None:
    figures.at_least(f"{of}: prospects claimed", len(found.claimed), "", claims)
    figures.at_most(f"{of}: claimed twice", found.doubles, "", 0)
    figures.at_most(f"{of}: gave up after a minute", found.gave_up, "", 0)
    figures.at_least(f"{of}: claims", found.per_second, "a second")
    figures.at_most(f"{of}: CPU for each", found.cpu, "ms")


def _suppressions(
    figures: Figures, sizes: argparse.Namespace, name: str, url: str, folder: Path
) -> None:
    home = folder / f"home-{name}"
    home.mkdir()
    done = subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-m", "bench.outreach_suppression"),
            *(str(sizes.entries), str(sizes.checked)),
        ],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"SLUICE_DATABASE_URL": url, "SLUICE_HOME": str(home)},
    )
    found = json.loads(done.stdout.strip().splitlines()[-1])
    of = f"{name}: import of {sizes.entries:,} suppressions"
    figures.at_most(of, found["import"]["seconds"], "s", _goal(60, sizes.entries, 1_000_000))
    figures.at_most(of, found["import"]["cpu"], "s CPU")
    figures.at_most(f"{of}, peak of memory", found["megabytes"], "MB")
    of = f"{name}: check of {sizes.checked:,} companies, with spellings of names"
    whole = found["check_with_spellings"]
    figures.at_most(of, whole["seconds"], "s", _goal(5, sizes.checked, 100_000))
    figures.at_most(of, whole["cpu"], "s CPU")


def _goal(value: float, size: int, full: int) -> float | None:
    """The goal of a run of the full size; a smaller run has none."""
    return value if size >= full else None


def _write_all_formats(figures: Figures, sizes: argparse.Namespace, folder: Path) -> None:
    for form in FORMS:
        for rows in sorted({sizes.written // 4, sizes.written}):
            cost = by_writer(folder, rows, form)
            _exported(figures, f"{rows:,} rows of forty cells written as {form.upper()}", cost)


def _exported(figures: Figures, of: str, cost: Cost) -> None:
    figures.at_most(of, cost.seconds, "s")
    figures.at_most(of, cost.cpu, "s CPU")
    figures.at_most(f"{of}, peak of memory", cost.megabytes, "MB")


@contextmanager
def _database(server: str, name: str, folder: Path, purpose: str) -> Iterator[str]:
    """An empty database, which is gone at the end."""
    if name == "PostgreSQL":
        with fresh_database(server) as url:
            yield url
        return
    file = folder / f"{purpose}.db"
    yield f"sqlite:///{file}"
    for one in folder.glob(f"{purpose}.db*"):
        one.unlink()


if __name__ == "__main__":
    sys.exit(main())
