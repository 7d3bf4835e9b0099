"""Read the unit that a column's name gives its numbers: `Revenue (INR Cr)`, `Umsatz (1000 EUR)`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from leads.lexicon.numbers.as_of import take_date
from leads.lexicon.numbers.money_forms import with_thousands_in_words
from leads.lexicon.numbers.quantities import Token, tokens, vocabulary
from leads.lexicon.plain_text import plain_text
from leads.lexicon.reference import document, read_yaml

#: The unit of a column whose name states one that cannot be read.
UNKNOWN_UNIT = "?"
_DATA = Path(__file__).parent / "data" / "units.yaml"
_CAMEL = re.compile(
    r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ]{2,}|[A-ZÀ-Þ][a-zà-ÿ]{2})|(?<=[A-Z])(?=[A-Z][a-z]{2})"
)
_OPEN, _CLOSE = "([{", ")]}"
_LETTERS = 2
#: The years of figures, which are no numbers of the unit.
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """The unit of a column's numbers."""

    #: The power of ten as the word to read cells with, such as `mio`; "" for units of one.
    scale: str = ""
    #: The currency as a sign or code to read cells with; "" if the name has none.
    sign: str = ""
    #: The currency if the sign leaves no doubt.
    currency: str | None = None
    #: False if the name states a unit that is not wholly read.
    understood: bool = True
    #: The name before its unit.
    before: str = ""

    @property
    def of_money(self) -> str:
        """The unit to read amounts of money with."""
        if not self.understood:
            return UNKNOWN_UNIT
        return " ".join(part for part in (self.scale, self.sign) if part)


@dataclass(slots=True)
class _Found:
    """What the words of one name say of its unit."""

    powers: dict[int, str] = field(default_factory=dict)
    signs: list[str] = field(default_factory=list)
    unread: bool = False


def header_unit(header: str) -> HeaderUnit:
    """Read the unit in a column's name; not understood if only a part of it can be read."""
    _, plain = take_date(plain_text(_CAMEL.sub(" ", header.replace("_", " "))))
    words = tokens(with_thousands_in_words(plain), vocabulary("money"))
    found = _Found()
    first = len(words)
    for part, inside in _parts(words):
        at = _read_part(part, words, found, inside=inside)
        first = min(first, at)
    if first == len(words):
        return HeaderUnit(understood=not found.unread)
    return _unit(found, " ".join(word.text for word in words[:first]))


def _unit(found: _Found, before: str) -> HeaderUnit:
    shared = document("money.yaml")["shared"]
    power = next(iter(found.powers), 0)
    implied = _data()["scale_of_currency"].get(str(power))
    signs = [implied if implied in shared.get(sign, ()) else sign for sign in found.signs]
    certain = {sign for sign in signs if sign not in shared}
    # `US$` and `$` are one currency, `USD` and `EUR` are two.
    loose = {sign for sign in signs if sign in shared and not certain & set(shared[sign])}
    understood = not found.unread and len(found.powers) < 2 and len(certain | loose) < 2
    sign = next(iter(certain or loose), "")
    scale = _data()["scale_words"].get(str(power), {}).get(found.powers.get(power, ""), "")
    if power and not scale:
        understood = False
    return HeaderUnit(scale, sign, sign if certain else None, understood, before)


def _parts(words: Sequence[Token]) -> list[tuple[range, bool]]:
    """Return the tokens outside brackets and those in each bracket."""
    parts: list[tuple[range, bool]] = []
    start, inside = 0, False
    for at, word in enumerate(words):
        if word.text in _OPEN or word.text in _CLOSE:
            parts.append((range(start, at), inside))
            start, inside = at + 1, word.text in _OPEN
    parts.append((range(start, len(words)), inside))
    return [(part, inside) for part, inside in parts if part]


