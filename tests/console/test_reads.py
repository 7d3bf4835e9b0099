"""Commands that only read work while another process writes, and write nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from leads.clock import now
from leads.errors import SluiceError
from leads.ids import new_id
from leads.store import Store, schema
from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"

READS = [
    "suppress list",
    "suppress check acme.example",
    "lists",
    "lists show fair",
    "lists scorecard fair",
    "client list",
    "client show default",
    "campaign list",
    "campaign show all",
    "user list",
    "queue show",
    "queue show acme.example",
    "icp explain acme.example",
    "icp explain acme.example --icp {icp}",
    "icp diff {icp} current",
    "icp replay",
    "dedupe review",
    "dedupe explain acme.example",
    "ops status",
    "ops failures",
]
#: What can be asked before anything was written.
FIRST_READS = ["suppress list", "lists", "client show default", "campaign list"]


@contextmanager
def writing(url: str) -> Iterator[None]:
    """Another connection that holds the database's lock for writing."""
    store = Store(url)
    try:
        with store.rehearse() as tx:
            if tx.dialect.name == "postgresql":
                # Everybody may read these tables meanwhile, nobody may write to them.
                names = ", ".join(f'"{name}"' for name in sorted(schema.NAMES))
                tx.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
            yield
    finally:
        store.close()


def test_reads_work_while_another_process_writes(
    sluice: Sluice, database: str, tmp_path: Path
) -> None:
    icp, rows = tmp_path / "icp.yaml", tmp_path / "fair.csv"
    icp.write_text(ICP)
    rows.write_text("name,website,country\nAcme GmbH,acme.example,DE\n")
    sluice("run", rows, "--icp", icp, "--no-crawl")

    ended = {}
    with writing(database):
        for command in READS:
            found = sluice(*command.format(icp=icp).split(), code=None)
            ended[command] = "" if found.code == 0 else found.err
    assert not any(ended.values()), ended


@pytest.mark.parametrize("command", FIRST_READS)
def test_reading_before_the_first_write_finds_an_empty_client(
    sluice: Sluice, database: str, command: str
) -> None:
    with writing(database):
        sluice(*command.split(), "--json")

    assert sluice("client", "list", "--json").json == []


def test_the_first_write_adds_the_default_client(sluice: Sluice) -> None:
    sluice("suppress", "add", "acme.example")

    assert [one["name"] for one in sluice("client", "list", "--json").json] == ["default"]


def test_a_read_transaction_cannot_write(database: str) -> None:
    store = Store(database)
    client = {"id": new_id(), "name": "late", "created_at": now()}

    with pytest.raises(SluiceError) as refused, store.read() as tx:
        tx.execute(insert(schema.client), client)
    assert isinstance(refused.value.__cause__, DBAPIError)

    # The same pooled connection writes again afterwards.
    with store.write() as tx:
        tx.execute(insert(schema.client), client)
    store.close()
