"""Find the encoding of a text file: UTF-8, UTF-16, or the one that the user names; never a guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from leads.errors import UsageError
from leads.sheets.input_file import InputFile
from leads.sheets.old_encodings import OLD, plausible
from leads.sheets.rows import UNREADABLE

#: The error handler that marks unreadable bytes, so that one row is rejected and not the file.
MARK = "sluice-mark"
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
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
#: Lines shown, fewer when there are many readings of each.
_SHOWN, _SAMPLES, _WIDTH = 16, 5, 60


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return UNREADABLE, error.end


codecs.register_error(MARK, _mark)


def encoding_of(file: InputFile, wanted: str | None) -> str:
    """The encoding of `file`: the wanted one, else UTF-8 or UTF-16.

    UsageError when it is neither; the message shows the lines that depend on the encoding.
    """
    wide = wide_encoding(file.head)
    if wanted is not None:
        found = _checked(wanted, file)
        if wide and not found.startswith(("utf-16", "utf-32")):
            raise UsageError(
                f"the file is {valid_name(wide)}, not {wanted}", "leave --encoding out: it is found"
            )
        return found
    if wide:
        return wide
    if file.utf8:
        return "utf-8-sig" if file.head.startswith(codecs.BOM_UTF8) else "utf-8"
    raise _refusal(file)


def valid_encoding(file: InputFile, wanted: str) -> str | None:
    """The Unicode encoding that the file is valid in; None when it is not, or when `wanted` may
    give the same bytes a meaning.

    A file of ASCII bytes is valid in most encodings, so `wanted` counts if it reads them otherwise.
    """
    _checked(wanted, file)
    found = wide_encoding(file.head)
    if found is None and file.utf8:
        marked = file.head.startswith(codecs.BOM_UTF8)
        is_plain = file.ascii and "a".encode(wanted, "replace") == b"a"
        found = "utf-8-sig" if marked else None if is_plain else "utf-8"
    return found if found and codecs.lookup(found) != codecs.lookup(wanted) else None


def valid_name(encoding: str) -> str:
    """The usual name of a Unicode encoding."""
    return encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be").upper()


def _checked(wanted: str, file: InputFile) -> str:
    try:
        info = codecs.lookup(wanted)
    except (LookupError, ValueError):
        raise UsageError(
            f"--encoding {wanted!r} is not a known encoding",
            f"usual ones: utf-8, {', '.join(OLD[:6])}",
        ) from None
    if info.name in _NOT_TEXT or not getattr(info, "_is_text_encoding", True):
        raise UsageError(
            f"--encoding {wanted!r} is not an encoding of text",
            f"usual ones: utf-8, {', '.join(OLD[:6])}",
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
    readings = plausible(b"".join(raw for _, raw, _ in bad))
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
    for number, names in sorted(
        cases[: min(_SAMPLES, max(2, _SHOWN // len(readings)))], key=lambda case: case[0]
    ):
        yield from (
            f"  line {number} as {' or '.join(codec)}: {text}" for text, codec in names.items()
        )


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in text)


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
