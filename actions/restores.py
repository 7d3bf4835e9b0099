"""Restore a backup: everything in it is checked before anything changes."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from actions.actor import Right
from actions.backups import STANDARD, Backup, describe
from actions.rights import check_right
from leads.errors import NotAllowedError, UsageError
from leads.migrations import HEAD
from leads.settings import Settings
from leads.store import Store, events
from leads.store.copies import archive, backup
from leads.store.copies.archive import DATABASE, KEY, Archive, Manifest
from outreach import hashing


@dataclass(frozen=True, slots=True)
class RestoreRequest:
    """Which backup to restore, and how."""

    source: str
    force: bool
    dry_run: bool
    user: str | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did, or would do in a dry run."""

    backup: Backup
    dry_run: bool
    #: Whether the database here holds rows, so that only --force replaces it.
    needs_force: bool
    #: Where the replaced key and a damaged database were kept.
    kept_key: Path | None = None
    kept_database: Path | None = None


def restore(settings: Settings, request: RestoreRequest) -> Restored:
    """Replace the database and its key by a backup, after checking all of it."""
    settings.home.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(dir=settings.home, prefix=".restore-") as name,
        _source(request.source, Path(name)) as found,
    ):
        store = Store(settings.database_url)
        try:
            return _restored(settings, store, request, found, Path(name))
        finally:
            store.close()


def _restored(
    settings: Settings, store: Store, request: RestoreRequest, found: Archive, folder: Path
) -> Restored:
    _check_kind_and_version(store, found)
    rows = _rows_here(store)
    if rows and not (request.force or request.dry_run):
        raise NotAllowedError(
            rows, "replace it with --force; `sluice backup FILE` keeps a copy first"
        )
    who = check_right(settings, store, request.user, Right.ADMINISTER)

    secret = _key(settings, found, folder)
    found.take_out(DATABASE, folder / DATABASE)
    backup.examine(store, folder / DATABASE)
    described = describe(found.manifest, request.source)
    if request.dry_run:
        return Restored(described, dry_run=True, needs_force=bool(rows))

    kept = _replace(settings, store, folder / DATABASE, secret)
    _log(store, found.manifest, who)
    return Restored(described, dry_run=False, needs_force=bool(rows), **kept)


@contextmanager
def _source(name: str, folder: Path) -> Iterator[Archive]:
    path = Path(name)
    if name == STANDARD:
        path = folder / "stdin"
        with path.open("xb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
    with archive.open_archive(path, "stdin" if name == STANDARD else name) as found:
        yield found


def _check_kind_and_version(store: Store, found: Archive) -> None:
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


def _rows_here(store: Store) -> str:
    """Say what only --force may replace; empty when nothing is there."""
    if backup.is_damaged(store):
        return "the file in the database's place is not a database; it would be kept aside"
    names = backup.tables_with_rows(store)
    more = f" and {len(names) - 3} more tables" if len(names) > 3 else ""
    return f"the database is not empty: {', '.join(names[:3])}{more} hold rows" if names else ""


def _key(settings: Settings, found: Archive, folder: Path) -> bytes | None:
    """Find the key to write into the home folder; None when the present key is right.

    NotAllowedError when no key here can be right.
    """
    manifest, there = found.manifest, hashing.secret_there(settings)
    right = there is not None and hashing.mark_of(there) == manifest.key_mark
    if manifest.key_from == "setting":
        if not right:
            raise NotAllowedError(
                f"{found.path} was made with a key from SLUICE_HASH_KEY, and this is not that key",
                "set SLUICE_HASH_KEY as it was then: without it, suppressions are not recognised",
            )
        return None
    if settings["hash_key"] and not right:
        raise NotAllowedError(
            f"SLUICE_HASH_KEY is not the key of {found.path}",
            "unset SLUICE_HASH_KEY: the backup holds its own key",
        )
    found.take_out(KEY, folder / KEY)
    secret = (folder / KEY).read_bytes()
    if hashing.mark_of(secret) != manifest.key_mark:
        raise UsageError(
            f"{found.path} is damaged: its key does not match its manifest",
            "use another backup",
        )
    return None if right else secret


def _replace(
    settings: Settings, store: Store, database: Path, secret: bytes | None
) -> dict[str, Path | None]:
    if secret is None:
        return {"kept_database": backup.load(store, database)}
    # A first key is written before the database that needs it. A key that replaces another is
    # written after the database: until then the old database is in use.
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
