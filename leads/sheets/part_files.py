"""Write rows to one file or to numbered parts, which appear together when all are complete."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, cast

from leads.errors import NotAllowedError, NotFoundError, SluiceError, UsageError
from leads.sheets.new_file import NewFile
from leads.sheets.parquet_writer import ParquetWriter
from leads.sheets.row_writer import Cell, RowWriter, WriterOptions
from leads.sheets.workbook_writer import MAX_ROWS, WorkbookWriter

#: What the ending of a file name means.
FORMATS = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}
_BINARY = ("xlsx", "parquet")
STANDARD = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOptions:
    """Where rows go and how they are written."""

    #: A file name, or `-` for stdout.
    path: str
    columns: tuple[str, ...]
    #: Which columns hold whole numbers.
    numbers: tuple[bool, ...]
    #: The most rows of one file; None: no limit.
    most: int | None = None
    delimiter: str = ","
    #: Start a CSV with a byte order mark, by which Excel knows UTF-8.
    mark: bool = False
    guard_formulas: bool = False
    #: Replace files that exist.
    force: bool = False

    @property
    def format(self) -> str:
        """The format of the file: `csv`, `jsonl`, `xlsx` or `parquet`; stdout is CSV."""
        return "csv" if self.path == STANDARD else FORMATS[Path(self.path).suffix.lower()]

    def check(self) -> None:
        """Check that the files can be written, before the work starts.

        UsageError, NotFoundError or NotAllowedError otherwise.
        """
        if self.path == STANDARD:
            return
        place = Path(self.path)
        if place.suffix.lower() not in FORMATS:
            raise UsageError(
                f"{self.path}: the ending of the name is no known format",
                f"use a name that ends in {', '.join(FORMATS)}",
            )
        if not place.parent.is_dir():
            raise NotFoundError(f"there is no folder {place.parent}", "make it first")
        _check_free(place, force=self.force)


class _Writer(Protocol):
    def row(self, cells: Sequence[Cell]) -> None: ...


class PartFiles:
    """Rows for one file, or for several when a file may hold no more."""

    def __init__(self, options: PartOptions) -> None:
        """Open nothing yet."""
        self._options = options
        self._stack = ExitStack()
        self._files: list[NewFile] = []
        self._writer: _Writer | None = None
        self._in_file = 0
        self._beside: tuple[NewFile, Path] | None = None
        most = options.most or MAX_ROWS
        self._most = min(most, MAX_ROWS - 1) if options.format == "xlsx" else options.most

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one row, to a new file when the last one is full."""
        if self._writer is None or (self._most and self._in_file >= self._most):
            self._next()
        assert self._writer is not None
        self._writer.row(cells)
        self._in_file += 1

    def beside(self, ending: str, text: str) -> str | None:
        """Write a text that appears with the files, as NAME and this ending; its name.

        None: rows go to stdout, so nothing is beside them. NotAllowedError when there is such a file.
        """
        if self._options.path == STANDARD:
            return None
        whole = Path(self._options.path)
        place = whole.with_name(whole.stem + ending)
        _check_free(place, force=self._options.force)
        file = self._stack.enter_context(NewFile(place))
        cast("IO[str]", file.stream).write(text)
        file.finish()
        self._beside = (file, place)
        return str(place)

    def none_beside(self, ending: str) -> None:
        """Remove such a text of an earlier file that is replaced now."""
        if self._options.path != STANDARD and self._options.force:
            whole = Path(self._options.path)
            whole.with_name(whole.stem + ending).unlink(missing_ok=True)

    def put(self) -> list[str]:
        """Let all files appear; their names."""
        if self._writer is None:
            self._next()
        self._finish()
        if self._options.path == STANDARD:
            sys.stdout.flush()
            return [STANDARD]

        places = self._places()
        for place in places:
            _check_free(place, force=self._options.force)
        if self._beside is not None:
            beside, at = self._beside
            beside.put(at)
        for file, place in zip(self._files, places, strict=True):
            file.put(place)
        return [str(place) for place in places]

    def close(self) -> None:
        """Delete what did not appear."""
        if self._files and not self._files[-1].stream.closed:
            # The writer may still hold rows, and would complain about them later.
            with suppress(OSError):
                self._finish()
        self._stack.close()

    def _places(self) -> list[Path]:
        whole = Path(self._options.path)
        if len(self._files) == 1:
            return [whole]
        return [
            whole.with_name(f"{whole.stem}-{number}{whole.suffix}")
            for number in range(1, len(self._files) + 1)
        ]

    def _next(self) -> None:
        self._finish()
        self._in_file = 0
        options = self._options
        if options.path == STANDARD:
            self._writer = self._text(sys.stdout)
            return

        file = self._stack.enter_context(
            NewFile(Path(options.path), binary=options.format in _BINARY)
        )
        self._files.append(file)
        self._writer = self._writer_to(file)

    def _writer_to(self, file: NewFile) -> _Writer:
        options = self._options
        if options.format == "xlsx":
            return WorkbookWriter(cast("IO[bytes]", file.stream), options.columns)
        if options.format == "parquet":
            stream = cast("IO[bytes]", file.stream)
            return ParquetWriter(stream, options.columns, options.numbers)

        text = cast("IO[str]", file.stream)
        if options.mark and options.format == "csv":
            text.write("\ufeff")
        return self._text(text)

    def _text(self, stream: IO[str]) -> RowWriter:
        options = self._options
        written = WriterOptions(
            columns=options.columns,
            json_lines=options.format == "jsonl",
            guard_formulas=options.guard_formulas and options.format == "csv",
            delimiter=options.delimiter,
        )
        return RowWriter(stream, written)

    def _finish(self) -> None:
        end = getattr(self._writer, "end", None)
        if end is not None:
            end()
        if self._files:
            self._files[-1].finish()


@contextmanager
def open_parts(options: PartOptions) -> Iterator[PartFiles]:
    """Open files that appear by `put`; without it nothing is left.

    SluiceError when the disk is full or gone.
    """
    files = PartFiles(options)
    try:
        yield files
    except BrokenPipeError:
        raise
    except OSError as error:
        name = "stdout" if options.path == STANDARD else options.path
        raise SluiceError(
            f"the result cannot be written to {name}: {error.strerror or error}",
            "free some space or name another place; no incomplete file was left",
        ) from None
    finally:
        files.close()


def _check_free(place: Path, *, force: bool) -> None:
    if place.is_dir():
        raise UsageError(f"{place} is a folder", "name a file in it")
    if place.exists() and not force:
        raise NotAllowedError(
            f"{place} exists already", "name another file, or add --force to replace it"
        )
