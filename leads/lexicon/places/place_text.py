"""Split free text about places into pieces; each is one place, or a plain list, in comma parts.

`HQ in Boston, MA; Boulder, CO` is two pieces of two parts. In prose only capitalised runs are kept,
because they contain the names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_MOST_PIECES = 200
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S{1,80}@\S{1,80}")
_TAG = re.compile(r"<[^<>]{0,60}>")
_NOTE = re.compile(r"\[\w{1,3}\]")
_BULLET = re.compile(r"^[ \t]*(?:[-*+•>#]+|\d{1,2}[.)])[ \t]+", re.MULTILINE)
_EMPHASIS = re.compile(r"[*_`~]{1,3}")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_REMARK = re.compile(
    r"\([^()]{0,80}\b(?:hq|head\w*|offices?|remote\w*|founded)\b[^()]{0,80}\)", re.IGNORECASE
)
_PIECE = re.compile(
    r"[\r\n;|•·\\/]|\)\s*,(?=[^;\n]*\()|(?<=[a-z]{3})\.\s|(?<=[A-Z]{2})\.\s(?=[A-Z][a-z])"
)
#: A postcode between street and city also separates them.
_PART = re.compile(r"[,():–—]|\s-+|-+\s|(?<=\w)\s+\d{5}\s+(?=[^\W\d])")
_JOINT = re.compile(r"\s+(?:and|or|y|e|und|oder|et|ou)\s+|\s*[&+]\s*")
#: Small words inside names: Frankfurt am Main, Rio de Janeiro, Stratford upon Avon.
_INSIDE = frozenset(
    {
        "al",
        "am",
        "an",
        "bei",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "es",
        "i",
        "im",
        "la",
        "le",
        "les",
    }
)
_INSIDE |= {"lez", "lo", "nad", "ob", "of", "op", "sur", "ter", "upon", "van", "y", "z"}
_SKIPPED = frozenset({"the", "and"})
_EDGES = " \t.'’\"“”!?*-"


def pieces(text: str, is_name: Callable[[str], bool]) -> list[list[str]]:
    """Split a text; `is_name` recognises names that contain `and` (Bosnia and Herzegovina)."""
    text = _plain(text)
    in_prose = not text.islower()
    found: list[list[str]] = []
    for piece in _PIECE.split(text)[:_MOST_PIECES]:
        found += _runs(
            [part for part in _PART.split(piece) if part.strip(_EDGES)], is_name, in_prose=in_prose
        )
    return [piece for piece in found if piece]


def _plain(text: str) -> str:
    text = _NOTE.sub("", _TAG.sub("\n", _ADDRESS.sub(" ", _LINK.sub(r" \1 ", text))))
    text = _EMPHASIS.sub("", _BULLET.sub("", text))
    text = _FLAG.sub(
        lambda flag: ", " + "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in flag[0]),
        text,
    )
    return _REMARK.sub("", text)


def _runs(parts: list[str], is_name: Callable[[str], bool], *, in_prose: bool) -> list[list[str]]:
    """Split the piece wherever a joint or prose separates two names."""
    broken: list[list[str]] = [[]]
    for part in parts:
        if is_name(part):
            broken[-1].append(part.strip(_EDGES))
            continue
        for place, half in enumerate(_JOINT.split(part)):
            if place:
                broken.append([])
            for name in _names(half) if in_prose else [half]:
                if name is None:
                    broken.append([])
                elif stripped := name.strip(_EDGES):
                    broken[-1].append(stripped)
    return broken


def _names(text: str) -> Iterator[str | None]:
    """Yield the capitalised runs of a text, and None for prose around them."""
    run: list[str] = []
    for word in text.split():
        if _is_capitalised(word) or (run and word in _INSIDE):
            run.append(word)
        elif word not in _SKIPPED:
            yield from (_joined(run), None)
            run = []
    yield _joined(run)


def _joined(run: list[str]) -> str:
    while run and run[-1] in _INSIDE:
        run = run[:-1]
    return " ".join(run)


def _is_capitalised(word: str) -> bool:
    letter = next((letter for letter in word if letter.isalnum()), "a")
    return not letter.islower() or word.startswith(("'s", "’s"))
