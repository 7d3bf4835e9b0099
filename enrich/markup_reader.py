"""Read HTML without a tree, in linear time and memory.

Building the tree of the HTML standard takes quadratic time and memory on malicious pages (100,000
nested `<div>` are 1 MB and take lexbor 25 s), and extraction needs no tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from enrich.attributes import HREF, first_of
from enrich.items import Items
from enrich.kept_tags import keep_language, keep_meta, keep_relation, keep_script, keep_source
from enrich.markup import LONGEST, LONGEST_TEXT, MOST, Link, Markup
from enrich.page_words import is_email_between, with_width
from enrich.tags import BLOCKS, ENDS, ONE_TAG, PLAIN_TAG, TAG, TAG_AND_LINE_ENDS, UNSEEN

_LONGEST_TAG = 65_536
#: Maximum tags with unbalanced quotes parsed carefully; later ones end at the next `>`.
_PATIENCE = 60
#: Maximum comments, declarations and broken tags; a page is read up to there.
MOST_ODD = 30_000
#: A page without any of these has no microdata and no RDFa; a plain search is ten times faster.
_ITEM_SIGNS = ("temscope", " typeof=")
_WHITE = " \t\n"


class Reader:
    """One pass over the tags of one page."""

    __slots__ = (
        "_absent",
        "_at",
        "_handlers",
        "_html",
        "_items",
        "_links",
        "_markup",
        "_odd",
        "_parts",
        "_patience",
        "_pattern",
        "_size",
    )

    def __init__(self, html: str) -> None:
        self._html = html
        self._at = 0
        self._patience = _PATIENCE
        self._odd = 0
        self._markup = Markup()
        self._parts: list[str] = ["\n"]
        self._size = 0
        self._links: list[tuple[str, int]] = []
        self._absent: set[str] = set()
        self._handlers = _Handlers(_HANDLERS)
        self._items = Items() if any(sign in html for sign in _ITEM_SIGNS) else None
        self._pattern = TAG_AND_LINE_ENDS if self._items is None else ONE_TAG

    def read(self) -> Markup:
        """Read the page."""
        size = len(self._html)
        while self._at < size and self._odd < MOST_ODD:
            self._read_tokens()
            self._read_odd()
            self._odd += 1
        while self._links:
            self._close_link()
        self._markup.text = "".join(self._parts[1:])[:LONGEST_TEXT]
        if self._items is not None:
            self._markup.items = self._items.nodes(self._markup.text)
            self._markup.cut = self._items.cut
        return self._markup

    @property
    def left(self) -> int:
        """How many characters were not read."""
        return len(self._html) - self._at

    def _read_tokens(self) -> None:
        """Read text, tags and comments up to a tag that is odd or too long."""
        handlers, items, pattern = self._handlers, self._items, self._pattern
        while self._patience > 0:
            end = self._at + _LONGEST_TAG
            for token in pattern.finditer(self._html, self._at, end):
                text, name, raw, line_ends = token.groups()
                if name is None and not self._is_comment(token.end(1)):
                    self._at = token.start()
                    return
                if text:
                    self._say(text)
                if name is None:
                    break
                if items is not None and items.matter(raw):
                    items.read(name.lower(), raw, self._size)
                if handlers[name](self, raw, token):
                    break
                if line_ends:
                    self._end_line(line_ends)
            else:
                return

    def _end_line(self, line_ends: str) -> None:
        parts = self._parts
        if parts[-1] == "\n":
            return
        if line_ends[0] != "<" and parts[-1][-1] not in _WHITE:
            parts.append(" ")
            self._size += 1
        parts.append("\n")
        self._size += 1

    def _is_comment(self, at: int) -> bool:
        """Skip a comment that ends, unless there were too many."""
        if self._odd >= MOST_ODD or not self._html.startswith("<!--", at) or "-->" in self._absent:
            return False
        end = self._html.find("-->", at)
        if end < 0:
            return False
        self._at = end + 3
        self._odd += 1
        return True

    def _read_odd(self) -> None:
        """Read the next text, and the tag, comment or lone `<` after it."""
        html, opened = self._html, self._html.find("<", self._at)
        if opened < 0:
            self._say_between(len(html))
            return
        self._say_between(opened)
        is_tag = self._patience > 0 and html[opened + 1 : opened + 2] not in ("!", "?")
        tag = TAG.match(html, opened, opened + _LONGEST_TAG) if is_tag else None
        if tag is None and (tag := self._odd_tag()) is None:
            return
        self._at = tag.end()
        name, raw = tag.groups()
        items = self._items
        if items is not None and items.matter(raw):
            items.read(name.lower(), raw, self._size)
        self._handlers[name](self, raw, tag)

    def _say_between(self, end: int) -> None:
        text = self._html[self._at : end]
        self._at = end
        self._say(text)

    def _odd_tag(self) -> re.Match[str] | None:
        """Match a tag with unbalanced quotes up to the next `>`; else skip it and return None."""
        html, at = self._html, self._at
        after = html[at + 1 : at + 2]
        if after in ("!", "?"):
            self._skip_past("-->" if html.startswith("<!--", at) else ">")
            return None
        tag = None
        if after.isalpha() or after == "/":
            self._patience -= 1
            # Without a `>` ahead, a pattern would scan to the end of the page at every `<`.
            end = -1 if ">" in self._absent else html.find(">", at)
            if end < 0:
                self._absent.add(">")
            else:
                tag = PLAIN_TAG.match(html, at, end + 1)
        if tag is None:
            self._say("<")
            self._at = at + 1
        return tag

    def _skip_past(self, closing: str) -> None:
        """Continue after `closing`, or after this `<` if it is missing."""
        end = -1 if closing in self._absent else self._html.find(closing, self._at)
        if end < 0:
            self._absent.add(closing)
            self._at += 1
        else:
            self._at = end + len(closing)

    def _content(self, name: str, tag: re.Match[str]) -> str:
        """Return and skip the content after a tag; "" if its end is missing."""
        self._at = tag.end("raw") + 1
        end = None if name in self._absent else ENDS[name].search(self._html, self._at)
        if end is None:
            self._absent.add(name)
            return ""
        content = self._html[self._at : end.start()]
        self._at = end.start()
        return content

    def _say(self, text: str) -> None:
        """Add a text, with one space for each run of white space, and none after white space."""
        if self._size >= LONGEST_TEXT:
            return
        parts = self._parts
        text = unescape(text) if "&" in text else text
        text = text if text.isascii() else with_width(text)
        words = text.split()
        if not words:
            if text:
                self._space()
            return

        shown = " ".join(words)
        if "@" in shown or "@" in parts[-1]:
            self._part_emails(shown)
        if len(shown) < len(text):
            if text[0].isspace() and parts[-1][-1] not in _WHITE:
                shown = f" {shown}"
            if text[-1].isspace():
                shown = f"{shown} "
        parts.append(shown)
        self._size += len(shown)

    def _part_emails(self, text: str) -> None:
        """Add a space where an element ends or begins with a whole e-mail address."""
        if self._parts[-1][-1] not in _WHITE and is_email_between(self._parts[-1], text):
            self._space()

    def _space(self) -> None:
        if self._parts[-1][-1] not in _WHITE:
            self._parts.append(" ")
            self._size += 1

    def _new_line(self, _raw: str, _tag: re.Match[str]) -> None:
        if self._parts[-1] != "\n":
            self._parts.append("\n")
            self._size += 1

    def _cell(self, _raw: str, _tag: re.Match[str]) -> None:
        if self._parts[-1][-1] not in "\t\n":
            self._parts.append("\t")
            self._size += 1

    def _script(self, raw: str, tag: re.Match[str]) -> bool:
        keep_script(self._markup, raw, self._content("script", tag))
        return True

    def _unseen(self, _raw: str, tag: re.Match[str]) -> bool:
        self._content(tag["name"].lower(), tag)
        return True

    def _title(self, _raw: str, tag: re.Match[str]) -> bool:
        content = self._content("title", tag)
        self._markup.title = self._markup.title or " ".join(unescape(content[:LONGEST]).split())
        return True

    def _anchor(self, raw: str, _tag: re.Match[str]) -> None:
        self._close_link()
        href = first_of(HREF, raw, "href") if raw else ""
        self._links.append((href.strip()[:LONGEST], self._size))

    def _close_link(self, _raw: str = "", _tag: re.Match[str] | None = None) -> None:
        if not self._links:
            return
        href, start = self._links.pop()
        if href and len(self._markup.links) < MOST:
            end = self._size
            if end > LONGEST_TEXT:
                start, end = min(start, LONGEST_TEXT), LONGEST_TEXT
            self._markup.links.append(Link(href, start, end))

    def _form(self, raw: str, tag: re.Match[str]) -> None:
        self._new_line(raw, tag)
        keep_source(self._markup, raw)


#: Handles a tag; True if the page is read on from another place than after the tag.
_Handler = Callable[[Reader, str, re.Match[str]], bool | None]


class _Handlers(dict[str, _Handler]):
    """The handlers of one page by names as written, once they are met."""

    def __missing__(self, name: str) -> _Handler:
        found = self[name] = self.get(name.lower(), _nothing)
        return found


def _nothing(_reader: Reader, _raw: str, _tag: re.Match[str]) -> None:
    """Handle a tag of any other name."""


def _kept(keep_tag: Callable[[Markup, str], None]) -> _Handler:
    return lambda reader, raw, _tag: keep_tag(reader._markup, raw)


_HANDLERS: dict[str, _Handler] = {
    **dict.fromkeys((*BLOCKS, *(f"/{name}" for name in BLOCKS), "/form"), Reader._new_line),
    **dict.fromkeys(("td", "th"), Reader._cell),
    **dict.fromkeys(UNSEEN, Reader._unseen),
    **dict.fromkeys(("a", "area"), Reader._anchor),
    **dict.fromkeys(("/a", "/area"), Reader._close_link),
    **dict.fromkeys(("img", "iframe", "frame", "embed"), _kept(keep_source)),
    "form": Reader._form,
    "script": Reader._script,
    "title": Reader._title,
    "meta": _kept(keep_meta),
    "link": _kept(keep_relation),
    "html": _kept(keep_language),
}
