"""PostgreSQL itself keeps clients apart, for a role that does not own the tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

import leads.tables  # noqa: F401  (fills the metadata)
from leads.ids import new_id
from leads.migrations.row_security import ADDED, BY_ID, OPEN, SHARED, policies, protect
from leads.store import Store
from leads.store.schema_check import differences
from leads.store.scope import Scope, owned_tables
from tests.conftest import ROOT
from tests.outreach.conftest import World

ONLY_RESTRICTED = pytest.mark.parametrize("database_url", ["restricted"], indirect=True)
SCOPE = text("SELECT set_config('sluice.clients', :scope, true)")


@dataclass(frozen=True)
class Two:
    """Two clients with a prospect each, and a connection of the restricted role."""

    engine: Engine
    own: UUID
    other: UUID


@pytest.fixture
def two(database_url: str, world: World) -> Iterator[Two]:
    made = [world.client(name) for name in ("north", "south")]
    for one, name in zip(made, ("Alder GmbH", "Birch GmbH"), strict=True):
        world.prospect(one, name)
    engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"))
    yield Two(engine, made[0].id, made[1].id)
    engine.dispose()


def test_each_table_with_a_client_has_a_policy() -> None:
    with_client = {
        name
        for name, table in SQLModel.metadata.tables.items()
        if "client_id" in table.c or name in BY_ID
    }
    assert owned_tables() == with_client
    for table in with_client:
        assert policies(table)
    # A rule for a table that is gone would hide a mistake.
    assert {*OPEN, *SHARED, *ADDED, *BY_ID} <= with_client


@ONLY_RESTRICTED
def test_the_database_has_the_policies_and_a_lost_one_is_noticed(
    database_url: str, postgres_url: str
) -> None:
    owner = make_url(postgres_url).set(database=make_url(database_url).database)
    engine = create_engine(owner.set(drivername="postgresql+psycopg"))
    with engine.connect() as tx:
        rows = tx.execute(text("SELECT tablename, policyname FROM pg_policies")).all()
    assert sorted(map(tuple, rows)) == sorted(
        (table, name) for table in owned_tables() for name in policies(table)
    )

    store = Store(owner.render_as_string())
    assert differences(store) == []
    with engine.begin() as tx:
        tx.exec_driver_sql("ALTER TABLE company DISABLE ROW LEVEL SECURITY")
    assert differences(store) == ["row-level security on company is off or out of date"]
    with engine.begin() as tx:
        protect(tx)
    assert differences(store) == []
    # A rule of an earlier version is noticed, and replaced by the next upgrade.
    with engine.begin() as tx:
        for name in policies("company"):
            tx.exec_driver_sql(f"ALTER POLICY {name} ON company RENAME TO sluice_before")
    assert differences(store) == ["row-level security on company is off or out of date"]
    with engine.begin() as tx:
        protect(tx)
    assert differences(store) == []
    store.close()
    engine.dispose()


def test_the_architecture_page_names_each_table_that_differs() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text()
    section = page.partition("## How clients are kept apart")[2].partition("\n## ")[0]
    for table, why in {**OPEN, **SHARED, **ADDED, **BY_ID}.items():
        assert f"| `{table}` |" in section, table
        assert why in section, why


@ONLY_RESTRICTED
@pytest.mark.parametrize("scope", [None, "", "own"])
def test_raw_sql_sees_nothing_of_others(two: Two, scope: str | None) -> None:
    with two.engine.begin() as tx:
        if scope is not None:
            tx.execute(SCOPE, {"scope": str(two.own) if scope else ""})
        wanted = {two.own} if scope else set()
        assert set(tx.execute(text("SELECT id FROM client")).scalars()) == wanted
        for table in ("company", "campaign", "verdict", "queue_entry", "fact"):
            found = tx.execute(text(f"SELECT DISTINCT client_id FROM {table}"))
            assert set(found.scalars()) == wanted, table
        hit = tx.execute(text("UPDATE company SET name = 'x' WHERE client_id = :id"), _other(two))
        assert hit.rowcount == 0
        assert (
            tx.execute(text("DELETE FROM verdict WHERE client_id = :id"), _other(two)).rowcount == 0
        )


@ONLY_RESTRICTED
@pytest.mark.parametrize(
    "statement",
    [
        (
            "INSERT INTO company (id, client_id, kind, name, reason, created_at)"
            " VALUES (:new, :id, 'legal_entity', 'x', '', now())"
        ),
        "UPDATE company SET client_id = :id",
        "INSERT INTO client (id, name, created_at) VALUES (:new, 'third', now())",
        (
            "INSERT INTO suppression (id, client_id, level, kind, key_hash, request_id, reason, by, at)"
            " VALUES (:new, :id, 'client', 'email', 'x', :new, '', 'x', now())"
        ),
        (
            "INSERT INTO event (id, at, who, client_id, verb, thing, thing_id, reason, data, trace_id)"
            " VALUES (:new, now(), 'x', :id, 'x', 'x', 'x', '', '{}', '')"
        ),
    ],
)
def test_nothing_is_stored_for_others(two: Two, statement: str) -> None:
    with two.engine.begin() as tx:
        tx.execute(SCOPE, {"scope": str(two.own)})
        with pytest.raises(DBAPIError, match="row-level security"), tx.begin_nested():
            tx.execute(text(statement), _other(two) | {"new": new_id()})


@ONLY_RESTRICTED
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER TABLE company DISABLE ROW LEVEL SECURITY", "must be owner"),
        (f"DROP POLICY {next(iter(policies('company')))} ON company", "must be owner"),
        ("CREATE POLICY all_rows ON company USING (true)", "must be owner"),
        ("ALTER TABLE company OWNER TO current_user", "must be owner"),
        ("ALTER ROLE current_user BYPASSRLS", "permission denied|must be superuser"),
        ("SET ROLE postgres", "permission denied"),
        ("SET LOCAL row_security = off; SELECT * FROM company", "row-level security"),
        ("TRUNCATE company CASCADE", "permission denied"),
        ("UPDATE alembic_version SET version_num = '1'", "permission denied"),
        ("CREATE TABLE mine (id int)", "permission denied"),
    ],
)
def test_the_role_cannot_turn_it_off(two: Two, statement: str, said: str) -> None:
    with two.engine.connect() as tx, pytest.raises(DBAPIError, match=said):
        tx.exec_driver_sql(statement)


@ONLY_RESTRICTED
def test_a_scope_ends_with_its_transaction(two: Two, database_url: str) -> None:
    store = Store(database_url)

    def seen(scope: Scope) -> set[Any]:
        with store.bound(scope).read() as tx:
            return _clients(tx)

    north, south = Scope(frozenset({two.own})), Scope(frozenset({two.other}))
    # All on one connection, which the pool hands out again.
    assert [seen(one) for one in (Scope(), north, Scope(frozenset()), south, Scope())] == [
        {two.own, two.other},
        {two.own},
        set(),
        {two.other},
        {two.own, two.other},
    ]
    store.close()


def _clients(tx: Connection) -> set[Any]:
    return set(tx.exec_driver_sql("SELECT client_id FROM company").scalars())


def _other(two: Two) -> dict[str, Any]:
    return {"id": two.other}
