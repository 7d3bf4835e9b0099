"""A street line as house number and street name, so that `7428 N. Rogers Ave.` and `7428 North
Rogers Avenue` are the same place.
"""

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
    """House number and the first words of the street's own name, without direction and kind
    (Avenue, rue, -straße).
    """

    number: str
    name: str


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Directions, kinds of street, and words whose number is not the house's."""
    data = document("street_words.yaml")
    return frozenset(data["directions"]), frozenset(data["kinds"]), frozenset(data["inside"])


def parse_street(text: str) -> Street | None:
    """House number and street name of a street line or of a whole address; None when either is
    missing.
    """
    directions, kinds, inside = _words()
    words = _WORD.findall(to_ascii(text[:200]).lower().replace("'", ""))
    number, at = "", -1
    for index, word in enumerate(words):
        found = _NUMBER.fullmatch(word)
        if found and (index == 0 or words[index - 1] not in inside):
            number, at = found[1].lstrip("0"), index
            break
    if not number:
        return None
    around = _beside(words, at)
    names = [
        _GLUED_TYPE.sub("", word) for word in around if word not in directions and word not in kinds
    ]
    own = (
        [word for word in names if len(word) > 1 and not _NUMBER.fullmatch(word)] or names or around
    )
    return Street(number, own[0]) if own else None


def _beside(words: list[str], at: int) -> list[str]:
    """The words on the side of the house number where the street's name stands: behind in English,
    in front in German.
    """
    kinds = _words()[1]
    front, behind = words[:at], words[at + 1 :]
    if not front or not behind:
        return front or behind
    if any(word in kinds or _GLUED_TYPE.search(word) for word in front):
        return front
    return behind if not kinds.isdisjoint(behind) else front
