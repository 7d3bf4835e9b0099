"""A row of one client cannot point at a row of another: each foreign key between clients' rows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, ForeignKeyConstraint, Row, inspect, select, update
from sqlmodel import SQLModel

import leads.tables  # noqa: F401  (fills the metadata)
from leads.errors import SluiceError
from leads.store import Store
from tests.console.conftest import Sluice

Queued = Callable[..., None]
TABLES = SQLModel.metadata.tables
#: References by the id alone, and why they need no client.
BY_ID_ALONE = {
    ("fact_audit_item", "fact_id"): "a fact of a site is everybody's and has no client",
    ("fact_doubt", "fact_id"): "a fact of a site is everybody's and has no client",
    ("fact_doubt", "disposition_id"): "it is made in the transaction of the disposition",
    ("spending_line", "question_id"): "the answer of an open register is everybody's",
    ("retraction", "fact_id"): "a fact of a site is everybody's and has no client",
    ("signal", "contact_id"): "erasing a contact clears it",
}


def _columns(key: ForeignKeyConstraint) -> tuple[str, ...]:
    return tuple(key.column_keys)


def _references() -> list[ForeignKeyConstraint]:
    """Each foreign key of a client's row to a client's row."""
    return [
        key
        for name in sorted(TABLES)
        for key in sorted(TABLES[name].foreign_key_constraints, key=_columns)
        if "client_id" in TABLES[name].c and "client_id" in key.referred_table.c
    ]


def _column(key: ForeignKeyConstraint) -> str:
    """The column beside the client's."""
    (column,) = (one for one in key.column_keys if one != "client_id")
    return column


def _named(key: ForeignKeyConstraint) -> str:
    return f"{key.table.name}.{'+'.join(key.column_keys)}"


REFERENCES = _references()
WITH_CLIENT = [one for one in REFERENCES if "client_id" in one.column_keys]


@pytest.mark.parametrize("key", REFERENCES, ids=_named)
def test_a_reference_includes_the_client(key: ForeignKeyConstraint) -> None:
    if "client_id" in key.column_keys:
        there = [element.column.name for element in key.elements]
        assert there[key.column_keys.index("client_id")] == "client_id"
    else:
        (column,) = key.column_keys
        assert (key.table.name, column) in BY_ID_ALONE


def test_the_database_has_each_of_these_keys(database_url: str) -> None:
    store = Store(database_url)
    with store.read() as tx:
        found = {
            (name, tuple(sorted(one["constrained_columns"])), one["referred_table"])
            for name in TABLES
            for one in inspect(tx).get_foreign_keys(name)
        }
    store.close()
    for key in WITH_CLIENT:
        assert (key.table.name, tuple(sorted(key.column_keys)), key.referred_table.name) in found


def test_a_row_cannot_be_made_to_point_at_another_client(
    database: str, queued: Queued, sluice: Sluice
) -> None:
    for client, name in (("north", "Alder GmbH"), ("south", "Birch GmbH")):
        queued(name, client=client)
        as_ann = ("--client", client, "--as", "ann")
        sluice("queue", "next", *as_ann)
        sluice("queue", "done", "interested", *as_ann)

    store, tried = Store(database), set()
    with store.read() as tx:
        north, south = tx.execute(select(TABLES["client"].c.id)).scalars()
    for key in WITH_CLIENT:
        with store.read() as tx:
            own = _row_of(tx, key.table.name, north, _column(key))
            other = _row_of(tx, key.referred_table.name, south)
        if own is None or other is None:
            continue
        with pytest.raises(SluiceError) as caught, store.write() as tx:
            _point(tx, key, own, other.id)
        said = caught.value.message.lower()
        # Another rule may refuse it first, such as one row for each company.
        assert any(rule in said for rule in ("foreign key", "unique", "check constraint"))
        if "foreign key" in said:
            tried.add(_named(key))
    store.close()
    # Where both clients have rows after a day's work.
    assert len(tried) >= 15, tried


def _row_of(tx: Connection, name: str, client_id: UUID, pointing: str = "") -> Row[Any] | None:
    """A row of a client, one that points at something by that column before others."""
    table = TABLES[name]
    wanted = select(table).where(table.c.client_id == client_id).limit(1)
    if pointing and (found := tx.execute(wanted.where(table.c[pointing].is_not(None))).first()):
        return found
    return tx.execute(wanted).first()


def _point(tx: Connection, key: ForeignKeyConstraint, own: Row[Any], other_id: UUID) -> None:
    """Let a row point at a row of another client."""
    table = TABLES[key.table.name]
    this = [one == own._mapping[one.name] for one in table.primary_key.columns]
    tx.execute(update(table).where(*this).values({_column(key): other_id}))
