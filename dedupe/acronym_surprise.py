"""How surprising it is that a short name has the initials of a long one by chance."""

from __future__ import annotations

from collections import Counter
from math import log

#: How much each letter of a blend tells, as the log of its chance.
_BLEND_TELLS = 1.8
#: Log-odds: few names have "and"; letters without a vowel are no word; others may well be one.
_JOINED_TELLS = 2.5
_VOWELLESS_TELLS = 1.5
_WORD_TELLS = -0.5
#: A short list cannot show what is common, so it counts as having this many long names.
_AT_LEAST = 20
_VOWELS = frozenset("aeiouy")


def surprise_of(
    short: str, long: str, text: str, times: float, letters: Counter[str], sizes: Counter[int]
) -> float:
    """Return how surprising a match of two names by chance would be."""
    return _surprise(text, times, letters, sizes) + _looks_short(short, long, text)


def _surprise(text: str, times: float, letters: Counter[str], sizes: Counter[int]) -> float:
    """Return minus the log of how many names of the list have such initials by chance."""
    if not times:
        return _BLEND_TELLS * len(text) - log(max(sizes[2], _AT_LEAST))
    every = letters.total() + len("abcdefghijklmnopqrstuvwxyz")
    chance = log(times) + sum(log((letters[letter] + 1) / every) for letter in text)
    return -chance - log(max(sizes[len(text)], _AT_LEAST))


def _looks_short(short: str, long: str, text: str) -> float:
    """Return how much the look of a short name tells: `M&S` and `BNL` are no words."""
    if " and " in short:
        return _JOINED_TELLS if " and " in long else 0.0
    vowels = sum(letter in _VOWELS for letter in text)
    if not vowels:
        return _VOWELLESS_TELLS
    return _WORD_TELLS if len(text) > 3 and vowels * 3 >= len(text) else 0.0
