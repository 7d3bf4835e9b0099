"""Decide companies from a store, decide them again, and compare two profiles over them.

    python -m bench.scale_verdicts COMPANIES [sqlite|postgresql]

Generated companies with a fixed seed, twelve criteria. Each step is a process of its own; the figures
are printed as one JSON object a step: CPU seconds of the command, its child processes and the
database server, and peak memory of the largest process.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.bulk_load import bulk_load
from bench.qualify_facts import TODAY, make
from bench.qualify_runs import CHANGED, TEXT, icp, peak
from bench.qualify_store import make_store
from bench.server_cpu import server_cpu
from leads.store import Store, campaigns, clients, company_changes
from leads.store.migrate import open_store, upgrade
from qualify.run.comparing import compare
from qualify.run.deciding import decide
from qualify.run.passes import companies_due
from tests.postgres import fresh_database, running_postgres

SEED, BATCH = 7, 500
#: The tables that the generated store fills, in an order that references allow.
FILLED = ("client", "icp_version", "campaign", "list", "import", "company", "record", "fact")
STEPS = (
    *("first verdicts", "again, nothing changed", "again, 1 % changed"),
    *("diff from the store", "diff that writes columns", "diff", "diff, 1 % changed"),
)


def _whose(store: Store) -> tuple[UUID, UUID]:
    with store.read() as tx:
        client_id = clients.client_of(tx, "default").id
        return client_id, campaigns.campaign_of(tx, client_id, None).id


def _pass(store: Store) -> int:
    """Decide what is due; how many companies."""
    client_id, campaign_id = _whose(store)
    with store.write() as tx:
        due = companies_due(tx, client_id, campaign_id)
    for start in range(0, len(due), BATCH):
        with store.write() as tx:
            decide(tx, client_id, campaign_id, due[start : start + BATCH], TODAY)
    return len(due)


def _change(store: Store, share: int) -> None:
    """Note that every so many-th company changed."""
    client_id, _ = _whose(store)
    with store.write() as tx:
        ids = tx.exec_driver_sql("SELECT id FROM company ORDER BY id").scalars().all()
        some = [UUID(str(one)) for one in ids[::share]]
        company_changes.note(tx, client_id, some)


def _diff(store: Store, home: Path | None) -> int:
    client_id, _ = _whose(store)
    with store.read() as tx:
        return compare(tx, client_id, icp(), icp(CHANGED), TODAY, home=home).difference.companies


def step(name: str, url: str, home: Path) -> dict[str, Any]:
    """Do one step in this process."""
    store = open_store(url)
    works: dict[str, Callable[[], int]] = {
        "first verdicts": lambda: _pass(store),
        "again, nothing changed": lambda: _pass(store),
        "again, 1 % changed": lambda: _pass(store),
        "diff from the store": lambda: _diff(store, None),
        "diff that writes columns": lambda: _diff(store, home),
        "diff": lambda: _diff(store, home),
        "diff, 1 % changed": lambda: _diff(store, home),
    }
    if name == "again, 1 % changed":
        _change(store, 100)
    if name == "diff, 1 % changed":
        _change(store, 101)
    before = server_cpu(url)
    companies = works[name]()
    served = server_cpu(url) - before
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    files = [one.stat().st_size for one in home.rglob("*") if one.is_file()]
    return {
        "step": name,
        "companies": companies,
        "cpu_seconds": round(sum(one.ru_utime + one.ru_stime for one in used), 2),
        "server_cpu_seconds": round(served, 2),
        "peak_mb": max(peak(), used[1].ru_maxrss // 1024),
        "columns_mb": sum(files) // 1_000_000,
    }


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


def main(size: int, databases: Sequence[str]) -> None:
    """Fill a store, and do the steps on each kind of database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = folder / "sluice.db"
        make_store(file, make(size, SEED), icp(), TEXT)
        for database in databases:
            url = f"sqlite:///{file}"
            if database == "postgresql":
                server = stack.enter_context(running_postgres())
                url = stack.enter_context(fresh_database(server))
                _copy(file, url)
            home = folder / database
            home.mkdir()
            for name in STEPS:
                command = [sys.executable, "-m", "bench.scale_verdicts", name, url, str(home)]
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
                print(f"{database}: {done.stdout.strip()}", flush=True)


if __name__ == "__main__":
    if sys.argv[1] in STEPS:
        print(json.dumps(step(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
    else:
        # PostgreSQL first: its rows are copied before SQLite's own get verdicts.
        main(int(sys.argv[1]), sys.argv[2:] or ("postgresql", "sqlite"))
