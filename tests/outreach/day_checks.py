"""What must hold after every step of the day machine."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leads.store import Store
from leads.store.schema import TABLES
from tests.outreach.day_model import DayModel
from tests.outreach.day_rows import LOGGED, Row, Rows


def check_rows(rows: Rows, model: DayModel, at: datetime) -> None:
    """Check what must hold at every moment, whatever was done before."""
    assert not rows["failure"], [row["error"] for row in rows["failure"]]
    _check_leases(rows)
    _check_suppressed(rows, model, at)


def _check_leases(rows: Rows) -> None:
    """One holder at most of a company in a campaign; the row knows its lease, and no other does."""
    entries = {row["id"]: row for row in rows["queue_entry"]}
    held: dict[tuple[UUID, UUID], Row] = {}
    for lease in rows.live_leases():
        entry = entries[lease["queue_entry_id"]]
        key = (entry["campaign_id"], rows.survivor(entry["company_id"]))
        assert key not in held, f"two hold one company: {lease} and {held[key]}"
        held[key] = lease
        assert (entry["state"], entry["token"]) == ("leased", lease["token"]), (entry, lease)
    leased = {row["id"] for row in rows["queue_entry"] if row["state"] == "leased"}
    assert leased == {lease["queue_entry_id"] for lease in held.values()}


def _check_suppressed(rows: Rows, model: DayModel, at: datetime) -> None:
    """Nothing that must not be contacted is in the queue or in somebody's hands."""
    for entry in rows["queue_entry"]:
        if entry["state"] in ("ready", "leased"):
            why = model.why_not(rows, entry["campaign_id"], entry["company_id"], at)
            assert why is None, f"{entry['state']} though {why}"


def check_log(before: Rows, after: Rows) -> None:
    """Every change of what is logged has a line in the log that names its company."""
    lines = after.new(before, "event")
    named = {line["thing_id"] for line in lines}
    for line in lines:
        # A split names the companies that it made.
        named.update(line["data"]["into"] if line["verb"] == "split off" else ())
    imported = any(line["verb"] == "imported" for line in lines)
    for table in LOGGED:
        for row in after.changed(before, table):
            if imported and table == "company" and row["id"] not in before.tables[table]:
                # An import is one line, however many companies it adds.
                continue
            meant = {str(one) for one in _meant(before, after, table, row)}
            assert meant & named, f"no event names {table} {dict(row)}"


def _meant(before: Rows, after: Rows, table: str, row: Row) -> Iterator[UUID]:
    """The things by which the log may name a row: its company, and what that was or is part of."""
    if table == "suppression":
        yield row["request_id"]
        return
    if table == "company":
        company_id = row["id"]
    elif table == "lease":
        company_id = after.tables["queue_entry"][row["queue_entry_id"]]["company_id"]
    else:
        company_id = row["company_id"]
    yield company_id
    yield before.survivor(company_id)
    yield after.survivor(company_id)


def cells_with(store: Store, words: Iterable[str]) -> list[str]:
    """Each cell of the database that holds one of these words."""
    wanted, found = [word.lower() for word in words], []
    with store.read() as tx:
        for name, table in TABLES.items():
            for row in tx.execute(select(table)).mappings():
                found += [f"{name}.{cell}" for cell in _holding(row, wanted)]
    return found


def _holding(row: Any, wanted: list[str]) -> Iterator[str]:
    for column, value in row.items():
        text = str(value).lower()
        if any(word in text for word in wanted):
            yield f"{column}: {text[:200]}"
