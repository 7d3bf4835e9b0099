"""See a page as a visitor would at first: its text, its forwarding, its scripts and its frames.

One pass without a tree over the beginning of the page, so that no page takes long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

#: Characters of a page that are looked at, and tags.
LONGEST = 200_000
_MOST_TAGS = 5_000
_LONGEST_TEXT = 20_000
_LONGEST_TAG = 4_096
_ELEMENT = re.compile(
    r"<(?:(!--)|(script|style|noscript|template|svg|select)\b"
    r"|(meta|frame|iframe|frameset|html|title)\b|/?[a-z!?])",
    re.IGNORECASE,
)
_REST_OF_TAG = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_ATTRIBUTE = re.compile(
    r"(?<![\w:-])([a-z][\w:-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++))", re.IGNORECASE
)
_REFRESH = re.compile(r"\s*+(\d{1,6})?[\d.]*+[;,\s]*+url\s*+=\s*+['\"]?([^'\">\s]+)", re.IGNORECASE)


class _Lowered:
    """The last page in small letters: several look for their words in it."""

    html = ""
    low = b""


def lowered(html: str) -> bytes:
    """Return a page in small letters, as bytes: other than text, these are made small quickly."""
    if _Lowered.html is not html:
        _Lowered.html, _Lowered.low = html, html.encode("utf-8", "replace").lower()
    return _Lowered.low


def head_of(html: str) -> bytes:
    """Return what stands before the body of a page, in small letters; a page that names no body is
    all head.
    """
    low = lowered(html)
    end = low.find(b"<body")
    return low if end < 0 else low[:end]


@dataclass(slots=True)
class Sight:
    """What stands on a page: scripts and elements that browsers do not show are no text."""

    text: str = ""
    language: str = ""
    #: Seconds and target of each forwarding by a meta tag.
    refreshes: list[tuple[int, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    #: Type or id of each script, in the same order.
    script_kinds: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    has_frameset: bool = False


def see(html: str) -> Sight:
    """Look at one page; any text is accepted."""
    html = html[:LONGEST]
    sight, pieces, size, at = Sight(), list[str](), 0, 0
    for _ in range(_MOST_TAGS):
        found = _ELEMENT.search(html, at)
        if size < _LONGEST_TEXT:
            pieces.append(html[at : found.start() if found else at + _LONGEST_TEXT])
            size += len(pieces[-1])
        if found is None:
            break
        at = _past(sight, html, found)
        if at < 0:
            break
    sight.text = " ".join(unescape(" ".join(pieces)).split())[:_LONGEST_TEXT]
    return sight


def _past(sight: Sight, html: str, found: re.Match[str]) -> int:
    """Take in one element; return where the page goes on after it, -1 if it never ends."""
    if found[1]:
        end = html.find("-->", found.end())
        return end + 3 if end >= 0 else -1
    head = _tag(html, found.end())
    after = found.end() + len(head)
    name = (found[2] or found[3] or "").lower()
    if found[2]:
        end = _end_of(name, html, after)
        if end < 0:
            return -1
        if name == "script":
            values = _attributes(head)
            sight.scripts.append(html[after:end])
            sight.script_kinds.append(values.get("type", "").lower())
        return end
    if name:
        _take_in(sight, name, head)
    return after


def _take_in(sight: Sight, name: str, head: str) -> None:
    values = _attributes(head)
    if name == "meta" and values.get("http-equiv", "").lower() == "refresh":
        refresh = _REFRESH.match(values.get("content", ""))
        if refresh:
            sight.refreshes.append((int(refresh[1] or 0), refresh[2]))
    elif name in ("frame", "iframe") and values.get("src"):
        sight.frames.append(values["src"])
    elif name == "frameset":
        sight.has_frameset = True
    elif name == "html":
        sight.language = sight.language or values.get("lang", "").strip().lower()[:20]


def _tag(html: str, start: int) -> str:
    piece = html[start : start + _LONGEST_TAG]
    rest = _REST_OF_TAG.match(piece)
    return rest[0] if rest else piece.partition(">")[0]


def _end_of(name: str, html: str, at: int) -> int:
    end = re.compile(rf"</{name}\b", re.IGNORECASE).search(html, at)
    return end.start() if end else -1


def _attributes(head: str) -> dict[str, str]:
    return {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "").strip()
        for found in reversed(list(_ATTRIBUTE.finditer(head)))
    }
