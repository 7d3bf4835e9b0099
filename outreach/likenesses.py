"""Compare many forms of names with many others at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

#: Pairs looked at together.
_CELLS = 500_000
_LETTERS = 26
#: A byte that is no letter from a to z is counted here.
_OTHER = 31
_COLUMNS = 32
_FIRST = np.left_shift(np.uint64(1), np.arange(_LETTERS, dtype=np.uint64))
_SECOND = np.left_shift(_FIRST, np.uint64(_LETTERS))


def best_of_each(
    forms: Sequence[str], names: Sequence[str], least: float
) -> Iterator[tuple[str, float, str]]:
    """The forms that are at least this alike (0 to 100) to a name, each with its likeness and the
    name.
    """
    marks_of_names = _marks(names)
    step = max(1, _CELLS // len(names))
    for start in range(0, len(forms), step):
        some = forms[start : start + step]
        yield from _best(some, names, marks_of_names, least)


def _best(
    forms: Sequence[str], names: Sequence[str], marks_of_names: NDArray[np.uint64], least: float
) -> Iterator[tuple[str, float, str]]:
    """The same, comparing only pairs whose letters leave it possible."""
    apart = np.bitwise_count(_marks(forms)[:, None] ^ marks_of_names[None, :])
    most = _most_apart(np.array([len(form) for form in forms]), least)
    places = np.flatnonzero(apart <= most[:, None])
    if not places.size:
        return
    rows, columns = (one.tolist() for one in divmod(places, len(names)))
    scores = process.cpdist(
        [forms[row] for row in rows],
        [names[column] for column in columns],
        scorer=fuzz.ratio,
        score_cutoff=least,
        dtype=np.float64,
    ).tolist()
    best: dict[int, tuple[float, int]] = {}
    for row, column, score in zip(rows, columns, scores, strict=True):
        if score and (row not in best or score > best[row][0]):
            best[row] = score, column
    for row, (score, column) in best.items():
        yield forms[row], score, names[column]


def _most_apart(lengths: NDArray[np.int64], least: float) -> NDArray[np.uint8]:
    """The letters by which a form of each length differs at most from a name this alike, each
    letter missing or added counted.
    """
    # The likeness is 1 - apart / (both lengths), and the longest such name is 2 / least - 1 times
    # as long.
    share = least / 100
    most = (1 - share) * lengths * 2 / share + 1e-6
    found: NDArray[np.uint8] = np.minimum(most, 255).astype(np.uint8)
    return found


def _marks(forms: Sequence[str]) -> NDArray[np.uint64]:
    """Of each form, a bit for each letter in it, and another for each letter twice in it: as many
    letters as two forms have bits apart are missing or added, at least.
    """
    codes = np.frombuffer("".join(forms).encode("latin-1", "replace"), dtype=np.uint8)
    letters = codes.astype(np.int64) - ord("a")
    letters[(letters < 0) | (letters >= _LETTERS)] = _OTHER
    owners = np.repeat(np.arange(len(forms)), [len(form) for form in forms])
    counts = np.bincount(owners * _COLUMNS + letters, minlength=len(forms) * _COLUMNS)
    of_letters = counts.reshape(len(forms), _COLUMNS)[:, :_LETTERS]
    once, twice = of_letters > 0, of_letters > 1
    return np.bitwise_or(once @ _FIRST, twice @ _SECOND)
