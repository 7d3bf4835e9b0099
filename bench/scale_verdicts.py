"""Legs of verdicts: decide companies from a store, decide them again, and compare two profiles.

Generated companies with a fixed seed, and the twelve criteria of `bench/qualify_speed.yaml`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.bulk_load import bulk_load
from bench.qualify_facts import TODAY, make
from bench.qualify_runs import BATCH, CHANGED, TEXT, icp
from bench.qualify_store import make_store
from bench.scale_legs import Figures, Leg, Site
from leads.store import Store, campaigns, clients, company_changes
from leads.store.migrate import open_store, upgrade
from qualify.run.comparing import compare
from qualify.run.deciding import decide
from qualify.run.passes import companies_due

SEED = 7
#: The tables that the generated store fills, in an order that references allow.
FILLED = ("client", "icp_version", "campaign", "list", "import", "company", "record", "fact")


def fill_store(site: Site) -> None:
    """Fill the store of a site with generated companies, none of them decided."""
    is_sqlite = site.database == "sqlite"
    file = site.home / ("sluice.db" if is_sqlite else "made.db")
    make_store(file, make(site.size, SEED), icp(), TEXT)
    if not is_sqlite:
        _copy(file, site.url)


def _copy(file: Path, url: str) -> None:
    """Copy the rows of a SQLite store to an empty PostgreSQL database."""
    upgrade(url)
    with sqlite3.connect(file) as source, bulk_load(url, FILLED) as target:
        for table in FILLED:
            found = source.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in found.description]
            target.put(table, names, _escaped(found))


def _escaped(rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Rows whose texts stand on one line of COPY's format."""
    for row in rows:
        yield [_text(one) if isinstance(one, str) else one for one in row]


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _whose(store: Store) -> tuple[UUID, UUID]:
    with store.read() as tx:
        client_id = clients.client_of(tx, "default").id
        return client_id, campaigns.campaign_of(tx, client_id, None).id


def _decide(site: Site) -> Figures:
    """Decide what is due."""
    store = open_store(site.url)
    client_id, campaign_id = _whose(store)
    with store.write() as tx:
        due = companies_due(tx, client_id, campaign_id)
    for start in range(0, len(due), BATCH):
        with store.write() as tx:
            decide(tx, client_id, campaign_id, due[start : start + BATCH], TODAY)
    return {"companies decided": len(due)}


def _decided(site: Site) -> None:
    fill_store(site)
    _decide(site)


def _change(site: Site) -> None:
    """Note that every hundredth company changed."""
    store = open_store(site.url)
    client_id, _ = _whose(store)
    with store.write() as tx:
        ids = tx.exec_driver_sql("SELECT id FROM company ORDER BY id").scalars().all()
        some = [UUID(str(one)) for one in ids[::100]]
        company_changes.note(tx, client_id, some)


def _decided_and_changed(site: Site) -> None:
    _decided(site)
    _change(site)


def _compare_from_store(site: Site) -> Figures:
    return _compared(site, None)


def _compare(site: Site) -> Figures:
    return _compared(site, site.home)


def _compared(site: Site, home: Path | None) -> Figures:
    store = open_store(site.url)
    client_id, _ = _whose(store)
    with store.read() as tx:
        compare(tx, client_id, icp(), icp(CHANGED), TODAY, home=home)
    files = [one.stat().st_size for one in (site.home / "columns").rglob("*") if one.is_file()]
    return {"MB of columns": sum(files) / 1e6} if home else {}


def _kept(site: Site) -> None:
    fill_store(site)
    _compare(site)


def _kept_and_changed(site: Site) -> None:
    _kept(site)
    _change(site)


_MILLION = 1_000_000
LEGS = (
    Leg(
        name="verdicts",
        what="first verdicts of {size} companies",
        size=_MILLION,
        prepare=fill_store,
        work=_decide,
        seconds=180,
        megabytes=1_500,
    ),
    Leg(
        name="again",
        what="verdicts of {size} companies again, nothing changed",
        size=_MILLION,
        prepare=_decided,
        work=_decide,
        seconds=10,
    ),
    Leg(
        name="changed",
        what="verdicts of {size} companies again, 1 in 100 changed",
        size=_MILLION,
        prepare=_decided_and_changed,
        work=_decide,
        seconds=20,
    ),
    Leg(
        name="diff-store",
        what="`icp diff` over {size} companies, from the database",
        size=_MILLION,
        prepare=fill_store,
        work=_compare_from_store,
    ),
    Leg(
        name="diff-first",
        what="`icp diff` over {size} companies, which writes the columns",
        size=_MILLION,
        prepare=fill_store,
        work=_compare,
    ),
    Leg(
        name="diff",
        what="`icp diff` over {size} companies",
        size=_MILLION,
        prepare=_kept,
        work=_compare,
        seconds=5,
    ),
    Leg(
        name="diff-changed",
        what="`icp diff` over {size} companies, 1 in 100 changed",
        size=_MILLION,
        prepare=_kept_and_changed,
        work=_compare,
    ),
)
