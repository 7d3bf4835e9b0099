"""Compare two names: shared and unshared words by weight, typos, spelling, numbers, initials."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from dedupe.arrays import Bits, Codes, Flags, Floats, Ints
from dedupe.compare_words import WordMeasures, compare_words, no_measures
from dedupe.names_table import WIDTH, Names

#: Pairs compared at once; keeps working arrays under 100 MB.
_CHUNK = 200_000
#: Pairs are compared in groups by their number of words: more than the one, up to the other. A few
#: pairs are in fewer groups, as each takes its time; the sums of weights are the same.
_WIDTHS = ((0, 2), (2, 3), (3, 4), (4, 6), (6, WIDTH))
_FEWER_WIDTHS = ((0, 6), (6, WIDTH))
_FEW = 500
#: Spellings less similar than this are ignored.
_SPELLED_ALIKE = 0.6
#: Spellings more similar than this are worth comparing, whatever the words.
_SPELLED_AS_ONE = 0.8
#: Two swapped letters of a shorter name may make another name.
_SWAPPED = 7
#: Names without spaces that earn this much credit have the same words.
_ONE_NAME = 0.6


@dataclass(frozen=True, slots=True)
class NamePairs:
    """Measures of pairs of different names; every array has one entry per pair."""

    left: Ints
    right: Ints
    #: Weight of the words both have; misspelled words count in part.
    shared: Floats
    #: Weight of the words only the left name has, and only the right name.
    left_over: Floats
    right_over: Floats
    #: Weight of the words with no match, not even a misspelled one, for the name with less of
    #: them.
    least_own: Floats
    #: Weight of the heaviest shared word, misspelled ones in part; and the same for words spelled
    #: alike.
    rarest: Floats
    rarest_exact: Floats
    #: Similarity of the spellings without spaces, 0 to 1; 0 if not worth measuring.
    spelling: Floats
    #: Both have numbers, and they differ.
    numbers_differ: Flags
    #: Only one has a number.
    number_only_once: Flags
    #: One is the initials of the other, or a blend of its words.
    initials: Flags
    #: How surprising that would be by chance; -inf for other pairs.
    surprise: Floats
    #: The names contain opposite words (north, south).
    opposites: Flags
    #: A bit for each word, heaviest first, that the other name lacks.
    left_own: Bits
    right_own: Bits

    def __len__(self) -> int:
        return len(self.left)

    def take(self, chosen: Ints | Flags) -> NamePairs:
        """Select some of the pairs."""
        return NamePairs(*(getattr(self, name)[chosen] for name in self.__slots__))


def join(parts: list[NamePairs]) -> NamePairs:
    """Concatenate several groups of pairs."""
    if len(parts) == 1:
        return parts[0]
    columns = (
        np.concatenate([getattr(part, name) for part in parts]) for name in NamePairs.__slots__
    )
    return NamePairs(*columns)


def promising(compared: NamePairs) -> Flags:
    """Check whether any attribute could still make these names a match."""
    return np.asarray(
        _share_enough(
            compared.shared, np.minimum(compared.left_over, compared.right_over), compared.rarest
        )
        | (compared.spelling > _SPELLED_AS_ONE)
        | compared.initials
    )


def _share_enough(shared: Floats, over: Floats, rarest: Floats) -> Flags:
    """Check whether shared words alone make a pair promising; `over` is what one name has more."""
    return np.asarray((shared / np.maximum(shared + over, 1e-6) > 0.5) & (rarest > 1.5))


def compare_names(names: Names, left: Ints, right: Ints, asked: Flags) -> NamePairs:
    """Measure pairs of names given by their codes.

    A pair that is neither `asked` for nor promising lacks its spelling.
    """
    count = len(left)
    measures = no_measures(count)
    widest = np.maximum(names.lengths[left], names.lengths[right])
    for low, width in _WIDTHS if count > _FEW else _FEWER_WIDTHS:
        of_width = np.flatnonzero((widest > low) & (widest <= width))
        for start in range(0, len(of_width), _CHUNK):
            part = of_width[start : start + _CHUNK]
            compare_words(names, left, right, part, width, measures)

    surprise = names.acronyms.surprise_of(left, right, len(names.cores))
    over = np.minimum(np.maximum(measures.over_left, 0), np.maximum(measures.over_right, 0))
    kept = asked | (surprise > -np.inf) | _share_enough(measures.shared, over, measures.rarest)
    spelling = _spelling(names, left, right, kept)
    _match_without_spaces(names, left, right, spelling, measures)
    shared, rarest, rarest_exact, over_left, over_right, slip_left, slip_right = measures[:7]
    # The same words reordered or abbreviated count as much as the same letters.
    spelling = np.where(
        (over_left < 0.01) & (over_right < 0.01), np.maximum(spelling, np.float32(0.97)), spelling
    )
    of_left, of_right = names.numbers[left], names.numbers[right]
    return NamePairs(
        left=left,
        right=right,
        shared=shared,
        left_over=np.maximum(over_left, 0),
        right_over=np.maximum(over_right, 0),
        least_own=np.maximum(np.minimum(over_left - slip_left, over_right - slip_right), 0),
        rarest=rarest,
        rarest_exact=rarest_exact,
        spelling=spelling,
        numbers_differ=(of_left >= 0) & (of_right >= 0) & (of_left != of_right),
        number_only_once=(of_left >= 0) != (of_right >= 0),
        initials=surprise > -np.inf,
        surprise=surprise,
        opposites=_opposites(names.opposites[left], names.opposites[right]),
        left_own=measures.own_left,
        right_own=measures.own_right,
    )


def _opposites(left: Codes, right: Codes) -> Flags:
    return np.asarray(((left != 0) & (right != 0) & (left != right)).any(axis=1))


def _spelling(names: Names, left: Ints, right: Ints, kept: Flags) -> Floats:
    """Compare spellings without spaces; skip pairs whose letters rule out a high similarity.

    Pairs that are not `kept` for another reason are measured only if they may be spelled as one.
    """
    similarity = np.zeros(len(left), dtype=np.float32)
    for part, least in ((kept, _SPELLED_ALIKE), (~kept, _SPELLED_AS_ONE)):
        at = np.flatnonzero(part)
        near = at[names.spelled_alike(left[at], right[at], least)]
        one, other = ([names.squashed[at] for at in side[near].tolist()] for side in (left, right))
        similarity[near] = process.cpdist(
            one, other, scorer=Indel.normalized_similarity, score_cutoff=least, dtype=np.float32
        )
    return _with_swaps(names, left, right, similarity)


def _with_swaps(names: Names, left: Ints, right: Ints, similarity: Floats) -> Floats:
    """Count two swapped letters as one slip: Avnagard and Avangard."""
    at = np.flatnonzero((similarity > _SPELLED_AS_ONE) & (similarity < 1))
    at = at[names.sizes[left[at]] == names.sizes[right[at]]]
    at = at[names.letters[left[at]] == names.letters[right[at]]]
    at = at[names.sizes[left[at]] >= _SWAPPED]
    one, other = ([names.squashed[at] for at in side[at].tolist()] for side in (left, right))
    swapped = process.cpdist(one, other, scorer=OSA.distance, score_cutoff=1, dtype=np.int32) == 1
    at = at[swapped]
    slip = np.float32(1) - np.float32(0.5) / names.sizes[left[at]].astype(np.float32)
    similarity[at] = np.maximum(similarity[at], slip)
    return similarity


def _match_without_spaces(
    names: Names, left: Ints, right: Ints, spelling: Floats, out: WordMeasures
) -> None:
    """Let names that differ only in spaces (`SoftVortex`, `Soft Vortex`) share all their words."""
    shared, rarest, _, over_left, over_right, slip_left, slip_right = out[:7]
    differ = (
        (names.lengths[left] != names.lengths[right])
        & (np.minimum(over_left, over_right) > 0.4)
        & (spelling > 0.84)
    )
    at = np.flatnonzero(differ)
    more = np.where(names.lengths[left[at]] > names.lengths[right[at]], left[at], right[at])
    credit = np.clip((spelling[at] - 0.8) / 0.18, 0, 1).astype(np.float32)
    better = credit * names.totals[more] > shared[at]
    at, more, credit = at[better], more[better], credit[better]
    shared[at] = credit * names.totals[more]
    missing = (1 - credit) * names.totals[more]
    over_left[at] = over_right[at] = slip_left[at] = slip_right[at] = missing
    rarest[at] = np.maximum(rarest[at], credit * names.weights[names.tokens[more, 0]])
    one = at[credit > _ONE_NAME]
    out.own_left[one] = out.own_right[one] = 0
