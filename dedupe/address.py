"""Parse a street line, so `7428 N. Rogers Ave.` equals `7428 North Rogers Avenue`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dedupe.data_files import document
from leads.lexicon.transliterate import to_ascii

_WORD = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"(\d{1,6})[a-z]?")
_GLUED_TYPE = re.compile(
    r"(?<=[a-z]{3})(?:strasse|str|straat|gatan|vagen|gasse|weg|platz|allee|plein|laan|gade|vej|katu|utca)$"
)


class Street(NamedTuple):
    """House number and first words of the street name, without direction and street type."""

    number: str
    name: str


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return directions, street types, and words whose number is not a house number."""
    data = document("street_words.yaml")
    return frozenset(data["directions"]), frozenset(data["kinds"]), frozenset(data["inside"])


def parse_street(text: str) -> Street | None:
    """Parse a street line or a full address; None if house number or street is missing."""
    words = _WORD.findall(to_ascii(text[:200]).lower().replace("'", ""))
    found = _house_number(words)
    if found is None:
        return None
    number, at = found

    directions, kinds, _ = _words()
    around = _beside(words, at)
    names = [
        _GLUED_TYPE.sub("", word) for word in around if word not in directions and word not in kinds
    ]
    long_names = [word for word in names if len(word) > 1 and not _NUMBER.fullmatch(word)]
    own = long_names or names or around
    return Street(number, own[0]) if own else None


def _house_number(words: list[str]) -> tuple[str, int] | None:
    """Return the first house number and its place; None if there is none, or it is zero."""
    inside = _words()[2]
    for at, word in enumerate(words):
        found = _NUMBER.fullmatch(word)
        if found and (at == 0 or words[at - 1] not in inside):
            number = found[1].lstrip("0")
            return (number, at) if number else None
    return None


def _beside(words: list[str], at: int) -> list[str]:
    """Return the street-name words: after the number in English, before it in German."""
    kinds = _words()[1]
    front, behind = words[:at], words[at + 1 :]
    if not front or not behind:
        return front or behind
    if any(word in kinds or _GLUED_TYPE.search(word) for word in front):
        return front
    return behind if not kinds.isdisjoint(behind) else front
