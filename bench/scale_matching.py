"""Legs of matching: a full comparison, a second list beside a long one, and single look-ups.

They need the real lists in SLUICE_BENCH_DATA. The second list has a hundredth of the rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import perf_counter, process_time
from uuid import UUID

from actions.finding_company import Described, find_company
from actions.session import Session, open_session
from bench.figures import percentile
from bench.matching_store import fill
from bench.scale_legs import Figures, Leg, Site
from intake.read_options import ReadOptions
from leads.changes import RecordsChanged
from leads.store import clients
from leads.store.ledger import tasks as ledger
from leads.store.lists import ListAbout
from workers.deduping import dedupe_client
from workers.importing import ImportRequest, run_import
from workers.pipeline import follow

#: Look-ups that are timed.
_LOOK_UPS = 2_000
_STATED = ("country", "city", "postcode", "domain", "phone")


def _fill(site: Site) -> None:
    fill(site.url, site.size, max(1, site.size // 100), site.home)


def _filled_and_compared(site: Site) -> None:
    _fill(site)
    _compare_all(site)


@contextmanager
def _opened() -> Iterator[tuple[Session, UUID]]:
    with open_session(None) as session:
        with session.store.read() as tx:
            client_id = clients.client_of(tx, "default").id
        yield session, client_id


def _compare_all(_: Site) -> Figures:
    with _opened() as (session, client_id):
        _compare(session, client_id)
    return {}


def _compare(session: Session, client_id: UUID) -> None:
    """Put all waiting records of a client on companies."""
    with session.store.write() as tx:
        follow(tx, [RecordsChanged(client_id)])
    with session.store.write() as tx:
        (task,) = ledger.claim(tx, ["dedupe"], 1, "bench", timedelta(hours=2))
    dedupe_client(session.context(), task)


def _take_in(site: Site) -> Figures:
    """Import the second list, and put its rows on companies."""
    with _opened() as (session, client_id):
        request = ImportRequest(
            client_id=client_id,
            path=str(site.home / "second.csv"),
            name="second",
            about=ListAbout(),
            options=ReadOptions(),
            who="bench",
        )
        run_import(session.context(), request)
        _compare(session, client_id)
    return {}


def _look_up(site: Site) -> Figures:
    """Say how long single look-ups take: by the clock, and of the processor."""
    with (site.home / "second.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))[:_LOOK_UPS]
    times, cpu = [], []
    found = 0
    with _opened() as (session, _):
        for row in rows:
            described = Described(name=row["name"], **{name: row[name] for name in _STATED})
            start, used = perf_counter(), process_time()
            found += bool(find_company(session, "default", described).companies)
            times.append((perf_counter() - start) * 1000)
            cpu.append((process_time() - used) * 1000)
    return {
        "look-ups": len(rows),
        "found": found,
        "ms, median": percentile(times, 50),
        "ms, p99": percentile(times, 99),
        "CPU ms, median": percentile(cpu, 50),
        "CPU ms, p99": percentile(cpu, 99),
    }


LEGS = (
    Leg(
        name="match",
        what="full comparison of {size} stored records",
        size=1_000_000,
        prepare=_fill,
        work=_compare_all,
        needs_lists=True,
    ),
    Leg(
        name="second",
        what="import and matching of a list a hundredth as long as {size} records",
        size=1_000_000,
        prepare=_filled_and_compared,
        work=_take_in,
        needs_lists=True,
        seconds=30,
    ),
    Leg(
        name="look-up",
        what="single look-ups among {size} records",
        size=1_000_000,
        prepare=_filled_and_compared,
        work=_look_up,
        needs_lists=True,
        goals={"ms, p99": 10},
    ),
)
