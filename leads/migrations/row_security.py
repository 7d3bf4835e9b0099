"""Row-level security of PostgreSQL: which rows of which table a scope covers.

It holds roles that do not own the tables. The owner, who runs the migrations, is not held.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import Connection, inspect

#: The setting that holds the scope of a transaction: ids of clients, or a star for every client.
SETTING = "sluice.clients"
#: Whether it holds the role of a session: false before there are tables.
IS_HELD = (
    "SELECT coalesce((SELECT row_security_active(to_regclass('company')::oid)"
    " WHERE to_regclass('company') IS NOT NULL), false)"
)

#: Tables with a client that every scope may read and change, and why.
OPEN = {
    "api_token": "a token is recognised before its client is known; it is stored as a hash",
    "task": "the work of all clients is one order; a task holds ids and sites, and errors masked",
    "user_client": "it says which scope a user has",
    "user_default": "it is a user's own, and read before the scope is known",
}
#: Tables whose rows without a client every scope may read and change, and why.
SHARED = {
    "company_change": "an erasure concerns what is kept of every client",
    "fact": "a fact of a site or register is everybody's",
    "retraction": "a retraction of such a fact is everybody's",
    "source_question": "the answer of an open register is everybody's",
    "suppression": "one of the agency or the law counts for every client",
}
#: Tables whose rows without a client every scope may add, and only that of every client reads.
ADDED = {
    "event": "what happened to users and the installation is logged by the user who did it",
    "failure": "work for the whole agency fails too",
}
#: Tables with a client in which the id of the client is the row's own.
BY_ID = {"client": "a client's name and settings are its own"}

#: Tables with a client that are read before the scope of a transaction is known.
NEEDED_BEFORE = frozenset(OPEN)

_EVERY = f"(SELECT current_setting('{SETTING}', true)) = '*'"
_CLIENTS = (
    f"(SELECT string_to_array(nullif(nullif(current_setting('{SETTING}', true), '*'), ''), ',')"
    "::uuid[])::uuid[]"
)


def policies(table: str) -> dict[str, str]:
    """The policies of a table with clients' rows: by name, what follows `CREATE POLICY … ON …`.

    A name ends in a checksum of the rule: a rule that changed has another name, so that a database
    with the rule of before is noticed.
    """
    return {f"{name}_{_checksum(rule)}": rule for name, rule in _rules(table).items()}


def _checksum(rule: str) -> str:
    return sha256(rule.encode()).hexdigest()[:8]


def _rules(table: str) -> dict[str, str]:
    column = "id" if table in BY_ID else "client_id"
    own = f"{column} = ANY ({_CLIENTS}) OR {_EVERY}"
    if table in OPEN:
        return {"sluice_open": "USING (true) WITH CHECK (true)"}
    if table in SHARED:
        both = f"{column} IS NULL OR {own}"
        return {"sluice_shared": f"USING ({both}) WITH CHECK ({both})"}
    found = {"sluice_own": f"USING ({own}) WITH CHECK ({own})"}
    if table in ADDED:
        found["sluice_added"] = f"FOR INSERT WITH CHECK ({column} IS NULL)"
    return found


def protect(tx: Connection) -> None:
    """Put the policies on each table with clients' rows that has not just these."""
    for table in unprotected(tx):
        for name in _present(tx, table):
            tx.exec_driver_sql(f'DROP POLICY "{name}" ON "{table}"')
        for name, rule in policies(table).items():
            tx.exec_driver_sql(f'CREATE POLICY {name} ON "{table}" {rule}')
        tx.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')


def unprotected(tx: Connection) -> list[str]:
    """The tables with clients' rows that have no policies, or others than these."""
    if tx.dialect.name != "postgresql":
        return []
    return sorted(one for one in _with_clients(tx) if not _is_protected(tx, one))


def _with_clients(tx: Connection) -> Iterable[str]:
    found = inspect(tx)
    for table in found.get_table_names():
        if table in BY_ID or any(one["name"] == "client_id" for one in found.get_columns(table)):
            yield table


def _is_protected(tx: Connection, table: str) -> bool:
    wanted = f"SELECT relrowsecurity FROM pg_class WHERE oid = to_regclass('\"{table}\"')"  # noqa: S608
    is_on = bool(tx.exec_driver_sql(wanted).scalar())
    return is_on and _present(tx, table) == set(policies(table))


def _present(tx: Connection, table: str) -> set[str]:
    wanted = f"SELECT polname FROM pg_policy WHERE polrelid = to_regclass('\"{table}\"')"  # noqa: S608
    return set(tx.exec_driver_sql(wanted).scalars())
