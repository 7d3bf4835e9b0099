"""Compare the words of two names: equal words, typos and abbreviations, by weight."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

from dedupe.arrays import Bits, Codes, Flags, Floats, Ints
from dedupe.contractions import contracted
from dedupe.likely_words import FEW, corrected, likely
from dedupe.names_table import WIDTH, Names
from dedupe.word_kinds import Kind, is_compound_of, known_words

#: Words at least this similar count as one misspelled word.
_SAME_WORD = 0.74
#: One typo in a word of six or more letters keeps at least this similarity; lower counts less.
_ONE_TYPO = 0.83
#: A misspelled word counts this much of the intended word.
_CORRECTED = 0.9
#: Matched words at least this similar are one word; others are still words of their own.
_ONE_WORD = 0.5
#: Two words that are both known, or both frequent, are at most this likely a slip.
_DOUBTFUL = np.float32(0.5)
#: No abbreviation of a known word saves as few letters as this.
_SAVES_LITTLE = 2
#: A word in more names than this is no slip.
_SELDOM = 2


class WordMeasures(NamedTuple):
    """Arrays filled in place, one entry per pair; `slip` is the part of `over` in misspelled
    words.
    """

    shared: Floats
    rarest: Floats
    rarest_exact: Floats
    over_left: Floats
    over_right: Floats
    slip_left: Floats
    slip_right: Floats
    #: A bit for each of the first eight words that the other name lacks.
    own_left: Bits
    own_right: Bits


def no_measures(count: int) -> WordMeasures:
    """Return measures of `count` pairs to fill."""
    weights = [np.zeros(count, dtype=np.float32) for _ in range(7)]
    bits = [np.zeros(count, dtype=np.uint8) for _ in range(2)]
    return WordMeasures(*weights, *bits)  # type: ignore[arg-type]


def compare_words(
    names: Names, left: Ints, right: Ints, part: Ints, width: int, out: WordMeasures
) -> None:
    """Fill the word measures of pairs whose names have at most `width` words."""
    shared, rarest, rarest_exact, over_left, over_right = out[:5]
    # A column at a time: NumPy is slow at short rows.
    words_left, words_right = (
        np.asfortranarray(names.tokens[side[part], :width]) for side in (left, right)
    )
    in_both_left, in_both_right = _in_both(words_left, words_right)
    weights = np.where(in_both_left, names.weights[words_left], np.float32(0))
    shared[part] = _sums(weights)
    rarest[part] = rarest_exact[part] = weights.max(axis=1)
    over_left[part] = names.totals[left[part]] - shared[part]
    over_right[part] = names.totals[right[part]] - shared[part]
    only_left, only_right = ~in_both_left & (words_left >= 0), ~in_both_right & (words_right >= 0)
    pair, at_left, at_right = likely(names, (words_left, only_left), (words_right, only_right))
    similarity = _word_similarity(names, words_left[pair, at_left], words_right[pair, at_right])
    kept = np.flatnonzero(similarity > 0)
    out.own_left[part], out.own_right[part] = _bits(only_left), _bits(only_right)
    _match_misspelled(
        names,
        part,
        (words_left, words_right),
        (pair[kept], at_left[kept], at_right[kept]),
        similarity[kept],
        out,
    )


def _sums(weights: Floats) -> Floats:
    """Add the weights of each row; eight are added in pairs, as NumPy adds a row."""
    if weights.shape[1] == WIDTH:
        weights = np.ascontiguousarray(weights)
    return np.asarray(weights.sum(axis=1))


def _in_both(left: Codes, right: Codes) -> tuple[Flags, Flags]:
    """For each word of each side, check whether the other side has it."""
    if len(left) <= FEW:
        same = (left[:, :, None] == right[:, None, :]) & (left >= 0)[:, :, None]
        return np.asfortranarray(same.any(axis=2)), np.asfortranarray(same.any(axis=1))
    found = [np.zeros(side.shape, dtype=bool, order="F") for side in (left, right)]
    for one in range(left.shape[1]):
        present = left[:, one] >= 0
        for other in range(right.shape[1]):
            equal = left[:, one] == right[:, other]
            equal &= present
            found[0][:, one] |= equal
            found[1][:, other] |= equal
    return found[0], found[1]


def _slips(names: Names, left: Codes, right: Codes) -> Flags:
    """Check for a known word and a rare unknown one, which is then a slip: `gold` and `goll`."""
    known = known_words(names.kinds)
    unknown = np.where(known[left], right, left)
    return np.asarray((known[left] != known[right]) & (names.frequencies[unknown] <= _SELDOM))


def _bits(flags: Flags) -> Bits:
    """Pack up to eight flags per row into one number."""
    return np.packbits(np.ascontiguousarray(flags), axis=1, bitorder="little")[:, 0]


def _bit(place: Ints) -> Bits:
    return np.left_shift(np.uint8(1), place.astype(np.uint8))


def _word_similarity(names: Names, left: Codes, right: Codes) -> Floats:
    """Score how far two different words count as one (typo, abbreviation); 0 if unrelated."""
    if not len(left):
        return np.zeros(0, dtype=np.float32)
    size = len(names.vocabulary)
    codes, back = np.unique(left.astype(np.int64) * size + right, return_inverse=True)
    one, other = codes // size, codes % size
    first = [names.vocabulary[at] for at in one.tolist()]
    second = [names.vocabulary[at] for at in other.tolist()]
    alike = np.asarray(
        process.cpdist(
            first,
            second,
            scorer=OSA.normalized_similarity,
            score_cutoff=_SAME_WORD,
            dtype=np.float32,
        )
    )
    swapped = (alike > 0) & names.shapes.same_letters(one, other)
    alike = np.where(alike > _ONE_TYPO, alike, alike * alike)
    alike = np.where(swapped, np.float32(0.95), alike)

    # A typo creates a word nobody else has. If others have both words, they are more likely two
    # words.
    established = np.minimum(names.frequencies[one], names.frequencies[other]) > 2
    known = known_words(names.kinds)
    two_known = known[one] & known[other] & ~names.shapes.may_be_plural(one, other)
    doubtful = established | two_known | names.shapes.begin_apart(one, other)
    alike = np.where(doubtful, alike * _DOUBTFUL, alike)
    begun = np.flatnonzero(names.shapes.begin_alike(one, other))
    credit = _credit(names, one[begun], other[begun])
    begun, credit = begun[credit > 0], credit[credit > 0]
    credit[_compounds(names, one[begun], other[begun])] = 0
    short = np.where(
        _begins([first[at] for at in begun.tolist()], [second[at] for at in begun.tolist()]),
        credit,
        np.float32(0),
    )
    # An abbreviation saves more than two letters; plast and plastik are two known words.
    saved = np.abs(names.shapes.lengths[one[begun]] - names.shapes.lengths[other[begun]])
    two_words = two_known[begun] & (saved <= _SAVES_LITTLE)
    short = np.where(two_words, np.minimum(short, _DOUBTFUL), short)
    alike[begun] = np.maximum(alike[begun], short)
    spare = names.shapes.could_be_contracted(one, other).tolist()
    alike[spare] = np.maximum(
        alike[spare], contracted([first[at] for at in spare], [second[at] for at in spare])
    )

    similarity = alike[back]
    similarity[corrected(names, left, right)] = _CORRECTED
    return similarity


def _compounds(names: Names, one: Ints, other: Ints) -> Flags:
    """Check for a compound word and its beginning, which does not abbreviate it."""
    found = ((names.kinds[one] | names.kinds[other]) & Kind.COMPOUND) != 0
    for at in np.flatnonzero(found).tolist():
        pair = names.vocabulary[int(one[at])], names.vocabulary[int(other[at])]
        found[at] = is_compound_of(max(pair, key=len), min(pair, key=len))
    return np.asarray(found)


def _credit(names: Names, one: Ints, other: Ints) -> Floats:
    """Score how far the beginning of a word abbreviates it; two letters never do."""
    sizes = names.shapes.lengths[one], names.shapes.lengths[other]
    shorter, longer = np.minimum(*sizes), np.maximum(*sizes)
    # Nobody abbreviates by a single letter: Mars is not short for Marsh.
    credit = np.where(
        shorter >= 4,
        np.where(longer - shorter > 1, 0.75, 0.0),
        np.where((shorter == 1) | (shorter == 3), 0.5, 0.0),
    )
    return credit.astype(np.float32)


def _begins(one: list[str], other: list[str]) -> Flags:
    """Check whether one word is the beginning of the other; numbers never are."""
    count = len(one)
    sizes = [np.fromiter(map(len, side), dtype=np.int32, count=count) for side in (one, other)]
    digits = [np.fromiter(map(str.isdigit, side), dtype=bool, count=count) for side in (one, other)]
    begins = process.cpdist(one, other, scorer=Prefix.similarity, dtype=np.int32)
    return np.asarray((begins == np.minimum(*sizes)) & ~digits[0] & ~digits[1])


def _match_misspelled(
    names: Names,
    part: Ints,
    words: tuple[Codes, Codes],
    places: tuple[Ints, Ints, Ints],
    similarity: Floats,
    out: WordMeasures,
) -> None:
    """Match each word with at most one word of the other name, and share its weight."""
    shared, rarest, over_left, over_right = out.shared, out.rarest, out.over_left, out.over_right
    pair, at_left, at_right = places
    gain = similarity * np.minimum(
        names.weights[words[0][pair, at_left]], names.weights[words[1][pair, at_right]]
    )
    for _ in range(3):
        if not len(pair):
            return
        order = np.lexsort((at_right, at_left, -gain, pair))
        best = order[np.r_[True, pair[order][1:] != pair[order][:-1]]]
        target = part[pair[best]]
        shared[target] += gain[best]
        rarest[target] = np.maximum(rarest[target], gain[best])
        for over, slip, weight in (
            (over_left, out.slip_left, names.weights[words[0][pair[best], at_left[best]]]),
            (over_right, out.slip_right, names.weights[words[1][pair[best], at_right[best]]]),
        ):
            over[target] -= similarity[best] * weight
            slip[target] += (1 - similarity[best]) * weight
        slips = _slips(
            names, words[0][pair[best], at_left[best]], words[1][pair[best], at_right[best]]
        )
        sure = np.flatnonzero((similarity[best] > _ONE_WORD) | slips)
        out.own_left[target[sure]] &= ~_bit(at_left[best[sure]])
        out.own_right[target[sure]] &= ~_bit(at_right[best[sure]])
        used = np.full((len(part), 2), -1)
        used[pair[best], 0], used[pair[best], 1] = at_left[best], at_right[best]
        free = np.flatnonzero((used[pair, 0] != at_left) & (used[pair, 1] != at_right))
        pair, at_left, at_right, gain, similarity = (
            pair[free],
            at_left[free],
            at_right[free],
            gain[free],
            similarity[free],
        )
