"""One scan for all literal texts of all rules, by the automaton of Aho and Corasick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ahocorasick_rs import BytesAhoCorasick, Implementation

#: Where each text begins, by its number.
Places = dict[int, list[int]]


class Scanner(Protocol):
    """Finds where its texts occur."""

    def scan(self, data: bytes) -> Places:
        """Return where the texts that occur in lower-case data begin."""


class AhoCorasick:
    """The scanner that is always there."""

    def __init__(self, texts: Sequence[str]) -> None:
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


class Nothing:
    """The scanner of no texts."""

    def scan(self, data: bytes) -> Places:  # noqa: ARG002 - as the others
        """Return nothing."""
        return {}
