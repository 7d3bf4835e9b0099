"""Match words written in other scripts with their Latin spelling by how they sound.

A transliteration is regular, and the spelling that a company chose is not: Яндекс becomes `yandeks`,
and the company is Yandex.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

#: Letters of scripts other than Latin.
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2e80-\ud7ff]")
#: A shorter word sounds like too many others.
_SHORTEST = 3
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"ph", "f"),
        (r"sch|shch|sh|zh", "s"),
        (r"tch|ch", "h"),
        (r"kh|gh", "h"),
        (r"th", "t"),
        (r"x", "ks"),
        (r"ck|q|c(?![eiy])", "k"),
        (r"c", "s"),
        (r"ts|tz|z", "s"),
        (r"w", "v"),
        (r"o[iyu]", "u"),
        (r"ai|ae", "e"),
        (r"ei(?=[^aeiouy]|$)", "i"),
        (r"k[iy]+a", "ka"),
        (r"[ijy]+", "i"),
        (r"t(?=[ks])", ""),
        (r"(.)\1+", r"\1"),
        (r"(?<=[bdfgkprst])u$", ""),
        (r"h$", ""),
    )
)


def is_of_another_script(text: str) -> bool:
    """Check for letters of a script other than Latin."""
    return not text.isascii() and _OTHER_SCRIPT.search(text) is not None


@lru_cache(maxsize=50_000)
def sound_of(word: str) -> str:
    """Return how a word sounds, roughly: equal for `yandeks` and `yandex`."""
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word


def latin_spellings(foreign: Iterable[str], words: Iterable[str]) -> dict[str, str]:
    """Return for each word from another script the one of the Latin `words` that sounds alike."""
    sought = {word for word in foreign if len(word) >= _SHORTEST}
    if not sought:
        return {}
    spelled: dict[str, set[str]] = {}
    for word in words:
        if len(word) >= _SHORTEST and word not in sought:
            spelled.setdefault(sound_of(word), set()).add(word)

    alike = {word: spelled.get(sound_of(word), set()) for word in sought}
    return {word: min(words) for word, words in alike.items() if len(words) == 1}
