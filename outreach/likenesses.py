"""Compare many forms of names with many others at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rapidfuzz import fuzz, process

#: Likenesses computed at a time.
_CELLS = 2_000_000


def best_of_each(
    forms: list[str], names: list[str], least: float
) -> Iterator[tuple[str, float, str]]:
    """The forms that are at least this alike (0 to 100) to a name, each with its likeness and the
    name.
    """
    step = max(1, _CELLS // len(names))
    for start in range(0, len(forms), step):
        some = forms[start : start + step]
        scores = process.cdist(some, names, scorer=fuzz.ratio, score_cutoff=least, dtype=np.float64)
        places = scores.argmax(axis=1)
        for row in np.flatnonzero(scores.max(axis=1)).tolist():
            place = int(places[row])
            yield some[row], float(scores[row, place]), names[place]
