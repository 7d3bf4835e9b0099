"""Upgrade the database, or compare it with what this version needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leads.migrations import HEAD
from leads.settings import Settings
from leads.store import Store, migrate
from leads.store.schema_check import differences


@dataclass(frozen=True, slots=True)
class DatabaseCheck:
    """The version of the database, the one needed, and each difference in a sentence."""

    version: str | None
    needs: str
    differences: Sequence[str]


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
            return DatabaseCheck(found, HEAD, [f"version {found or 'none'}, needed {HEAD}"])
        return DatabaseCheck(found, HEAD, differences(store))
    finally:
        store.close()
