"""Open a file, a pipe or stdin, with a clear error when that fails."""

from __future__ import annotations

import codecs
import difflib
import hashlib
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from leads.errors import NotFoundError, SluiceError, UsageError

_CHUNK = 1 << 20
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that can be read several times, and what a first pass over its bytes found."""

    #: The name that the user gave.
    name: str
    path: Path
    size: int
    sha256: str
    #: The first 64 KiB.
    head: bytes
    #: The whole file is valid UTF-8.
    utf8: bool
    #: The whole file is ASCII.
    ascii: bool
    #: The last line has no line end, as after an incomplete download.
    cut: bool
    #: Keeps the temporary copy of a pipe alive.
    _copy: IO[bytes] | None = None

    def open(self) -> BinaryIO:
        """Open the bytes from the start; the caller closes them."""
        return self.path.open("rb")


def open_input(name: str) -> InputFile:
    """The file of that name, or stdin for `-`. NotFoundError or UsageError when it cannot be read
    or is empty.
    """
    try:
        return _surveyed(name, Path(name) if name != "-" else None)
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {name}", _nearest(Path(name))) from None
    except IsADirectoryError:
        raise UsageError(
            f"{name} is a folder, not a file", "name one or more files in it"
        ) from None
    except PermissionError:
        raise UsageError(
            f"{name} cannot be read: permission denied", f"allow reading: chmod u+r {name}"
        ) from None
    except OSError as error:
        raise SluiceError(
            f"{name} cannot be read: {error.strerror or error}",
            "check the disk and the free space in the temporary folder",
        ) from None
    except ValueError:
        raise UsageError(f"{name!r} is not a file name", "remove the NUL byte") from None


def _surveyed(name: str, path: Path | None) -> InputFile:
    copy = _spooled(path) if path is None or not _regular(path) else None
    found = _survey(name, Path(copy.name) if copy else path or Path(), copy)
    if not found.size:
        raise UsageError(f"{name} is empty", "download or export it again")
    return found


def _regular(path: Path) -> bool:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(path)
    return stat.S_ISREG(mode)


def _spooled(path: Path | None) -> IO[bytes]:
    """A temporary copy of a pipe: a pipe can be read once, but a table is read several times."""
    copy = tempfile.NamedTemporaryFile(prefix="sluice-")  # noqa: SIM115 - it lives as long as the InputFile that holds it
    if path is None:
        shutil.copyfileobj(sys.stdin.buffer, copy)
    else:
        with path.open("rb") as pipe:
            shutil.copyfileobj(pipe, copy)
    copy.flush()
    return copy


def _survey(name: str, path: Path, copy: IO[bytes] | None) -> InputFile:
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    head, tail, size, utf8, ascii_only = b"", b"", 0, True, True
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            head = head or chunk[:_HEAD]
            tail = chunk[-4:]
            size += len(chunk)
            digest.update(chunk)
            utf8 = utf8 and _decodes(decoder, chunk, final=False)
            ascii_only = ascii_only and chunk.isascii()
    utf8 = utf8 and _decodes(decoder, b"", final=True)
    return InputFile(
        name,
        path,
        size,
        digest.hexdigest(),
        head,
        utf8,
        ascii_only,
        not tail.rstrip(b"\0").endswith((b"\n", b"\r")),
        copy,
    )


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _nearest(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return f"the folder {path.parent} does not exist or cannot be read"
    close = difflib.get_close_matches(path.name, names, n=1)
    return f"did you mean {path.parent / close[0]}?" if close else "check the name and the folder"
