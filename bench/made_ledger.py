"""Fill a task ledger with generated rows, as months of work would."""

from __future__ import annotations

from sqlalchemy import text

from leads.store import Store


def grow(store: Store, rows: int) -> None:
    """Fill the ledger with finished tasks, one per second, as months of work do."""
    columns = (
        "id, kind, key, epoch, queue, state, attempt, errors, crashes, not_before, priority, turn,"
        " trace_id, code_version, created_at, finished_at"
    )
    # The ids are UUIDv7, like real ones: index order is time order.
    if store.engine.dialect.name == "postgresql":
        series, then = (
            f"generate_series(1, {rows}) AS s(n)",
            "now() - interval '40 days' + n * interval '1 second'",
        )
        made = f"lpad(to_hex((extract(epoch FROM {then}) * 1000)::bigint), 12, '0')"
        id_ = (
            f"({made} || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4,"
            " 15))::uuid"
        )
    else:
        series = (
            f"(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {rows})"
            " SELECT n FROM s) AS s"
        )
        then = "strftime('%Y-%m-%d %H:%M:%S.000000', 1767225600 + n, 'unixepoch')"
        id_ = (
            "printf('%012x7', (1767225600 + n) * 1000) || lower(substr(hex(randomblob(2)), 2) ||"
            " '8' || substr(hex(randomblob(8)), 2))"
        )
    with store.write() as tx:
        tx.execute(
            text(
                f"INSERT INTO task ({columns}) SELECT {id_}, 'queue', 'old' || n, 1, 'cheap',"
                f" 'done', 1, 0, 0, {then}, 0, 0, '', '0', {then}, {then} FROM {series}"
            )
        )
    # Do now what a server does by itself after so many rows, not during the measurement.
    tidy = "VACUUM ANALYZE" if store.engine.dialect.name == "postgresql" else "ANALYZE"
    with store.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(tidy)
