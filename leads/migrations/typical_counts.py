"""Tell SQLite how many rows of large tables share a value, so that it never plans for few.

Without counts SQLite takes it that ten rows have one client, and then looks at all rows of a client
to find those of some companies. It counts only when it is asked to, and then only for connections
that begin later; these counts are there from the first row on.
"""

from __future__ import annotations

from sqlalchemy import Connection

#: Rows of each large table.
_ROWS = {"record": 1_000_000, "company": 1_000_000, "fact": 10_000_000, "verdict": 1_000_000}
#: How many rows share a value of these columns; a value of another column has few.
_SHARED = {
    "client_id": 100_000,
    "campaign_id": 50_000,
    "list_id": 10_000,
    "import_id": 10_000,
    "fit_stage": 10_000,
    "site": 20,
    "record_id": 12,
}
_FEW = 2


def tell_typical_counts(connection: Connection) -> None:
    """Store the counts of every index of the large tables; other databases count by themselves."""
    if connection.dialect.name != "sqlite":
        return

    # Makes the table of counts, and counts nothing else.
    connection.exec_driver_sql("ANALYZE sqlite_schema")
    for table, rows in _ROWS.items():
        connection.exec_driver_sql("DELETE FROM sqlite_stat1 WHERE tbl = ?", (table,))
        told = [(table, name, counts) for name, counts in _counts(connection, table, rows)]
        for one in told:
            connection.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", one)
    # Read anew by this connection; others read them when they begin.
    connection.exec_driver_sql("ANALYZE sqlite_schema")


def _counts(connection: Connection, table: str, rows: int) -> list[tuple[str, str]]:
    """Each index with its counts: of all rows, and of those that share its first columns."""
    found = []
    indexes = connection.exec_driver_sql(f'PRAGMA index_list("{table}")').all()
    for _, name, unique, *_ in indexes:
        columns = connection.exec_driver_sql(f'PRAGMA index_info("{name}")').all()
        shared, counts = rows, [rows]
        # A column without a name is an expression.
        for _, _, column in columns:
            shared = min(shared, _SHARED.get(column, _FEW))
            counts.append(shared)
        if unique:
            counts[-1] = 1
        found.append((name, " ".join(map(str, counts))))
    return found
