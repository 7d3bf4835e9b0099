"""The installation's secret, under which erased suppressions are still recognised."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from leads.errors import SluiceError, UsageError
from leads.settings import Settings

FILE = "suppression.key"


def secret_of(settings: Settings) -> bytes:
    """The key of hashed suppressions: the setting, else a file in the home folder, made on first use.

    It lives outside the database, so that a stolen database does not give back the addresses it was asked to forget.
    """
    if settings["hash_key"]:
        return settings["hash_key"].encode()
    file = settings.home / FILE
    try:
        return _read(file) or _make(file)
    except OSError as error:
        raise SluiceError(f"{file} cannot be read or made: {error.strerror}", "check the folder's owner and free space") from None


def _read(file: Path) -> bytes | None:
    if not file.exists():
        return None
    found = file.read_bytes().strip()
    if len(found) < 32:
        raise UsageError(f"{file} is damaged", "put it back from a backup: without it, erased suppressions are not recognised")
    return found


def _make(file: Path) -> bytes:
    file.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_hex(32).encode()
    # Written aside and linked into place, so that two processes starting together agree on one key.
    aside = file.with_suffix(f".{os.getpid()}")
    aside.touch(mode=0o600)
    aside.write_bytes(key + b"\n")
    try:
        os.link(aside, file)
    except FileExistsError:
        key = file.read_bytes().strip()
    finally:
        aside.unlink()
    return key
