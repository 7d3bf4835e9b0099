"""The client of a fact is that of its record or company, which its keys say already.

A key of its own to the client cost PostgreSQL a third of the time that it takes to store a fact.
"""

import re

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0075"
down_revision = "0074"

_KEY = re.compile(r",\s*FOREIGN KEY\(client_id\) REFERENCES client \(id\)")
_CHECK = (
    "CONSTRAINT fact_of_client_has_owner CHECK"
    " (client_id IS NULL OR record_id IS NOT NULL OR company_id IS NOT NULL)"
)
_OTHER_CHECK = "CONSTRAINT fact_has_one_subject"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fact_client_id_fkey", "fact", type_="foreignkey")
        op.execute(f"ALTER TABLE fact ADD {_CHECK}")
        return
    _change_on_sqlite(op.get_bind())


def _change_on_sqlite(tx: sa.Connection) -> None:
    """Change what the table is said to be, as SQLite's manual describes for constraints: its rows
    stay as they are, and a table of millions need not be copied.
    """
    table = "type = 'table' AND name = 'fact'"
    said = tx.exec_driver_sql(f"SELECT sql FROM sqlite_schema WHERE {table}").scalar_one()  # noqa: S608
    without_key, keys = _KEY.subn("", said)
    changed = without_key.replace(_OTHER_CHECK, f"{_CHECK}, \n\t{_OTHER_CHECK}")
    if keys != 1 or _CHECK not in changed:
        raise CommandError(f"the table of facts is not the one of version 0074: {said}")

    version = tx.exec_driver_sql("PRAGMA schema_version").scalar_one()
    tx.exec_driver_sql("PRAGMA writable_schema = ON")
    if not tx.exec_driver_sql("PRAGMA writable_schema").scalar_one():
        # The SQLite that comes with macOS never lets it be changed.
        remake(tx, changed)
        return
    tx.exec_driver_sql(f"UPDATE sqlite_schema SET sql = ? WHERE {table}", (changed,))  # noqa: S608
    tx.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    tx.exec_driver_sql("PRAGMA writable_schema = RESET")


def remake(tx: sa.Connection, statement: str) -> None:
    """Make the table again by its statement, with its rows and indexes."""
    # Retractions and doubts name facts, which are back before the transaction ends.
    tx.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    indexes = tx.exec_driver_sql(
        "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'fact' AND sql NOT NULL"
    ).scalars()
    made_again = indexes.all()

    # Only facts that are stored again put right what names them; a renamed table does not.
    tx.exec_driver_sql("CREATE TEMP TABLE kept_fact AS SELECT * FROM fact")
    tx.exec_driver_sql("DROP TABLE fact")
    tx.exec_driver_sql(statement)
    tx.exec_driver_sql("INSERT INTO fact SELECT * FROM temp.kept_fact")
    tx.exec_driver_sql("DROP TABLE temp.kept_fact")
    for one in made_again:
        tx.exec_driver_sql(one)
