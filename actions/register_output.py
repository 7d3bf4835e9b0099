"""The list that companies of a register are written to: page after page, and whole at the end."""

from __future__ import annotations

import csv
import fcntl
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, SluiceError, UsageError
from leads.sheets.row_writer import RowWriter, WriterOptions
from sources.listing.rows import COLUMNS

#: A search is taken up again within this time; later it has changed too much.
_FRESH = timedelta(hours=24)
_ENTRY = COLUMNS.index("register entry")


@dataclass(slots=True)
class Counts:
    """What was read, and what became of it."""

    #: Companies that the register sent.
    read: int = 0
    #: Rows that were written.
    rows: int = 0
    #: Companies that were left out, by why.
    left_out: Counter[str] = field(default_factory=Counter)


def check_output(path: str, *, force: bool) -> Path:
    """Check that a list can be written there, before the work starts."""
    place = Path(path)
    if place.suffix.lower() != ".csv":
        raise UsageError(f"{path[:200]} is no name of a CSV", "use a name that ends in .csv")
    if not place.parent.is_dir():
        raise NotFoundError(f"there is no folder {place.parent}", "make it first")
    if place.is_dir():
        raise UsageError(f"{path} is a folder", "name a file in it")
    if place.exists() and not force:
        raise NotAllowedError(
            f"{path} exists already", "name another file, or add --force to replace it"
        )
    return place


class ListOutput:
    """Rows in a file beside the list, with what is needed to go on after an interruption."""

    def __init__(self, place: Path, query: Mapping[str, Any]) -> None:
        """Take up what an interrupted command of the same question left, if it is fresh."""
        self._place = place
        self._part = place.with_name(f"{place.name}.part")
        self._about = place.with_name(f"{place.name}.part.json")
        self._query = dict(query)
        self._lock = self._alone()
        self.counts = Counts()
        self.next_page = 0
        self._began = now()
        self._seen: set[str] = set()
        state = self._state()
        if state is None:
            self._begin()
        else:
            self._take_up(state)

    def add(self, rows: Sequence[Sequence[str]], page: int | None = None) -> None:
        """Write rows, each company once; with a page, note that it is done."""
        try:
            with self._part.open("a", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, lineterminator="\n")
                writer.writerows(one for one in rows if self._is_new(one))
                if page is not None:
                    stream.flush()
                    os.fsync(stream.fileno())
            if page is not None:
                self.next_page = page + 1
                self._note()
        except OSError as error:
            raise _unwritable(self._part, error) from None

    def finish(self) -> None:
        """Let the list appear."""
        try:
            self._part.replace(self._place)
        except OSError as error:
            raise _unwritable(self._place, error) from None
        self._about.unlink(missing_ok=True)
        self.close()

    def discard(self) -> None:
        """Delete what is there of the list."""
        self._part.unlink(missing_ok=True)
        self._about.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Let another command write the list."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _alone(self) -> int | None:
        """Hold the file for this command; NotAllowedError if another one holds it."""
        try:
            lock = os.open(self._part, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise _unwritable(self._part, error) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise NotAllowedError(
                f"another command writes {self._place} now", "wait for it, or name another file"
            ) from None
        return lock

    def _is_new(self, row: Sequence[str]) -> bool:
        """Whether the company is not in the list yet: pages shift while they are read."""
        key = row[_ENTRY]
        if key in self._seen:
            self.counts.left_out["came twice"] += 1
            return False
        self._seen.add(key)
        self.counts.rows += 1
        return True

    def _begin(self) -> None:
        try:
            with self._part.open("w", encoding="utf-8", newline="") as stream:
                RowWriter(stream, WriterOptions(columns=tuple(COLUMNS)))
        except OSError as error:
            raise _unwritable(self._part, error) from None

    def _note(self) -> None:
        state = {
            "query": self._query,
            "began": self._began.isoformat(),
            "next_page": self.next_page,
            "bytes": self._part.stat().st_size,
            "read": self.counts.read,
            "left_out": self.counts.left_out,
        }
        written = self._about.with_suffix(".new")
        written.write_text(json.dumps(state), "utf-8")
        written.replace(self._about)

    def _state(self) -> Mapping[str, Any] | None:
        """What an interrupted command left; None if it cannot be used."""
        try:
            state: dict[str, Any] = json.loads(self._about.read_text("utf-8"))
            began = datetime.fromisoformat(state["began"])
            is_ours = state["query"] == self._query and began <= now() < began + _FRESH
            is_whole = self._part.stat().st_size >= int(state["bytes"])
            Counter[str](state["left_out"])
            int(state["next_page"]), int(state["read"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return state if is_ours and is_whole else None

    def _take_up(self, state: Mapping[str, Any]) -> None:
        """Go on after the last page that was noted; what was written after it is cut off."""
        with self._part.open("r+b") as stream:
            stream.truncate(int(state["bytes"]))
        with self._part.open(encoding="utf-8", newline="") as text:
            rows = csv.reader(text)
            next(rows, None)
            self._seen = {row[_ENTRY] for row in rows if len(row) > _ENTRY}
        self.next_page = int(state["next_page"])
        self._began = datetime.fromisoformat(state["began"])
        left_out = Counter({name: int(count) for name, count in state["left_out"].items()})
        self.counts = Counts(int(state["read"]), len(self._seen), left_out)


def _unwritable(place: Path, error: OSError) -> SluiceError:
    return SluiceError(
        f"{place} cannot be written: {error.strerror or error}",
        "free some space or name another place",
    )
