"""Values kept in a temporary file, for lists that are longer than memory."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Any, Generic, TypeVar

from leads.errors import SluiceError

T = TypeVar("T")


class Spool(Generic[T]):
    """Batches of values, read as often as needed in the order in which they were added."""

    def __init__(self, file: IO[bytes]) -> None:
        """Begin at the start of an empty file."""
        self._file = file
        self._batches = 0

    def add(self, batch: Sequence[T]) -> None:
        """Write some values; SluiceError when the temporary folder is full."""
        self.add_pickled(pickled(batch))

    def add_pickled(self, batch: bytes) -> None:
        """Write values that were pickled already, perhaps by another process of ours."""
        try:
            self._file.write(batch)
            self._file.flush()
        except OSError as error:
            raise SluiceError(
                f"the temporary folder cannot be written to: {error.strerror or error}",
                "free some space there, or set TMPDIR to another folder",
            ) from None
        self._batches += 1

    def batches(self) -> Iterator[Sequence[T]]:
        """Read everything that was added, from the start."""
        self._file.seek(0)
        for _ in range(self._batches):
            batch: Sequence[T] = pickle.load(self._file)  # noqa: S301 - written by our processes
            yield batch


def pickled(batch: Sequence[Any]) -> bytes:
    """Values as `add_pickled` takes them."""
    return pickle.dumps(batch, pickle.HIGHEST_PROTOCOL)


@contextmanager
def new_spool(of: type[T]) -> Iterator[Spool[T]]:  # noqa: ARG001 - names what it holds
    """An empty spool of such values; its file is deleted at the end."""
    with TemporaryFile(prefix="sluice-") as file:
        yield Spool(file)
