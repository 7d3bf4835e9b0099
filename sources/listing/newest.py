"""Where the newest file of a whole register is, as the register names it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from sources.listing.pages import UnreadableError
from sources.listing.table import WholeFile
from sources.registers.json_fields import text, whole

#: The whole register in one file, by its day.
_NAME = re.compile(rb"BasicCompanyDataAsOneFile-\d{4}-\d\d-\d\d\.zip")
_ENDS_ADDRESS = re.compile(rb"""["'\s>]""")
_LINK = b"href="
#: No link begins further before the name of its file: bytes.
_FURTHEST = 300


@dataclass(frozen=True, slots=True)
class Newest:
    """A file, and what its register states about it."""

    url: str
    size: int | None = None
    records: int | None = None


def newest(file: WholeFile, body: bytes) -> Newest:
    """Read what names the newest file; UnreadableError if it names none."""
    return _linked(file, body) if file.named_by == "link" else _published(body)


def _linked(file: WholeFile, body: bytes) -> Newest:
    found = sorted(address for name in _NAME.finditer(body) if (address := _address(body, name)))
    if not found:
        raise UnreadableError("its page names no file of the whole register")
    # Their names end in their day.
    return Newest(urljoin(file.url, found[-1].decode("ascii", "replace")))


def _address(body: bytes, name: re.Match[bytes]) -> bytes:
    """The address of a link that ends in this name; empty if no link does."""
    before = body[max(name.start() - _FURTHEST, 0) : name.start()]
    _, link, folder = before.rpartition(_LINK)
    if folder.startswith((b'"', b"'")):
        folder = folder[1:]
    if not link or _ENDS_ADDRESS.search(folder):
        return b""
    return folder + name[0]


def _published(body: bytes) -> Newest:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise UnreadableError("it sent no JSON about its newest file") from None
    place = ("data", "full_file", "csv")
    url = text(document, *place, "url")
    if not url:
        raise UnreadableError("it sent JSON without `data.full_file.csv.url`")
    return Newest(url, whole(document, *place, "size"), whole(document, *place, "record_count"))
