"""A new database is made at once, and is the one that the migrations make."""

from collections.abc import Sequence

from sqlalchemy import Connection, inspect

from leads.migrations.new_database import make_tables, statements_file
from leads.store import Store
from leads.store.migrate import version
from tests.written_schema import from_migrations

#: What PostgreSQL keeps of tables, apart from the numbers that it gives them.
_KEPT = (
    (
        "SELECT c.relname, c.relkind, c.relrowsecurity, c.reloptions FROM pg_class c"
        " WHERE relnamespace = current_schema()::regnamespace"
    ),
    (
        "SELECT c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
        " a.attstorage, a.attstattarget, pg_get_expr(d.adbin, d.adrelid)"
        " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
        " WHERE relnamespace = current_schema()::regnamespace"
    ),
    (
        "SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid), convalidated"
        " FROM pg_constraint WHERE connamespace = current_schema()::regnamespace"
    ),
    "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()",
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    (
        "SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies"
        " WHERE schemaname = current_schema()"
    ),
    "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace",
)
_KEPT_BY_SQLITE = (
    "SELECT type, name, tbl_name, sql FROM sqlite_schema",
    "SELECT * FROM sqlite_stat1",
)


def _kept(tx: Connection) -> list[list[str]]:
    asked = _KEPT_BY_SQLITE if tx.dialect.name == "sqlite" else _KEPT
    found = [
        sorted(str(tuple(row)).replace(r" \n", r"\n") for row in tx.exec_driver_sql(one))
        for one in asked
    ]
    rows = [f"{name}: {_rows(tx, name)} rows" for name in sorted(inspect(tx).get_table_names())]
    return [*found, rows]


def _rows(tx: Connection, table: str) -> int:
    return int(tx.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one())


def _differing(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> list[str]:
    return [line for here, there in zip(one, other, strict=True) for line in {*here} ^ {*there}]


def test_a_new_database_is_the_one_that_the_migrations_make(empty_database_url: str) -> None:
    store = Store(empty_database_url)
    with store.rehearse() as tx:
        make_tables(tx)
        at_once = _kept(tx)
    assert version(store) is None, "a transaction that did not end well leaves nothing"

    statements = from_migrations(empty_database_url)
    with store.read() as tx:
        assert _differing(at_once, _kept(tx)) == []
    store.close()
    kind = store.engine.dialect.name
    assert statements == statements_file(kind).read_text("utf-8"), "run `make schema`"
