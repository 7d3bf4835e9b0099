"""Table of the distinct names of a list: weighted words, numbers, and spelling without spaces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedupe.acronym_pairs import Acronyms, known_acronyms
from dedupe.acronyms import find_acronyms
from dedupe.arrays import MISSING, Codes, Flags, Floats, Ints, padded, place_of, places_among
from dedupe.core_words import CoreWords
from dedupe.corpus import Corpus
from dedupe.corrections import corrections_of
from dedupe.expansions import expanded, expanded_part
from dedupe.list_counts import places_of
from dedupe.sounds import latin_spellings
from dedupe.spelled_words import SpelledWords, spelled_words
from dedupe.text_hashes import hashes_of
from dedupe.whole_list import WholeInitials, WholeWords
from dedupe.word_kinds import Kind, kinds_of, known_words
from dedupe.word_shapes import WordShapes, letters_of
from dedupe.words import DISTINCTIVE, KNOWN, PLACE, weigh, words

#: Words per name that are compared, heaviest first; further words only add to the name's weight.
WIDTH = 8
#: Words of a place that are compared.
_WORDS_OF_PLACE = 3
#: Names that are only alphabetical neighbours are compared if they may be this similar.
_NEARLY = 0.75


@dataclass(frozen=True, slots=True)
class Names:
    """The distinct name cores in order. Arrays are indexed by name, `vocabulary` arrays by word."""

    cores: list[str]
    #: How many names the list has by which the words are weighed: this one, or that of a corpus.
    listed: int
    #: The words of each core without spaces, with abbreviations and translations unified.
    squashed: list[str]
    vocabulary: list[str]
    weights: Floats
    frequencies: Ints
    shapes: WordShapes
    #: For each word, the known word it is a typo of; -1 if none.
    correction: Codes
    #: Its first letter, whether it has a correction, and its length, as one number.
    marks: NDArray[np.uint32]
    #: What kind of word each is, see `Kind`.
    kinds: Codes
    #: Word codes, heaviest first; -1 beyond the last word.
    tokens: Codes
    #: How many entries of `tokens` are filled.
    lengths: Codes
    #: The number of letters in `squashed`, and a bit for each letter that occurs.
    sizes: Ints
    letters: NDArray[np.uint64]
    #: The total weight of all words.
    totals: Floats
    #: A code for the set of numbers in the name; -1 if none.
    numbers: Codes
    #: Short names and the long names that they may abbreviate.
    acronyms: Acronyms
    #: No word distinguishes the name from names elsewhere: every town has its Hotel Post.
    everywhere: Flags
    #: A word is a trade that serves one town: Hotel, Farmácia.
    local: Flags
    #: For each kind of opposites (north and south …), a bit for each one the name contains.
    opposites: Codes

    def spelled_alike(self, left: Ints, right: Ints, share: float = _NEARLY) -> Flags:
        """Check whether the letters of two names allow a spelling similarity of `share` (0 to
        1).
        """
        return spelled_alike(self.sizes, self.letters, left, right, share)


def spelled_alike(
    sizes: Ints, letters: NDArray[np.uint64], left: Ints, right: Ints, share: float = _NEARLY
) -> Flags:
    """Check whether the numbers of letters, and which ones occur, allow a spelling similarity."""
    both = sizes[left], sizes[right]
    unlike = np.maximum(np.bitwise_count(letters[left] ^ letters[right]), np.abs(both[0] - both[1]))
    return np.asarray(unlike <= (1 - share) * (both[0] + both[1]) + 1e-6)


def with_places(names: Names, placed: Flags) -> Names:
    """Lower the weight of the words with a flag, which `names_of_places` gives."""
    if not placed.any():
        return names
    weights = np.where(placed, np.minimum(names.weights, PLACE), names.weights)
    return _reweighed(names, weights.astype(np.float32))


def names_of_places(names: Names, of_node: Codes, city: Codes, cities: list[str]) -> Flags:
    """Check for words that name the place of most companies with that word."""
    if not len(cities):
        return np.zeros(len(names.vocabulary), dtype=bool)
    borne, placed = times_in_place(names, of_node, city, cities, None)
    return np.asarray((placed > 1) & (placed * 2 >= borne))


def weights_in_place(weights: Floats, borne: Ints, placed: Ints) -> Floats:
    """Return the weights of words that occur so often, and so often in the city they name."""
    low = (placed > 1) & (placed * 2 >= borne)
    return np.where(low, np.minimum(weights, PLACE), weights).astype(np.float32)


def times_in_place(
    names: Names, of_node: Codes, city: Codes, cities: list[str], whole: WholeWords | None
) -> tuple[Ints, Ints]:
    """Return how often each word occurs in a row with a city, and how often it names that city."""
    words_of = words_of_places(names, cities, whole)
    of_cities = np.zeros(len(names.vocabulary) + 1, dtype=bool)
    of_cities[words_of[words_of >= 0]] = True
    known = np.flatnonzero(city >= 0)
    tokens = names.tokens[of_node[known]]
    row, place = np.nonzero(of_cities[tokens])
    word = tokens[row, place]
    in_place = (words_of[city[known[row]]] == word[:, None]).any(axis=1)
    borne, placed = (
        np.bincount(codes, minlength=len(names.vocabulary)) for codes in (word, word[in_place])
    )
    return borne, placed


def words_of_places(names: Names, places: list[str], whole: WholeWords | None) -> Codes:
    """Return the first three words of each place that are words of names."""
    rows = [text.split() for text in places]
    if whole:
        every = list(dict.fromkeys(word for row in rows for word in row))
        of_names = dict(zip(every, whole.has(every).tolist(), strict=True))
        rows = [[word for word in row if of_names[word]][:_WORDS_OF_PLACE] for row in rows]
    codes = [_codes_of(names.vocabulary, row) for row in rows]
    return padded(codes, _WORDS_OF_PLACE)


def _codes_of(vocabulary: list[str], words: list[str]) -> list[int]:
    """Return the codes of the words that are in the vocabulary."""
    found = (place_of(vocabulary, word) for word in words)
    return [code for code in found if code is not None]


def _reweighed(names: Names, weights: Floats) -> Names:
    """Return the names with other word weights; word order stays that of the old weights."""
    before, after = (
        np.append(values, np.float32(0))[names.tokens].sum(axis=1)
        for values in (names.weights, weights)
    )
    return replace(
        names, weights=weights, totals=(names.totals - before + after).astype(np.float32)
    )


def tabulate(
    cores: list[str], foreign: frozenset[str] = frozenset(), corpus: Corpus | None = None
) -> Names:
    """Split the distinct cores of a list into weighted words; `foreign` are of other scripts.

    Words are weighed by the counts of a corpus, if there is one.
    """
    split = CoreWords.of(cores)
    found, shapes = expanded_words(cores, split, foreign)
    acronyms = find_acronyms(cores, found.vocabulary, split, corpus)
    frequencies, listed = np.bincount(found.flat, minlength=len(found.vocabulary)), len(cores)
    if corpus:
        frequencies, listed = corpus.words.of_texts(found.vocabulary), corpus.names
    weighed = weigh_words(found.vocabulary, frequencies, shapes, listed)
    return replace(_weighted(cores, found, shapes, acronyms, weighed), listed=listed)


def expanded_words(
    cores: list[str], split: CoreWords, foreign: frozenset[str]
) -> tuple[SpelledWords, WordShapes]:
    """Return the words of cores with abbreviations written out, and the shapes of these words."""
    found = spelled_words(cores, split, latin_spellings(foreign, split.words))
    shapes = WordShapes.of(found.vocabulary)
    return replace(found, flat=expanded(found.vocabulary, shapes)[found.flat]), shapes


def tabulate_part(cores: list[str], whole: WholeWords, initials: WholeInitials | None) -> Names:
    """Split some of the distinct cores of a list into words, weighed as in the whole list."""
    found = expanded_part(spelled_words(cores, CoreWords.of(cores), whole.latin), whole.expansions)
    vocabulary = found.vocabulary
    at = places_of(whole.hashes, hashes_of(vocabulary))
    meant = (whole.corrections.get(word) for word in vocabulary)
    places = (None if word is None else place_of(vocabulary, word) for word in meant)
    weighed = WeighedWords(
        whole.weights[at],
        whole.frequencies[at],
        whole.kinds[at],
        np.array([MISSING if place is None else place for place in places], dtype=np.int32),
    )
    acronyms = known_acronyms(cores, initials)
    names = _weighted(cores, found, WordShapes.of(vocabulary), acronyms, weighed)
    return names if whole.placed is None else _reweighed(names, whole.placed[at])


class WeighedWords(NamedTuple):
    """Weight, frequency, kind and correction of each word of a vocabulary."""

    weights: Floats
    frequencies: Ints
    kinds: Codes
    corrections: Codes


def weigh_words(
    vocabulary: list[str], frequencies: Ints, shapes: WordShapes, names: int
) -> WeighedWords:
    """Weigh the words of a list of so many names."""
    weights = weigh(vocabulary, frequencies, names, shapes)
    kinds = kinds_of(vocabulary, frequencies, shapes, names)
    known = known_words(kinds) & (kinds != Kind.NAME) & (weights > KNOWN)
    weights = np.where(known, np.float32(KNOWN), weights)
    corrections = corrections_of(vocabulary, frequencies, shapes)
    corrected = np.minimum(weights, weights[corrections])
    weights = np.where(corrections >= 0, corrected, weights).astype(np.float32)
    return WeighedWords(weights, frequencies, kinds, corrections)


def weigh_by(corpus: Corpus, vocabulary: list[str], shapes: WordShapes) -> WeighedWords:
    """Weigh words by the counts of a corpus."""
    return weigh_words(vocabulary, corpus.words.of_texts(vocabulary), shapes, corpus.names)


def _weighted(
    cores: list[str],
    spelled: SpelledWords,
    shapes: WordShapes,
    acronyms: Acronyms,
    weighed: WeighedWords,
) -> Names:
    """Return the names with their words sorted by weight."""
    vocabulary, flat, lengths = spelled.vocabulary, spelled.flat, spelled.lengths
    weights, frequencies, kinds, corrections = weighed
    owners = np.repeat(np.arange(len(cores)), lengths)
    order = np.lexsort((flat, -weights[flat], owners))
    flat = flat[order]
    totals = np.bincount(owners, weights=weights[flat], minlength=len(cores)).astype(np.float32)
    place = np.arange(len(flat)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    tokens = np.full((len(cores), WIDTH), MISSING, dtype=np.int32)
    kept = place < WIDTH
    tokens[owners[kept], place[kept]] = flat[kept]
    return Names(
        cores=cores,
        listed=len(cores),
        squashed=spelled.squashed,
        vocabulary=vocabulary,
        weights=weights,
        frequencies=frequencies,
        shapes=shapes,
        correction=corrections,
        marks=shapes.marks(corrections >= 0),
        kinds=kinds,
        tokens=tokens,
        lengths=np.minimum(lengths, WIDTH).astype(np.int32),
        sizes=np.fromiter(map(len, spelled.squashed), dtype=np.int64, count=len(cores)),
        letters=letters_of(spelled.squashed),
        totals=totals,
        numbers=spelled.numbers,
        acronyms=acronyms,
        everywhere=_everywhere(vocabulary, weights, flat, owners, len(cores)),
        local=_serve_towns(vocabulary, flat, owners, len(cores)),
        opposites=_opposites(vocabulary, flat, owners, len(cores)),
    )


def _everywhere(
    vocabulary: list[str], weights: Floats, flat: Codes, owners: Ints, count: int
) -> Flags:
    """For each name, check whether all its words are common or are names found in many places."""
    telling = weights >= DISTINCTIVE
    telling[places_among(vocabulary, words().everywhere)] = False
    return np.asarray(np.bincount(owners[telling[flat]], minlength=count) == 0)


def _serve_towns(vocabulary: list[str], flat: Codes, owners: Ints, count: int) -> Flags:
    """For each name, check for a trade that serves one town."""
    local = np.zeros(len(vocabulary), dtype=bool)
    local[places_among(vocabulary, words().local)] = True
    return np.asarray(np.bincount(owners[local[flat]], minlength=count) > 0)


def _opposites(vocabulary: list[str], flat: Codes, owners: Ints, count: int) -> Codes:
    """For each name and kind of opposites, set a bit for each opposite it contains."""
    kinds = words().opposites
    found = np.zeros((count, len(kinds)), dtype=np.int32)
    for kind, bits in enumerate(kinds):
        places = places_among(vocabulary, bits)
        if not places:
            continue
        of_word = np.zeros(len(vocabulary), dtype=np.int32)
        of_word[places] = [bits[vocabulary[at]] for at in places]
        says = np.flatnonzero(of_word[flat])
        np.bitwise_or.at(found[:, kind], owners[says], of_word[flat[says]])
    return found
