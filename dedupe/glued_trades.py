"""Names that glue an abbreviated trade to their word: `QuorvianTx`, Quorvian Therapeutics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from dedupe.core_words import CoreWords

#: What the trade behind a name is cut to.
_GLUED = {
    "therapeutics": "tx",
    "diagnostics": "dx",
    "pharma": "pharma",
    "pharmaceuticals": "pharma",
    "laboratories": "labs",
    "labs": "labs",
    "biotech": "bio",
    "biosciences": "bio",
    "biotechnology": "bio",
}
#: A shorter word in front is that of many names.
_SHORTEST = 3


def glued_pairs(cores: Sequence[str], split: CoreWords) -> Iterator[tuple[int, int]]:
    """Yield the places of names of one word and of the names that they glue together."""
    alone = np.flatnonzero(split.lengths == 1)
    of_word = dict(zip(split.flat[split.starts[alone]].tolist(), alone.tolist(), strict=True))
    two = np.flatnonzero(split.lengths == 2)
    trades = np.zeros(len(split.words), dtype=bool)
    trades[[split.code_of[trade] for trade in _GLUED if trade in split.code_of]] = True
    for at in two[trades[split.flat[split.starts[two] + 1]]].tolist():
        code = split.code_of.get(glued(cores[at]), -1)
        if code in of_word:
            yield of_word[code], at


def glued(core: str) -> str:
    """Return a name of a word and a trade as one word; empty for other names."""
    first, _, trade = core.partition(" ")
    return first + _GLUED[trade] if len(first) >= _SHORTEST and trade in _GLUED else ""
