"""The channels of one page, each read once and on demand.

Tags are found by one pattern in linear time. No tree is built: it would cost more than all rules,
and quadratic time on deeply nested pages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from html import unescape

from enrich.attributes import HREF, SRC, attributes_of, first_of
from enrich.detecting.hidden_letters import hides_letters
from enrich.detecting.sources import LONGEST_VALUE, source_urls
from enrich.detecting.tokens import TOKEN
from enrich.page_ends import both_ends
from leads.lexicon.domains import registrable

LONGEST_SCRIPT = 50_000
_MOST_VALUES = 1_000

_NAME = re.compile(r"<([a-z][^\s/>]*)", re.IGNORECASE)
_RUN = re.compile(r"[^<>]+")
_COOKIE = re.compile(r"(?:^|[\n,])\s{0,20}([^=;,\s]{1,100})=([^;,\n]{0,300})")
#: The channel of a tag, and the attribute that has its URL.
_URL_ATTRIBUTES: Mapping[str, tuple[str, str]] = {
    "a": ("href", "href"),
    "area": ("href", "href"),
    **dict.fromkeys(("img", "iframe", "frame", "embed", "source"), ("src", "src")),
    "form": ("src", "action"),
    "link": ("src", "href"),
}
_LINKS = frozenset({"a", "area"})


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
        #: What of the page no rule was checked on.
        self.unread: list[str] = []
        self._attributes: dict[int, Mapping[str, str]] = {}
        self._parts: dict[int, tuple[str, str]] = {}
        self._urls: dict[int, tuple[str, str]] = {}
        #: Tag of each element of raw text, and its content's start and end.
        self.raw: list[tuple[int, str, int, int]] = []
        self._comments: set[int] = set()
        self._metas: list[int] = []
        self._read()

    def _read(self) -> None:
        self._tokens = list(TOKEN.finditer(self.html))
        told = [(number, one) for number, one in enumerate(self._tokens) if one.lastindex]
        for number, token in told:
            kind = token.lastgroup
            if kind == "note":
                self._comments.add(number)
            elif kind == "meta":
                self._metas.append(number)
                self._parts[number] = "meta", token[0][len("<meta") :]
            else:
                name = token["raw"].lower()
                self._parts[number] = name, token["head"]
                self.raw.append((number, name, *token.span("inner")))

    # Tags

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start() for token in self._tokens]

    @property
    def tags(self) -> Iterable[int]:
        """Numbers of all tags."""
        return (one for one in range(len(self._tokens)) if one not in self._comments)

    def tag_at(self, position: int) -> int | None:
        """Return the number of the start tag at a position of the markup."""
        at = bisect_right(self._starts, position) - 1
        if at < 0 or at in self._comments or position >= self._head_ends(at):
            return None
        return at

    def in_markup(self, position: int) -> bool:
        """Check whether a position is in a tag, script or comment: page text proves nothing."""
        at = bisect_right(self._starts, position) - 1
        if at < 0 or position >= self._tokens[at].end():
            return self.html.startswith("</", position)
        return self._kinds.get(at) not in {"title", "textarea"} or position < self._head_ends(at)

    def _head_ends(self, at: int) -> int:
        return self._heads.get(at) or self._tokens[at].end()

    @cached_property
    def _heads(self) -> dict[int, int]:
        return {at: inner for at, _, inner, _ in self.raw}

    @cached_property
    def _kinds(self) -> dict[int, str]:
        return {at: name for at, name, _, _ in self.raw}

    def name(self, tag: int) -> str:
        """Return the lower-case name of a tag."""
        return self._parts_of(tag)[0]

    def attributes(self, tag: int) -> Mapping[str, str]:
        """Return the attributes of a tag by lower-case name; the first of a name wins."""
        found = self._attributes.get(tag)
        if found is None:
            found = self._attributes[tag] = attributes_of(self._parts_of(tag)[1])
        return found

    def _parts_of(self, tag: int) -> tuple[str, str]:
        """Return the lower-case name of a tag, and its attributes as they are written."""
        found = self._parts.get(tag)
        if found is None:
            match = _NAME.match(self.html, self._starts[tag])
            end = match.end() if match else self._starts[tag]
            name = match[1].lower() if match else ""
            found = self._parts[tag] = name, self.html[end : self._head_ends(tag)]
        return found

    def tag_url(self, tag: int, channel: str) -> str | None:
        """Return the URL that a tag contributes to a channel (`src`, `href`)."""
        found = self._urls.get(tag)
        if found is None:
            found = self._urls[tag] = self._url_of(tag)
        return found[1] if found[0] == channel and found[1] else None

    def _url_of(self, tag: int) -> tuple[str, str]:
        """Return the channel of a tag and the URL that it contributes, "" for none."""
        name, written = self._parts_of(tag)
        channel, attribute = _URL_ATTRIBUTES.get(name, ("", ""))
        if not channel:
            return "", ""
        if attribute == "src":
            return channel, next(self._sources_of(tag), "")
        if name in _LINKS:
            return channel, first_of(HREF, written, attribute).strip()[:LONGEST_VALUE]
        stated = self.attributes(tag)
        if name == "link" and "stylesheet" not in stated.get("rel", "").lower():
            return "", ""
        return channel, stated.get(attribute, "").strip()[:LONGEST_VALUE]

    def _sources_of(self, tag: int) -> Iterator[str]:
        """Yield what a tag loads, now or later; mostly one plain `src`, which one pattern finds."""
        written = self._parts_of(tag)[1]
        if "src" not in (lower := written.lower()):
            return iter(())
        if lower.count("src") == 1 and (plain := first_of(SRC, written, "src")):
            return source_urls({"src": plain})
        return source_urls(self.attributes(tag))

    # Values

    @cached_property
    def script_urls(self) -> list[str]:
        """URLs of scripts in page order, of those too that wait for a visitor's consent."""
        found: list[str] = []
        for tag, name, _, _ in self.raw:
            if name == "script":
                found += self._sources_of(tag)
        return found[:_MOST_VALUES]

    @cached_property
    def inline_scripts(self) -> list[tuple[int, int]]:
        """Where the texts of inline scripts are."""
        return [
            (inner, min(close, inner + LONGEST_SCRIPT))
            for tag, name, inner, close in self.raw
            if name == "script" and close > inner and not self._has_source(tag)
        ]

    def _has_source(self, tag: int) -> bool:
        written = self._parts_of(tag)[1]
        return "src" in written.lower() and "src" in self.attributes(tag)

    @cached_property
    def styles(self) -> list[tuple[int, int]]:
        """Where the texts of inline style sheets are."""
        return [
            (inner, min(close, inner + LONGEST_SCRIPT))
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
        if at >= 0 and position < self._tokens[at].end():
            return True
        return self.html.startswith("</", position - 1) or self.html.startswith("<!", position - 1)

    def inner(self, tag: int) -> str:
        """Return the text of an element of raw text."""
        if tag not in self._heads:
            return ""
        return self.html[self._heads[tag] : self._tokens[tag].end()]

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
            return self._header_values
        if channel == "cookies":
            return self._cookie_values
        if channel == "meta":
            return self.metas
        return self.dns

    @cached_property
    def _header_values(self) -> Mapping[str, Sequence[str]]:
        return {name: (value[:LONGEST_VALUE],) for name, value in self.headers.items()}

    @cached_property
    def _cookie_values(self) -> Mapping[str, Sequence[str]]:
        return {name: (value,) for name, value in self.cookies.items()}

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
        return hides_letters(self.html)
