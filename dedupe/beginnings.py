"""Names that another name begins with, also with a slip: `Mircosoft`, `Microsoft Azure`."""

from __future__ import annotations

from rapidfuzz.distance import OSA

#: A shorter word with another letter is another word.
_LONG_WORD = 6


def beginning(name: str, longer: str) -> str:
    """Return the words that begin a longer name and are the whole other name; empty for none.

    A long word of the other name may have a slip.
    """
    if longer.startswith(f"{name} "):
        return name
    # Few slips are in the first two letters, and most names differ there.
    if name[:2] != longer[:2]:
        return ""
    mine, theirs = name.split(), longer.split()
    begun = theirs[: len(mine)]
    alike = len(theirs) > len(mine) and all(map(_is_one_word, mine, begun))
    return " ".join(begun) if alike else ""


def _is_one_word(one: str, other: str) -> bool:
    if one == other:
        return True
    long = len(one) >= _LONG_WORD and abs(len(one) - len(other)) <= 1
    return long and OSA.distance(one, other, score_cutoff=1) <= 1
