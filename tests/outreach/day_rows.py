"""What the database of a town holds: every row at one moment, and what changed between two."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leads.store import Store
from leads.store.schema import TABLES

Row = Mapping[str, Any]
#: The tables of what users do, and of what follows from it.
READ = (
    "campaign",
    "client",
    "company",
    "desk_action",
    "disposition",
    "event",
    "fact_doubt",
    "failure",
    "lease",
    "queue_entry",
    "record",
    "relationship",
    "signal",
    "suppression",
)
#: Their changes must be in the log. A lease is renewed with every action, which is no event.
LOGGED = (
    "company",
    "desk_action",
    "disposition",
    "fact_doubt",
    "lease",
    "relationship",
    "signal",
    "suppression",
)
#: Columns that change without an event.
_UNLOGGED = {
    "lease": {"until"},
    "company": {"name", "reason"},
    # An erasure is logged once.
    "suppression": {"key", "subject", "head", "tail", "reason"},
}


@dataclass(frozen=True)
class Rows:
    """Every row of the tables, by table and id."""

    tables: Mapping[str, Mapping[UUID, Row]]

    def __getitem__(self, table: str) -> Collection[Row]:
        return self.tables[table].values()

    def new(self, before: "Rows", table: str) -> list[Row]:
        """The rows of a table that were not there before."""
        return [row for key, row in self.tables[table].items() if key not in before.tables[table]]

    def changed(self, before: "Rows", table: str) -> Iterator[Row]:
        """The rows of a table that are new or have other values in a column that is logged."""
        unlogged = _UNLOGGED.get(table, set())
        for key, row in self.tables[table].items():
            old = before.tables[table].get(key)
            if old is None or any(row[name] != old[name] for name in row if name not in unlogged):
                yield row

    def survivor(self, company_id: UUID) -> UUID:
        """The company that a company is part of now."""
        row = self.tables["company"].get(company_id)
        return row["merged_into"] or company_id if row else company_id

    def live_companies(self, client_id: UUID) -> list[UUID]:
        """The client's companies that count, oldest first."""
        rows = (row for row in self["company"] if row["client_id"] == client_id)
        return sorted(row["id"] for row in rows if not row["merged_into"] and not row["gone_at"])

    def records_of(self, company_id: UUID) -> list[Row]:
        """The records of a company that are in force."""
        rows = self["record"]
        return [one for one in rows if one["company_id"] == company_id and not one["ended_at"]]

    def live_leases(self) -> list[Row]:
        """The leases that nobody has ended, whether or not their time is up."""
        return [row for row in self["lease"] if row["ended_at"] is None]


def read_rows(store: Store) -> Rows:
    """Read every row."""
    found = {}
    with store.read() as tx:
        for name in READ:
            rows = tx.execute(select(TABLES[name])).mappings()
            found[name] = {row["id"]: dict(row) for row in rows}
    return Rows(found)


def standing(rows: Rows, client_id: UUID) -> dict[str, list[tuple[str, ...]]]:
    """How everything stands: what an undo must restore exactly.

    Left out is what tells that something was done and undone: the rows that do not count any more,
    the number of leases, and the ids and moments of rows that were written again. Other clients'
    queues may hold a company back while it is worked here.
    """
    found = {}
    found["relationship"] = _values(rows["relationship"], lambda _row: {"id"})
    found["queue_entry"] = _values(rows["queue_entry"], lambda row: _unplaced(row, client_id))
    for table, over in _OVER.items():
        counted = [row for row in rows[table] if not row[over]]
        found[table] = _values(counted, lambda _row: set())
    found["signal"] = _values(_signals(rows), lambda _row: set())
    found["lease"] = _values(rows.live_leases(), lambda row: set(row) - {"queue_entry_id", "user"})
    return found


#: By table, the column that says that a row counts no more.
_OVER = {
    "desk_action": "undone_at",
    "disposition": "undone_at",
    "fact_doubt": "undone_at",
    "suppression": "ended_at",
}


def _signals(rows: Rows) -> list[Row]:
    """The signals that count."""
    retracted = {row["retracts"] for row in rows["signal"] if row["retracts"]}
    return [row for row in rows["signal"] if not row["retracts"] and row["id"] not in retracted]


def _unplaced(row: Row, client_id: UUID) -> set[str]:
    """The columns of a row of the queue that say nothing: a held row is placed when it comes back."""
    is_placed = row["state"] != "leased" and row["client_id"] == client_id
    kept = {"id", "client_id", "campaign_id", "company_id", "state", "attempts", "entered_at"}
    return {"token"} if is_placed else set(row) - kept


def _values(some: Iterable[Row], without: Callable[[Row], set[str]]) -> list[tuple[str, ...]]:
    """The values of each row, but for some columns, in an order of their own."""
    values = []
    for row in some:
        left = without(row)
        values.append(tuple(str(value) for name, value in row.items() if name not in left))
    return sorted(values)
