"""A page as received: the input of extraction, which never fetches."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from enrich.tables import words

#: Page kinds in the order in which their words are searched.
KINDS = ("imprint", "contact", "about")
#: Kind of a page at an applicant-tracking system, which is not on the company's own site.
BOARD = "board"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
#: Where a `<meta charset>` must be to count; browsers search the first 1,024 bytes.
_META_BYTES = 4_096
#: Labels that mean Windows-1252 (WHATWG Encoding Standard), which has the quotes and the euro that
#: Latin-1 lacks.
_LATIN = frozenset(
    {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "l1", "cp819"}
)
#: Encodings of ASCII bytes, which look like UTF-8.
_STATEFUL = frozenset({"iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_kr", "hz"})
#: A readable meta tag cannot be UTF-16. The others can decode to halves of characters.
_NOT_A_CHARACTER_SET = (
    "utf-16",
    "utf-32",
    "utf-7",
    "idna",
    "punycode",
    "unicode",
    "raw-unicode",
    "raw_unicode",
    "undefined",
)
_START_PATHS = frozenset(
    {
        "",
        "index.html",
        "index.htm",
        "index.php",
        "index.asp",
        "index.aspx",
        "default.aspx",
        "default.asp",
        "home",
        "start",
    }
)
_WORD = re.compile(r"[^\W_]+")
_LANGUAGE_PATH = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched page, decoded."""

    url: str
    html: str
    #: Lower-case names; several Set-Cookie headers are joined by newlines.
    headers: Mapping[str, str]
    status: int
    fetched_at: datetime
    #: home, imprint, contact, about, other, or another kind of the crawl.
    kind: str


def decode(body: bytes, headers: Mapping[str, str]) -> str:
    """Decode a body by its BOM, valid UTF-8, Content-Type header, meta tag, else Windows-1252.

    Valid UTF-8 takes precedence over the declaration: servers declare Latin-1 for pages that are
    not. Without NUL, which no database stores. Never raises.
    """
    return _decoded(body, headers).replace("\0", "")


def _decoded(body: bytes, headers: Mapping[str, str]) -> str:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    declared: list[str | None] = [
        _named(headers.get("content-type", "").encode("utf-8", "replace")),
        _named(body[:_META_BYTES]),
    ]
    for encoding in filter(None, (*filter(_STATEFUL.__contains__, declared), "utf-8", *declared)):
        try:
            return body.decode(encoding)
        except UnicodeError:
            continue
    broken = body.decode("utf-8", "replace")
    # A few invalid bytes in an otherwise valid UTF-8 page are damage; many mean that it is not
    # UTF-8.
    damage = broken.count("\ufffd")
    accents = sum(not letter.isascii() for letter in broken) - damage
    return broken if damage * 4 <= accents else body.decode("cp1252", "replace")


def _named(text: bytes) -> str | None:
    """Return the text encoding named by a header or meta tag; None if unknown."""
    match = _CHARSET.search(text)
    if match is None:
        return None
    name = match[1].decode("ascii", "replace").lower()
    if name in _LATIN:
        return "cp1252"
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Python has codecs that are not character sets (zip, rot13).
    is_text = getattr(found, "_is_text_encoding", True)
    return found.name if is_text and not found.name.startswith(_NOT_A_CHARACTER_SET) else None


def lowered(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return headers by lower-case name; join repeats (Set-Cookie by newlines, others by
    commas).
    """
    found: dict[str, str] = {}
    for name, value in headers:
        key = name.strip().lower()
        joint = "\n" if key == "set-cookie" else ", "
        found[key] = f"{found[key]}{joint}{value}" if key in found else value
    return found


def page_kind(url: str, text: str = "") -> str:
    """Classify a page as home, imprint, contact, about or other, by URL path and title or link
    text.
    """
    try:
        path = unquote(urlsplit(url).path).casefold().strip("/")
    except ValueError:
        path = ""
    if path in _START_PATHS or _LANGUAGE_PATH.fullmatch(path):
        return "home"
    table = words("page_kinds")
    said = f" {_spaced(text.casefold()[:200])} "
    steps = [_spaced(step.rpartition(".")[0] or step) for step in path.split("/")[-3:]]
    for kind in KINDS:
        if any(step in table[kind]["path"] for step in reversed(steps)):
            return kind
    for kind in KINDS:
        if any(f" {phrase} " in said for phrase in table[kind]["text"]):
            return kind
    return "other"


def _spaced(text: str) -> str:
    return " ".join(_WORD.findall(text))
