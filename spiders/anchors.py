"""Find every reference of a page to other pages in one pass over the text.

No tree is built: malicious pages keep a parser busy for minutes (250,000 attributes in one tag).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

#: Maximum length of a tag and of a link text, in characters.
LONGEST_TAG = 4096
LONGEST_TEXT = 400
#: Maximum tags examined per page.
MOST_TAGS = 10_000
#: The look ahead at one character halves the time.
_START = re.compile(
    r"<(?=[!safm])(?:(!--)|(script|style)\b|(a|area|frame|meta)(?=[\s/]))", re.IGNORECASE
)
_END_OF_COMMENT = re.compile("-->")
_END_OF_SCRIPT = re.compile(r"</(?:script|style)", re.IGNORECASE)
_REST_OF_TAG = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_ATTRIBUTE = re.compile(
    r"(?=[hsct])(?<![\w-])(href|src|content|http-equiv|title)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++))",
    re.IGNORECASE,
)
#: The rest of the tag of a link as most are written: nothing but its target says what it is.
_OTHER = r"(?:\s++(?:class|id|rel|role|style|target|aria-[a-z-]++|data-[a-z-]++)=\"[^\"]*+\")*+"
_PLAIN = rf"{_OTHER}\s++href=\"([^\"&]++)\"{_OTHER}(?:\s++title=\"([^\"&]*+)\"{_OTHER})?+\s*+/?>"
_PLAIN_REST = re.compile(_PLAIN)
_PLAIN_LINK = re.compile(rf"<[aA]({_PLAIN})(.{{0,{LONGEST_TEXT}}}?)(?=</?[aA][\s>])", re.DOTALL)
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


class Reference(NamedTuple):
    """A reference in the words of the page: the name of its tag, the rest of it, what stands
    inside, and where that begins.
    """

    name: str
    head: str
    inside: str
    at: int


def anchors(html: str) -> Iterator[Anchor]:
    """Yield the references of a page in order, without those in comments and scripts."""
    for name, head, inside, at in references(html):
        if (known := read(name, head, inside)) is not None:
            yield Anchor(*known, at)


def references(html: str) -> Iterator[Reference]:
    """Yield what may refer to a page, unread: navigation is the same on every page of a site."""
    return References(html).before(len(html))


class References:
    """Reads the references of a page stretch by stretch; a stretch may be passed over."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._tags_left = MOST_TAGS
        #: Where reading goes on: what stands before is read, or is no reference.
        self.at = 0

    def before(self, end: int) -> Iterator[Reference]:
        """Yield those that begin before `end`; a comment or a script may lead beyond it."""
        html, at = self._html, self.at
        while self._tags_left:
            start = _START.search(html, at)
            if start is None or start.start() >= end:
                self.at = max(at, min(end, len(html)))
                return
            self._tags_left -= 1
            at = start.end()
            if start[3]:
                rest = _REST_OF_TAG.match(html, at, at + LONGEST_TAG)
                head = rest[0] if rest else html[at : at + LONGEST_TAG].partition(">")[0]
                self.at = at = at + len(head)
                close = _END_OF_LINK.search(html, at, at + LONGEST_TEXT)
                inside = html[at : close.start() if close else at + LONGEST_TEXT]
                yield Reference(start[3].lower(), head, inside, at)
            else:
                over = (_END_OF_COMMENT if start[1] else _END_OF_SCRIPT).search(html, at)
                # Without an end it extends to the end of the page.
                self.at = at = over.end() if over else len(html)

    def skip(self, end: int) -> None:
        """Go on at `end`."""
        self.at = end


def plain_links(html: str, most: int, longest: int) -> list[tuple[str, str, bool]] | None:
    """Return what `read` does of each link, if links whose tags are short are all that a text
    refers by, as in most navigation; None for any other, and for more than `most`.
    """
    found = _PLAIN_LINK.findall(html)
    if not 0 < len(found) <= most or len(found) != len(_START.findall(html)):
        return None
    if any(len(head) > longest for head, _, _, _ in found):
        return None
    return [(href, _said(inside, title), False) for _, href, title, inside in found]


def read(name: str, head: str, inside: str) -> tuple[str, str, bool] | None:
    """Return the target, the text and whether no click is needed; None if there is no target."""
    if name == "a" and (plain := _PLAIN_REST.fullmatch(head)):
        return plain[1], _said(inside, plain[2]), False
    values: dict[str, str] = {}
    for attribute, double, single, bare in _ATTRIBUTE.findall(head):
        # Of several with one name the first counts.
        values.setdefault(attribute.lower(), unescape(double or single or bare))
    if name == "meta":
        refresh = _REFRESH.match(values.get("content", ""))
        is_refresh = refresh and values.get("http-equiv", "").lower() == "refresh"
        return (refresh[1], "", True) if refresh and is_refresh else None
    if name == "frame":
        return values.get("src", ""), "", True
    if not values.get("href"):
        return None
    return values["href"], _said(inside, values.get("title")), False


def _said(inside: str, title: str | None) -> str:
    text = f"{_text(inside)} {title}" if title else _text(inside)
    return " ".join(text.split())


def _text(inside: str) -> str:
    text = _TAG.sub(" ", inside) if "<" in inside else inside
    if "=" in inside and "<" in inside:  # Without an attribute there is no text for an image.
        alts = " ".join(alt[1] or alt[2] or "" for alt in _ALT.finditer(inside))
        text = f"{text} {alts}"
    return unescape(text) if "&" in text else text