def _read_part(part: range, words: Sequence[Token], found: _Found, *, inside: bool) -> int:
    """Add what a part says; return the place of its first word of the unit, else the end."""
    first = len(words)
    unread = False
    states_unit = inside and words[part[0]].text in {"in", "en", "em", "w"} and len(part) > 1
    for at in part:
        role = _role(at, part, words, inside=inside)
        if role is None:
            unread = True
            continue
        power, style, sign = role
        if power:
            _add_power(found, power, style, follows=_is_number(words, at - 1, part))
        if sign:
            found.signs.append(sign)
        if power or sign:
            first = min(first, at)
    if unread and (inside or _is_behind(first, part)) and (first < len(words) or states_unit):
        found.unread = True
    return first


def _is_number(words: Sequence[Token], at: int, part: range) -> bool:
    return at in part and words[at].kind == "number" and words[at + 1].kind != "number"


def _add_power(found: _Found, power: int, style: str, *, follows: bool) -> None:
    """Add a power of ten; that of a scale right behind a number multiplies it (`100m`)."""
    number = next(iter(found.powers), 0) if follows else 0
    if number:
        del found.powers[number]
    found.powers[number + power] = "en" if number else style


def _is_behind(first: int, part: range) -> bool:
    """Check whether the unit begins the part, so that all words behind it belong to it."""
    return first < part[-1]


def _role(
    at: int, part: range, words: Sequence[Token], *, inside: bool
) -> tuple[int, str, str] | None:
    """Return the power, its style and the currency that a token states; None if it is unknown."""
    word = words[at]
    beside = [words[near] for near in (at - 1, at + 1) if near in part]
    if word.kind == "number":
        return _power_of_number(at, part, words, inside=inside)
    if word.text in _data()["mil"]["words"]:
        of_mil = _power_of_mil(words)
        return (of_mil, "both" if of_mil == 3 else "en", "") if of_mil else None

    sign = word.parts.get("currency", "")
    scale = word.parts.get("scale", "")
    if sign and not scale and word.text in _data()["weak_currencies"]:
        near = any("scale" in other.parts or other.kind == "number" for other in beside)
        sign = sign if near or (inside and word.text != "fr") else ""
    if scale and not sign and len(word.text) <= _LETTERS and word.text.isascii():
        # `(USD, mn)`: in brackets a comma may stand between.
        close = [words[near] for near in part] if inside else beside
        near = any("currency" in other.parts or other.kind == "number" for other in close)
        scale = scale if near or (inside and len(part) == 1) else ""
    if scale or sign:
        power, style = scale.split() if scale else ("0", "")
        # A letter shows no language: `m` before `1.234` leaves open what the dot means.
        style = "none" if len(word.text) == 1 and word.text.isascii() else style
        return int(power), style, sign
    known = "filler" in word.parts or word.text in _data()["neutral"]
    return (0, "", "") if known else None


def _power_of_number(
    at: int, part: range, words: Sequence[Token], *, inside: bool
) -> tuple[int, str, str] | None:
    """Return the power of `1000`, `10,000` or the `100` of `100m`; years are nothing."""
    digits = re.sub(r"\D", "", words[at].text)
    if int(digits) in _YEARS or (not inside and not _near_unit(at, part, words)):
        return 0, "", ""
    if not re.fullmatch(r"10+|0{3}(?:000)?", digits):
        return None
    return len(digits) - digits.startswith("1"), "both", ""


def _near_unit(at: int, part: range, words: Sequence[Token]) -> bool:
    near = [words[place] for place in (at - 1, at + 1) if place in part]
    return any("currency" in word.parts or word.text in {"x", "×", "*"} for word in near)


def _power_of_mil(words: Sequence[Token]) -> int:
    """Return 3 or 6 by the currency or the language of the other words; 0 if neither decides."""
    data = _data()["mil"]
    signs = {word.parts["currency"] for word in words if "currency" in word.parts}
    for power, currencies in data["currencies"].items():
        if signs & set(currencies):
            return int(power)
    texts = {part for word in words for part in word.text.split()}
    found = [int(power) for power, others in data["beside"].items() if texts & set(others)]
    return found[0] if len(found) == 1 else 0


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(_DATA.read_bytes())
    return data
