"""Measure a second list and single look-ups beside a long list, and how well later rows are placed.

    python -m bench.scale_matching [--size 1000000] [--second 10000] [--url URL]

Needs the real lists in SLUICE_BENCH_DATA. Times are processor seconds of this process.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time
from uuid import UUID

from actions.finding_company import Described, find_company
from actions.session import Session, open_session
from bench.matching_store import fill
from intake.read_options import ReadOptions
from leads.changes import RecordsChanged
from leads.store.ledger import tasks as ledger
from leads.store.lists import ListAbout
from workers.deduping import dedupe_client
from workers.importing import ImportRequest, run_import
from workers.pipeline import follow

#: Look-ups that are timed.
_LOOK_UPS = 2_000
_STATED = ("country", "city", "postcode", "domain", "phone")


def compare(session: Session, client_id: UUID) -> None:
    """Put all waiting records of a client on companies."""
    with session.store.write() as tx:
        follow(tx, [RecordsChanged(client_id)])
    with session.store.write() as tx:
        (task,) = ledger.claim(tx, ["dedupe"], 1, "bench", timedelta(hours=2))
    dedupe_client(session.context(), task)


def take_in(session: Session, client_id: UUID, file: Path) -> None:
    """Import the second list."""
    run_import(
        session.context(),
        ImportRequest(
            client_id=client_id,
            path=str(file),
            name="second",
            about=ListAbout(),
            options=ReadOptions(),
            who="bench",
        ),
    )


def look_up(session: Session, file: Path) -> None:
    """Print how long single look-ups take."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))[:_LOOK_UPS]
    times = []
    found = 0
    for row in rows:
        described = Described(name=row["name"], **{name: row[name] for name in _STATED})
        start = perf_counter()
        found += bool(find_company(session, "default", described).companies)
        times.append((perf_counter() - start) * 1000)
    times.sort()
    middle, last = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(
        f"one of {len(rows):,} look-ups: median {middle:.1f} ms, p99 {last:.1f} ms; {found:,} found"
    )


def timed(what: str, work: Callable[[], None]) -> None:
    """Do some work and print what it took."""
    start = process_time()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {process_time() - start:.1f} CPU s, peak {peak:,.0f} MB", flush=True)


def main() -> None:
    """Fill a database and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--second", type=int, default=10_000)
    parser.add_argument("--url", help="An empty database; default: a SQLite file.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = given.url or f"sqlite:///{folder / 'sluice.db'}"
        os.environ |= {"SLUICE_HOME": name, "SLUICE_DATABASE_URL": url}
        client_id = fill(url, given.size, given.second, folder)
        with open_session(None) as session:
            second = folder / "second.csv"
            timed(f"{given.size:,} records in full", lambda: compare(session, client_id))
            look_up(session, second)
            timed(f"import {given.second:,} rows", lambda: take_in(session, client_id, second))
            timed(f"place {given.second:,} rows", lambda: compare(session, client_id))


if __name__ == "__main__":
    main()
