"""Cut text into words that are the same in all their forms, as the model of industries knows them."""

from __future__ import annotations

import re
import unicodedata

#: Letters that are written as two without them (`Mueller`), and those without a plain form.
_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "oe",
        "ł": "l",
        "đ": "d",
        "ı": "i",
    }
)
_WORD = re.compile(r"[a-z]{2,40}")
#: Words that join others: two words around one are neighbours.
_JOINTS = frozenset(
    """of the and or de del della dei di da do dos das du la le les el los las und et en och og
    von van der den des im in an am al au aux con per na az po ve""".split()  # noqa: SIM905 - a list would be forty lines
)
#: Words that say nothing in one language and something in another: German `man`, Spanish `sin`.
_SILENT = frozenset({"man", "have", "sin"})
_LEFT_OUT = _JOINTS | _SILENT
#: Letters at the end of a word that tell number, case and gender.
_ENDINGS = "aeiouysn"


def words(text: str) -> list[str]:
    """Return the words of a text in lower case and plain letters, without those that join
    others or say nothing.
    """
    if text.isascii():
        plain = text.lower()
    else:
        # "İ" and the like have a longer lower case; the marks go with all other signs.
        lower = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
        plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return [word for word in _WORD.findall(plain) if word not in _LEFT_OUT]


def stem(word: str) -> str:
    """Return a plain word without its ending: the same for `plumber` and `plumbers`."""
    size = len(word)
    if size >= 6:
        return word[:-2] + word[-2:].rstrip(_ENDINGS)
    if size == 5:
        return word[:-1] if word[-1] in _ENDINGS else word
    return word[:-1] if size == 4 and word[-1] == "s" else word
