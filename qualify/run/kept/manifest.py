"""The list of the files in which a client's columns are kept, and the moment that they show."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID, uuid4

from leads.store.company_changes import Moment
from leads.version import own_version

#: The folder in the home folder, with a folder for each client.
FOLDER = "columns"
_NAME, _LOCK = "manifest.json", "lock"


@dataclass(frozen=True, slots=True)
class KeptPart:
    """One file of columns, and the file that marks the companies in it that count no more."""

    file: str
    size: int
    gone: str | None = None
    #: How many of its companies are marked.
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a client, the attributes in them, and the moment that they show."""

    attributes: tuple[str, ...]
    moment: Moment
    parts: tuple[KeptPart, ...]


def folder_of(home: Path, client_id: UUID) -> Path:
    """Where the columns of a client are kept."""
    return home / FOLDER / client_id.hex


def clients_in(home: Path) -> list[UUID]:
    """The clients whose columns are kept."""
    folder = home / FOLDER
    names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    found = []
    for name in names:
        with suppress(ValueError):
            found.append(UUID(name))
    return sorted(found)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder; None when there is none that this version wrote whole."""
    try:
        checksum, _, text = (folder / _NAME).read_bytes().partition(b"\n")
        if int(checksum, 16) != zlib.crc32(text):
            return None
        said = json.loads(text)
        if said["written_by"] != own_version():
            return None
        then = Moment(said["place"], UUID(said["newest"]))
        parts = tuple(KeptPart(**one) for one in said["parts"])
        return Manifest(tuple(said["attributes"]), then, parts)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in place of the one before, and delete the files that it does not name.

    The caller holds the lock.
    """
    said = {
        "written_by": own_version(),
        "attributes": list(manifest.attributes),
        "place": manifest.moment.place,
        "newest": manifest.moment.newest.hex,
        "parts": [asdict(one) for one in manifest.parts],
    }
    text = json.dumps(said).encode()
    made = folder / new_name("manifest")
    made.write_bytes(f"{zlib.crc32(text):08x}\n".encode() + text)
    made.chmod(0o600)
    os.replace(made, folder / _NAME)  # noqa: PTH105 - the name says that it replaces
    kept = {name for one in manifest.parts for name in (one.file, one.gone)}
    for one in folder.iterdir():
        if one.name not in kept | {_NAME, _LOCK}:
            one.unlink(missing_ok=True)


def new_name(kind: str) -> str:
    """A name that no file has."""
    return f"{uuid4().hex}.{kind}"


@contextmanager
def writing(folder: Path) -> Iterator[bool]:
    """Hold the lock of a folder, which is made; False, and no lock, when another process holds it."""
    for one in (folder.parent, folder):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def purge(home: Path) -> None:
    """Delete the columns of every client; they are made again when somebody asks."""
    shutil.rmtree(home / FOLDER, ignore_errors=True)


def purge_client(home: Path, client_id: UUID) -> None:
    """Delete the columns of one client."""
    shutil.rmtree(folder_of(home, client_id), ignore_errors=True)
