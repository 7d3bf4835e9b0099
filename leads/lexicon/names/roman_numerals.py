"""Read Roman numerals in company names (`Mogara Fund II` is `mogara fund 2`)."""

from __future__ import annotations

from leads.lexicon.names.legal_form_table import tables


def with_arabic_numbers(words: list[str]) -> list[str]:
    """Turn Roman numerals from 2 to 39 into digits; I, V and X only after words like Fund."""
    last = words[-1] if len(words) > 1 else ""
    if last in _SINGLE_ROMAN and words[-2] in tables().numbered:
        return [*words[:-1], _SINGLE_ROMAN[last]]
    if _ARABIC.keys().isdisjoint(words):
        return words
    for at in range(1, len(words)):
        if words[at] in _ARABIC:
            return [*words[:at], _ARABIC[words[at]], *words[at + 1 :]]
    return words


_SINGLE_ROMAN = {"i": "1", "v": "5", "x": "10"}
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
#: From 2 to 39, without the single letters V and X.
_ARABIC = {
    numeral: str(10 * tens + unit)
    for tens in range(4)
    for unit, units in enumerate(_UNITS)
    if len(numeral := "x" * tens + units) > 1
}
#: Every numeral that is read.
ROMAN = frozenset((*_SINGLE_ROMAN, *_ARABIC))
