"""Find every reference of a page to other pages in one pass over the text.

No tree is built: malicious pages keep a parser busy for minutes (250,000 attributes in one tag).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

#: Maximum length of a tag and of a link text, in characters.
LONGEST_TAG = 4096
LONGEST_TEXT = 400
#: Maximum tags examined per page.
MOST_TAGS = 10_000
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


@dataclass(frozen=True, slots=True)
class Anchor:
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
            head = _tag(html, at)
            at += len(head)
            yield from _anchor(start[3].lower(), head, html, at)
        else:
            end = (_END_OF_COMMENT if start[1] else _END_OF_SCRIPT).search(html, at)
            if end is None:  # It extends to the end of the page.
                return
            at = end.end()


def _tag(html: str, start: int) -> str:
    piece = html[start : start + LONGEST_TAG]
    rest = _REST_OF_TAG.match(piece)
    return rest[0] if rest else piece.partition(">")[0]


def _anchor(name: str, head: str, html: str, end: int) -> Iterator[Anchor]:
    values = {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in reversed(list(_ATTRIBUTE.finditer(head)))
    }
    if name == "meta":
        refresh = _REFRESH.match(values.get("content", ""))
        if refresh and values.get("http-equiv", "").lower() == "refresh":
            yield Anchor(refresh[1], forced=True, at=end)
    elif name == "frame":
        yield Anchor(values.get("src", ""), forced=True, at=end)
    elif values.get("href"):
        said = " ".join(f"{_text(html, end)} {values.get('title', '')}".split())
        yield Anchor(values["href"], said, at=end)


def _text(html: str, start: int) -> str:
    piece = html[start : start + LONGEST_TEXT]
    end = _END_OF_LINK.search(piece)
    inside = piece[: end.start()] if end else piece
    alts = " ".join(alt[1] or alt[2] or "" for alt in _ALT.finditer(inside))
    return unescape(f"{_TAG.sub(' ', inside)} {alts}")
