"""Split a postal address from the name in front of it in the same cell."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum, auto
from functools import cache

from dedupe.data_files import document
from dedupe.name_parts import Beside, NameParts, ends_in_form, is_known_city
from leads.lexicon.transliterate import to_ascii

_PIECE = re.compile(r"[^\s,;]+")
#: A house or lot: `25`, `25b`, `1-2-3`, `12/3`.
_HOUSE = re.compile(r"\d{1,5}[a-z]?(?:[-/]\d{1,4}){0,2}[a-z]?")
_LOT = re.compile(r"\d{1,5}(?:-\d{1,4}){1,2}")
_GLUED_KIND = re.compile(
    r"[a-z]{3,}(?:strasse|strasze|str|straat|gatan|vagen|gasse|weg|platz|allee|laan|gracht|plein"
    r"|kade|gade|vej|veien|gata|katu|tie|utca)"
)
#: Words between the number and the kind of street, or between the kind and the number.
_NEAR = 4


class Before(Enum):
    """What stands before a possible address; a form or a comma makes an address likely."""

    NAME = auto()
    FORM_OR_COMMA = auto()
    FORM_AND_COMMA = auto()


def split_address(parts: NameParts, _: Beside) -> NameParts | None:
    """Split off a postal address that begins behind the name."""
    if not any(map(str.isdigit, parts.name)):
        return None
    spans = list(_PIECE.finditer(parts.name))
    folded = [to_ascii(word[0]).lower().strip(".") for word in spans]
    for at in range(1, len(spans)):
        head = parts.name[: spans[at].start()].rstrip(" ,;-–\n")
        if _begins(folded, at, _before(head, parts.name[len(head) : spans[at].start()])):
            address = parts.name[spans[at].start() :]
            return replace(parts, name=head, address=address, seat=_city_at_end(address))
    return None


def _before(head: str, between: str) -> Before:
    """Tell what stands between a name and a possible address."""
    marked = not between.isspace() or "\n" in between
    if ends_in_form(head):
        return Before.FORM_AND_COMMA if marked else Before.FORM_OR_COMMA
    return Before.FORM_OR_COMMA if marked else Before.NAME


def _city_at_end(address: str) -> str:
    """Return the known city that ends an address; empty if none does."""
    words = address.split()
    while words and any(map(str.isdigit, words[-1])):
        words.pop()
    tails = (" ".join(words[-count:]).strip(" ,.") for count in (2, 1))
    return next((tail for tail in tails if is_known_city(tail)), "")


def _begins(words: list[str], at: int, before: Before) -> bool:
    """Check for an address at a word: `25 avenue Matignon`, `12 Old Mill Road`, `Via Roma 12`."""
    near = words[at + 1 : at + 1 + _NEAR]
    if _HOUSE.fullmatch(words[at]) and words[at - 1] not in _street_kinds():
        return _is_number_of_house(words[at], near, before)
    if _GLUED_KIND.fullmatch(words[at]):
        # Without a mark, `Musterstrasse 5 12345` is an address: a postcode or town follows.
        return _is_house(near) and (before is not Before.NAME or len(near) > 1)
    if before is Before.NAME:
        return False
    if words[at] in _inside():
        return len(near) > 1 and _is_house(near)
    return words[at] in _street_kinds() and any(map(_HOUSE.fullmatch, near))


def _is_number_of_house(word: str, near: list[str], before: Before) -> bool:
    """Check a number in front of a street: a comma behind a form shows an address in itself."""
    if near and _is_lot(word, before):
        return True
    return len(near) > 1 if before is Before.FORM_AND_COMMA else _is_street(near)


def _is_lot(word: str, before: Before) -> bool:
    """Check for a lot as Japan numbers them: `1-2-3`, and `5-1` behind a mark; not `24-7`."""
    marked = before is not Before.NAME
    return _LOT.fullmatch(word) is not None and (marked or len(word) > len("24-7"))


def _is_house(near: list[str]) -> bool:
    return bool(near) and _HOUSE.fullmatch(near[0]) is not None


def _is_street(near: list[str]) -> bool:
    """Check the words behind a house number for a street with a name of its own."""
    place = next((place for place, word in enumerate(near) if _is_kind(word)), None)
    # The name stands before the kind in English, and behind it in French.
    return place is not None and (place > 0 or len(near) > 1) and "of" not in near[:place]


def _is_kind(word: str) -> bool:
    return word in _street_kinds() or _GLUED_KIND.fullmatch(word) is not None


@cache
def _street_kinds() -> frozenset[str]:
    return frozenset(document("name_parts.yaml")["street_kinds"])


@cache
def _inside() -> frozenset[str]:
    """Return the words whose number is a unit inside a building: `Unit 5`."""
    return frozenset(document("name_parts.yaml")["units"])
