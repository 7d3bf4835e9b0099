"""Find the encoding of a text file: UTF-8, UTF-16, or the one that the user names; never a guess."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from leads.errors import UsageError
from leads.sheets.input_file import InputFile
from leads.sheets.rows import UNREADABLE

#: The error handler that marks unreadable bytes, so that one row is rejected and not the file.
MARK = "sluice-mark"
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Encodings that business software still writes, most frequent first; the user must choose.
_OLD = (
    "cp1252",
    "cp1250",
    "iso8859-15",
    "cp1254",
    "cp1251",
    "mac_roman",
    "cp850",
    "cp1253",
    "cp1257",
    "gb18030",
    "shift_jis",
    "big5",
    "euc_kr",
    "koi8-r",
)
_NOT_TEXT = frozenset(
    {
        "idna",
        "punycode",
        "unicode-escape",
        "raw-unicode-escape",
        "undefined",
        "utf-7",
        "mbcs",
        "oem",
    }
)
_SAMPLES, _WIDTH = 5, 60


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return UNREADABLE, error.end


codecs.register_error(MARK, _mark)


def encoding_of(file: InputFile, wanted: str | None) -> str:
    """The encoding of `file`: the wanted one, else UTF-8 or UTF-16.

    UsageError when it is neither; the message shows the lines that depend on the encoding.
    """
    if wanted is not None:
        return _checked(wanted, file)
    wide = wide_encoding(file.head)
    if wide:
        return wide
    if file.utf8:
        return "utf-8-sig" if file.head.startswith(codecs.BOM_UTF8) else "utf-8"
    raise _refusal(file)


def _checked(wanted: str, file: InputFile) -> str:
    try:
        info = codecs.lookup(wanted)
    except (LookupError, ValueError):
        raise UsageError(
            f"--encoding {wanted!r} is not a known encoding",
            f"usual ones: utf-8, {', '.join(_OLD[:6])}",
        ) from None
    if info.name in _NOT_TEXT or not getattr(info, "_is_text_encoding", True):
        raise UsageError(
            f"--encoding {wanted!r} is not an encoding of text",
            f"usual ones: utf-8, {', '.join(_OLD[:6])}",
        )
    return (
        "utf-8-sig" if info.name == "utf-8" and file.head.startswith(codecs.BOM_UTF8) else info.name
    )


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32, found by its byte order mark or because every other byte is NUL; else None."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    head = head[:4096]
    pairs = len(head) // 2
    if pairs < 2:
        return None
    even, odd = head[0 : pairs * 2 : 2].count(0) / pairs, head[1 : pairs * 2 : 2].count(0) / pairs
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else None


def _refusal(file: InputFile) -> UsageError:
    with file.open() as stream:
        bad = list(islice(_bad_lines(stream), 200))
    number, raw, start = bad[0]
    if len(bad) == 1 and start + 4 > len(raw) and not raw.endswith(b"\n"):
        return UsageError(
            f"{file.name} ends in the middle of a character (line {number}): the download is"
            " probably incomplete",
            "download it again, or add --encoding utf-8 to reject that row and read the rest",
        )
    readings = _plausible(b"".join(raw for _, raw, _ in bad))
    shown = "\n".join(_samples(bad, readings))
    many = f"{len(bad)} or more" if len(bad) == 200 else str(len(bad))
    return UsageError(
        f"{file.name} is not UTF-8 ({many} lines); how these lines read"
        f" depends on its encoding:\n{shown}",
        f"choose the right one: --encoding {' or --encoding '.join(readings)} (--encoding"
        " utf-8 rejects the rows that are not UTF-8)",
    )


def _bad_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes, int]]:
    """Lines that are not UTF-8: number, bytes, and the position of the first wrong byte."""
    for number, line in enumerate(iter(lambda: stream.readline(1 << 20), b""), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            yield number, line, error.start


def _samples(bad: list[tuple[int, bytes, int]], readings: list[str]) -> Iterator[str]:
    """Up to five lines as each encoding reads them, those that differ most first."""
    pieces = {
        line[max(0, start - _WIDTH // 2) : start + _WIDTH // 2].strip(): number
        for number, line, start in reversed(bad)
    }
    cases = []
    for piece, number in sorted(pieces.items(), key=lambda item: item[1]):
        names: dict[str, list[str]] = {}
        for name in readings:
            names.setdefault(_printable(piece.decode(name, "replace")), []).append(name)
        cases.append((number, names))
    cases.sort(key=lambda case: -len(case[1]))
    for number, names in sorted(cases[:_SAMPLES], key=lambda case: case[0]):
        yield from (
            f"  line {number} as {' or '.join(codec)}: {text}" for text, codec in names.items()
        )


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in text)


def _plausible(raw: bytes) -> list[str]:
    """cp1252 and the two most plausible encodings that read these bytes differently."""
    read: dict[str, str] = {}
    for name in _OLD:
        text = raw.decode(name, "replace")
        if text not in read.values():
            read[name] = text
    # sorted() is stable: among equals the more frequent encoding wins.
    others = sorted(
        (name for name in read if name != "cp1252"), key=lambda name: _oddness(read[name])
    )
    return ["cp1252", *others[:2]]


def _oddness(text: str) -> float:
    """How many of the non-ASCII characters are unlikely at their position in a word, weighted."""
    special = [place for place, char in enumerate(text) if ord(char) > 127]
    return sum(_odd(text, place) for place in special) / max(1, len(special))


def _odd(text: str, place: int) -> float:
    char, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if char == "�" or unicodedata.category(char) == "Cc":
        return 3.0
    if not char.isalpha():
        return 1.0 if before.isalpha() and after.isalpha() else 0.3
    return _odd_letter(char, before, [letter for letter in (before, after) if letter.isalpha()])


def _odd_letter(char: str, before: str, neighbours: Sequence[str]) -> float:
    if any(_script(letter) != _script(char) for letter in neighbours):
        return 1.5
    # A capital after a small letter ("MŸller") or accents side by side ("Ðîìàøêà") are signs of a
    # wrong encoding.
    if char.isupper() and before.islower():
        return 1.0
    accents = _script(char) == "LATIN" and any(ord(letter) > 127 for letter in neighbours)
    return 0.5 if accents else 0.0


def _script(letter: str) -> str:
    return "LATIN" if ord(letter) < 128 else unicodedata.name(letter, "?").split(" ")[0]


_TWICE = re.compile(
    r"[ÂÃâÅÄÐÑ][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]?"
)


def garbled(text: str) -> str | None:
    """The repaired form of a text that was decoded wrongly earlier ("MÃ¼ller"); None when the text
    is fine.
    """
    if text.isascii() or not _TWICE.search(text):
        return None
    meant = _TWICE.sub(
        lambda found: _undone(found[0]) or (_undone(found[0][:2]) or found[0][:2]) + found[0][2:],
        text,
    )
    return meant if meant != text else None


def _undone(piece: str) -> str | None:
    try:
        meant = piece.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return meant if len(meant) == 1 else None
