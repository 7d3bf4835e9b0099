"""Scales of numbers: the power of ten that a word means, and the words glued to a currency's code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from leads.lexicon.numbers.numerals import Numeral, read_numeral

#: Decimal mark of a scale's language; None: unknown (see `read_numeral`).
_DECIMAL = {"en": ".", "de": ",", "both": "", "none": None}


def scaled(text: str, scale: str) -> Numeral | None:
    """Read a number in a scale such as `6 en`; None if it cannot be read."""
    if not scale:
        return read_numeral(text)
    power, style = scale.split()
    numeral = read_numeral(text, _DECIMAL[style])
    return numeral.times(int(power)) if numeral else None


def first_of_range(text: str, scale: str, second: str, scale2: str) -> Numeral | None:
    """Read the first number of `10-50 Mio` in the second's scale, unless it is written out.

    It is written out if it would exceed the second: `10,000 - 1M`, but not `1,000 - 2,500 million`.
    """
    if scale or not scale2:
        return scaled(text, scale)
    shared, other = scaled(text, scale2), scaled(second, scale2)
    if shared is None or other is None:
        return None
    return shared if shared.value <= other.value else read_numeral(text)


def glued_units(own: Mapping[str, Any]) -> list[tuple[str, str, Sequence[str]]]:
    """Return the words of a scale glued to a currency's code, as currency and as scale.

    Only some codes are glued: tokens have no capitals, and `mARS` would be the month of March.
    """
    glued = own.get("glued", {})
    never = frozenset(glued.get("never", ()))
    found: list[tuple[str, str, Sequence[str]]] = []
    for place in ("before", "after"):
        for scale, letters in glued.get(place, {}).items():
            for letter, code in product(letters, glued[f"codes_{place}"]):
                low = code.lower()
                word = letter + low if place == "before" else low + letter
                if word not in never:
                    found += [("currency", code, (word,)), ("scale", scale, (word,))]
    return found
