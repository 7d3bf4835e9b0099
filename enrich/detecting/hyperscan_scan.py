"""The scanner of the extra `fast`: Hyperscan, which finds the texts in a fraction of the time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import hyperscan

from enrich.detecting.cache_folder import folder, write
from enrich.detecting.scan import Places


class Hyperscan:
    """Finds where its texts occur, with the database of the cache folder."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._lengths = [len(text) for text in texts]
        self._database = _database(texts)
        # One scratch serves one thread.
        self._threads = threading.local()

    def scan(self, data: bytes) -> Places:
        """Return where the texts that occur in lower-case data begin."""
        found: Places = {}
        lengths = self._lengths

        def seen(number: int, _start: int, end: int, _flags: int, _context: Any) -> None:
            places = found.get(number)
            if places is None:
                found[number] = [end - lengths[number]]
            else:
                places.append(end - lengths[number])

        if data:
            self._database.scan(data, match_event_handler=seen, scratch=self._scratch())
        return found

    def _scratch(self) -> Any:
        known = getattr(self._threads, "scratch", None)
        if known is None:
            known = self._threads.scratch = hyperscan.Scratch(self._database)
        return known


def _database(texts: Sequence[str]) -> Any:
    """Return the database of texts, from the cache folder where it was built before."""
    file = folder() / f"{sha256(chr(0).join(texts).encode()).hexdigest()[:24]}.hs"
    # A database of another version or processor is refused, and built again.
    with contextlib.suppress(OSError, hyperscan.error):
        return hyperscan.loadb(file.read_bytes(), mode=hyperscan.HS_MODE_BLOCK)
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[_quoted(text) for text in texts],
        ids=list(range(len(texts))),
        elements=len(texts),
        flags=0,
    )
    with contextlib.suppress(OSError, hyperscan.error):
        write(file, hyperscan.dumpb(database))
    return database


def _quoted(text: str) -> bytes:
    """Quote a text as a pattern, byte for byte."""
    return "".join(f"\\x{byte:02x}" for byte in text.encode()).encode()
