"""Measure the pages at the size of a large agency: keys, first load, long tables, many SDRs at once.

    python -m bench.web [--prospects N] [--rows N] [--sdrs N] [--seconds N] [--on …] [--parts …]

PostgreSQL is started here, on a socket; servers listen on loopback only. Writes docs/bench/web.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.figures import Figures, percentile
from bench.web_browser import first_load, time_keys
from bench.web_pages import time_pages
from bench.web_sdrs import Shift, double_leases, work
from bench.web_seed import fill_queue, fill_tables, log_in
from bench.web_server import serving, serving_bare
from tests.postgres import fresh_database, running_postgres

ABOUT = """Written by `make bench-web`. One server process (`sluice serve`) over one database; the \
users, the browser and PostgreSQL run on the same machine, so they share its processors. SQLite runs \
as installed; PostgreSQL is started for the run, without fsync. Clock times depend on the load of the \
machine; CPU is the server's own, without that of PostgreSQL.

- **Keys**: headless Chromium; from the key to the next card being in the document.
- **Pages**: five times each, the following page where there is one; the slowest counts.
- **SDRs at once**: each takes the next five prospects, then keeps a note and reports a result of \
each, over a connection of its own; a wait is from the press to the whole next page, sent as the \
script of the pages does. SDRs who think press once in so many seconds on average, those who do not \
press at once.
- **bare FastAPI and SQL** answers the same presses with one statement or two and no rights, \
suppressions, call hours or reasons: what this machine can do at best with that stack."""


def main() -> int:
    """Print and write the figures; exit code 1 if a goal is missed."""
    sizes, figures = _sizes(), Figures()
    with tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder, ExitStack() as stack:
        names = sizes.on.split(",")
        server = stack.enter_context(running_postgres()) if "PostgreSQL" in names else ""
        for name in names:
            for part, measure in (("keys", _keys), ("tables", _tables), ("sdrs", _sdrs)):
                if part in sizes.parts.split(","):
                    with _database(server, name, Path(folder)) as url:
                        measure(figures, sizes, name, url, Path(folder))
                    # What is known so far stays known if the run is stopped.
                    figures.write("web", "Web benchmark", ABOUT)
    print(figures.verdict)
    return 1 if figures.missed else 0


def _sizes() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m bench.web")
    for name, size in (
        ("--prospects", 100_000),
        ("--rows", 1_000_000),
        ("--sdrs", 50),
        ("--seconds", 60),
        ("--presses", 60),
    ):
        reader.add_argument(name, type=int, default=size)
    reader.add_argument("--think", type=float, default=5.0)
    reader.add_argument("--on", default="SQLite,PostgreSQL")
    reader.add_argument("--parts", default="keys,tables,sdrs")
    return reader.parse_args()


def _keys(figures: Figures, sizes: argparse.Namespace, name: str, url: str, folder: Path) -> None:
    """What one SDR waits for in a browser."""
    made = fill_queue(url, sizes.prospects)
    (person,) = log_in(url, ["ann"], "sdr", [made.client_id])
    with serving(url, folder / "home") as server:
        keys = time_keys(server, person, sizes.presses)
        loaded = first_load(server, person)
    for key, waits in keys.items():
        of = f"{name}: key to next card at {sizes.prospects:,} prospects, {key}"
        figures.at_most(f"{of}, half of all", percentile(waits, 50), "ms")
        figures.at_most(f"{of}, 95 of 100", percentile(waits, 95), "ms", 100)
    of = f"{name}: first load of the queue"
    figures.at_most(of, loaded.bytes / 1_000, "kB", 100)
    figures.at_most(f"{of}, requests", loaded.requests, "", 5)
    figures.at_most(f"{of}, requests to other machines", len(loaded.foreign), "", 0)
    figures.at_most(f"{of}, until it is there", loaded.milliseconds, "ms")


def _tables(figures: Figures, sizes: argparse.Namespace, name: str, url: str, folder: Path) -> None:
    """The pages that list very many rows."""
    began = time.monotonic()
    fill_tables(url, sizes.rows)
    print(f"{name}: {sizes.rows:,} rows a table in {time.monotonic() - began:.0f} s", flush=True)
    (person,) = log_in(url, ["boss"], "admin", [])
    with serving(url, folder / "home") as server:
        for page, waits in time_pages(server, person, sizes.rows).items():
            of = f"{name}: {page}, at {sizes.rows:,} rows"
            figures.at_most(of, max(waits.clock), "ms", 200)
            figures.at_most(f"{of}, CPU", max(waits.cpu), "ms")
        figures.at_most(f"{name}: memory of that server", server.megabytes("VmHWM"), "MB", 200)


def _sdrs(figures: Figures, sizes: argparse.Namespace, name: str, url: str, folder: Path) -> None:
    """Many SDRs at work on one server, and on a bare one."""
    made = fill_queue(url, sizes.prospects)
    people = log_in(url, [f"sdr {number}" for number in range(sizes.sdrs)], "sdr", [made.client_id])
    of = f"{name}: {sizes.sdrs} SDRs at once"
    with serving(url, folder / "home") as server:
        thinking = work(server, people, sizes.seconds, sizes.think)
        _shift(figures, f"{of}, a press in {sizes.think:g} s each", thinking, goal=150)
        pressing = work(server, people, sizes.seconds / 2, 0)
        _shift(figures, f"{of}, without a pause", pressing)
    leases, doubles = double_leases(url)
    figures.at_least(f"{of}: leases", leases, "")
    figures.at_most(f"{of}: leases held twice", doubles, "", 0)
    most = max(thinking.megabytes, pressing.megabytes)
    figures.at_most(f"{of}: memory of the server", most, "MB", 200)
    with serving_bare(url, folder / "home") as bare_server:
        bare = work(bare_server, people, sizes.seconds / 2, 0)
    _shift(figures, f"{of}, without a pause, bare FastAPI and SQL", bare)
    slower = _per_press(pressing) / _per_press(bare)
    figures.at_most(f"{of}: CPU a press beside bare FastAPI and SQL", slower, "times")
    # A press in five seconds from each: so many SDRs fill one processor.
    figures.at_least(
        f"{name}: SDRs with a press in {sizes.think:g} s who fill the server's one processor",
        1000 * sizes.think / _per_press(thinking),
        "",
    )


def _shift(figures: Figures, of: str, shift: Shift, goal: float | None = None) -> None:
    if shift.failed:
        raise RuntimeError(f"{len(shift.failed)} presses failed: {shift.failed[0]}")
    for what, waits in sorted(shift.waits.items()):
        figures.at_most(f"{of}: {what}, 95 of 100", percentile(waits, 95), "ms")
    figures.at_most(f"{of}: half of all presses", percentile(shift.every, 50), "ms")
    figures.at_most(f"{of}: 95 of 100 presses", percentile(shift.every, 95), "ms", goal)
    figures.at_least(f"{of}: presses", len(shift.every) / shift.seconds, "a second")
    figures.at_most(f"{of}: CPU a press", _per_press(shift), "ms")


def _per_press(shift: Shift) -> float:
    """Milliseconds of the server's CPU for each press."""
    return shift.cpu * 1000 / len(shift.every)


@contextmanager
def _database(server: str, name: str, folder: Path) -> Iterator[str]:
    """An empty database, which is gone at the end."""
    if name == "PostgreSQL":
        with fresh_database(server) as url:
            yield url
        return
    file = folder / "web.db"
    yield f"sqlite:///{file}"
    for one in folder.glob("web.db*"):
        one.unlink()


if __name__ == "__main__":
    sys.exit(main())
