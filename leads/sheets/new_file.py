"""A file that appears whole or not at all: written beside its place, then renamed."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Self


class NewFile:
    """A temporary file beside `place`, which `put` and `put_new` rename; otherwise it is deleted."""

    def __init__(self, place: Path, *, binary: bool = False) -> None:
        """Create the temporary file in the folder of `place`."""
        self.place = place.resolve()
        folder, name = self.place.parent, f".{self.place.name}-"
        self.stream: IO[str] | IO[bytes]
        if binary:
            self.stream = NamedTemporaryFile("wb", dir=folder, prefix=name, delete=False)  # noqa: SIM115 - `put` closes it
        else:
            self.stream = NamedTemporaryFile(  # noqa: SIM115 - `put` closes it
                "w", encoding="utf-8", newline="", dir=folder, prefix=name, delete=False
            )
        self._written = Path(self.stream.name)

    def put(self, place: Path | None = None) -> None:
        """Let the file appear, at another place when one is given."""
        self.finish()
        place = place or self.place
        self._written.chmod(_mode(place))
        self._written.replace(place)

    def put_new(self) -> Path:
        """Let the file appear and replace no other; where it is, under another name if need be."""
        self.finish()
        self._written.chmod(_mode(None))
        for place in (self.place, self._written.with_name(self._written.name.lstrip("."))):
            try:
                # Unlike a move, a link never replaces a file of that name.
                os.link(self._written, place)
            except FileExistsError:
                continue
            except OSError:
                # Some file systems have no links.
                if place.exists():
                    continue
                self._written.rename(place)
            return place
        raise FileExistsError(f"{self.place} exists")

    def finish(self) -> None:
        """Write everything to the disk."""
        if not self.stream.closed:
            self.stream.flush()
            os.fsync(self.stream.fileno())
            self.stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()
        self._written.unlink(missing_ok=True)


def _mode(place: Path | None) -> int:
    """The permissions of the replaced file, else those of a new file."""
    if place and place.exists():
        return place.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
