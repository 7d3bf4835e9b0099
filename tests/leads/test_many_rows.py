"""Many rows sent in one statement are stored as they are, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
    delete,
    select,
)
from sqlalchemy.exc import DBAPIError

from leads.ids import new_id
from leads.store import Store
from leads.store.columns.types import Json, UTCDateTime
from leads.store.many_rows import insert_many, insert_or_update_many, update_many

SAMPLE = Table(
    "sample",
    MetaData(),
    Column("id", Uuid, primary_key=True),
    Column("owner", Uuid),
    Column("text", String),
    Column("document", Json),
    Column("at", UTCDateTime()),
    Column("day", Date),
    Column("share", Float),
    Column("micros", BigInteger),
    Column("known", Boolean),
    Column("body", LargeBinary),
)
NAMES = tuple(one.name for one in SAMPLE.columns)
NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, UTC)
EMPTY: dict[str, Any] = dict.fromkeys(NAMES)
FULL: dict[str, Any] = {
    "owner": UUID(int=7),
    "text": "Fjordvik Pumper AS",
    "document": {"low": 1, "high": None},
    "at": NOON,
    "day": date(2026, 3, 1),
    "share": 0.1,
    "micros": 2**62,
    "known": True,
    "body": b"\x00\xff",
}
TEXTS = ("", "null", "NULL", "{}", '"', "\\", "it's", "50 %(x)s", "Å 日本 🙂", "a\nb\tc", " a ")
DOCUMENTS: tuple[Any, ...] = (1, True, 1.5, "1", "", [], {"a": [None]}, [1, True], False, 0)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    SAMPLE.create(store.engine)
    yield store
    store.close()


def rows_of(*values: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**EMPTY, **one, "id": new_id()} for one in values]


def stored(store: Store) -> list[dict[str, Any]]:
    with store.read() as tx:
        found = tx.execute(select(SAMPLE).order_by(SAMPLE.c.id))
        return [dict(row) for row in found.mappings()]


CASES: tuple[list[dict[str, Any]], ...] = (
    [FULL],
    [FULL, FULL, FULL],
    [FULL, {}, FULL],
    [{}, {}],
    [{"text": one} for one in TEXTS],
    [{"document": one} for one in DOCUMENTS],
    [{"document": None}, {"document": 1}],
    [{"body": one} for one in (b"", None, b"{}", b'"\\')],
    [{"known": one} for one in (True, None, False)],
    [{"share": one} for one in (0.1, 1e-300, 5.0)],
)


def test_rows_are_stored_as_they_are(store: Store) -> None:
    for values in CASES:
        rows = rows_of(*values)
        with store.write() as tx:
            tx.execute(delete(SAMPLE))
            insert_many(tx, SAMPLE, {}, rows)
        assert [repr(one) for one in stored(store)] == [repr(one) for one in rows]
        changed = [{**FULL, **one, "id": row["id"]} for row, one in zip(rows, values, strict=True)]
        with store.write() as tx:
            update_many(tx, SAMPLE, [{"id": one["id"], **FULL} for one in rows])
            update_many(tx, SAMPLE, [{"id": one["id"], **one} for one in changed])
        assert [by_name(one) for one in stored(store)] == [by_name(one) for one in changed]


def test_a_row_that_is_there_is_updated_and_another_added(store: Store) -> None:
    first, second = rows_of(FULL, {"text": "it's"})
    changed = {"id": first["id"], "text": '"', "day": None}
    with store.write() as tx:
        insert_many(tx, SAMPLE, {}, [first])
        added = {"id": second["id"], "text": second["text"], "day": None}
        insert_or_update_many(tx, SAMPLE, {"share": 5.0}, [changed, added], "id")
    expected = [{**first, **changed, "share": 5.0}, {**second, "share": 5.0}]
    assert [by_name(one) for one in stored(store)] == [by_name(one) for one in expected]


def by_name(row: dict[str, Any]) -> str:
    return repr(sorted(row.items()))


def test_no_rows_and_other_rows_are_left_alone(store: Store) -> None:
    rows = rows_of(FULL, FULL)
    with store.write() as tx:
        insert_many(tx, SAMPLE, {}, [])
        update_many(tx, SAMPLE, [])
        insert_many(tx, SAMPLE, {"text": "shared"}, [{"id": one["id"]} for one in rows])
        update_many(tx, SAMPLE, [{"id": rows[0]["id"], "micros": 5}, {"id": new_id(), "micros": 6}])
    assert [(one["text"], one["micros"]) for one in stored(store)] == [
        ("shared", 5),
        ("shared", None),
    ]


def test_times_are_those_of_their_zone(store: Store) -> None:
    berlin = NOON.astimezone(timezone(timedelta(hours=1)))
    with store.write() as tx:
        insert_many(tx, SAMPLE, {}, rows_of({"at": berlin}, {"at": NOON}, {"at": None}))
        insert_many(tx, SAMPLE, {"at": berlin}, [{"id": new_id()}])
    assert [one["at"] for one in stored(store)] == [NOON, NOON, None, NOON]


def test_what_cannot_be_stored_stores_nothing(store: Store) -> None:
    naive = NOON.replace(tzinfo=None)
    for flawed in ([{"at": naive}], [{"at": naive}, {}], [{"text": "\ud800"}, {}]):
        with pytest.raises((ValueError, DBAPIError)), store.write() as tx:
            insert_many(tx, SAMPLE, {}, rows_of(*flawed))
    assert stored(store) == []
