"""Back up the database together with the key of its suppressions: neither works without the other."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

from actions.actor import Right
from actions.rights import check_right
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.settings import Settings
from leads.store import Store
from leads.store.copies import archive, backup
from leads.store.copies.archive import DATABASE, KEY, Manifest
from outreach import hashing

STANDARD = "-"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made or read."""

    file: str
    #: `sqlite` or `postgresql`.
    kind: str
    #: The database's version, as `leads/migrations` counts.
    version: str
    created_at: datetime
    made_by: str
    #: Where the key of suppressions is: in the backup (`file`), or in a `setting`.
    key: str
    #: Size of the file; None when it was not measured.
    bytes: int | None = None


def back_up(settings: Settings, to: str, *, user: str | None = None, force: bool = False) -> Backup:
    """Write database and key into one file (atomic), or to stdout for `-`."""
    store = Store(settings.database_url)
    try:
        check_right(settings, store, user, Right.ADMINISTER)
    finally:
        store.close()

    if to == STANDARD:
        settings.home.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=settings.home, prefix=".backup-") as folder:
            made = _write(settings, Path(folder))
            with made.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            return _described(made, to)
    target = Path(to)
    _may_write(target, force=force)
    # Beside the target, so that the last step is a rename on one disk.
    with TemporaryDirectory(dir=target.parent, prefix=".sluice-backup-") as folder:
        made = _write(settings, Path(folder))
        _may_write(target, force=force)
        made.replace(target)
    _sync(target.parent)
    return _described(target, to)


def _write(settings: Settings, folder: Path) -> Path:
    store = Store(settings.database_url)
    try:
        kind = backup.kind_of(store)
        at = now()
        stands = backup.save(store, folder / DATABASE)
    finally:
        store.close()
    secret = hashing.secret_of(settings)
    parts = {DATABASE: folder / DATABASE}
    if not settings["hash_key"]:
        parts[KEY] = folder / KEY
        parts[KEY].write_bytes(secret)
    manifest = Manifest(
        kind=kind,
        schema_version=stands,
        made_by=f"sluice {_own_version()}",
        created_at=at,
        key_from="file" if KEY in parts else "setting",
        key_mark=hashing.mark_of(secret),
    )
    archive.write_archive(folder / "backup", manifest, parts)
    return folder / "backup"


def _may_write(target: Path, *, force: bool) -> None:
    if not target.parent.is_dir():
        raise NotFoundError(f"there is no folder {target.parent}", "create it first")
    if not target.exists():
        return
    if not target.is_file():
        raise UsageError(f"{target} is not a file", "name the file to write")
    if not force:
        raise NotAllowedError(f"{target} exists", "choose another name, or replace it with --force")
    if not archive.is_backup(target):
        raise NotAllowedError(
            f"{target} is not a backup, so --force does not replace it", "choose another name"
        )


def _described(path: Path, shown: str) -> Backup:
    with archive.open_archive(path) as made:
        return describe(made.manifest, shown, path.stat().st_size)


def describe(manifest: Manifest, file: str, size: int | None = None) -> Backup:
    """Describe a backup by its manifest; `size` in bytes."""
    return Backup(
        file=file,
        kind=manifest.kind,
        version=manifest.schema_version,
        created_at=manifest.created_at,
        made_by=manifest.made_by,
        key=manifest.key_from,
        bytes=size,
    )


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _own_version() -> str:
    try:
        return version("sluice")
    except PackageNotFoundError:
        return "of unknown version"
