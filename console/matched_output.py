"""The rows of a file again, with columns added: CSV or JSON Lines, written beside its place and
moved there whole.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from leads.errors import NotAllowedError, NotFoundError, SluiceError, UsageError

_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")
_OTHER_KINDS = (".xlsx", ".xls", ".ods", ".parquet", ".json")


class RowWriter:
    """Writes rows of text as CSV, or as JSON Lines with the added columns typed."""

    def __init__(
        self, stream: IO[str], header: Sequence[str], added: Sequence[str], *, lines: bool
    ) -> None:
        self._stream, self._names, self._lines = stream, (*header, *added), lines
        self._plain = csv.writer(stream, lineterminator="\n")
        # A bare carriage return in a cell is a line's end to most readers unless it is quoted.
        self._quoting = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
        if not lines:
            self._write(self._names)

    def row(self, cells: Sequence[str], *added: str | float | None) -> None:
        """One row with its added cells."""
        if self._lines:
            self._stream.write(
                _sound(
                    json.dumps(
                        dict(zip(self._names, (*cells, *added), strict=True)), ensure_ascii=False
                    )
                )
                + "\n"
            )
        else:
            self._write((*cells, *("" if value is None else str(value) for value in added)))

    def _write(self, cells: Sequence[str]) -> None:
        joined = "\n".join(cells)
        if not joined.isprintable() and _HALF_CHARACTERS.search(joined):
            cells = [_sound(cell) for cell in cells]
        (self._quoting if "\r" in joined else self._plain).writerow(cells)


def _sound(text: str) -> str:
    """Bytes that the file's encoding could not read are shown as the sign for that."""
    return _HALF_CHARACTERS.sub("\ufffd", text)


def check_output(path: str, lists: Sequence[str], *, force: bool) -> None:
    """NotAllowedError, NotFoundError or UsageError when the result could not be put there; asked
    before hours of work.

    It may not replace one of the `lists` that are read, not even by force: what was received is not
    to be had again.
    """
    if path == "-":
        return
    place = Path(path)
    if place.suffix.lower() in _OTHER_KINDS:
        raise UsageError(
            f"{path}: the result is written as CSV, or as JSON Lines",
            "let its name end in .csv or .jsonl",
        )
    if place.is_dir():
        raise UsageError(f"{path} is a folder", "name a file in it")
    if not place.parent.is_dir():
        raise NotFoundError(f"there is no folder {place.parent}", "make it first")
    if _is_stream(place):
        return
    if any(
        place.exists() and one != "-" and Path(one).exists() and place.samefile(one)
        for one in lists
    ):
        raise NotAllowedError(
            f"{path} is the list itself, which the result would replace", "name another file"
        )
    if place.exists() and not force:
        raise NotAllowedError(
            f"{path} exists already", "name another file, or say --force to replace it"
        )


@contextmanager
def rows_to(path: str, header: Sequence[str], added: Sequence[str]) -> Iterator[RowWriter]:
    """A writer to a file that appears when all is written, or to stdout for `-`; JSON Lines when
    the name ends in .jsonl.

    SluiceError when the disk is full or gone.
    """
    place = Path(path)
    try:
        with _opened(place) if path != "-" else nullcontext(sys.stdout) as stream:
            yield RowWriter(
                stream,
                header,
                added,
                lines=path != "-" and place.suffix.lower() in (".jsonl", ".ndjson"),
            )
            stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        whole = (
            "what came out of it so far is not whole"
            if path == "-" or _is_stream(place)
            else "nothing was half-written"
        )
        where = "stdout" if path == "-" else path
        raise SluiceError(
            f"the result cannot be written to {where}: {error.strerror or error}",
            f"make room or name another place; {whole}",
        ) from None


def _is_stream(place: Path) -> bool:
    """A pipe or a device: written to as it stands, never replaced."""
    return place.exists() and not place.is_file()


def _opened(place: Path) -> AbstractContextManager[IO[str]]:
    return (
        place.open("w", encoding="utf-8", newline="")
        if _is_stream(place)
        else _beside(place.resolve())
    )


@contextmanager
def _beside(place: Path) -> Iterator[IO[str]]:
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=place.parent, prefix=f".{place.name}-", delete=False
    ) as stream:
        try:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            Path(stream.name).chmod(_mode(place))
            Path(stream.name).replace(place)
        except BaseException:
            Path(stream.name).unlink(missing_ok=True)
            raise


def _mode(place: Path) -> int:
    """The rights of the file replaced, else those that a new file gets."""
    if place.exists():
        return place.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
