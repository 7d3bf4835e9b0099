"""The store's tables equal the models' tables, and importing them loads no models."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import JSON, Column, Dialect, Table
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlmodel import SQLModel

import leads.tables
from leads.store.columns.types import UTCDateTime
from leads.store.schema import TABLES

MODELS = SQLModel.metadata.tables
DIALECTS: dict[str, Dialect] = {
    "sqlite": SQLiteDialect_pysqlite(),
    "postgresql": PGDialect_psycopg(),  # type: ignore[no-untyped-call]
}
HEAVY = ("sqlmodel", "pydantic", "sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "alembic")
IN_VIENNA = datetime(2026, 3, 1, 12, 30, 5, 7, timezone(timedelta(hours=1)))
#: PostgreSQL's number for `double precision`; only numbers look at it.
DOUBLE = 701
#: Values that go into a column of each Python type.
INTO: dict[type, tuple[Any, ...]] = {
    UUID: (UUID(int=7),),
    bool: (True, False),
    bytes: (b"", b"\x00abc"),
    date: (date(2026, 2, 28),),
    datetime: (IN_VIENNA, IN_VIENNA.astimezone(UTC)),
    dict: ({}, {"ä": [1, None]}, [], "text", 1.5),
    float: (0.0, 0.8),
    int: (0, -3),
    str: ("", "Müller"),
}


def default_of(column: Column[Any]) -> object:
    default = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg  # type: ignore[attr-defined]


def described(table: Table, dialect: Dialect) -> list[tuple[object, ...]]:
    return [
        (
            column.name,
            column.type.compile(dialect),
            column.nullable,
            column.primary_key,
            default_of(column),
        )
        for column in table.c
    ]


def test_both_have_the_same_tables() -> None:
    assert leads.tables.__all__
    assert sorted(TABLES) == sorted(MODELS)


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_table_has_the_columns_of_its_model(name: str, dialect: Dialect) -> None:
    assert described(TABLES[name], dialect) == described(MODELS[name], dialect)


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_column_sends_and_reads_values_as_its_model_does(name: str, dialect: Dialect) -> None:
    for light, model in zip(TABLES[name].c, MODELS[name].c, strict=True):
        ours, theirs = (one.type.dialect_impl(dialect) for one in (light, model))

        for value in (None, *values_for(light)):
            sent = [sent_by(one, dialect, value) for one in (ours, theirs)]
            assert plain(sent[0]) == plain(sent[1]), (light, value)

            read = [read_by(one, dialect, sent[1]) for one in (ours, theirs)]
            assert read[0] == read[1], (light, value)
            assert type(read[0]) is type(read[1])


def values_for(column: Column[Any]) -> tuple[Any, ...]:
    for kind, python_type in ((UTCDateTime, datetime), (JSON, dict)):
        if isinstance(column.type, kind):
            return INTO[python_type]
    return INTO[column.type.python_type]


def sent_by(kind: Any, dialect: Dialect, value: object) -> Any:
    process = kind.bind_processor(dialect)
    return process(value) if process else value


def read_by(kind: Any, dialect: Dialect, value: object) -> Any:
    process = kind.result_processor(dialect, DOUBLE)
    return process(value) if process else value


def plain(sent: Any) -> Any:
    """What the driver's wrapper around a document holds."""
    return (type(sent), sent.obj) if hasattr(sent, "obj") else sent


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_a_time_without_zone_is_refused(dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        sent_by(UTCDateTime().dialect_impl(dialect), dialect, datetime(2026, 3, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "module",
    [
        "leads.store.queue",
        "leads.store.companies",
        "leads.store.verdicts",
        "leads.store.suppressions",
        "leads.store.contact_keys",
        "leads.store.ledger.tasks",
        "leads.store.ledger.watches",
    ],
)
def test_importing_a_store_module_loads_no_models(module: str) -> None:
    code = f"import sys, {module}; print([one for one in {HEAVY!r} if one in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
