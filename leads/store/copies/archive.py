"""The file of a backup: a ZIP of a manifest and the parts it lists, read as something that anybody
may have made.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from leads.errors import NotFoundError, SluiceError, UsageError

#: Goes up when a Sluice of before could not read it.
FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
KEY = "suppression.key"
#: A manifest has a few hundred bytes; whoever sends more wants something else.
LARGEST_MANIFEST = 65_536
PIECE = 1 << 20

Kind = Literal["sqlite", "postgresql"]
#: Everything Python's reader of ZIP files raises about a file that is none.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(_Strict):
    """One file in the archive: bytes, and the SHA-256 of its content."""

    size: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Manifest(_Strict):
    """What a backup holds; `key_mark` tells a key without giving it away, `key_from` says whether
    the archive carries it.
    """

    format: Literal[1] = 1
    kind: Kind
    schema_version: str = Field(pattern="^[0-9]{4}$")
    made_by: str = Field(pattern=r"^sluice [\w.+ -]{1,40}$")
    created_at: AwareDatetime
    key_from: Literal["file", "setting"]
    key_mark: str = Field(pattern="^[0-9a-f]{64}$")
    parts: Mapping[str, Part] = {}

    @property
    def names(self) -> set[str]:
        """The parts that a backup of this kind must have."""
        return {DATABASE, KEY} if self.key_from == "file" else {DATABASE}


@dataclass(frozen=True, slots=True)
class Archive:
    """An open backup whose manifest is sound; its parts are not checked before they are taken out."""

    path: str
    manifest: Manifest
    content: zipfile.ZipFile

    def take_out(self, name: str, to: Path) -> None:
        """Write one part to a new file; UsageError when it is not what the manifest says,
        SluiceError when there is no room.
        """
        part = self.manifest.parts[name]
        free = shutil.disk_usage(to.parent).free
        if part.size > free:
            raise SluiceError(
                f"{to.parent} has room for {free:,} bytes, the backup needs {part.size:,}",
                "free some space",
            )
        found, size = hashlib.sha256(), 0
        with to.open("xb") as file, _whole(self.path), self.content.open(name) as source:
            while piece := source.read(PIECE):
                found.update(piece)
                size += len(piece)
                file.write(piece)
        if (size, found.hexdigest()) != (part.size, part.sha256):
            raise _refusal(self.path, f"its part {name!r} was changed")


def write_archive(to: Path, manifest: Manifest, parts: Mapping[str, Path]) -> Manifest:
    """Write a new file that only its owner may read; the manifest with its parts."""
    sums = {name: Part(size=path.stat().st_size, sha256=_sum(path)) for name, path in parts.items()}
    whole = Manifest.model_validate({**manifest.model_dump(), "parts": sums})
    with os.fdopen(os.open(to, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as content:
            content.writestr(MANIFEST, whole.model_dump_json(indent=1))
            for name, path in parts.items():
                # A dump of PostgreSQL is compressed already.
                packed = zipfile.ZIP_STORED if whole.kind == "postgresql" else zipfile.ZIP_DEFLATED
                content.write(path, name, packed)
        file.flush()
        os.fsync(file.fileno())
    return whole


@contextmanager
def open_archive(path: Path, shown: str = "") -> Iterator[Archive]:
    """Open a backup, called `shown` in errors; UsageError when it is no whole backup of ours,
    NotFoundError when it is not there.
    """
    shown = shown or str(path)
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {shown}", "check its name") from None
    with file:
        with _whole(shown):
            content = zipfile.ZipFile(file)
        with content:
            yield Archive(shown, _manifest(content, shown), content)


def _manifest(content: zipfile.ZipFile, shown: str) -> Manifest:
    entries = {one.filename: one for one in content.infolist()}
    if (
        len(entries) != len(content.infolist())
        or MANIFEST not in entries
        or entries[MANIFEST].file_size > LARGEST_MANIFEST
    ):
        raise _refusal(shown, "it has no manifest")
    if any(
        one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        for one in entries.values()
    ):
        raise _refusal(shown, "it is packed in a way that Sluice never packs")
    with _whole(shown), content.open(MANIFEST) as file:
        text = file.read(LARGEST_MANIFEST + 1)
    found = _parsed(text, shown)
    expected = {name: part.size for name, part in found.parts.items()}
    if set(expected) != found.names:
        raise _refusal(shown, "its manifest does not list its parts")
    if {name: one.file_size for name, one in entries.items() if name != MANIFEST} != expected:
        raise _refusal(shown, "it holds other files than its manifest lists")
    return found


def _parsed(text: bytes, shown: str) -> Manifest:
    try:
        document = json.loads(text)
        if (
            isinstance(document, dict)
            and isinstance(made := document.get("format"), int)
            and made > FORMAT
        ):
            raise UsageError(
                f"{shown} was made by a newer Sluice (backup format {made})",
                "restore it with that one",
            )
        return Manifest.model_validate(document)
    except (ValidationError, ValueError, RecursionError):
        raise _refusal(shown, "its manifest is not one of ours") from None


@contextmanager
def _whole(shown: str) -> Iterator[None]:
    try:
        yield
    except _BROKEN:
        raise _refusal(shown, "it is damaged, cut short or something else") from None
    except OSError as error:
        # A reader sent to a place before the file's beginning.
        if error.errno != errno.EINVAL:
            raise
        raise _refusal(shown, "it is damaged") from None


def _refusal(shown: str, why: str) -> UsageError:
    return UsageError(
        f"{shown} is not a whole backup of Sluice: {why}",
        "use another backup; nothing was restored",
    )


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_backup(path: Path) -> bool:
    """Whether the file says that it is a backup; its parts are not looked at."""
    try:
        with open_archive(path):
            return True
    except SluiceError:
        return False
