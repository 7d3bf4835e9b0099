"""Indexes that SQLite builds after an insert are the same ones, and it plans with them as before."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from leads.store.bulk_inserts import indexes_built_after
from leads.store.engine import Store, Tx
from leads.store.schema import record

_MADE = "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'record' ORDER BY name"
_COUNTS = "SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'record' ORDER BY idx"
_PLAN = "EXPLAIN QUERY PLAN SELECT id FROM record WHERE company_id = 'a' AND client_id = 'b'"


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(sqlite_template, tmp_path / "sluice.db")
    made = Store(f"sqlite:///{tmp_path / 'sluice.db'}")
    yield made
    made.close()


def test_a_table_has_its_indexes_and_counts_again(store: Store) -> None:
    with store.write() as tx:
        before = _seen(tx)
        with indexes_built_after(tx, record, coming=10, least=10):
            assert len(_seen(tx)[0]) < len(before[0])
        assert _seen(tx) == before
    with store.read() as tx:
        assert _seen(tx) == before


def test_an_error_leaves_all_as_it_was(store: Store) -> None:
    with store.read() as tx:
        before = _seen(tx)
    with (
        pytest.raises(ValueError, match="the disk is gone"),
        store.write() as tx,
        indexes_built_after(tx, record, coming=10, least=10),
    ):
        raise ValueError("the disk is gone")
    with store.read() as tx:
        assert _seen(tx) == before


def test_a_table_without_counts_stays_without(store: Store) -> None:
    with store.write() as tx:
        tx.execute(text("DELETE FROM sqlite_stat1 WHERE tbl = 'record'"))
        with indexes_built_after(tx, record, coming=10, least=10):
            pass
        assert not tx.execute(text(_COUNTS)).all()


def _seen(tx: Tx) -> list[list[str]]:
    """The indexes, the counts and a plan as text."""
    return [[str(row) for row in tx.execute(text(one))] for one in (_MADE, _COUNTS, _PLAN)]
