"""A client with one of everything, each with a mark in its words; and what is stored of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from leads.store import Store
from leads.store.schema import TABLES, client, fact, raw_list, signal, suppression
from tests.console.conftest import Sluice

#: In everything that the client names.
MARK = "Zanzibarquelle"
AS = ("--client", "south", "--as", "boss")


@dataclass(frozen=True)
class South:
    """The ids and names of the client's things."""

    company_id: str
    other_id: str
    signal_id: str
    suppression_id: str
    fact_id: str
    list_name: str
    campaign: str
    contact: str

    @property
    def words(self) -> tuple[str, ...]:
        """What must not be shown to others."""
        return (MARK, MARK.lower(), self.company_id, self.signal_id, self.suppression_id)


def make_south(sluice: Sluice, database: str, folder: Path) -> South:
    """Add the client with a list, a campaign, prospects, a lead, notes, signals and suppressions."""
    icp = folder / "south.yaml"
    icp.write_text(
        f"icp: {MARK.lower()}\nversion: 1\nsuspect:\n  - country: [DE]\nscore:\n"
        "  - {points: 10, employees: {at_least: 20}}\n"
    )
    rows = "".join(
        f"{MARK} {name} GmbH,{MARK.lower()}-{name.lower()}.example,DE,30,kim@{MARK.lower()}.example\n"
        for name in ("Alder", "Birch", "Cedar")
    )
    path = folder / f"{MARK}.csv"
    path.write_text("name,website,country,employees,email\n" + rows)
    sluice("client", "add", "south", "--as", "boss")
    sluice("client", "set", "south", "--contacts", "roles", "--controller", MARK, "--as", "boss")
    sluice("run", path, "--icp", icp, "--no-crawl", "--client", "south", "--as", "boss")
    sluice("queue", "next", *AS)
    held = sluice("queue", "mine", *AS, "--json").json["held"][0]
    sluice("queue", "note", f"a note: {MARK}", *AS)
    sluice("queue", "done", "interested", "--note", f"a result: {MARK}", *AS)
    sluice("signal", "add", f"{MARK} Alder GmbH", "replied", "--link", MARK, *AS)
    sluice("suppress", "add", f"{MARK.lower()}-none.example", "--reason", MARK, *AS)

    store = Store(database)
    with store.read() as tx:
        this = tx.execute(select(client.c.id).where(client.c.name == "south")).scalar_one()
        ids = {
            one.name: [str(found) for found in tx.execute(_ids(one, this)).scalars()]
            for one in (TABLES["company"], signal, suppression, fact, raw_list)
        }
        name = tx.execute(select(raw_list.c.name).where(raw_list.c.client_id == this)).scalars()
        listed = next(iter(name))
    store.close()
    assert ids["signal"]
    return South(
        company_id=ids["company"][0],
        other_id=ids["company"][1],
        signal_id=ids["signal"][0],
        suppression_id=_request(database),
        fact_id=ids["fact"][0],
        list_name=listed,
        campaign=MARK.lower(),
        contact=held["name"],
    )


def _ids(table: Any, client_id: Any) -> Any:
    return select(table.c.id).where(table.c.client_id == client_id).order_by(table.c.id)


def _request(database: str) -> str:
    store = Store(database)
    with store.read() as tx:
        found = tx.execute(select(suppression.c.request_id)).scalars().first()
    store.close()
    return str(found)


def stored(database: str) -> Mapping[str, list[str]]:
    """Every row of the client, by table."""
    store = Store(database)
    with store.read() as tx:
        this = tx.execute(select(client.c.id).where(client.c.name == "south")).scalar_one()
        found = {
            name: sorted(str(tuple(row)) for row in tx.execute(_rows(table, this)))
            for name, table in TABLES.items()
            if "client_id" in table.c
        }
    store.close()
    return found


def _rows(table: Any, client_id: Any) -> Any:
    return select(table).where(table.c.client_id == client_id)
