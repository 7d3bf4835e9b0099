"""Every different name of a list once: its words by weight, its numbers, and its spelling without spaces."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dedupe.arrays import MISSING, Coder, Codes, Floats, Ints, padded
from dedupe.words import PLACE, weigh, words

#: Words of a name that are compared, the weightiest first; what is beyond counts in the whole name's weight only.
WIDTH = 8
_UNSAID = frozenset(("and", "the"))


@dataclass(frozen=True, slots=True)
class Names:
    """The different cores of a list in order; arrays are indexed by name, `vocabulary` arrays by word."""

    cores: list[str]
    #: The words of each core in one piece, abbreviations and translations as one spelling.
    squashed: list[str]
    vocabulary: list[str]
    weights: Floats
    frequencies: Ints
    #: Word codes, weightiest first, -1 where there are fewer than `WIDTH`.
    tokens: Codes
    #: How many of `tokens` are filled.
    lengths: Codes
    #: The weight of all words of the name together.
    totals: Floats
    #: A code for the set of numbers in the name, -1 for none.
    numbers: Codes
    #: First letters of the words, as a code of `initials_of`; -1 for names of fewer than three words.
    initials: Codes
    #: The code in `initials` space of a one-word name, so that IBM meets its long form; -1 for others.
    as_initials: Codes


def with_places(names: Names, of_node: Codes, city: Codes, cities: list[str]) -> Names:
    """The names with words that name the place of most companies that bear them weighed as places (Leipzig University)."""
    if not len(cities):
        return names
    codes = {word: code for code, word in enumerate(names.vocabulary)}
    words_of = padded([[codes[word] for word in text.split() if word in codes] for text in cities], 3)
    known = np.flatnonzero(city >= 0)
    tokens = names.tokens[of_node[known]]
    in_place = (tokens[:, :, None] == words_of[city[known]][:, None, :]).any(axis=2) & (tokens >= 0)
    borne = np.bincount(tokens[tokens >= 0], minlength=len(codes))
    placed = np.bincount(tokens[in_place], minlength=len(codes))
    weights = np.where((placed > 1) & (placed * 2 >= borne), np.minimum(names.weights, PLACE), names.weights)
    return _reweighed(names, weights.astype(np.float32))


def _reweighed(names: Names, weights: Floats) -> Names:
    """The names with other weights of words; their words stay in the order of the old weights."""
    before, after = (np.append(values, np.float32(0))[names.tokens].sum(axis=1) for values in (names.weights, weights))
    return replace(names, weights=weights, totals=(names.totals - before + after).astype(np.float32))


def tabulate(cores: list[str]) -> Names:
    """Split the different cores of a list into weighted words."""
    same = words().same
    coder, number_coder, initial_coder = Coder(), Coder(), Coder()
    rows: list[list[int]] = []
    squashed: list[str] = []
    numbers, initials, as_initials = (np.full(len(cores), MISSING, dtype=np.int32) for _ in range(3))
    for at, core in enumerate(cores):
        parts = core.split()
        spelled = [same.get(part, part) for part in parts if part not in _UNSAID] or parts
        squashed.append("".join(spelled))
        rows.append([coder.code(word) for word in dict.fromkeys(spelled)])
        if not core.isalpha() and (digits := sorted(part for part in spelled if not part.isalpha() and any(map(str.isdigit, part)))):
            numbers[at] = number_coder.code(" ".join(_number(part) for part in digits))
        if len(parts) > 2:
            initials[at] = initial_coder.code("".join(part[0] for part in spelled))
        elif len(parts) == 1 and 3 <= len(core) <= 6:
            as_initials[at] = initial_coder.code(core)
    vocabulary, final = coder.settled()
    return _weighted(cores, squashed, rows, vocabulary, final, (numbers, initials, as_initials))


def _weighted(
    cores: list[str], squashed: list[str], rows: list[list[int]], vocabulary: list[str], final: Codes, coded: tuple[Codes, Codes, Codes]
) -> Names:
    lengths = np.fromiter(map(len, rows), dtype=np.int32, count=len(rows))
    flat = final[np.fromiter((code for row in rows for code in row), dtype=np.int64, count=int(lengths.sum()))]
    owners = np.repeat(np.arange(len(rows)), lengths)
    frequencies = np.bincount(flat, minlength=len(vocabulary))
    weights = weigh(vocabulary, frequencies, len(cores))
    order = np.lexsort((flat, -weights[flat], owners))
    flat, owners = flat[order], owners[order]
    totals = np.bincount(owners, weights=weights[flat], minlength=len(rows)).astype(np.float32)
    place = np.arange(len(flat)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    tokens = padded((), WIDTH) if not rows else np.full((len(rows), WIDTH), MISSING, dtype=np.int32)
    kept = place < WIDTH
    tokens[owners[kept], place[kept]] = flat[kept]
    numbers, initials, as_initials = coded
    return Names(
        cores, squashed, vocabulary, weights, frequencies, tokens, np.minimum(lengths, WIDTH), totals, numbers, initials, as_initials
    )


def _number(part: str) -> str:
    """The digits of a word without leading zeros."""
    digits = "".join(filter(str.isdigit, part))
    return digits.lstrip("0") or "0"
