"""Ways to write an amount that accountants and spreadsheets use: `(6,500)`, `in T€: 8.500`, `£'000`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from leads.lexicon.numbers.quantities import Token, quantities, tokens, vocabulary
from leads.lexicon.reference import document

_BRACKET = re.compile(r"\(([^()]*\d[^()]*)\)")
#: `£'000`, `EUR 000`, `(000s)`: three noughts apart from any number mean thousands.
_NOUGHTS = re.compile(r"(?<![\d.,])([^\d\s.,'-])(\s?)'?000(?:'?s\b|\b)(?![.,'-]?\d)")


def is_accounting_negative(text: str) -> bool:
    """Check for a loss in brackets (`(6,500,000)`, `€(6.5m)`): nothing outside but a currency."""
    inside = _BRACKET.search(text)
    if not inside:
        return False
    outside = _BRACKET.sub(" ", text, count=1)
    return all(_is_unit(word) for part in (outside, inside[1]) for word in _words(part, outside))


def _words(part: str, outside: str) -> list[Token]:
    found = tokens(part, vocabulary("money"))
    return found if part == outside else [word for word in found if word.kind != "number"]


def _is_unit(word: Token) -> bool:
    return bool(word.parts.keys() & {"currency", "scale"}) or word.text in {".", ",", "-", "–", "−"}


def with_thousands_in_words(text: str) -> str:
    """Write `£'000 850` as `£ thousand 850`."""
    return _NOUGHTS.sub(r"\1 thousand ", text)


def power_of_mil(words: Sequence[Token]) -> int:
    """Return the power of ten of `mil` beside these words' currency; 0 if they do not decide it."""
    signs = {word.parts["currency"] for word in words if "currency" in word.parts}
    for power, currencies in document("money.yaml")["mil"]["currencies"].items():
        if signs & set(currencies):
            return int(power)
    return 0


def with_mil(words: Sequence[Token]) -> list[Token]:
    """Make `mil` a scale where the currency decides it: `R$ 850 mil`, `12 mil. Kč`."""
    mil = document("money.yaml")["mil"]["words"]
    power = power_of_mil(words) if any(word.text in mil for word in words) else 0
    if not power:
        return list(words)
    parts = {"scale": "3 both" if power == 3 else "6 de"}
    return [replace(word, parts=parts) if word.text in mil else word for word in words]


def with_scale_beside(words: Sequence[Token]) -> list[Token]:
    """Move a scale that stands apart from the one amount behind it: `in T€: 8.500`, `8.500 (TEUR)`.

    An amount that has a scale of its own, or two scales apart, are left as they are.
    """
    found = quantities(words)
    if not found or len(found) != 1:
        return list(words)
    start, end = found[0].start, found[0].end
    apart = _scales((*words[:start], *words[end:]))
    if len(apart) != 1 or _scales(words[start:end]):
        return list(words)

    scale = apart[0]
    last = max(at for at in range(start, end) if words[at].kind == "number")
    return [*_without(scale, words[: last + 1]), scale, *_without(scale, words[last + 1 :])]


def _scales(words: Sequence[Token]) -> list[Token]:
    return [word for word in words if "scale" in word.parts]


def _without(token: Token, words: Sequence[Token]) -> list[Token]:
    return [word for word in words if word is not token]
