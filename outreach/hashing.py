"""The installation's secret: with it, erased suppressions are still recognised."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from leads.clock import now
from leads.errors import SluiceError, UsageError
from leads.ids import new_id
from leads.settings import Settings

FILE = "suppression.key"


def secret_of(settings: Settings) -> bytes:
    """The key of hashed suppressions: the setting, else a file in the home folder, made on first
    use.

    It is kept outside the database, so that a stolen database does not reveal erased addresses.
    """
    if settings["hash_key"]:
        return settings["hash_key"].encode()
    file = settings.home / FILE
    try:
        return _read(file) or _make(file)
    except OSError as error:
        raise SluiceError(
            f"{file} cannot be read or created: {error.strerror}",
            "check the folder's owner and free space",
        ) from None


def secret_there(settings: Settings) -> bytes | None:
    """The secret in use, without creating one; None when there is none or its file is damaged."""
    if settings["hash_key"]:
        return settings["hash_key"].encode()
    try:
        return _read(settings.home / FILE)
    except UsageError:
        return None


def mark_of(secret: bytes) -> str:
    """A fingerprint of the secret that does not reveal it."""
    return hmac.new(secret, b"sluice: which key is this", hashlib.sha256).hexdigest()


def put_back(settings: Settings, secret: bytes) -> Path | None:
    """Restore a secret from a backup into the home folder; the path under which the replaced
    secret is kept, if there was another one.
    """
    file = settings.home / FILE
    aside = _write_aside(file, secret)
    try:
        kept = None
        if file.exists() and file.read_bytes().strip() != secret:
            kept = file.with_name(f"{FILE}.replaced-{now():%Y%m%dT%H%M%S%f}")
            os.link(file, kept)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)
    return kept


def _read(file: Path) -> bytes | None:
    if not file.exists():
        return None
    found = file.read_bytes().strip()
    if len(found) < 32:
        raise UsageError(
            f"{file} is damaged",
            "restore it from a backup: without it, erased suppressions are not recognised",
        )
    return found


def _make(file: Path) -> bytes:
    key = secrets.token_hex(32).encode()
    # Written to its own file and linked into place: two processes that start together share one key.
    aside = _write_aside(file, key)
    try:
        os.link(aside, file)
    except FileExistsError:
        key = file.read_bytes().strip()
    finally:
        aside.unlink()
    return key


def _write_aside(file: Path, key: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(f".{new_id()}")
    aside.touch(mode=0o600)
    aside.write_bytes(key + b"\n")
    return aside
