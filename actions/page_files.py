"""Read a saved page and its response headers from files, and check the address of the page."""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from enrich.page import lowered
from leads.errors import NotFoundError, UsageError

__all__ = ["check_address", "page_bytes", "response_headers"]

STANDARD = "-"
LARGEST = 20_000_000
_LONGEST_ADDRESS = 2_000
#: Bytes by which a file is judged, and the share of control characters that no text has.
_JUDGED, _MOST_CONTROLS = 4_096, 0.02
#: How binary files begin: PDF, archives, workbooks, pictures, programs, databases.
_BINARY = (
    *(b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b"),
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x7fELF", b"SQLite format 3\0", b"7z\xbc"),
    *(b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"Rar!", b"wOFF", b"wOF2"),
)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Control characters that text has none of: not tab, line ends, form feed and escape.
_CONTROLS = bytes(code for code in range(1, 32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,40}\.?|localhost|[0-9a-f:.]*:[0-9a-f:.]*")
_HEADER = re.compile(r"([!#$%&'*+.^_`|~\w-]{1,100})[ \t]*:(.*)", re.ASCII)
_SHAPE = 'write {"server": "nginx"}, or lines such as Server: nginx'


def check_address(option: str, url: str) -> None:
    """Raise UsageError when a text is not the address of a page."""
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").lower(), parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    is_web = parts.scheme in {"http", "https"} and len(url) <= _LONGEST_ADDRESS
    if not is_web or not _HOST.fullmatch(host) or any(map(str.isspace, url)):
        shown = url if len(url) <= 80 else f"{url[:80]}…"
        raise UsageError(
            f"{option} {shown!r} is not an address of a page", "such as https://acme.example/"
        )


def page_bytes(file: str) -> bytes:
    """Read a saved page; UsageError for a binary file."""
    data = _read_bytes(file)
    if _is_binary(data):
        raise UsageError(
            f"{_named(file)} is a binary file, not a page", "name the HTML file that was saved"
        )
    return data


def response_headers(file: str) -> dict[str, str]:
    """Read response headers, by lower-case name: a JSON object, or lines of `Name: value`.

    UsageError for a file that holds none, or that holds something else too.
    """
    data = _read_bytes(file)
    if _is_binary(data):
        raise UsageError(f"{_named(file)} is a binary file and holds no headers", _SHAPE)
    text = data.decode("utf-8-sig", "replace").strip()
    is_json = text.startswith(("{", "["))
    found = lowered(_of_json(file, text) if is_json else _of_lines(file, text))
    if not found:
        raise UsageError(f"{_named(file)} holds no headers", _SHAPE)
    return found


def _of_json(file: str, text: str) -> Iterator[tuple[str, str]]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"{_named(file)} is not a JSON object of headers: {error}", _SHAPE
        ) from None
    if not isinstance(document, dict):
        raise UsageError(f"{_named(file)} holds no headers but a JSON list", _SHAPE)
    for name, value in document.items():
        for one in value if isinstance(value, list) else [value]:
            yield name, _text(one)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _of_lines(file: str, text: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if match := _HEADER.fullmatch(line.rstrip()):
            yield match[1], match[2].strip()
        # Passed over: the line of the status, and a value that goes on in the next line (obsolete).
        elif line.strip() and not line.startswith(("HTTP/", " ", "\t")):
            raise UsageError(f"{_named(file)} holds no header in line {number}", _SHAPE)


def _is_binary(data: bytes) -> bool:
    if data.startswith(_BINARY):
        return True
    if data.startswith(_BOMS):
        return False
    # Some pages have NULs in their text; those alone are no sign.
    start = data[:_JUDGED].replace(b"\0", b"")
    if data and not start:
        return True
    return len(start) - len(start.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(start)


def _named(file: str) -> str:
    return "stdin" if file == STANDARD else file


def _read_bytes(file: str) -> bytes:
    try:
        if file == STANDARD:
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {file}", "check its name") from None
    except IsADirectoryError:
        raise UsageError(f"{file} is a folder", "name the file in it") from None

    if len(data) > LARGEST:
        raise UsageError(
            f"{file} is larger than {LARGEST // 1_000_000} megabytes",
            "no page is that large: check the file's name",
        )
    return data
