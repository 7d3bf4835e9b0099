"""Find every reference of a page to other pages in one pass over the text.

No tree is built: malicious pages keep a parser busy for minutes (250,000 attributes in one tag).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

#: Maximum length of a tag and of a link text, in characters.
LONGEST_TAG = 4096
LONGEST_TEXT = 400
#: Maximum tags examined per page.
MOST_TAGS = 10_000
#: Readings remembered, and the most characters of a tag that is.
_CACHED, _SHORT = 8_192, 300
_START = re.compile(r"<(?:(!--)|(script|style)\b|(a|area|frame|meta)(?=[\s/]))", re.IGNORECASE)
_END_OF_COMMENT = re.compile("-->")
_END_OF_SCRIPT = re.compile(r"</(?:script|style)", re.IGNORECASE)
_REST_OF_TAG = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(href|src|content|http-equiv|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))",
    re.IGNORECASE,
)
_END_OF_LINK = re.compile(r"</?a[\s>]", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>?")
_REFRESH = re.compile(r"\s*+[\d.]*+[;,\s]*+url\s*+=\s*+['\"]?([^'\">\s]+)", re.IGNORECASE)


class Anchor(NamedTuple):
    """A reference as written, with its text; `forced` ones (frames, redirects) need no click."""

    href: str
    text: str = ""
    forced: bool = False
    #: Its place in the text of the page.
    at: int = 0


def anchors(html: str) -> Iterator[Anchor]:
    """Yield the references of a page in order, without those in comments and scripts."""
    at = 0
    for _ in range(MOST_TAGS):
        start = _START.search(html, at)
        if start is None:
            return
        at = start.end()
        if start[3]:
            rest = _REST_OF_TAG.match(html, at, at + LONGEST_TAG)
            head = rest[0] if rest else html[at : at + LONGEST_TAG].partition(">")[0]
            at += len(head)
            end = _END_OF_LINK.search(html, at, at + LONGEST_TEXT)
            inside = html[at : end.start() if end else at + LONGEST_TEXT]
            # Navigation stands on every page of a site.
            read = _known_reading if len(head) <= _SHORT else _reading
            known = read(start[3].lower(), head, inside)
            if known is not None:
                yield Anchor(*known, at)
        else:
            end = (_END_OF_COMMENT if start[1] else _END_OF_SCRIPT).search(html, at)
            if end is None:  # It extends to the end of the page.
                return
            at = end.end()


def _reading(name: str, head: str, inside: str) -> tuple[str, str, bool] | None:
    values = {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in reversed(list(_ATTRIBUTE.finditer(head)))
    }
    if name == "meta":
        refresh = _REFRESH.match(values.get("content", ""))
        is_refresh = refresh and values.get("http-equiv", "").lower() == "refresh"
        return (refresh[1], "", True) if refresh and is_refresh else None
    if name == "frame":
        return values.get("src", ""), "", True
    if not values.get("href"):
        return None
    return values["href"], " ".join(f"{_text(inside)} {values.get('title', '')}".split()), False


_known_reading = lru_cache(maxsize=_CACHED)(_reading)


def _text(inside: str) -> str:
    if "<" not in inside:
        return unescape(inside)
    alts = " ".join(alt[1] or alt[2] or "" for alt in _ALT.finditer(inside))
    return unescape(f"{_TAG.sub(' ', inside)} {alts}")
