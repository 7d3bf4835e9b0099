"""Score words that leave out letters of a longer word: Instrs for Instruments, Hlth for Health."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from dedupe.arrays import Floats

_VOWELS = frozenset("aeiou")
#: How far a contraction counts as the whole word: three letters may abbreviate many words.
_CONTRACTED = 0.75
_OF_THREE_LETTERS = 0.5
_SHORTEST = 3


def contracted(one: list[str], other: list[str]) -> Floats:
    """Score how far one word of each pair is a contraction of the other."""
    found = np.zeros(len(one), dtype=np.float32)
    for at, pair in enumerate(zip(one, other, strict=True)):
        short, long = sorted(pair, key=len)
        if is_contraction(short, long):
            found[at] = _CONTRACTED if len(short) > _SHORTEST else _OF_THREE_LETTERS
    return found


def is_contraction(short: str, long: str) -> bool:
    """Check that a word is a longer one without vowels: same first letter, same order of letters."""
    if len(short) < _SHORTEST or len(long) < len(short) + 2 or short[0] != long[0]:
        return False
    vowels = sum(letter in _VOWELS for letter in short[1:])
    if vowels * 3 > len(short) or (vowels and len(short) < 5):
        return False
    if not short.isalpha() or not _ends_alike(short, long):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short) and _keeps_consonants(short, long)


def _ends_alike(short: str, long: str) -> bool:
    """Check the last letter, also of the singular; a word may be cut off behind a consonant."""
    return long[-1] == short[-1] or long.rstrip("s")[-1] == short.rstrip("s")[-1:]


@lru_cache(maxsize=50_000)
def consonants(word: str) -> int:
    """Count the letters that are no vowels."""
    return sum(letter not in _VOWELS for letter in word)


def _keeps_consonants(short: str, long: str) -> bool:
    """Check that most consonants remain, or that the word begins the long one (Transn)."""
    return consonants(short) * 2 > consonants(long)
