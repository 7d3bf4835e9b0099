"""Write a file of rows atomically: to a temporary file beside it, which then replaces it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from leads.errors import NotAllowedError, NotFoundError, SluiceError, UsageError
from leads.sheets.new_file import NewFile
from leads.sheets.row_writer import RowWriter, WriterOptions

_OTHER_FORMATS = (".xlsx", ".xls", ".ods", ".parquet", ".json")
_JSON_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFile:
    """Where rows go: a file, or `-` for stdout; a name ending in .jsonl means JSON Lines."""

    path: str
    #: Files that are read for it; none of them is ever replaced.
    inputs: Sequence[str] = ()
    #: Replace a file that exists.
    force: bool = False

    @property
    def json_lines(self) -> bool:
        """Whether the rows are written as JSON Lines."""
        return self.path != "-" and Path(self.path).suffix.lower() in _JSON_LINES

    def check(self) -> None:
        """NotAllowedError, NotFoundError or UsageError when the file cannot be written; call it
        before the work starts.
        """
        if self.path == "-":
            return
        place = Path(self.path)
        if place.suffix.lower() in _OTHER_FORMATS:
            raise UsageError(
                f"{self.path}: only CSV and JSON Lines can be written",
                "use a name that ends in .csv or .jsonl",
            )
        if place.is_dir():
            raise UsageError(f"{self.path} is a folder", "name a file in it")
        if not place.parent.is_dir():
            raise NotFoundError(f"there is no folder {place.parent}", "make it first")
        if not _is_stream(place):
            self._check_replaced(place)

    def _check_replaced(self, place: Path) -> None:
        if not place.exists():
            return
        inputs = [Path(name) for name in self.inputs if name != "-"]
        if any(file.exists() and place.samefile(file) for file in inputs):
            raise NotAllowedError(
                f"{self.path} is an input file and would be replaced", "name another file"
            )
        if not self.force:
            raise NotAllowedError(
                f"{self.path} exists already", "name another file, or add --force to replace it"
            )


@contextmanager
def open_writer(output: OutputFile, columns: Sequence[str]) -> Iterator[RowWriter]:
    """A writer to the output, which appears only when all rows are written.

    SluiceError when the disk is full or gone.
    """
    place = Path(output.path)
    options = WriterOptions(columns=tuple(columns), json_lines=output.json_lines)
    try:
        with _opened(place) if output.path != "-" else nullcontext(sys.stdout) as stream:
            yield RowWriter(stream, options)
            stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        streamed = output.path == "-" or _is_stream(place)
        left = "the output so far is incomplete" if streamed else "no incomplete file was left"
        name = "stdout" if output.path == "-" else output.path
        raise SluiceError(
            f"the result cannot be written to {name}: {error.strerror or error}",
            f"free some space or name another place; {left}",
        ) from None


def _is_stream(place: Path) -> bool:
    """Whether it is a pipe or a device, which is written directly and never replaced."""
    return place.exists() and not place.is_file()


def _opened(place: Path) -> AbstractContextManager[IO[str]]:
    if _is_stream(place):
        return place.open("w", encoding="utf-8", newline="")
    return _replacing(place.resolve())


@contextmanager
def _replacing(place: Path) -> Iterator[IO[str]]:
    with NewFile(place) as file:
        # The wrapper of a temporary file takes as long for a row as the file itself.
        yield cast("IO[str]", getattr(file.stream, "file", file.stream))
        file.put()
