"""Roles of PostgreSQL for server and workers: row-level security holds them, the owner it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, make_url, text

from leads.errors import NotAllowedError, UsageError
from leads.migrations.row_security import IS_HELD
from leads.store.engine import Store, Tx

_ABOUT = text(
    "SELECT rolsuper OR rolbypassrls AS is_above, pg_has_role(oid, :owner, 'MEMBER') AS is_owner"
    " FROM pg_roles WHERE rolname = :name"
)
_OWNER = text(
    "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass('company')::oid"
)
_WRITERS_OF_VERSION = text(
    "SELECT DISTINCT grantee FROM information_schema.role_table_grants"
    " WHERE table_schema = current_schema() AND table_name = 'alembic_version'"
    " AND privilege_type IN ('INSERT', 'UPDATE', 'DELETE') AND grantee <> current_user"
)
_NOW = text("SELECT current_user")
#: Rows may be read, added, changed and deleted; tables may not.
_ROWS = "SELECT, INSERT, UPDATE, DELETE"
#: Parts of an address's query that nobody may see.
_SECRETS = ("password", "sslpassword")


@dataclass(frozen=True, slots=True)
class Standing:
    """As whom a process is connected, and whether row-level security holds it."""

    role: str
    owner: str
    is_held: bool


def standing(tx: Tx) -> Standing:
    """As whom this process is connected to PostgreSQL."""
    return Standing(
        str(tx.execute(_NOW).scalar_one()),
        str(tx.execute(_OWNER).scalar_one()),
        bool(tx.exec_driver_sql(IS_HELD).scalar_one()),
    )


def grant(store: Store, name: str, password: str | None) -> bool:
    """Let a role work with the rows, and add it when it is missing; whether it was added.

    A password is set for a new role alone. NotAllowedError for a role that row-level security does
    not hold.
    """
    with store.write() as tx:
        owner = standing(tx).owner
        found = tx.execute(_ABOUT, {"name": name, "owner": owner}).first()
        if found is None:
            _add(tx, name, password)
        elif found.is_above or found.is_owner:
            raise NotAllowedError(
                f"row-level security does not hold the role {name!r}",
                "name another role: one that is no superuser and does not own the tables",
            )
        for statement in _grants(tx, name, owner):
            tx.exec_driver_sql(statement)
    return found is None


def keep_version(tx: Tx) -> None:
    """Let no role but the owner change which version the tables have."""
    quote = tx.dialect.identifier_preparer.quote_identifier
    for name in tx.execute(_WRITERS_OF_VERSION).scalars().all():
        revoke = f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {quote(name)}"
        tx.exec_driver_sql(revoke.replace("%", "%%"))


def check_server(store: Store) -> None:
    """UsageError when the database has no roles."""
    if store.engine.dialect.name != "postgresql":
        raise UsageError(
            "SQLite has no roles and no row-level security",
            "set SLUICE_DATABASE_URL to a PostgreSQL database, as the owner of its tables",
        )


def address_as(url: str, role: str, password: str | None) -> str:
    """The address of the same database for another role."""
    return _address(make_url(url), role, password)


def without_password(url: str) -> str:
    """An address that may be shown."""
    given = make_url(url)
    # Without a password at all: a masked one could be taken for the password.
    return _address(given, given.username, None)


def _address(url: URL, role: str | None, password: str | None) -> str:
    # `URL.set` keeps the password that it is told to drop, and the query may hold another.
    dropped = _SECRETS if role is None else (*_SECRETS, "user")
    query = {name: value for name, value in url.query.items() if name not in dropped}
    made = URL.create(
        url.drivername,
        username=role,
        password=password,
        host=url.host,
        port=url.port,
        database=url.database,
        query=query,
    )
    return made.render_as_string(hide_password=False)


def _add(tx: Tx, name: str, password: str | None) -> None:
    driver: Any = tx.dialect.dbapi
    server: Any = tx.connection.driver_connection
    sql = driver.sql
    options = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")
    made = sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(name), options)
    if password is not None:
        # Hashed here, so that the server's log never holds it.
        hashed = server.pgconn.encrypt_password(password.encode(), name.encode(), None).decode()
        made = sql.SQL("{} PASSWORD {}").format(made, sql.Literal(hashed))
    tx.exec_driver_sql(made.as_string(server).replace("%", "%%"))


def _grants(tx: Tx, name: str, owner: str) -> list[str]:
    quote = tx.dialect.identifier_preparer.quote_identifier
    role, database = quote(name), quote(str(tx.engine.url.database))
    schema = quote(str(tx.exec_driver_sql("SELECT current_schema()").scalar_one()))
    later = f"ALTER DEFAULT PRIVILEGES FOR ROLE {quote(owner)} IN SCHEMA {schema}"
    statements = [
        f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {role}",
        f"GRANT USAGE ON SCHEMA {schema} TO {role}",
        f"GRANT {_ROWS} ON ALL TABLES IN SCHEMA {schema} TO {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
        # What later migrations add.
        f"{later} GRANT {_ROWS} ON TABLES TO {role}",
    ]
    return [one.replace("%", "%%") for one in statements]
