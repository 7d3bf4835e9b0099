"""The channels of one page, each read once and on demand.

Tags are found by one pattern in linear time. No tree is built: it would cost more than all rules,
and quadratic time on deeply nested pages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from html import unescape

from enrich.attributes import attributes_of
from enrich.detecting.sources import LONGEST_VALUE, source_urls
from enrich.page_ends import both_ends
from leads.lexicon.domains import registrable

LONGEST_SCRIPT = 50_000
_MOST_VALUES = 1_000

#: Comments, elements of raw text, and start tags. What is not closed reaches to the end of the page.
_TOKEN = re.compile(
    r"<(?:"
    r"(?P<note>!--)(?:[^-]++|-(?!->))*+(?:-->|\Z)"
    r"|(?P<meta>meta)(?![\w:-])[^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+){0,500}+>"
    r"|(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?![\w:-])"
    r"(?P<head>[^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+){0,500}+)>"
    r"(?P<inner>[^<]*+(?:<(?!/(?P=raw)(?![\w:-]))[^<]*+)*+)"
    r"|[a-z][^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+){0,500}+>"
    r")",
    re.IGNORECASE,
)
_NAME = re.compile(r"<([a-z][^\s/>]*)", re.IGNORECASE)
_RUN = re.compile(r"[^<>]+")
_COOKIE = re.compile(r"(?:^|[\n,])\s{0,20}([^=;,\s]{1,100})=([^;,\n]{0,300})")
#: An entity that writes a character which a literal of a rule may hold.
_HIDES = re.compile(
    r"&(?:#(?:x0*[2-7][0-9a-f]|0*(?:3[2567]|4[0-9]|5[0-9]|6[13-9]|[7-9][0-9]|1[01][0-9]|12[0-6]))(?![0-9a-f])"
    r"|sol|colon|period|comma|semi|quest|equals|commat|num|percnt|lowbar|lpar|rpar|plus|ast|dollar|excl|bsol|grave"
    r"|lbrack|rbrack|lsqb|rsqb|lcub|rcub|lbrace|rbrace|verbar|vert|hyphen|dash|Hat|UnderBar|midast|fjlig)",
    re.IGNORECASE,
)
#: The channel of a tag, and the attribute that has its URL.
_URL_ATTRIBUTES: Mapping[str, tuple[str, str]] = {
    "a": ("href", "href"),
    "area": ("href", "href"),
    **dict.fromkeys(("img", "iframe", "frame", "embed", "source"), ("src", "src")),
    "form": ("src", "action"),
    "link": ("src", "href"),
}


class Surface:
    """What rules look at on one page."""

    def __init__(
        self,
        html: str,
        url: str = "",
        headers: Mapping[str, str] | None = None,
        dns: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.html = both_ends(html)
        self.url = url[:LONGEST_VALUE]
        self.headers = headers or {}
        self.dns = dns or {}
        self._attributes: dict[int, Mapping[str, str]] = {}
        self._starts: list[int] = []
        self._ends: list[int] = []
        #: Tag of each element of raw text, and its content's start and end.
        self.raw: list[tuple[int, str, int, int]] = []
        self._comments: set[int] = set()
        self._metas: list[int] = []
        self._read()

    def _read(self) -> None:
        tokens = list(_TOKEN.finditer(self.html))
        self._starts = [token.start() for token in tokens]
        self._ends = [token.end() for token in tokens]
        for number, token in enumerate(tokens):
            kind = token.lastgroup
            if kind is None:
                continue
            if kind == "note":
                self._comments.add(number)
            elif kind == "meta":
                self._metas.append(number)
            else:
                self.raw.append((number, token["raw"].lower(), *token.span("inner")))

    # Tags

    @property
    def tags(self) -> Iterable[int]:
        """Numbers of all tags."""
        return (one for one in range(len(self._starts)) if one not in self._comments)

    def tag_at(self, position: int) -> int | None:
        """Return the number of the start tag at a position of the markup."""
        at = bisect_right(self._starts, position) - 1
        if at < 0 or at in self._comments or position >= self._head_ends(at):
            return None
        return at

    def in_markup(self, position: int) -> bool:
        """Check whether a position is in a tag, script or comment: page text proves nothing."""
        at = bisect_right(self._starts, position) - 1
        if at < 0 or position >= self._ends[at]:
            return self.html.startswith("</", position)
        return self._kinds.get(at) not in {"title", "textarea"} or position < self._head_ends(at)

    def _head_ends(self, at: int) -> int:
        return self._heads.get(at, self._ends[at])

    @cached_property
    def _heads(self) -> dict[int, int]:
        return {at: inner for at, _, inner, _ in self.raw}

    @cached_property
    def _kinds(self) -> dict[int, str]:
        return {at: name for at, name, _, _ in self.raw}

    def name(self, tag: int) -> str:
        """Return the lower-case name of a tag."""
        match = _NAME.match(self.html, self._starts[tag])
        return match[1].lower() if match else ""

    def attributes(self, tag: int) -> Mapping[str, str]:
        """Return the attributes of a tag by lower-case name; the first of a name wins."""
        found = self._attributes.get(tag)
        if found is None:
            found = self._attributes[tag] = self._attributes_of(tag)
        return found

    def _attributes_of(self, tag: int) -> Mapping[str, str]:
        html, start = self.html, self._starts[tag]
        match = _NAME.match(html, start)
        begin = match.end() if match else start
        return attributes_of(html[begin : self._head_ends(tag)])

    def tag_url(self, tag: int, channel: str) -> str | None:
        """Return the URL that a tag contributes to a channel (`src`, `href`)."""
        rule = _URL_ATTRIBUTES.get(self.name(tag))
        if rule is None or rule[0] != channel:
            return None
        attributes = self.attributes(tag)
        if self.name(tag) == "link" and "stylesheet" not in attributes.get("rel", "").lower():
            return None
        if rule[1] == "src":
            return next(source_urls(attributes), None)
        return attributes.get(rule[1], "").strip()[:LONGEST_VALUE] or None

    # Values

    @cached_property
    def script_urls(self) -> list[str]:
        """URLs of scripts in page order, of those too that wait for a visitor's consent."""
        found: list[str] = []
        for tag, name, _, _ in self.raw:
            if name == "script":
                found += source_urls(self.attributes(tag))
        return found[:_MOST_VALUES]

    @cached_property
    def inline_scripts(self) -> list[str]:
        """Texts of inline scripts."""
        found: list[str] = []
        for tag, name, inner, close in self.raw:
            if name == "script" and close > inner and "src" not in self.attributes(tag):
                found.append(self.html[inner : min(close, inner + LONGEST_SCRIPT)])
        return found

    @cached_property
    def styles(self) -> list[str]:
        """Texts of inline style sheets."""
        return [
            self.html[inner : min(close, inner + LONGEST_SCRIPT)]
            for _, name, inner, close in self.raw
            if name == "style"
        ]

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Where visible text is: what stands between two tags."""
        return [run.span() for run in _RUN.finditer(self.html) if not self._is_inside(run.start())]

    def line_at(self, position: int) -> tuple[int, int] | None:
        """Return where the visible text at a position is; None in a tag, comment or script."""
        if self.html[position] in "<>":
            return None
        start = max(self.html.rfind("<", 0, position), self.html.rfind(">", 0, position)) + 1
        match = _RUN.match(self.html, start)
        return match.span() if match and not self._is_inside(start) else None

    def _is_inside(self, position: int) -> bool:
        """Check whether a position is in a tag, comment or element of raw text."""
        at = bisect_right(self._starts, position) - 1
        if at >= 0 and position < self._ends[at]:
            return True
        return self.html.startswith("</", position - 1) or self.html.startswith("<!", position - 1)

    def inner(self, tag: int) -> str:
        """Return the text of an element of raw text."""
        if tag not in self._heads:
            return ""
        return self.html[self._heads[tag] : self._ends[tag]]

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Contents of meta tags by lower-case name, property or http-equiv."""
        found: dict[str, list[str]] = {}
        for tag in self._metas[:_MOST_VALUES]:
            attributes = self.attributes(tag)
            content = attributes.get("content")
            if content is None:
                continue
            for key in ("name", "property", "http-equiv", "itemprop"):
                if name := attributes.get(key, "").strip().lower():
                    value = " ".join(content[:LONGEST_VALUE].split())
                    found.setdefault(name[:100], []).append(value)
                    break
        return found

    @cached_property
    def cookies(self) -> dict[str, str]:
        """Cookies that the site sets, by lower-case name."""
        stated = self.headers.get("set-cookie", "")[:20_000]
        return {match[1].lower(): match[2] for match in _COOKIE.finditer(stated)}

    @cached_property
    def domain(self) -> str | None:
        """Registrable domain of the page."""
        return registrable(self.url)

    def values(self, channel: str) -> Mapping[str, Sequence[str]]:
        """Return the values of a channel by lower-case name."""
        if channel == "headers":
            return {name: (value[:LONGEST_VALUE],) for name, value in self.headers.items()}
        if channel == "cookies":
            return {name: (value,) for name, value in self.cookies.items()}
        if channel == "meta":
            return self.metas
        return self.dns

    # What the scan reads

    @cached_property
    def scanned(self) -> bytes:
        """The markup for the scan, one byte a character; where entities hide letters, once more
        without them.
        """
        html = self.html
        if self.hides_letters:
            html = f"{html}\n{unescape(html)}"
        return html.encode("latin-1", "replace").lower()

    @cached_property
    def hides_letters(self) -> bool:
        """Whether entities write letters that rules may look for."""
        return "&" in self.html and _HIDES.search(self.html) is not None
