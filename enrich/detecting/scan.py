"""One scan for all literal texts of all rules: Hyperscan where it is installed, else Aho-Corasick."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Protocol

from enrich.detecting.cache_folder import folder, write

#: Extra that installs the fast scanner.
FAST = "sluice[fast]"


#: Where each text begins, by its number.
Places = dict[int, list[int]]


class Scanner(Protocol):
    """Finds where its texts occur."""

    def scan(self, data: bytes) -> Places:
        """Return where the texts that occur in lower-case data begin."""


class AhoCorasick:
    """The scanner that is always there."""

    def __init__(self, texts: Sequence[str]) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        patterns = [text.encode() for text in texts]
        self._automaton = BytesAhoCorasick(patterns, implementation=Implementation.DFA)

    def scan(self, data: bytes) -> Places:
        """Return where the texts that occur in lower-case data begin."""
        found: Places = {}
        for number, start, _ in self._automaton.find_matches_as_indexes(data, overlapping=True):
            places = found.get(number)
            if places is None:
                found[number] = [start]
            else:
                places.append(start)
        return found


class Hyperscan:
    """The scanner of the extra `fast`."""

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
            import hyperscan

            known = self._threads.scratch = hyperscan.Scratch(self._database)
        return known


def _database(texts: Sequence[str]) -> Any:
    """Return the database of texts, from the cache folder where it was built before."""
    import hyperscan

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


class Nothing:
    """The scanner of no texts."""

    def scan(self, data: bytes) -> Places:  # noqa: ARG002 - as the others
        """Return nothing."""
        return {}


def scanner(texts: Sequence[str], *, backend: str = "") -> Scanner:
    """Build a scanner; `backend` is `hyperscan` or `aho-corasick`, or the fastest that is there."""
    if not texts:
        return Nothing()
    if backend != "aho-corasick":
        try:
            return Hyperscan(texts)
        except ImportError:
            if backend:
                raise
    return AhoCorasick(texts)
