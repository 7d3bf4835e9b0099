"""Legs of lists: import files, and a file to the queue."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable

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
    return {"bytes per company": bytes_now / companies, "times the file": bytes_now / file}


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
