"""Parse numbers in a text with the bounds, scales and ranges around them.

A text is split into tokens. Every known phrase is one token, with the roles it can play. The
phrases are data: `leads/lexicon/data/quantities.yaml`, plus the caller's vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from leads.lexicon.numbers.numerals import NUMERAL, Numeral
from leads.lexicon.numbers.scales import first_of_range, glued_units, scaled
from leads.lexicon.reference import document

_EAST = r"\u3040-\u30ff\u4e00-\u9fff"
_TOKEN = (
    r"(?P<blank>"
    rf" ?)(?:(?P<number>{NUMERAL})|(?P<word>[{_EAST}]|[^\W\d_{_EAST}]+(?:'[^\W\d_]+)*)|(?P<sign>\S))"
)
_LONGEST_PHRASE = 5
_EXACT = Fraction(0)
_MINUS = ("-", "–", "−")

#: A phrase as its words and signs, in lower case.
Phrase = tuple[str, ...]
#: The roles of a phrase, each with its meaning: `before` a number, `between`, `to`, `until`, `and`,
#: `after`, `scale`, `growing`; callers add their own.
Parts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Token:
    """One number, sign, word or known phrase."""

    text: str
    kind: str
    parts: Parts = field(default_factory=dict)
    #: No space before it.
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range in units of one, with its qualifiers and its position among the tokens."""

    low: Fraction
    #: None for a single number.
    high: Fraction | None
    #: `more_than`, `at_least`, `less_than`, `at_most`, `about`, `negative`.
    bounds: frozenset[str]
    currencies: frozenset[str]
    start: int
    end: int
    #: Half a unit of the last digit, if a scale shows that the number was rounded.
    slack: Fraction = _EXACT


@cache
def vocabulary(name: str) -> Mapping[Phrase, Parts]:
    """Load the phrases of `quantities.yaml` and of `NAME.yaml` (under `words`)."""
    data = document("quantities.yaml")
    sections: list[tuple[str, str, Sequence[str]]] = [
        (part, part, data[part]) for part in ("to", "until", "and", "growing")
    ]
    sections += [("between", "between", data["before"]["between"])]
    sections += [
        (part, meaning, phrases)
        for part in ("before", "after")
        for meaning, phrases in data[part].items()
    ]
    sections += [
        ("scale", f"{scale['power']} {scale['style']}", scale["words"]) for scale in data["scales"]
    ]
    own = document(f"{name}.yaml")
    sections += [
        (part, meaning, phrases)
        for part, groups in own["words"].items()
        for meaning, phrases in groups.items()
    ]
    sections += glued_units(own)
    known: dict[Phrase, dict[str, str]] = {}
    for part, meaning, phrases in sections:
        for phrase in phrases:
            known.setdefault(tuple(word for word, *_ in _cut(phrase)), {})[part] = meaning
    return known


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_TOKEN)


def _cut(text: str) -> list[tuple[str, str, bool]]:
    return [
        (match[0].lstrip(" ").casefold(), match.lastgroup or "sign", not match["blank"])
        for match in _pattern().finditer(text)
    ]


def tokens(text: str, known: Mapping[Phrase, Parts]) -> list[Token]:
    """Split a plain text into tokens, each the longest known phrase at its position."""
    raw = _cut(text)
    found: list[Token] = []
    at = 0
    while at < len(raw):
        word, kind, glued = raw[at]
        size = next(
            (
                size
                for size in range(min(_LONGEST_PHRASE, len(raw) - at), 0, -1)
                if tuple(part for part, *_ in raw[at : at + size]) in known
            ),
            1,
        )
        parts = known.get(tuple(part for part, *_ in raw[at : at + size]), {})
        # The dot of an abbreviation (ca., Mio.) belongs to it.
        if not (
            word == "."
            and glued
            and found
            and found[-1].parts.keys() & {"before", "scale", "currency", "filler"}
        ):
            found.append(
                Token(" ".join(part for part, *_ in raw[at : at + size]), kind, parts, glued)
            )
        at += size
    return found


def quantities(words: Sequence[Token]) -> list[Quantity] | None:
    """Return every number or range in text order; None if one cannot be read."""
    found: list[Quantity] = []
    for at, word in enumerate(words):
        if word.kind != "number" or (found and at < found[-1].end):
            continue
        quantity = _Reader(words, found[-1].end if found else 0).read(at)
        if quantity is None:
            return None
        found.append(quantity)
    return found


