"""Legs of lists: import files, and a file to the queue."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing

import psycopg

from bench.scale_files import write_list
from bench.scale_legs import Figures, Leg, Site

_PROFILE = """icp: scale
version: 1
suspect:
  - country: [DE, GB, FR]
  - employees: {at_least: 50}
prospect:
  - turnover: {at_least: 1_000_000, currency: EUR}
"""
#: The tables that grow with companies, and from how many bytes per company on they are named.
_TABLES = ("fact", "record", "company", "verdict", "task", "event", "company_key", "queue_entry")
_LARGE = 100
_ON_SQLITE = (
    "SELECT sum(pgsize) FROM dbstat"
    " WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = ?)"
)


def _columns(count: int) -> Callable[[Site], None]:
    """Write a list with so many columns."""
    return lambda site: write_list(site.home / "list.csv", site.size, count)


def _import(site: Site) -> Figures:
    site.sluice("import", str(site.home / "list.csv"))
    return _growth(site)


def _run(site: Site) -> Figures:
    profile = site.home / "icp.yaml"
    profile.write_text(_PROFILE, "utf-8")
    shown = site.sluice("run", str(site.home / "list.csv"), "--icp", str(profile), "--no-crawl")
    # A queue that stays empty would be fast.
    assert re.search(r"[1-9]", shown), shown
    return _growth(site)


def _growth(site: Site) -> Figures:
    bytes_now, companies = _measured(site)
    file = (site.home / "list.csv").stat().st_size
    grown = {table: size / companies for table, size in _of_tables(site).items()}
    return {
        "bytes per company": bytes_now / companies,
        **{f"in {table}": size for table, size in grown.items() if size >= _LARGE},
        "times the file": bytes_now / file,
    }


def _measured(site: Site) -> tuple[int, int]:
    """The bytes of the database, and the companies in it."""
    count = "SELECT count(*) FROM company"
    if site.database == "sqlite":
        with sqlite3.connect(site.home / "sluice.db") as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (companies,) = file.execute(count).fetchone()
        file.close()
        return (site.home / "sluice.db").stat().st_size, companies
    with psycopg.connect(site.url) as server:
        found = server.execute(f"SELECT pg_database_size(current_database()), ({count})").fetchone()
    assert found
    return found


def _of_tables(site: Site) -> dict[str, int]:
    """The bytes of the largest tables with their indexes."""
    if site.database == "sqlite":
        with closing(sqlite3.connect(site.home / "sluice.db")) as file:
            return {one: file.execute(_ON_SQLITE, (one,)).fetchone()[0] for one in _TABLES}
    with psycopg.connect(site.url) as server:
        size = "SELECT pg_total_relation_size(%s::regclass)"
        return {one: server.execute(size, (one,)).fetchone()[0] for one in _TABLES}  # type: ignore[index]


LEGS = (
    Leg(
        name="import",
        what="import of {size} rows with 12 columns",
        size=1_000_000,
        prepare=_columns(12),
        work=_import,
        seconds=300,
        megabytes=1_000,
    ),
    Leg(
        name="wide",
        what="import of {size} rows with 60 columns",
        size=200_000,
        prepare=_columns(60),
        work=_import,
        seconds=60,
        megabytes=400,
        goals={"times the file": 4},
    ),
    Leg(
        name="run",
        what="{size} rows from file to queue",
        size=20_000,
        prepare=_columns(12),
        work=_run,
        seconds=20,
    ),
)
