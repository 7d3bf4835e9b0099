"""Making a backup: the database and the key of its suppressions, for one is of no use without the
other.
"""

from __future__ import annotations

import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.settings import Settings
from leads.store import Store
from leads.store.copies import archive, backup
from leads.store.copies.archive import DATABASE, KEY, Manifest
from outreach import hashing

STANDARD = "-"


def back_up(settings: Settings, to: str, *, force: bool) -> dict[str, Any]:
    """Write database and key into one file, or to stdout for `-`; what it holds. The file is there
    whole or not at all.
    """
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
        raise NotFoundError(f"there is no folder {target.parent}", "make it first")
    if not target.exists():
        return
    if not target.is_file():
        raise UsageError(f"{target} is no file", "name the file that is to be written")
    if not force:
        raise NotAllowedError(f"{target} exists", "choose another name, or --force replaces it")
    if not archive.is_backup(target):
        raise NotAllowedError(
            f"{target} is not a backup, and --force replaces nothing else", "choose another name"
        )


def _described(path: Path, shown: str) -> dict[str, Any]:
    with archive.open_archive(path) as made:
        return {"file": shown, **about(made.manifest), "bytes": path.stat().st_size}


def about(manifest: Manifest) -> dict[str, Any]:
    """What a backup says of itself."""
    return {
        "kind": manifest.kind,
        "version": manifest.schema_version,
        "created_at": manifest.created_at,
        "made_by": manifest.made_by,
        "key": manifest.key_from,
    }


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