@dataclass(slots=True)
class _Reader:
    """Reads the quantity around one number."""

    words: Sequence[Token]
    #: Tokens before this one belong to the previous quantity.
    floor: int
    bounds: set[str] = field(default_factory=set)
    currencies: set[str] = field(default_factory=set)

    def read(self, at: int) -> Quantity | None:
        start, before = self._before(at)
        end, after = self._units(at + 1)
        scale = after or before
        second, between = self._second(end)
        if second is None:
            number = scaled(self.words[at].text, scale)
            slack = number.half_step if number and scale else _EXACT
            return self._quantity(number, None, start, end, slack) if number else None

        end, behind = self._units(second + 1)
        # `TEUR 8.500 - 12.000`: a scale before the range is that of both its ends.
        scale2 = behind or between or ("" if after else before)
        high = scaled(self.words[second].text, scale2)
        low = first_of_range(self.words[at].text, scale, self.words[second].text, scale2)
        return self._quantity(low, high, start, end) if low and high else None

    def _quantity(
        self, low: Numeral, high: Numeral | None, start: int, end: int, slack: Fraction = _EXACT
    ) -> Quantity:
        # The words behind the number add bounds, so they are read first.
        end = self._after(end)
        # `od 10 do 50` is a range, `od 10` is at least 10.
        if "from" in self.bounds:
            self.bounds.discard("from")
            self.bounds.add("between" if high else "at_least")
        return Quantity(
            low.value,
            high.value if high else None,
            frozenset(self.bounds),
            frozenset(self.currencies),
            start,
            end,
            slack,
        )

    def _parts(self, at: int) -> Parts:
        return self.words[at].parts if 0 <= at < len(self.words) else {}

    def _before(self, at: int) -> tuple[int, str]:
        """Return where the quantity starts, and the scale before its number (`TEUR 1,250`)."""
        start, scale = at, ""
        while start > self.floor:
            parts = self._parts(start - 1)
            if "currency" in parts:
                self.currencies.add(parts["currency"])
                scale = scale or parts.get("scale", "")
            elif "scale" in parts and (self.currencies or "currency" in self._parts(start - 2)):
                scale = parts["scale"]
            elif bound := self._bound_before(start, parts):
                self.bounds.add(bound)
            else:
                break
            start -= 1

        if self._is_negative(start):
            self.bounds.add("negative")
        return start, scale

    def _bound_before(self, start: int, parts: Parts) -> str:
        """Return the bound that the word before `start` sets; "" if it sets none."""
        if "before" in parts or "between" in parts:
            return parts.get("before") or "between"
        if "until" in parts:
            return "at_most"
        if self.words[start - 1].text == "+":
            return "at_least" if self.words[start].glued else "bullet"
        return ""

    def _is_negative(self, start: int) -> bool:
        return (
            start > self.floor and self.words[start - 1].text in _MINUS and self.words[start].glued
        )

    def _units(self, at: int) -> tuple[int, str]:
        """Return where scale and currency after a number end, and the scale."""
        scale = ""
        for _ in range(2):
            parts = self._parts(at)
            if "scale" in parts and not scale:
                scale = parts["scale"]
            elif "currency" not in parts:
                break
            if "currency" in parts:
                self.currencies.add(parts["currency"])
            at += 1
        return at, scale

    def _second(self, at: int) -> tuple[int | None, str]:
        """Return the index of the range's second number, and the scale before it; None if there is
        no range.
        """
        parts = self._parts(at)
        if not ("to" in parts or "until" in parts or ("and" in parts and "between" in self.bounds)):
            return None, ""
        at += 1
        scale = ""
        while at < len(self.words) and (
            "currency" in self._parts(at) or self._parts(at).get("before") == "about"
        ):
            if "currency" in self._parts(at):
                self.currencies.add(self._parts(at)["currency"])
                scale = scale or self._parts(at).get("scale", "")
            at += 1
        is_number = at < len(self.words) and self.words[at].kind == "number"
        return (at, scale) if is_number else (None, "")

    def _after(self, at: int) -> int:
        while "after" in self._parts(at) and not (
            self.words[at].text in {"+", "plus"} and self._number_follows(at)
        ):
            self.bounds.add(self._parts(at)["after"])
            at += 1
        return at

    def _number_follows(self, at: int) -> bool:
        """Check whether the sign at `at` belongs to the next number (`7 +5`), not the previous
        one.
        """
        if self.words[at].text == "+" and self.words[at].glued:
            return False
        while "before" in self._parts(at + 1):
            at += 1
        return at + 1 < len(self.words) and self.words[at + 1].kind == "number"
