"""How alike two names are: words shared and left over by weight, like spellings of words, the whole
spelling, numbers, initials.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel, Prefix

from dedupe.arrays import Codes, Flags, Floats, Ints
from dedupe.names_table import WIDTH, Names

#: Pairs compared at once: keeps the working arrays under 100 MB.
_CHUNK = 200_000
#: Words at least this alike count as one word misspelled.
_LIKE = 0.74
#: One slip in a word of six letters or more leaves it at least so much alike; less counts less.
_ONE_SLIP = 0.83
#: A misspelled word counts so far as the one that is meant.
_INTENDED = 0.9
#: Spellings less alike than this say nothing.
_SPELLED_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class NamePairs:
    """Measures of pairs of different names, one entry a pair."""

    left: Ints
    right: Ints
    #: Weight of the words both have, misspelled ones in part.
    shared: Floats
    #: Weight of the words only the left, only the right has.
    left_over: Floats
    right_over: Floats
    #: Weight of the words that are not even a misspelled one of the other name, for the name with
    #: less of them.
    least_own: Floats
    #: Weight of the weightiest word both have, misspelled ones in part; the same of words spelled
    #: alike.
    rarest: Floats
    rarest_exact: Floats
    #: Likeness of the spellings without spaces, 0 to 1; 0 where it was not worth measuring.
    spelling: Floats
    #: Both have numbers, and not the same ones.
    numbers_differ: Flags
    #: Only one has a number.
    number_only_once: Flags
    #: One is the initials of the other.
    initials: Flags
    #: They have words of which one says the opposite of the other.
    opposites: Flags

    def __len__(self) -> int:
        return len(self.left)

    def take(self, chosen: Ints | Flags) -> NamePairs:
        """Some of the pairs."""
        return NamePairs(*(getattr(self, name)[chosen] for name in self.__slots__))


def join(parts: list[NamePairs]) -> NamePairs:
    """Several lots of pairs as one."""
    return (
        parts[0]
        if len(parts) == 1
        else NamePairs(
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in NamePairs.__slots__
            )
        )
    )


class _Measures(NamedTuple):
    """What is filled in place, one entry a pair; `slip` is the part of `over` that lies in
    misspelled words.
    """

    shared: Floats
    rarest: Floats
    rarest_exact: Floats
    over_left: Floats
    over_right: Floats
    slip_left: Floats
    slip_right: Floats


def compare_names(names: Names, left: Ints, right: Ints) -> NamePairs:
    """Measure pairs of names given by their codes."""
    count = len(left)
    measures = _Measures(*(np.zeros(count, dtype=np.float32) for _ in _Measures._fields))
    widest = np.maximum(names.lengths[left], names.lengths[right])
    for low, width in ((0, 2), (2, 3), (3, 4), (4, 6), (6, WIDTH)):
        of_width = np.flatnonzero((widest > low) & (widest <= width))
        for start in range(0, len(of_width), _CHUNK):
            part = of_width[start : start + _CHUNK]
            _compare_words(names, left, right, part, width, measures)
    spelling = _spelling(names, left, right)
    _match_glued(names, left, right, spelling, measures)
    shared, rarest, rarest_exact, over_left, over_right, slip_left, slip_right = measures
    # The same words in another order, or abbreviated, are as good as the same letters.
    spelling = np.where(
        (over_left < 0.01) & (over_right < 0.01), np.maximum(spelling, np.float32(0.97)), spelling
    )
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
        numbers_differ=(names.numbers[left] >= 0)
        & (names.numbers[right] >= 0)
        & (names.numbers[left] != names.numbers[right]),
        number_only_once=(names.numbers[left] >= 0) != (names.numbers[right] >= 0),
        initials=_initials(names, left, right),
        opposites=_opposites(names.opposites[left], names.opposites[right]),
    )


def _opposites(left: Codes, right: Codes) -> Flags:
    return np.asarray(((left != 0) & (right != 0) & (left != right)).any(axis=1))


def _initials(names: Names, left: Ints, right: Ints) -> Flags:
    forward = (names.initials[left] >= 0) & (names.initials[left] == names.as_initials[right])
    return np.asarray(
        forward
        | ((names.initials[right] >= 0) & (names.initials[right] == names.as_initials[left]))
    )


def _spelling(names: Names, left: Ints, right: Ints) -> Floats:
    """Likeness of the spellings without spaces; those whose letters rule out so much likeness are
    not even compared.
    """
    likeness = np.zeros(len(left), dtype=np.float32)
    near = np.flatnonzero(names.spelled_alike(left, right, _SPELLED_ALIKE))
    one, other = ([names.squashed[at] for at in side[near].tolist()] for side in (left, right))
    likeness[near] = process.cpdist(
        one,
        other,
        scorer=Indel.normalized_similarity,
        score_cutoff=_SPELLED_ALIKE,
        dtype=np.float32,
    )
    return likeness


def _match_glued(names: Names, left: Ints, right: Ints, spelling: Floats, out: _Measures) -> None:
    """Names written with other spaces (`SoftVortex`, `Soft Vortex`) share all their words, as far
    as they are spelled alike.
    """
    shared, rarest, _, over_left, over_right, slip_left, slip_right = out
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
    over_left[at] = over_right[at] = slip_left[at] = slip_right[at] = (1 - credit) * names.totals[
        more
    ]
    rarest[at] = np.maximum(rarest[at], credit * names.weights[names.tokens[more, 0]])


def _compare_words(
    names: Names, left: Ints, right: Ints, part: Ints, width: int, out: _Measures
) -> None:
    """Fill the word measures of some pairs, all of whose names have at most `width` words."""
    shared, rarest, rarest_exact, over_left, over_right, _, _ = out
    words_left, words_right = names.tokens[left[part], :width], names.tokens[right[part], :width]
    equal = (words_left[:, :, None] == words_right[:, None, :]) & (words_left[:, :, None] >= 0)
    in_both_left, in_both_right = equal.any(axis=2), equal.any(axis=1)
    weights = np.where(in_both_left, names.weights[words_left], np.float32(0))
    shared[part] = weights.sum(axis=1)
    rarest[part] = rarest_exact[part] = weights.max(axis=1)
    over_left[part] = names.totals[left[part]] - shared[part]
    over_right[part] = names.totals[right[part]] - shared[part]
    only_left, only_right = ~in_both_left & (words_left >= 0), ~in_both_right & (words_right >= 0)
    pair, at_left, at_right = np.nonzero(only_left[:, :, None] & only_right[:, None, :])
    likeness = _word_likeness(names, words_left[pair, at_left], words_right[pair, at_right])
    kept = np.flatnonzero(likeness > 0)
    _match_misspelled(
        names,
        part,
        (words_left, words_right),
        (pair[kept], at_left[kept], at_right[kept]),
        likeness[kept],
        out,
    )


def _word_likeness(names: Names, left: Codes, right: Codes) -> Floats:
    """How far two different words count as one: typing errors and abbreviations, 0 for words that
    only look alike.
    """
    likeness = np.zeros(len(left), dtype=np.float32)
    intended = (names.meant[left] == right) | (names.meant[right] == left)
    near = np.flatnonzero(names.shapes.could_be_one(left, right) | intended)
    if not len(near):
        return likeness
    size = len(names.vocabulary)
    codes, back = np.unique(left[near].astype(np.int64) * size + right[near], return_inverse=True)
    one, other = codes // size, codes % size
    first, second = (
        [names.vocabulary[at] for at in one.tolist()],
        [names.vocabulary[at] for at in other.tolist()],
    )
    alike = np.asarray(
        process.cpdist(
            first, second, scorer=OSA.normalized_similarity, score_cutoff=_LIKE, dtype=np.float32
        )
    )
    alike = np.where(
        (alike > 0) & names.shapes.same_letters(one, other),
        np.float32(0.95),
        np.where(alike > _ONE_SLIP, alike, alike * alike),
    )
    # A slip of the pen makes a word nobody else has; two words that others have too are likelier
    # two words.
    established = np.minimum(names.frequencies[one], names.frequencies[other]) > 2
    alike = np.where(established, alike * np.float32(0.6), alike)
    begun = np.flatnonzero(names.shapes.begin_alike(one, other))
    alike[begun] = np.maximum(
        alike[begun],
        _shortened([first[at] for at in begun.tolist()], [second[at] for at in begun.tolist()]),
    )
    likeness[near] = alike[back]
    likeness[intended] = _INTENDED
    return likeness


def _shortened(one: list[str], other: list[str]) -> Floats:
    """How far one word counts as the other shortened; numbers and words of two letters are never
    like another.
    """
    count = len(one)
    sizes = [np.fromiter(map(len, side), dtype=np.int32, count=count) for side in (one, other)]
    shorter, longer = np.minimum(*sizes), np.maximum(*sizes)
    digits = [np.fromiter(map(str.isdigit, side), dtype=bool, count=count) for side in (one, other)]
    begins = process.cpdist(one, other, scorer=Prefix.similarity, dtype=np.int32) == shorter
    # Nobody shortens a word by a single letter: Mars is not short for Marsh.
    credit = np.where(
        shorter >= 4,
        np.where(longer - shorter > 1, 0.75, 0.0),
        np.where((shorter == 1) | (shorter == 3), 0.5, 0.0),
    )
    return np.where(begins & ~digits[0] & ~digits[1], credit, 0.0).astype(np.float32)


def _match_misspelled(
    names: Names,
    part: Ints,
    words: tuple[Codes, Codes],
    places: tuple[Ints, Ints, Ints],
    likeness: Floats,
    out: _Measures,
) -> None:
    """Match each word with at most one of the other name, the likest first, and move its weight to
    what is shared.
    """
    shared, rarest, _, over_left, over_right, slip_left, slip_right = out
    pair, at_left, at_right = places
    gain = likeness * np.minimum(
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
            (over_left, slip_left, names.weights[words[0][pair[best], at_left[best]]]),
            (over_right, slip_right, names.weights[words[1][pair[best], at_right[best]]]),
        ):
            over[target] -= likeness[best] * weight
            slip[target] += (1 - likeness[best]) * weight
        used = np.full((len(part), 2), -1)
        used[pair[best], 0], used[pair[best], 1] = at_left[best], at_right[best]
        free = np.flatnonzero((used[pair, 0] != at_left) & (used[pair, 1] != at_right))
        pair, at_left, at_right, gain, likeness = (
            pair[free],
            at_left[free],
            at_right[free],
            gain[free],
            likeness[free],
        )
