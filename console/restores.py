"""Putting a backup back: everything in it is checked before anything is changed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from console.backups import STANDARD, about
from console.workplace import Workplace
from leads.errors import NotAllowedError, UsageError
from leads.migrations import HEAD
from leads.settings import Settings
from leads.store import Store, events
from leads.store.copies import archive, backup
from leads.store.copies.archive import DATABASE, KEY, Archive, Manifest
from outreach import hashing


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a restore."""

    source: str
    force: bool
    dry_run: bool
    user: str | None = None


def restore(settings: Settings, wish: Wish) -> dict[str, Any]:
    """Put a backup in place of the database; what was done. Nothing is changed before everything in
    it was checked.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(dir=settings.home, prefix=".restore-") as name,
        _source(wish.source, Path(name)) as found,
    ):
        folder, store = Path(name), Store(settings.database_url)
        try:
            _belongs(store, found)
            held = _held(store)
            if held and not (wish.force or wish.dry_run):
                raise NotAllowedError(
                    held, "--force replaces it; `sluice backup FILE` keeps a copy first"
                )
            secret = _key(settings, found, folder)
            found.take_out(DATABASE, folder / DATABASE)
            backup.examine(store, folder / DATABASE)
            done = {} if wish.dry_run else _replace(settings, store, folder / DATABASE, secret)
            if not wish.dry_run:
                _log(store, found.manifest, Workplace(settings, store).user(wish.user))
        finally:
            store.close()
    told = {name: str(path) for name, path in done.items() if path}
    return {
        "file": wish.source,
        **about(found.manifest),
        "dry_run": wish.dry_run,
        "needs_force": bool(held),
        "kept_key": told.get("kept_key"),
        "kept_database": told.get("kept_database"),
    }


@contextmanager
def _source(name: str, folder: Path) -> Iterator[Archive]:
    path = Path(name)
    if name == STANDARD:
        path = folder / "stdin"
        with path.open("xb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
    with archive.open_archive(path, "stdin" if name == STANDARD else name) as found:
        yield found


def _belongs(store: Store, found: Archive) -> None:
    manifest, kind = found.manifest, backup.kind_of(store)
    if manifest.kind != kind:
        way = (
            "unset SLUICE_DATABASE_URL"
            if manifest.kind == "sqlite"
            else "point SLUICE_DATABASE_URL at a PostgreSQL"
        )
        raise UsageError(
            f"{found.path} is a backup of {manifest.kind}, and the database here is {kind}", way
        )
    if manifest.schema_version != HEAD:
        older = manifest.schema_version < HEAD
        way = f"install {manifest.made_by}, which made it, and restore there" + (
            "; then install this one again and run `sluice db upgrade`" if older else ""
        )
        raise UsageError(
            f"{found.path} is at version {manifest.schema_version}, this Sluice needs {HEAD}", way
        )


def _held(store: Store) -> str:
    """What only force may replace, in words; empty when there is nothing."""
    if backup.is_damaged(store):
        return "the file in the database's place is none; it would be set aside"
    names = backup.tables_with_rows(store)
    more = f" and {len(names) - 3} more tables" if len(names) > 3 else ""
    return f"the database is not empty: {', '.join(names[:3])}{more} hold rows" if names else ""


def _key(settings: Settings, found: Archive, folder: Path) -> bytes | None:
    """The key that goes back into the home folder; None when the one in force is the right one.
    NotAllowedError when none can be right.
    """
    manifest, there = found.manifest, hashing.secret_there(settings)
    right = there is not None and hashing.mark_of(there) == manifest.key_mark
    if manifest.key_from == "setting":
        if not right:
            raise NotAllowedError(
                f"{found.path} was made with a key from SLUICE_HASH_KEY, and that key is not in"
                " force here",
                "set it as it was then: without it, nobody on the suppression list is recognised",
            )
        return None
    if settings["hash_key"] and not right:
        raise NotAllowedError(
            f"SLUICE_HASH_KEY is not the key of {found.path}",
            "unset it: the backup carries its key",
        )
    found.take_out(KEY, folder / KEY)
    secret = (folder / KEY).read_bytes()
    if hashing.mark_of(secret) != manifest.key_mark:
        raise UsageError(
            f"{found.path} is not a whole backup of Sluice: its key is not the one it names",
            "use another backup",
        )
    return None if right else secret


def _replace(
    settings: Settings, store: Store, database: Path, secret: bytes | None
) -> dict[str, Path | None]:
    if secret is None:
        return {"kept_database": backup.load(store, database)}
    # The first key of a home goes in before the database that needs it; one that takes another's
    # place follows the database, because until then the database of before is in force.
    if hashing.secret_there(settings) is None:
        return {
            "kept_key": hashing.put_back(settings, secret),
            "kept_database": backup.load(store, database),
        }
    return {
        "kept_database": backup.load(store, database),
        "kept_key": hashing.put_back(settings, secret),
    }


def _log(store: Store, manifest: Manifest, who: str) -> None:
    at = manifest.created_at.isoformat()
    with store.write() as tx:
        events.log(
            tx,
            [
                events.Happened(
                    verb="restored",
                    thing="database",
                    thing_id=manifest.kind,
                    who=who,
                    reason=f"backup of {at}",
                )
            ],
        )
