"""Names that glue an abbreviated trade to their word: `QuorvianTx`, Quorvian Therapeutics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
_ENDS = tuple(set(_GLUED.values()))
#: A shorter word in front is that of many names.
_SHORTEST = 3


def glued_pairs(cores: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of names of one word and of the names that they glue together."""
    glued = {core: at for at, core in enumerate(cores) if core.endswith(_ENDS) and " " not in core}
    if not glued:
        return
    for at, core in enumerate(cores):
        first, _, trade = core.partition(" ")
        if trade in _GLUED and len(first) >= _SHORTEST:
            short = glued.get(first + _GLUED[trade])
            if short is not None:
                yield short, at
