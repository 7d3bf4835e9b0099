"""Upgrade the database, compare it with what this version needs, and add a role for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_urlsafe

from actions.actor import Right
from actions.rights import check_right
from leads.errors import UsageError
from leads.migrations import HEAD
from leads.settings import Settings
from leads.store import Store, migrate, server_roles
from leads.store.schema_check import differences

#: PostgreSQL cuts longer names.
_LONGEST = 63


@dataclass(frozen=True, slots=True)
class DatabaseCheck:
    """The version of the database, the one needed, and each difference in a sentence."""

    version: str | None
    needs: str
    differences: Sequence[str]
    #: What to do about them.
    way_out: str = "run `sluice db upgrade`"


@dataclass(frozen=True, slots=True)
class ServerRole:
    """A role of PostgreSQL that row-level security holds, and the addresses to use."""

    role: str
    is_new: bool
    owner: str
    #: For server, workers and commands; with the password when the role is new.
    url: str
    #: For `sluice db upgrade`, backup and restore; without a password.
    owner_url: str


def add_role(settings: Settings, name: str, *, user: str | None = None) -> ServerRole:
    """Add a role that works with rows but owns no table, or let one that exists do so."""
    if not name.isidentifier() or len(name) > _LONGEST:
        raise UsageError(f"{name!r} cannot name a role", "use letters, digits and underscores")
    store, password = Store(settings.database_url), token_urlsafe(24)
    try:
        server_roles.check_server(store)
        if migrate.version(store) != HEAD:
            raise UsageError("the database is not up to date", "run `sluice db upgrade`")
        check_right(settings, store, user, Right.ADMINISTER)
        is_new = server_roles.grant(store, name, password)
        with store.read() as tx:
            owner = server_roles.standing(tx).owner
    finally:
        store.close()
    return ServerRole(
        role=name,
        is_new=is_new,
        owner=owner,
        url=server_roles.address_as(settings.database_url, name, password if is_new else None),
        owner_url=server_roles.without_password(settings.database_url),
    )


def upgrade(settings: Settings) -> str | None:
    """Run the migrations that the database lacks (all or nothing); its version after."""
    migrate.upgrade(settings.database_url)
    store = Store(settings.database_url)
    try:
        return migrate.version(store)
    finally:
        store.close()


def check(settings: Settings) -> DatabaseCheck:
    """Compare the database's tables with those of this version."""
    store = Store(settings.database_url)
    try:
        found = migrate.version(store)
        if found != HEAD:
            differs = [f"version {found or 'none'}, needed {HEAD}"]
            return DatabaseCheck(found, HEAD, differs, migrate.way_out(found or "0"))
        return DatabaseCheck(found, HEAD, differences(store))
    finally:
        store.close()
