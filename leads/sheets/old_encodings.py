"""Find which old encodings are plausible readings of bytes that are not UTF-8."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

#: Encodings that business software still writes, most frequent first; the user must choose.
OLD = (
    "cp1252",
    "cp1250",
    "iso8859-2",
    "iso8859-15",
    "cp1254",
    "cp1251",
    "mac_roman",
    "cp850",
    "cp852",
    "cp1253",
    "cp1257",
    "cp1255",
    "cp1256",
    "cp874",
    "gb18030",
    "shift_jis",
    "big5",
    "euc_kr",
    "euc_jp",
    "koi8-r",
    "cp866",
    "iso8859-5",
    "cp737",
    "cp1258",
)
#: A reading of a further script is offered too when it is at most so odd.
_SURE = 0.35
#: So many readings besides cp1252.
_LIKELIEST, _MOST = 2, 5
#: The lead bytes of an encoding's frequent ideographs.
_FREQUENT = {
    "gb18030": range(0xB0, 0xD8),
    "big5": range(0xA4, 0xC7),
    "euc_jp": range(0xB0, 0xD0),
    "shift_jis": range(0x88, 0x99),
}
_WESTERN = "äöüßàáâãåæçèéêëìíîïñòóôõøœùúûýÿ"
_CENTRAL = "äöüßáâăąćčçďđéęěëíîĺľłńňóôőŕřśšşťţúůűýźžż"
_TURKISH = "çğıiöşüâîû"
_BALTIC = "ąčęėįšųūžāēģīķļņŗõäöüåßóéćńśźżł"
#: The accented letters of the languages that an encoding was made for.
_ALPHABETS = {
    **dict.fromkeys(("cp1252", "iso8859-15", "mac_roman", "cp850"), _WESTERN),
    **dict.fromkeys(("cp1250", "iso8859-2", "cp852"), _CENTRAL),
    "cp1254": _TURKISH,
    "cp1257": _BALTIC,
}
#: How odd a letter with an accent is beside none, one and two others.
_ACCENTS_BESIDE = (0.0, 0.2, 0.5)
#: Signs are odd beside a letter, except these.
_SIGNS, _BESIDE_WORDS = ("Sm", "Sc", "So", "Sk", "No"), "®™°€"
#: Scripts that one Japanese or Korean word mixes.
_EAST = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "FULLWIDTH", "HALFWIDTH")


def plausible(raw: bytes) -> list[str]:
    """cp1252, the two most plausible encodings that read these bytes differently, and the best of
    each further script that reads them as words.
    """
    read: dict[str, str] = {}
    for name in OLD:
        text = raw.decode(name, "replace")
        if text not in read.values():
            read[name] = text
    odd = {name: _oddness(text, name) for name, text in read.items()}
    # sorted() is stable: among equals the more frequent encoding wins.
    others = sorted((name for name in read if name != "cp1252"), key=odd.__getitem__)

    chosen, scripts = (
        others[:_LIKELIEST],
        {_main_script(read[name]) for name in others[:_LIKELIEST]},
    )
    for name in others[_LIKELIEST:]:
        script = _main_script(read[name])
        if odd[name] <= _SURE and script not in scripts and len(chosen) < _MOST:
            chosen.append(name)
            scripts.add(script)
    return ["cp1252", *chosen]


def _main_script(text: str) -> str:
    """The script of most letters that are not ASCII; kana make a text Japanese."""
    found = [unicodedata.name(char, "?").split(" ")[0] for char in text if ord(char) > 127]
    letters = [script for script in found if script != "?"]
    if any(script in ("HIRAGANA", "KATAKANA") for script in letters):
        return "JAPANESE"
    return max(set(letters), key=letters.count, default="LATIN")


def _oddness(text: str, encoding: str) -> float:
    """How many of the non-ASCII characters are unlikely at their position in a word, weighted."""
    special = [place for place, char in enumerate(text) if ord(char) > 127]
    return sum(_odd(text, place, encoding) for place in special) / max(1, len(special))


def _odd(text: str, place: int, encoding: str) -> float:
    char, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if char == "�" or unicodedata.category(char) in ("Cc", "Co"):
        return 3.0
    if unicodedata.category(char) == "Mn":
        return 0.0 if before.isalpha() and ord(before) > 127 else 1.5
    if not char.isalpha():
        return _odd_sign(char, before, after)
    if _script(char) == "EAST":
        return _odd_ideograph(char, encoding)
    return _odd_letter(
        char, before, encoding, [letter for letter in (before, after) if letter.isalpha()]
    )


def _odd_sign(char: str, before: str, after: str) -> float:
    sides = before.isalpha() + after.isalpha()
    is_sign = unicodedata.category(char) in _SIGNS and char not in _BESIDE_WORDS
    return 1.0 if sides >= (1 if is_sign else 2) else 0.3


def _odd_ideograph(char: str, encoding: str) -> float:
    """Ideographs that are rare in the encoding's language are a sign of a wrong encoding."""
    if unicodedata.name(char, "?").startswith(("HIRAGANA", "KATAKANA", "HANGUL")):
        return 0.0
    frequent = _FREQUENT.get(encoding, range(0))
    lead = char.encode(encoding, "replace")[:1]
    return 0.0 if lead and lead[0] in frequent else 0.7


def _odd_letter(char: str, before: str, encoding: str, neighbours: Sequence[str]) -> float:
    if any(_script(letter) != _script(char) for letter in neighbours):
        return 1.5
    # A capital after a small letter ("MŸller") or accents side by side ("Ðîìàøêà") are signs of a
    # wrong encoding.
    if char.isupper() and before.islower():
        return 1.0
    if _is_foreign(char, encoding):
        return 0.4
    if _script(char) != "LATIN":
        return 0.0
    return _ACCENTS_BESIDE[sum(1 for letter in neighbours if ord(letter) > 127)]


def _is_foreign(letter: str, encoding: str) -> bool:
    """Whether no language that the encoding was made for writes this letter."""
    own = _ALPHABETS.get(encoding)
    return own is not None and letter.lower()[0] not in own


def _script(letter: str) -> str:
    if ord(letter) < 128:
        return "LATIN"
    script = unicodedata.name(letter, "?").split(" ")[0]
    return "EAST" if script in _EAST else script
