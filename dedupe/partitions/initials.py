"""Find the short names that abbreviate a long one, over all partitions of the names of a list."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from dedupe.acronym_surprise import surprise_of
from dedupe.acronyms import Readings, likeliest, may_be_long, short_names
from dedupe.core_words import CoreWords
from dedupe.first_letters import FirstLetters
from dedupe.glued_trades import glued
from dedupe.initials_in_part import InitialsInPart, begin_with_initials
from dedupe.known_initials import KNOWN, known_pairs, may_be_known
from dedupe.partitions.columns import TEXT, as_texts, ints, table_of, texts
from dedupe.partitions.flow import BUCKET, Flow
from dedupe.text_hashes import hashes_of
from dedupe.whole_list import WholeInitials, WholeWords

#: A long name and a short one that it may be, which the list may lack.
_READ = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("short", pa.string()),
        ("long", pa.string()),
        ("times", pa.float64()),
        ("text", pa.string()),
    ]
)
_COUNTS = pa.schema([("text", pa.string()), ("times", pa.int64())])
#: `times` of a name that glues a trade to its word.
_GLUED = -1.0
_BUCKETS = np.uint64(64)


class _Known(NamedTuple):
    """What every partition needs: the short names, and the words that begin longer ones."""

    shorts: list[str]
    firsts: frozenset[str]
    words: WholeWords


class Initials(NamedTuple):
    """The pairs of names, and how surprising each would be by chance."""

    shorts: list[str]
    longs: list[str]
    whole: WholeInitials


def initials_of(flow: Flow, names: Any, borders: Sequence[str], words: WholeWords) -> Initials:
    """Find the pairs of short and long names of a list."""
    shorts = _texts_of(flow, names, _shorts)
    firsts = frozenset(_texts_of(flow, names, _firsts))
    known = flow.shared(_Known(shorts, firsts, words))
    read = flow.each(names, _Reading(known, borders), _READ)
    met = flow.both(read, names, _met, _READ)
    letters, sizes = _counted(flow, names)
    found = flow.collect(flow.bucketed(met, _Weighed(letters, sizes), _READ))
    surprise = dict(
        zip(
            zip(texts(found, "short"), texts(found, "long"), strict=True),
            texts(found, "times"),
            strict=True,
        )
    )
    famous = _texts_of(flow, names, _famous)
    for short, long in known_pairs(famous):
        surprise[famous[short], famous[long]] = KNOWN
    pairs = sorted(surprise)
    longs = [long for _, long in pairs]
    values = np.array([surprise[pair] for pair in pairs], dtype=np.float32)
    both = [short for short, _ in pairs]
    return Initials(both, longs, WholeInitials(hashes_of(both), hashes_of(longs), values))


def _texts_of(flow: Flow, names: Any, work: Callable[[pa.Table], pa.Table]) -> list[str]:
    return sorted(set(texts(flow.collect(flow.each(names, work, TEXT)), "text")))


def _shorts(names: pa.Table) -> pa.Table:
    cores = texts(names, "core")
    found = short_names(cores, CoreWords.of(cores))
    return as_texts([cores[at] for places in found.values() for at in places])


def _firsts(names: pa.Table) -> pa.Table:
    return as_texts(list(begin_with_initials(CoreWords.of(texts(names, "core")))[1]))


def _famous(names: pa.Table) -> pa.Table:
    return as_texts(list(may_be_known().intersection(texts(names, "core"))))


class _Reading:
    """Work that reads the long names of a part, knowing the short names of all."""

    def __init__(self, known: Callable[[], _Known], borders: Sequence[str]) -> None:
        self._known, self._borders = known, borders

    def __call__(self, names: pa.Table) -> pa.Table:
        known = self._known()
        mine = texts(names, "core")
        cores = [*mine, *sorted(set(known.shorts) - set(mine))]
        split = CoreWords.of(cores)
        vocabulary = np.array(split.words, dtype=object)[known.words.has(split.words)]
        readings = Readings(short_names(cores, split), vocabulary.tolist())
        readings.read(cores, split, InitialsInPart(known.firsts, str))
        rows = [
            (short if isinstance(short, str) else cores[short], cores[at], times, text)
            for short, longs in readings.found.items()
            for at, times, text in longs
            if at < len(mine)
        ]
        rows += [(glued(core), core, _GLUED, "") for core in mine if glued(core)]
        return _read_table(rows, [bisect_right(self._borders, row[0]) for row in rows])


def _read_table(
    rows: Sequence[tuple[str, str, float, str]], buckets: Sequence[int] | None = None
) -> pa.Table:
    shorts = [row[0] for row in rows]
    of_short = (hashes_of(shorts) % _BUCKETS).astype(np.int64)
    return table_of(
        _READ,
        bucket=of_short if buckets is None else buckets,
        short=shorts,
        long=[row[1] for row in rows],
        times=[row[2] for row in rows],
        text=[row[3] for row in rows],
    )


def _rows(read: pa.Table) -> list[tuple[str, str, float, str]]:
    columns = (texts(read, name) for name in ("short", "long", "times", "text"))
    return list(zip(*columns, strict=True))


def _met(read: pa.Table, names: pa.Table) -> pa.Table:
    """Keep the short names that the list has."""
    cores = set(texts(names, "core"))
    return _read_table([row for row in _rows(read) if row[0] in cores])


class _Weighed:
    """Work that weighs the long names of each short name."""

    def __init__(self, letters: Counter[str], sizes: Counter[int]) -> None:
        self._letters, self._sizes = letters, sizes

    def __call__(self, met: pa.Table) -> pa.Table:
        of_short: dict[str, list[tuple[str, float, str]]] = {}
        glued_: set[tuple[str, str]] = set()
        for short, long, times, text in _rows(met):
            if times == _GLUED:
                glued_.add((short, long))
            else:
                of_short.setdefault(short, []).append((long, times, text))
        found = {
            (short, long): surprise_of(short, long, text, times, self._letters, self._sizes)
            for short, longs in of_short.items()
            for long, (times, text) in likeliest(longs).items()
        }
        found |= dict.fromkeys(glued_, KNOWN)
        return _read_table([(*pair, value, "") for pair, value in sorted(found.items())])


def _counted(flow: Flow, names: Any) -> tuple[Counter[str], Counter[int]]:
    """Count the first letters of all long names, and the names by the number of their words."""
    counted = flow.collect(flow.each(names, _letters, _COUNTS))
    letters: Counter[str] = Counter()
    sizes: Counter[int] = Counter()
    for text, times in zip(texts(counted, "text"), ints(counted, "times").tolist(), strict=True):
        if text.startswith("="):
            letters[text[1:]] += times
        else:
            sizes[int(text)] += times
    return letters, sizes


def _letters(names: pa.Table) -> pa.Table:
    split = CoreWords.of(texts(names, "core"))
    found = FirstLetters.of(split, np.flatnonzero(may_be_long(split)))
    rows = [(f"={letter}", times) for letter, times in found.letters.items()]
    rows += [(str(size), times) for size, times in found.sizes.items()]
    return table_of(_COUNTS, text=[row[0] for row in rows], times=[row[1] for row in rows])
