"""Read the unit that a column's name gives its numbers: `Revenue (INR Cr)`, `Umsatz (1000 EUR)`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from leads.lexicon.numbers.as_of import take_date
from leads.lexicon.numbers.money_forms import power_of_mil, with_thousands_in_words
from leads.lexicon.numbers.quantities import Token, tokens, vocabulary
from leads.lexicon.places.countries import country_code
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
#: A word alone in brackets that is this short is a unit, such as `(mdp)`, and no remark.
_LONGEST_UNIT = 5
#: Before a unit in brackets: `(in EUR)`.
_IN = {"in", "en", "em", "w"}
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
    """What the words of one name say about its unit."""

    powers: dict[int, str] = field(default_factory=dict)
    signs: list[str] = field(default_factory=list)
    unread: bool = False


@dataclass(frozen=True, slots=True)
class _Role:
    """What one token adds to the unit; nothing if it is a neutral word."""

    power: int = 0
    style: str = ""
    sign: str = ""


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
    power = next(iter(found.powers), 0)
    scale = _data()["scale_words"].get(str(power), {}).get(found.powers.get(power, ""), "")
    certain, loose = _currencies(found.signs, power)
    sign = next(iter(certain or loose), "")
    is_one_unit = len(found.powers) < 2 and len(certain | loose) < 2
    understood = not found.unread and is_one_unit and (not power or bool(scale))
    return HeaderUnit(scale, sign, sign if certain else None, understood, before)


def _currencies(signs: Sequence[str], power: int) -> tuple[set[str], set[str]]:
    """Return the currencies, and the ambiguous signs that may mean yet another currency."""
    shared = document("money.yaml")["shared"]
    implied = _data()["scale_of_currency"].get(str(power))
    found = {implied if implied in shared.get(sign, ()) else sign for sign in signs}
    certain = {sign for sign in found if sign not in shared}
    # `US$` and `$` are one currency, `USD` and `EUR` are two.
    loose = {sign for sign in found - certain if not certain & set(shared[sign])}
    return certain, loose


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
    for at in part:
        role = _role(at, part, words, inside=inside)
        if role is None:
            # Outside brackets, the words before a unit are what it measures.
            unread = unread or inside or first < len(words) or _is_half_a_unit(at, part, words)
        elif role.power or role.sign:
            _add(found, role, follows=_is_number(words, at - 1, part))
            first = min(first, at)

    if unread and _is_all_unit(first, part, words, inside=inside):
        found.unread = True
    return first


def _is_half_a_unit(at: int, part: range, words: Sequence[Token]) -> bool:
    """Check for a letter that may be a scale behind all that a column measures: `Revenue m`."""
    known = _data()
    if words[at].text not in known["half_units"] or at == part.start:
        return False
    behind = words[at + 1 : part.stop]
    return all(
        word.kind == "number" or "filler" in word.parts or word.text in known["neutral"]
        for word in behind
    )


def _is_all_unit(first: int, part: range, words: Sequence[Token], *, inside: bool) -> bool:
    """Check whether the unknown words of a part belong to its unit, which begins at `first`."""
    if not inside or first < len(words):
        return True
    if len(part) > 1:
        return words[part[0]].text in _IN
    only = words[part[0]]
    return only.kind == "word" and len(only.text) <= _LONGEST_UNIT and not country_code(only.text)


def _is_number(words: Sequence[Token], at: int, part: range) -> bool:
    return at in part and words[at].kind == "number" and words[at + 1].kind != "number"


def _add(found: _Found, role: _Role, *, follows: bool) -> None:
    """Add a role; the power of a scale right behind a number multiplies it (`100m`)."""
    if role.sign:
        found.signs.append(role.sign)
    if role.power:
        number = next(iter(found.powers), 0) if follows else 0
        if number:
            del found.powers[number]
        found.powers[number + role.power] = "en" if number else role.style


def _role(at: int, part: range, words: Sequence[Token], *, inside: bool) -> _Role | None:
    """Return the power, its style and the currency that a token states; None if it is unknown."""
    word = words[at]
    if word.kind == "number":
        return _role_of_number(at, part, words, inside=inside)
    if word.text in document("money.yaml")["mil"]["words"]:
        return _role_of_mil(words)

    sign = _currency(at, part, words, inside=inside)
    scale = _scale(at, part, words, inside=inside)
    if scale:
        power, style = scale.split()
        # A letter shows no language: `m` before `1.234` leaves open what the dot means.
        return _Role(int(power), "none" if _is_short(word, 1) else style, sign)
    if sign or "filler" in word.parts or word.text in _data()["neutral"]:
        return _Role(sign=sign)
    return None


def _currency(at: int, part: range, words: Sequence[Token], *, inside: bool) -> str:
    """Return the currency of a token; "" for a weak one without a scale or number beside it."""
    word = words[at]
    sign = word.parts.get("currency", "")
    if "scale" in word.parts or word.text not in _data()["weak_currencies"]:
        return sign
    is_unit = _has("scale", _beside(at, part, words)) or (inside and word.text != "fr")
    return sign if is_unit else ""


def _scale(at: int, part: range, words: Sequence[Token], *, inside: bool) -> str:
    """Return the scale of a token; "" for a short one without a currency or number near it."""
    word = words[at]
    scale = word.parts.get("scale", "")
    if "currency" in word.parts or not _is_short(word, _LETTERS) or _is_sure(at, part, word):
        return scale
    # `(USD, mn)`: in brackets a comma may stand between.
    near = [words[place] for place in part] if inside else _beside(at, part, words)
    is_unit = _has("currency", near) or (inside and len(part) == 1)
    return scale if is_unit else ""


def _beside(at: int, part: range, words: Sequence[Token]) -> list[Token]:
    return [words[place] for place in (at - 1, at + 1) if place in part]


def _has(role: str, near: Sequence[Token]) -> bool:
    """Check for a number or a word with this role."""
    return any(role in word.parts or word.kind == "number" for word in near)


def _is_sure(at: int, part: range, word: Token) -> bool:
    return at > part.start and word.text in _data()["sure_scales"]


def _is_short(word: Token, letters: int) -> bool:
    return len(word.text) <= letters and word.text.isascii()


def _role_of_number(at: int, part: range, words: Sequence[Token], *, inside: bool) -> _Role | None:
    """Return the power of `1000`, `10,000` or the `100` of `100m`; years are nothing."""
    digits = re.sub(r"\D", "", words[at].text)
    if int(digits) in _YEARS or (not inside and not _near_unit(at, part, words)):
        return _Role()
    if not re.fullmatch(r"10+|0{3}(?:000)?", digits):
        return None
    return _Role(len(digits) - digits.startswith("1"), "both")


def _near_unit(at: int, part: range, words: Sequence[Token]) -> bool:
    near = _beside(at, part, words)
    return any("currency" in word.parts or word.text in {"x", "×", "*"} for word in near)


def _role_of_mil(words: Sequence[Token]) -> _Role | None:
    power = _power_of_mil(words)
    return _Role(power, "both" if power == 3 else "en") if power else None


def _power_of_mil(words: Sequence[Token]) -> int:
    """Return 3 or 6 by the currency or the language of the other words; 0 if neither decides."""
    if power := power_of_mil(words):
        return power
    texts = {part for word in words for part in word.text.split()}
    beside = _data()["beside_mil"]
    found = [int(power) for power, others in beside.items() if texts & set(others)]
    return found[0] if len(found) == 1 else 0


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(_DATA.read_bytes())
    return data
