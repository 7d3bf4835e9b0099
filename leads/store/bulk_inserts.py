"""Inserts of rows that come one after the other, by the million: COPY on PostgreSQL, one prepared
statement on SQLite. `many_rows` is for rows that are there already, such as those of a batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from json import JSONEncoder
from json.encoder import encode_basestring_ascii as json_text
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.exc import DBAPIError

from leads.store import scope
from leads.store.columns.types import Json
from leads.store.engine import Tx
from leads.written_json import WrittenJson

#: Rows that SQLite inserts with one statement. Each statement builds anew what its CHECK constraints
#: compare with, which takes as long as a row.
_TOGETHER = 100
#: Fewer rows are inserted faster than indexes are built again.
_MANY = 50_000
_OF_SCHEMA = "SELECT name, sql FROM sqlite_schema WHERE"


def for_driver(tx: Tx, table: Table, name: str) -> Callable[[Any], Any]:
    """What turns a value of a column into what the driver takes."""
    if table.c[name].type is Json:
        return _json
    made_ready = table.c[name].type.dialect_impl(tx.dialect).bind_processor(tx.dialect)
    return made_ready or _unchanged


def _unchanged(value: Any) -> Any:
    return value


def _json(value: Any) -> str:
    """A document as text, which both drivers take; SQLAlchemy's way to it takes twice as long."""
    if isinstance(value, WrittenJson):
        return value
    if type(value) is list:
        try:
            return f"[{', '.join(map(json_text, value))}]"
        except TypeError:
            # Not all of them are texts.
            pass
    return _DOCUMENT(value)


_DOCUMENT = JSONEncoder().encode


def insert_rows(
    tx: Tx, table: Table, names: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    """Insert rows one after the other as they come; their values are what the driver takes."""
    quoted = ", ".join(tx.dialect.identifier_preparer.quote(name) for name in names)
    connection: Any = tx.connection.driver_connection
    driver: Any = tx.dialect.dbapi
    scope.tell_now(tx)
    try:
        if tx.dialect.name == "sqlite":
            _insert_several(connection, f"INTO {table.name} ({quoted})", len(names), rows)
        else:
            _copy(tx, connection, table, quoted, rows)
    except driver.Error as error:
        raise DBAPIError(f"INSERT INTO {table.name}", None, error) from error


def _copy(
    tx: Tx, connection: Any, table: Table, quoted: str, rows: Iterable[tuple[object, ...]]
) -> None:
    # COPY refuses tables under row-level security, so their rows come by way of a table without.
    staged = (
        f"staged_{table.name}"
        if scope.is_held(tx) and "TEMPORARY" not in table._prefixes
        else table.name
    )
    with connection.cursor() as cursor:
        if staged != table.name:
            like = f"SELECT {quoted} FROM {table.name} LIMIT 0"  # noqa: S608
            cursor.execute(f"CREATE TEMPORARY TABLE {staged} ON COMMIT DROP AS {like}")
        with cursor.copy(f"COPY {staged} ({quoted}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        if staged != table.name:
            some = f"SELECT {quoted} FROM {staged}"  # noqa: S608
            cursor.execute(f"INSERT INTO {table.name} ({quoted}) {some}")
            cursor.execute(f"DROP TABLE {staged}")


def _insert_several(
    connection: Any, into: str, width: int, rows: Iterable[tuple[object, ...]]
) -> None:
    one = f"({', '.join('?' * width)})"
    several = f"INSERT {into} VALUES {', '.join([one] * _TOGETHER)}"  # noqa: S608
    waiting = iter(rows)
    while len(some := list(islice(waiting, _TOGETHER))) == _TOGETHER:
        connection.execute(several, list(chain.from_iterable(some)))
    connection.executemany(f"INSERT {into} VALUES {one}", some)  # noqa: S608


def count_rows(tx: Tx, table: Table, added: int, many: int = _MANY) -> None:
    """Let PostgreSQL count the rows of a table that got many: until it does so by itself, about a
    minute later, it plans as for a small table, and a look at thousands of keys takes minutes.
    """
    if tx.dialect.name == "postgresql" and added >= many:
        tx.exec_driver_sql(f"ANALYZE {table.name}")


@contextmanager
def indexes_built_after(tx: Tx, table: Table, coming: int, least: int = _MANY) -> Iterator[None]:
    """Build the indexes of a SQLite table after the insert, where that is faster: each row would
    change a page of each index. Other connections never see the table without them.

    It is done from `least` coming rows on.
    """
    if not _worth_it(tx, table, coming, least):
        yield
        return

    counts = _typical_counts(tx, table)
    made = tx.execute(
        text(f"{_OF_SCHEMA} tbl_name = :name AND sql LIKE 'CREATE %INDEX%'"),
        {"name": table.name},
    ).all()
    for name, _ in made:
        tx.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    for _, statement in made:
        tx.exec_driver_sql(statement)
    _restore(tx, table, counts)


def _typical_counts(tx: Tx, table: Table) -> list[tuple[Any, ...]]:
    """The counts by which SQLite plans: it drops those of an index with the index."""
    if not tx.exec_driver_sql(f"{_OF_SCHEMA} name = 'sqlite_stat1'").first():
        return []
    found = tx.exec_driver_sql(
        "SELECT tbl, idx, stat FROM sqlite_stat1 WHERE tbl = ?", (table.name,)
    )
    return list(map(tuple, found))


def _restore(tx: Tx, table: Table, counts: Sequence[tuple[Any, ...]]) -> None:
    if counts:
        tx.exec_driver_sql("DELETE FROM sqlite_stat1 WHERE tbl = ?", (table.name,))
        tx.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", list(counts))
        # It reads the counts that are stored, and counts nothing.
        tx.exec_driver_sql("ANALYZE sqlite_schema")


def _worth_it(tx: Tx, table: Table, coming: int, least: int) -> bool:
    if tx.dialect.name != "sqlite" or coming < least:
        return False
    stored = tx.exec_driver_sql(f"SELECT max(rowid) FROM {table.name}").scalar_one()  # noqa: S608
    return coming >= (stored or 0)
