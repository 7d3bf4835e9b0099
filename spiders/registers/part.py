"""A file that is being downloaded: what is there of it, and of which version."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from spiders.registers.errors import RegisterError

#: Bytes that a disk must keep free.
_SPARE = 100_000_000


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of which file the bytes are of."""

    url: str
    #: What the server knows the version by: a strong ETag, or a date of change; empty: neither.
    validator: str
    #: Bytes of the whole file; None: the server does not say.
    total: int | None


class Part:
    """The bytes of a file until all are there; beside them, their version."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._bytes = place.with_name(f"{place.name}.part")
        self._about = place.with_name(f"{place.name}.part.json")

    def kept(self, url: str) -> tuple[int, Version | None]:
        """How many bytes are there, and of which version, if more can be added to them."""
        try:
            version = Version(**json.loads(self._about.read_text("utf-8")))
            size = self._bytes.stat().st_size
        except (OSError, ValueError, TypeError):
            return 0, None
        if version.url != url or not version.validator or not size:
            return 0, None
        return size, version

    def begin(self, version: Version) -> None:
        """Start again, with this version."""
        self._about.unlink(missing_ok=True)
        self._bytes.write_bytes(b"")
        self._about.write_text(json.dumps(asdict(version)), "utf-8")

    def add(self, data: bytes) -> None:
        """Add bytes; RegisterError if the disk takes no more."""
        try:
            with self._bytes.open("ab") as file:
                file.write(data)
        except OSError as error:
            raise RegisterError(f"{self._bytes} cannot be written: {error.strerror}") from error

    @property
    def size(self) -> int:
        """Bytes that are there."""
        return self._bytes.stat().st_size if self._bytes.exists() else 0

    def check_room(self, total: int | None) -> None:
        """RegisterError if the disk has no room for the rest of the file."""
        rest = max((total or 0) - self.size, 0)
        free = shutil.disk_usage(self.place.parent).free
        if free < rest + _SPARE:
            raise RegisterError(
                f"{rest:,} more bytes do not fit on the disk of {self.place.parent}"
            )

    def finish(self) -> None:
        """Let the whole file appear in one step."""
        with self._bytes.open("rb") as file:
            os.fsync(file.fileno())
        self._bytes.replace(self.place)
        self._about.unlink(missing_ok=True)

    def discard(self) -> None:
        """Delete what is there of the file."""
        for one in (self._bytes, self._about):
            with suppress(OSError):
                one.unlink()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one process of this machine add bytes; RegisterError if another one does."""
        lock = os.open(self.place.with_name(f"{self.place.name}.lock"), os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise RegisterError("another command downloads the same file now") from None
        finally:
            os.close(lock)
