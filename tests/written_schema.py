"""The statements that make a new database, taken from the migrations; `make schema` writes them."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, event, text

from leads.migrations.new_database import BETWEEN, statements_file
from leads.migrations.steps import run_steps
from leads.store.engine import Store
from tests.postgres import fresh_database, running_postgres

_CHANGES_TABLES = ("CREATE", "ALTER", "DROP")
_MADE = text(
    "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite#_%' ESCAPE '#'"
    " ORDER BY rowid"
)


def from_migrations(url: str) -> str:
    """Run every migration on an empty database; the statements that make the same database."""
    store = Store(url)
    with store.write() as tx:
        sent = _sent(tx)
        # SQLite keeps the statements as they stand in the end. PostgreSQL keeps no statement, and
        # writes conditions in other words than it was told.
        is_sqlite = tx.dialect.name == "sqlite"
        found = tx.execute(_MADE).scalars().all() if is_sqlite else sent
        version = tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    store.close()
    return _joined([*found, f"INSERT INTO alembic_version (version_num) VALUES ('{version}')"])


def _sent(tx: Connection) -> list[str]:
    """Run the migrations; the statements they sent that change tables."""
    found: list[str] = []

    def note(_tx: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().startswith(_CHANGES_TABLES):
            found.append(statement.replace("%%", "%"))

    event.listen(tx, "before_cursor_execute", note)
    run_steps(tx)
    return found


def _joined(statements: Sequence[str]) -> str:
    lines = ["\n".join(map(str.rstrip, one.strip().splitlines())) for one in statements]
    return BETWEEN.join(lines) + BETWEEN.rstrip("\n") + "\n"


def main() -> None:
    """Write the statements for each kind of database."""
    with tempfile.TemporaryDirectory() as folder:
        made = from_migrations(f"sqlite:///{Path(folder) / 'new.db'}")
    statements_file("sqlite").write_text(made, "utf-8")

    with running_postgres() as server, fresh_database(server) as url:
        statements_file("postgresql").write_text(from_migrations(url), "utf-8")


if __name__ == "__main__":
    main()
