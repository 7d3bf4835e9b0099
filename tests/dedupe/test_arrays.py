"""Texts and keys are sorted as numbers; the order is that of the texts and keys themselves."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.arrays import order_of
from dedupe.block import pairs_in_blocks
from dedupe.core_words import CoreWords
from dedupe.shared_codes import shared_codes

#: Few letters, so that many texts begin alike or are equal; also the lowest sign, and one that is
#: not ASCII.
TEXTS = st.lists(st.text(st.sampled_from("ab \0é"), max_size=12))
PLAIN = st.lists(st.text(st.sampled_from("ab \0"), max_size=12))
#: Small keys and some that differ only in their lowest bits, of all lengths up to 62 bits.
KEYS = st.lists(st.integers(-1, 3) | st.integers(2**62 - 3, 2**62 - 1), max_size=40)


@given(TEXTS | PLAIN)
def test_texts_are_in_the_order_of_their_signs(texts: list[str]) -> None:
    expected = sorted(range(len(texts)), key=texts.__getitem__)
    assert order_of(texts).tolist() == expected


@given(KEYS)
def test_all_with_the_same_key_are_paired(keys: list[int]) -> None:
    expected = [
        (one, other)
        for one, other in combinations(range(len(keys)), 2)
        if keys[one] == keys[other] >= 0
    ]
    members, count = np.arange(len(keys)), max(len(keys), 1)

    pairs, largest, _ = pairs_in_blocks(
        np.array(keys, dtype=np.int64), members, count, len(keys) + 1, 1
    )

    assert [divmod(pair, count) for pair in pairs.tolist()] == expected
    assert largest == max(
        (keys.count(key) for key in keys if key >= 0 and keys.count(key) > 1), default=0
    )


@given(KEYS, st.integers(1, 9))
def test_shared_codes_are_the_same_in_shares(keys: list[int], at_once: int) -> None:
    codes = np.array(keys, dtype=np.int64)
    whole, parts = list(shared_codes(codes)), list(shared_codes(codes, at_once))
    assert [at for part in parts for at in part.tolist()] == [
        at for part in whole for at in part.tolist()
    ]


@given(st.lists(st.text(st.sampled_from("ab \t "), max_size=8)))
def test_words_of_names_are_counted_at_any_space(cores: list[str]) -> None:
    found = CoreWords.of(cores)
    assert found.lengths.tolist() == [len(core.split()) for core in cores]
    assert [found.words[code] for code in found.flat.tolist()] == " ".join(cores).split()
