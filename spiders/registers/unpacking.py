"""Read a downloaded archive as a stream, within bounds: a bomb ends early, and costs no memory."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from spiders.registers.errors import RegisterError

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
#: Text of a register is packed to a tenth or so; what unpacks to more than this many times its size
#: is a bomb.
_MOST_RATIO = 60
#: No file of a register is larger, unpacked.
MOST_UNPACKED = 20_000_000_000
#: What is not larger is no bomb, however small it was packed.
SMALL = 50_000_000
_NESTED = 2
#: How registers pack. The decoders of other ways take more memory.
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
#: What a damaged archive raises. An offset out of range is an OSError, a name in a wrong encoding a
#: ValueError, and a zip that needs a later version a RuntimeError.
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def check_begin(begin: bytes) -> None:
    """RegisterError unless a file begins like an archive."""
    if begin.startswith((_GZIP, _ZIP)):
        return
    start = begin.lstrip().lower()
    is_page = start.startswith((b"<!doctype", b"<html", b"<?xml"))
    kind = "a page" if is_page else "JSON" if start.startswith((b"{", b"[")) else "something else"
    raise RegisterError(f"it sent {kind} instead of a zip or gzip file", is_void=True)


@contextmanager
def unpacked(file: Path, most: int = MOST_UNPACKED) -> Iterator[IO[bytes]]:
    """Open what a zip with one file, or a gzip file, holds.

    Reading it raises RegisterError if it is damaged, encrypted, or a bomb. Its check sums hold once
    it was read to the end.
    """
    with file.open("rb") as packed, ExitStack() as until_read:
        with _damages_told():
            inside = until_read.enter_context(_opened(packed))
        bound = min(most, max(file.stat().st_size * _MOST_RATIO, SMALL))
        yield io.BufferedReader(_Bounded(inside, bound), 1 << 20)


@contextmanager
def _damages_told() -> Iterator[None]:
    """Turn what a damaged archive raises into a RegisterError.

    Only what reads the archive is inside: an error of the disk that a list is written to is another.
    """
    try:
        yield
    except _DAMAGES as error:
        raise RegisterError(f"the file is damaged: {error}", is_void=True) from error


@contextmanager
def _opened(packed: IO[bytes], depth: int = 1) -> Iterator[IO[bytes]]:
    begin = packed.read(4)
    packed.seek(0)
    if begin.startswith(_ZIP):
        with zipfile.ZipFile(packed) as archive, archive.open(_only(archive)) as inside:
            yield inside
    elif begin.startswith(_GZIP) and depth <= _NESTED:
        with gzip.GzipFile(fileobj=packed) as inside:
            # A server may pack a packed file once more.
            if inside.peek(4).startswith(_GZIP):
                with _opened(inside, depth + 1) as within:  # type: ignore[arg-type]
                    yield within
            else:
                yield inside  # type: ignore[misc]
    else:
        raise RegisterError("the file is no zip or gzip file", is_void=True)


def _only(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one file of an archive."""
    files = [one for one in archive.infolist() if not one.is_dir()]
    if len(files) != 1:
        raise RegisterError(f"the zip file holds {len(files):,} files, not one", is_void=True)
    if files[0].flag_bits & 1:
        raise RegisterError("the zip file is encrypted", is_void=True)
    if files[0].compress_type not in _PACKINGS:
        raise RegisterError("the zip file is packed in an unknown way", is_void=True)
    return files[0]


class _Bounded(io.RawIOBase):
    """Reads at most so many bytes."""

    def __init__(self, inside: IO[bytes], most: int) -> None:
        super().__init__()
        self._inside = inside
        self._most = most
        self._left = most

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read into a buffer; RegisterError beyond the bound."""
        with _damages_told():
            data = self._inside.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise RegisterError(f"the file unpacks to more than {self._most:,} bytes", is_void=True)
        buffer[: len(data)] = data
        return len(data)
