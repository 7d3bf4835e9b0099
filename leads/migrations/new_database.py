"""Make the tables of an empty database at once, as the migrations would.

The statements are files, one for each kind of database, which `make schema` writes from the
migrations. To run every migration takes a second, on each database that a test or a client makes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, DateTime, LargeBinary, Uuid, bindparam, text

from leads.migrations.typical_counts import tell_typical_counts

#: Stands between the statements of a file.
BETWEEN = ";\n\n"

_FOLDER = Path(__file__).parent / "newest"
_FIRST_CHANGE = text(
    "INSERT INTO company_change (id, companies, place, at) VALUES (:id, :companies, 0, :at)"
).bindparams(
    bindparam("id", type_=Uuid()),
    bindparam("companies", type_=LargeBinary()),
    bindparam("at", type_=DateTime(timezone=True)),
)


def statements_file(kind: str) -> Path:
    """The statements for a kind of database, `sqlite` or `postgresql`."""
    return _FOLDER / f"{kind}.sql"


def make_tables(tx: Connection) -> None:
    """Make every table, index and first row in an empty database, and note its version."""
    statements = statements_file(tx.dialect.name).read_text("utf-8")
    if tx.dialect.name == "sqlite":
        # Its driver takes one statement at a time, or commits before it takes several.
        for one in statements.split(BETWEEN):
            tx.exec_driver_sql(one)
    else:
        tx.exec_driver_sql(statements.replace("%", "%%"))

    # The first note names nobody: it tells this database from another one.
    first = {"id": uuid4(), "companies": b"", "at": datetime.now(UTC)}
    tx.execute(_FIRST_CHANGE, first)
    tell_typical_counts(tx)
