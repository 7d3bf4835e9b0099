"""Scripts whose letters do not tell how a name is read, so that no Latin domain can be made of it."""

from __future__ import annotations

import re

from leads.lexicon.names.legal_forms import with_native_forms_apart
from leads.lexicon.names.native_words import with_native_words_read
from leads.lexicon.transliterate import compatible

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f0-9][A-Za-z\u00c0-\u024f0-9&.'’-]*")
#: Vowels are not written in either.
_UNVOCALISED = {
    "Arabic": re.compile("[\u0620-\u064a\u066e-\u06d3]"),
    "Hebrew": re.compile("[\u05d0-\u05ea]"),
}
_HAN = re.compile("[\u3400-\u9fff]")
_LONGEST = 200


def unread(name: str, country: str) -> str:
    """The script of a name whose reading is not known (`Arabic`, `Hebrew`, `kanji`); else empty.

    Han characters are read in many ways in Japan alone; words with a known reading are none.
    """
    if name.isascii():
        return ""
    text = compatible(name[:_LONGEST])
    for script, letters in _UNVOCALISED.items():
        if letters.search(text):
            return script
    if country != "JP" or not _HAN.search(text):
        return ""
    own = with_native_words_read(with_native_forms_apart(text), text)
    return "kanji" if _HAN.search(own) else ""


def latin_part(name: str) -> str:
    """The Latin words of a name; empty if it has no Latin letter."""
    found = " ".join(_LATIN.findall(compatible(name[:_LONGEST])))
    return found if any(one.isalpha() for one in found) else ""
