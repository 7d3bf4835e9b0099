"""Every different name of a list once: its words by weight, its numbers, and its spelling without
spaces.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import MISSING, Coder, Codes, Flags, Floats, Ints, padded, place_of
from dedupe.meant import meant
from dedupe.word_shapes import WordShapes, letters_of
from dedupe.words import DISTINCTIVE, PLACE, weigh, words

#: Words of a name that are compared, the weightiest first; what is beyond counts in the whole
#: name's weight only.
WIDTH = 8
#: Names that are only near each other by the alphabet are compared when they may be so much alike.
_NEARLY = 0.75
_UNSAID = frozenset(("and", "the"))


@dataclass(frozen=True, slots=True)
class Names:
    """The different cores of a list in order; arrays are indexed by name, `vocabulary` arrays by
    word.
    """

    cores: list[str]
    #: The words of each core in one piece, abbreviations and translations as one spelling.
    squashed: list[str]
    vocabulary: list[str]
    weights: Floats
    frequencies: Ints
    shapes: WordShapes
    #: By word, the known word that it is a slip of, -1 for none.
    meant: Codes
    #: Word codes, weightiest first, -1 where there are fewer than `WIDTH`.
    tokens: Codes
    #: How many of `tokens` are filled.
    lengths: Codes
    #: How many letters `squashed` has, and which: a bit for each.
    sizes: Ints
    letters: NDArray[np.uint64]
    #: The weight of all words of the name together.
    totals: Floats
    #: A code for the set of numbers in the name, -1 for none.
    numbers: Codes
    #: First letters of the words as one number; -1 for names of other than three to six words.
    initials: Ints
    #: The letters of a one-word name as the same kind of number, so that IBM meets its long form;
    #: -1 for others.
    as_initials: Ints
    #: Whether no word of the name tells it from names elsewhere: every town has its Hotel Post.
    everywhere: Flags
    #: For each kind of opposites (north and south …) a bit for each that the name says.
    opposites: Codes

    def spelled_alike(self, left: Ints, right: Ints, share: float = _NEARLY) -> Flags:
        """Whether the letters of two names leave open that their spellings are alike by that share,
        0 to 1.
        """
        sizes = self.sizes[left], self.sizes[right]
        unlike = np.maximum(
            np.bitwise_count(self.letters[left] ^ self.letters[right]), np.abs(sizes[0] - sizes[1])
        )
        return np.asarray(unlike <= (1 - share) * (sizes[0] + sizes[1]) + 1e-6)


def with_places(names: Names, of_node: Codes, city: Codes, cities: list[str]) -> Names:
    """The names with words that name the place of most companies that bear them weighed as places
    (Leipzig University).
    """
    if not len(cities):
        return names
    codes = {word: code for code, word in enumerate(names.vocabulary)}
    words_of = padded(
        [[codes[word] for word in text.split() if word in codes] for text in cities], 3
    )
    known = np.flatnonzero(city >= 0)
    tokens = names.tokens[of_node[known]]
    in_place = (tokens[:, :, None] == words_of[city[known]][:, None, :]).any(axis=2) & (tokens >= 0)
    borne = np.bincount(tokens[tokens >= 0], minlength=len(codes))
    placed = np.bincount(tokens[in_place], minlength=len(codes))
    weights = np.where(
        (placed > 1) & (placed * 2 >= borne), np.minimum(names.weights, PLACE), names.weights
    )
    return _reweighed(names, weights.astype(np.float32))


def _reweighed(names: Names, weights: Floats) -> Names:
    """The names with other weights of words; their words stay in the order of the old weights."""
    before, after = (
        np.append(values, np.float32(0))[names.tokens].sum(axis=1)
        for values in (names.weights, weights)
    )
    return replace(
        names, weights=weights, totals=(names.totals - before + after).astype(np.float32)
    )


def tabulate(cores: list[str]) -> Names:
    """Split the different cores of a list into weighted words."""
    same = words().same
    coder, number_coder = Coder(), Coder()
    flat: list[str] = []
    lengths: list[int] = []
    squashed: list[str] = []
    numbers = np.full(len(cores), MISSING, dtype=np.int32)
    for at, core in enumerate(cores):
        parts = core.split()
        said = (
            parts
            if _UNSAID.isdisjoint(parts)
            else [part for part in parts if part not in _UNSAID] or parts
        )
        spelled = said if same.keys().isdisjoint(said) else [same.get(part, part) for part in said]
        whole = "".join(said)
        squashed.append(whole)
        if len(spelled) > 1:
            spelled = list(dict.fromkeys(spelled))
        flat += spelled
        lengths.append(len(spelled))
        if not whole.isalpha():
            numbers[at] = number_coder.code(
                " ".join(sorted(map(_number, filter(_has_digit, spelled))))
            )
    words_of = coder.encode(flat)
    vocabulary, final = coder.settled()
    return _weighted(
        cores, squashed, vocabulary, final[words_of], np.array(lengths, dtype=np.int64), numbers
    )


def _weighted(
    cores: list[str],
    squashed: list[str],
    vocabulary: list[str],
    flat: Codes,
    lengths: Ints,
    numbers: Codes,
) -> Names:
    """The names with their words in the order of weight."""
    owners = np.repeat(np.arange(len(cores)), lengths)
    frequencies = np.bincount(flat, minlength=len(vocabulary))
    weights = weigh(vocabulary, frequencies, len(cores))
    shapes = WordShapes.of(vocabulary)
    intended = meant(vocabulary, frequencies, shapes)
    weights = np.where(intended >= 0, np.minimum(weights, weights[intended]), weights).astype(
        np.float32
    )
    initials, as_initials = _initials(shapes, flat, lengths)
    order = np.lexsort((flat, -weights[flat], owners))
    flat = flat[order]
    totals = np.bincount(owners, weights=weights[flat], minlength=len(cores)).astype(np.float32)
    place = np.arange(len(flat)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    tokens = np.full((len(cores), WIDTH), MISSING, dtype=np.int32)
    kept = place < WIDTH
    tokens[owners[kept], place[kept]] = flat[kept]
    return Names(
        cores=cores,
        squashed=squashed,
        vocabulary=vocabulary,
        weights=weights,
        frequencies=frequencies,
        shapes=shapes,
        meant=intended,
        tokens=tokens,
        lengths=np.minimum(lengths, WIDTH).astype(np.int32),
        sizes=np.fromiter(map(len, squashed), dtype=np.int64, count=len(squashed)),
        letters=letters_of(squashed),
        totals=totals,
        numbers=numbers,
        initials=initials,
        as_initials=as_initials,
        everywhere=_everywhere(vocabulary, weights, flat, owners, len(cores)),
        opposites=_opposites(vocabulary, flat, owners, len(cores)),
    )


def _everywhere(
    vocabulary: list[str], weights: Floats, flat: Codes, owners: Ints, count: int
) -> Flags:
    """For each name whether all its words are common, or names that many places have."""
    telling = weights >= DISTINCTIVE
    telling[
        [at for word in words().everywhere if (at := place_of(vocabulary, word)) is not None]
    ] = False
    return np.asarray(np.bincount(owners[telling[flat]], minlength=count) == 0)


def _opposites(vocabulary: list[str], flat: Codes, owners: Ints, count: int) -> Codes:
    """For each name and kind of opposites a bit for each that one of its words says."""
    kinds = words().opposites
    found = np.zeros((count, len(kinds)), dtype=np.int32)
    for kind, bits in enumerate(kinds):
        of_word = np.zeros(len(vocabulary), dtype=np.int32)
        for word, bit in bits.items():
            if (at := place_of(vocabulary, word)) is not None:
                of_word[at] = bit
        says = np.flatnonzero(of_word[flat])
        np.bitwise_or.at(found[:, kind], owners[says], of_word[flat[says]])
    return found


def _initials(shapes: WordShapes, flat: Codes, lengths: Ints) -> tuple[Ints, Ints]:
    """For names of three to six words their first letters, for names of one word of so many letters
    those letters, as numbers.
    """
    starts = np.cumsum(lengths) - lengths
    initials, as_initials = (np.full(len(lengths), MISSING, dtype=np.int64) for _ in range(2))
    for count in range(3, 7):
        of_count = np.flatnonzero(lengths == count)
        places = starts[of_count, None] + np.arange(count)
        initials[of_count] = (
            shapes.first[flat[places]] * 128 ** np.arange(count, dtype=np.int64)
        ).sum(axis=1)
    one_word = np.flatnonzero(lengths == 1)
    as_initials[one_word] = shapes.spelled[flat[starts[one_word]]]
    return initials, as_initials


def _has_digit(part: str) -> bool:
    return not part.isalpha() and any(map(str.isdigit, part))


def _number(part: str) -> str:
    """The digits of a word without leading zeros."""
    digits = "".join(filter(str.isdigit, part))
    return digits.lstrip("0") or "0"
