"""Take a name apart: seat, country, branch, notes and address behind it are parts of their own."""

from __future__ import annotations

import re
from functools import cache

from dedupe.address_tail import split_address
from dedupe.branch_tail import branch_words, split_branch
from dedupe.name_parts import Beside, NameParts, Split
from dedupe.note_tail import last_words_of_notes, split_article, split_note, split_shares
from dedupe.own_place_tail import may_end_in_own_city, split_own_place
from dedupe.place_tail import split_country, split_seat, split_state
from leads.lexicon.names.company_names import LONGEST
from leads.lexicon.places.place_names import last_words_of_cities
from leads.lexicon.transliterate import to_ascii, without_entities

_WORD = re.compile(r"[A-Za-z0-9]")
#: Most parts have one of these signs.
_SIGN = re.compile(r"[,/()\d–—;]|\s-")
_SPLITS: tuple[Split, ...] = (
    split_state,
    split_address,
    split_article,
    split_shares,
    split_country,
    split_branch,
    split_note,
    split_seat,
    split_own_place,
)
#: `Mogara Ltd - Store 12 - Leeds (UK)` has four parts; more are a paste accident.
_MOST_PARTS = 5
NOTHING = Beside()


def take_apart(text: str, beside: Beside = NOTHING) -> NameParts | None:
    """Split a name from what stands behind it; None if nothing does."""
    # Most names have no sign of a part, and looking for each part takes time.
    if not may_have_parts(text, beside.city):
        return None

    parts = NameParts(without_entities(text[:LONGEST]))
    for _ in range(_MOST_PARTS):
        before = parts
        for split in _SPLITS:
            found = split(parts, beside)
            if found is not None and _WORD.search(to_ascii(found.name)):
                parts = found
        if parts.name == before.name:
            break
    return parts if parts.name != text else None


def may_have_parts(text: str, city: str) -> bool:
    """Check for a sign in front of a part, or a word that may end one; `city` is the row's own."""
    if has_sign(text):
        return True
    words = (text if text.isascii() else to_ascii(text)).lower().split()
    if len(words) < 2:
        return False
    last = words[-1]
    if city and may_end_in_own_city(last, city):
        return True
    # Most names have no such word anywhere, which one look tells.
    if _words_of_parts().isdisjoint(words) and last[-1] != "." and not city.endswith(last):
        return False
    last = last.rstrip(".")
    return (
        last in _ends()
        or not branch_words().isdisjoint(words)
        or (bool(city) and city.endswith(last))
    )


def has_sign(text: str) -> bool:
    """Check for a sign in front of a part: a comma, a dash, a bracket, a digit."""
    return not text.replace(" ", "").isalpha() and _SIGN.search(text) is not None


@cache
def _words_of_parts() -> frozenset[str]:
    """Return the words of branches, and those that may end a city or a note."""
    return _ends() | branch_words()


@cache
def _ends() -> frozenset[str]:
    """Return the words, in lower case, that may end a city or a note."""
    return last_words_of_cities() | last_words_of_notes()
