"""Read the file of a whole register into a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from actions.register_output import ListOutput
from actions.register_reading import FileRead, Planned, Reading, fetch_within, rows_of, show
from leads.clock import now
from sources.listing.file_units import csv_units, json_units
from sources.listing.newest import newest
from sources.listing.pages import Unit
from sources.listing.table import WholeFile
from spiders.registers.errors import RegisterError
from spiders.registers.files import Download, FileAt
from spiders.registers.part import Part
from spiders.registers.unpacking import check_begin, unpacked

_UNSAFE = re.compile(r"[^\w.-]", re.ASCII)
#: Rows that are written at once.
_TOGETHER = 1_000
#: Part of the companies that a register states which its file must hold.
_WHOLE = 0.98


def plan_file(reading: Reading) -> Planned:
    """Ask where the newest file is."""
    download = _download(reading)
    if download.find is None:
        found = FileAt(download.url)
    else:
        download.only_find = True
        fetch_within(reading, download)
        assert download.found is not None
        found = download.found
    here = download.place(found).place.exists() and not reading.again
    return Planned(reading.listing, found.url, found.records, None, found.size, here)


def read_file(reading: Reading, output: ListOutput) -> FileRead:
    """Download the file of a register unless it is there, and write its companies to a list."""
    download = _download(reading)
    before = set(_folder(reading).glob("*"))
    fetch_within(reading, download)
    assert download.part is not None
    assert download.found is not None
    place = download.part.place
    try:
        _read(reading, place, output, download.found.records)
    except RegisterError as error:
        if error.is_void:
            place.unlink(missing_ok=True)
        raise
    _tidy(place)
    was_here = place in before and not reading.again
    return FileRead(download.found.url, str(place), place.stat().st_size, was_here)


def has_begun(reading: Reading) -> bool:
    """Whether bytes of a file are there that the next download may go on with."""
    return any(one.stat().st_size for one in _folder(reading).glob("*.part"))


def _read(reading: Reading, place: Path, output: ListOutput, records: int | None) -> None:
    """Write the companies of a file; RegisterError if it is not as long as its register states."""
    with unpacked(place) as stream:
        rows: list[list[str]] = []
        for row in rows_of(reading, _units(reading, stream), output, is_filtered=False):
            rows.append(row)
            if reading.limit is not None and output.counts.rows + len(rows) >= reading.limit:
                output.add(rows)
                return
            if len(rows) >= _TOGETHER:
                output.add(rows)
                rows.clear()
                show(reading, output, records or 0)
        output.add(rows)
    if records is not None and output.counts.read < _WHOLE * records:
        raise RegisterError(
            f"the file holds {output.counts.read:,} companies, and the register states {records:,}",
            is_void=True,
        )


def _units(reading: Reading, stream: IO[bytes]) -> Iterator[Unit]:
    name = reading.listing.name
    if _file(reading).holds == "csv":
        return csv_units(name, stream)
    return json_units(name, stream, now().date())


def _file(reading: Reading) -> WholeFile:
    assert reading.listing.file is not None
    return reading.listing.file


def _download(reading: Reading) -> Download:
    file = _file(reading)

    def find(body: bytes) -> FileAt:
        found = newest(file, body)
        return FileAt(found.url, found.size, found.records)

    def place(found: FileAt) -> Part:
        named = found.url.rsplit("/", 1)[-1] if file.named_by else f"{now():%Y-%m-%d}"
        name = _UNSAFE.sub("_", f"{reading.listing.name}-{named}")[:150]
        part = Part(_folder(reading) / name)
        if reading.again and not download.only_find:
            part.place.unlink(missing_ok=True)
        return part

    def progress(done: int, total: int) -> None:
        if reading.context.progress is not None:
            reading.context.progress("bytes downloaded", done, total)

    download = Download(
        hosts=reading.listing.hosts,
        url=file.url,
        find=find if file.named_by else None,
        place=place,
        check=check_begin,
        most=file.most,
        progress=progress,
    )
    return download


def _folder(reading: Reading) -> Path:
    return reading.context.settings.home / "cache" / "registers" / reading.listing.name


def _tidy(place: Path) -> None:
    """Delete older files: the newest one alone is of use."""
    for one in place.parent.iterdir():
        if one != place and not one.name.endswith(".lock"):
            with suppress(OSError):
                one.unlink()
