"""Initials that everybody knows: `IBM` and `GE` mean one company in any list."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from dedupe.data_files import document

#: The surprise of known initials, as the log of a chance: more than place can ask for.
KNOWN = 8.0
#: Words behind a whole name that leave it whole.
_BEHIND = frozenset(("", "group", "holding", "holdings", "company", "corporation", "international"))


def known_pairs(cores: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the short and the long names of a sorted list that known initials make one company."""
    table = document("initials.yaml")
    for short in table.keys() & set(cores) if len(cores) < len(table) else table:
        at = bisect_left(cores, short)
        if at == len(cores) or cores[at] != short:
            continue
        for long in table[short]:
            yield from ((at, place) for place in _whole_names(cores, long))


@cache
def may_be_known() -> frozenset[str]:
    """Return the names that known initials may make one company."""
    table = document("initials.yaml")
    longs = {long for several in table.values() for long in several}
    whole = {f"{long}{space}{word}" for long in longs for word in _BEHIND for space in ("", " ")}
    return frozenset(table) | frozenset(name.strip() for name in whole)


def _whole_names(cores: Sequence[str], begins: str) -> Iterator[int]:
    """Yield the places of the names that say nothing more than this beginning."""
    for place in range(bisect_left(cores, begins), len(cores)):
        if not cores[place].startswith(begins):
            return
        if cores[place][len(begins) :].strip() in _BEHIND:
            yield place
