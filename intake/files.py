"""Open what the user named: a file, a pipe or stdin; say clearly why it cannot be opened."""

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
class Input:
    """A file that can be read again and again, and what one pass over its bytes shows."""

    #: As the user named it.
    name: str
    path: Path
    size: int
    sha256: str
    #: The first 64 KiB.
    head: bytes
    #: The whole is well-formed UTF-8.
    utf8: bool
    #: The last line has no line end.
    cut: bool
    #: Keeps the copy of a pipe on disk for as long as it is needed.
    _copy: IO[bytes] | None = None

    def open(self) -> BinaryIO:
        """The bytes from the start; the caller closes it."""
        return self.path.open("rb")


def open_input(name: str) -> Input:
    """The file of that name, or stdin for `-`, surveyed once. NotFoundError or UsageError when it
    cannot be read or is empty.
    """
    try:
        return _surveyed(name, Path(name) if name != "-" else None)
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {name}", _nearest(Path(name))) from None
    except IsADirectoryError:
        raise UsageError(
            f"{name} is a folder, not a file", "name one list in it, or several after each other"
        ) from None
    except PermissionError:
        raise UsageError(
            f"{name} may not be read by this user", f"allow it: chmod u+r {name}"
        ) from None
    except OSError as error:
        raise SluiceError(
            f"{name} cannot be read: {error.strerror or error}",
            "check the disk and the free space in the temporary folder",
        ) from None
    except ValueError:
        raise UsageError(f"{name!r} is no file name", "a file name holds no NUL byte") from None


def _surveyed(name: str, path: Path | None) -> Input:
    copy = _spooled(path) if path is None or not _regular(path) else None
    found = _survey(name, Path(copy.name) if copy else path or Path(), copy)
    if not found.size:
        raise UsageError(f"{name} is empty", "it has no byte in it; download or export it again")
    return found


def _regular(path: Path) -> bool:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(path)
    return stat.S_ISREG(mode)


def _spooled(path: Path | None) -> IO[bytes]:
    """A pipe can be read once, and a list is read several times."""
    copy = tempfile.NamedTemporaryFile(prefix="sluice-")  # noqa: SIM115 - it lives as long as the Input that holds it
    if path is None:
        shutil.copyfileobj(sys.stdin.buffer, copy)
    else:
        with path.open("rb") as pipe:
            shutil.copyfileobj(pipe, copy)
    copy.flush()
    return copy


def _survey(name: str, path: Path, copy: IO[bytes] | None) -> Input:
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    head, tail, size, utf8 = b"", b"", 0, True
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            head = head or chunk[:_HEAD]
            tail = chunk[-4:]
            size += len(chunk)
            digest.update(chunk)
            utf8 = utf8 and _decodes(decoder, chunk, final=False)
    utf8 = utf8 and _decodes(decoder, b"", final=True)
    return Input(
        name,
        path,
        size,
        digest.hexdigest(),
        head,
        utf8,
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
        return f"there is no folder {path.parent} that could be read"
    close = difflib.get_close_matches(path.name, names, n=1)
    return f"did you mean {path.parent / close[0]}?" if close else "check the name and the folder"
