"""Measure claims, the next card, suppressions and exports at the size of a large agency.

    python -m bench.outreach [--prospects N] [--claims N] [--entries N] [--exported N] …

PostgreSQL is started here, on a socket. Writes docs/bench/outreach.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.outreach_claims import Race, Way, race
from bench.outreach_export import Cost, by_command, by_writer
from bench.outreach_next import percentile, take_cards
from bench.outreach_seed import seed
from tests.postgres import fresh_database, running_postgres

ROOT = Path(__file__).resolve().parent.parent
#: Prospects claimed with one transaction, besides one.
BATCH = 20
FORMS = ("csv", "jsonl", "xlsx", "parquet")
ABOUT = """Written by `make bench-outreach`. SQLite runs as installed; PostgreSQL is started for the \
run, without fsync. Both have counted their rows (`ANALYZE`). Wall times depend on the load of the \
machine; CPU is this program's own.

Claims run in five processes with ten threads each, until the queue is empty:

- **one UPDATE** marks the rows through the database's driver, and does nothing else;
- **bare SQL** also adds the leases with their tokens and the lines of the log, in the same \
transaction: the least that makes a lease;
- **lease** is the transaction of the product that does so. It also looks for expired leases, \
call-backs that are due, daily caps and skipped prospects;
- **take next** is what a user waits for: the lease, the checks of suppressions, lists, call hours \
and other clients, and the card.
"""


@dataclass(slots=True)
class Figures:
    """Lines of the page, printed as they come."""

    lines: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def at_most(self, what: str, value: float, unit: str, goal: float | None = None) -> None:
        """Add a figure, and whether it stays under its goal."""
        self._add(what, value, unit, goal, "at most", met=goal is None or value <= goal)

    def at_least(self, what: str, value: float, unit: str, goal: float | None = None) -> None:
        """Add a figure, and whether it reaches its goal."""
        self._add(what, value, unit, goal, "at least", met=goal is None or value >= goal)

    def _add(
        self, what: str, value: float, unit: str, goal: float | None, way: str, *, met: bool
    ) -> None:
        said = "" if goal is None else f"{way} {goal:g}: {'met' if met else 'MISSED'}"
        if not met:
            self.missed.append(what)
        self.lines.append(f"| {what} | {value:,.4g} {unit} | {said} |")
        print(f"{what}: {value:,.4g} {unit} {said}", flush=True)


def main() -> int:
    """Print and write the figures; exit code 1 if a goal is missed."""
    sizes, figures = _sizes(), Figures()
    with tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder, ExitStack() as stack:
        names = sizes.on.split(",")
        server = stack.enter_context(running_postgres()) if "PostgreSQL" in names else ""
        for name in names:
            _measure(figures, sizes, name, server, Path(folder))
        if "exports" in sizes.parts:
            _write_all_formats(figures, sizes, Path(folder))
    missed = f"Missed: {', '.join(figures.missed)}." if figures.missed else "All goals are met."
    print(missed)
    page = [
        "# Outreach benchmark",
        "",
        ABOUT,
        _run(),
        "",
        "| what | figure | goal |",
        "|---|---|---|",
    ]
    text = "\n".join([*page, *figures.lines, "", missed, ""])
    (ROOT / "docs" / "bench" / "outreach.md").write_text(text, "utf-8")
    return 1 if figures.missed else 0


def _run() -> str:
    """The size of the run, the machine and its load."""
    wanted = " ".join(sys.argv[1:]) or "none, the full size"
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"Options of this run: {wanted}. {os.cpu_count()} processors, load at its end {load}."


def _sizes() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m bench.outreach")
    for name, size in (
        ("--prospects", 1_000_000),
        ("--claims", 10_000),
        ("--served", 10_000),
        ("--claimers", 50),
        ("--cards", 1_000),
        ("--entries", 1_000_000),
        ("--checked", 100_000),
        ("--exported", 1_000_000),
        ("--written", 1_000_000),
    ):
        reader.add_argument(name, type=int, default=size)
    reader.add_argument("--on", default="SQLite,PostgreSQL")
    reader.add_argument("--parts", default="claims,suppressions,cards,exports")
    return reader.parse_args()


def _measure(
    figures: Figures, sizes: argparse.Namespace, name: str, server: str, folder: Path
) -> None:
    if "claims" in sizes.parts:
        _claims(figures, sizes, name, server, folder)
    if "suppressions" in sizes.parts:
        with _database(server, name, folder, "suppressions") as url:
            _suppressions(figures, sizes, name, url, folder)
    if "cards" in sizes.parts or "exports" in sizes.parts:
        with _database(server, name, folder, "prospects") as url:
            _prospects(figures, sizes, name, url, folder)


def _prospects(
    figures: Figures, sizes: argparse.Namespace, name: str, url: str, folder: Path
) -> None:
    """Take cards from a large queue, and export it."""
    made = seed(url, sizes.prospects)
    if "cards" in sizes.parts:
        waits = take_cards(url, made, sizes.cards)
        of = f"{name}: `take next` at {sizes.prospects:,} prospects"
        figures.at_most(f"{of}, half of all", percentile(waits.clock, 50), "ms")
        figures.at_most(f"{of}, 99 of 100", percentile(waits.clock, 99), "ms", 50)
        figures.at_most(f"{of}, 99 of 100", percentile(waits.cpu, 99), "ms CPU")
    if "exports" in sizes.parts:
        for rows in sorted({min(100_000, sizes.exported // 10), sizes.exported}):
            cost = by_command(url, folder, rows, "csv")
            _exported(figures, f"{name}: export of {cost.rows:,} companies as CSV", cost)


def _claims(
    figures: Figures, sizes: argparse.Namespace, name: str, server: str, folder: Path
) -> None:
    """Each way of claiming begins with a queue of its own."""
    for want in (1, BATCH):
        rates = {}
        for way in Way:
            claims = min(sizes.claims, sizes.served) if way is Way.CARD else sizes.claims
            with _database(server, name, folder, "claims") as url:
                found = race(url, seed(url, claims), sizes.claimers, way, want=want)
            rates[way] = found.per_second
            _raced(
                figures,
                claims,
                f"{name}: {sizes.claimers} users, {want} at a time, {way.value}",
                found,
            )

        of = f"{name}: {want} at a time, lease beside"
        figures.at_least(f"{of} bare SQL", 100 * rates[Way.LEASE] / rates[Way.BARE], "%", 80)
        figures.at_least(f"{of} one UPDATE", 100 * rates[Way.LEASE] / rates[Way.UPDATE], "%")


def _raced(figures: Figures, claims: int, of: str, found: Race) -> None:
    figures.at_least(f"{of}: prospects claimed", len(found.claimed), "", claims)
    figures.at_most(f"{of}: claimed twice", found.doubles, "", 0)
    figures.at_most(f"{of}: gave up after a minute", found.gave_up, "", 0)
    figures.at_least(f"{of}: claims", found.per_second, "a second")


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
        for rows in sorted({min(100_000, sizes.written), sizes.written}):
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
