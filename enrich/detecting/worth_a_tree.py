"""Whether a selector of several tags, or of an element's text, can match at all.

Building the tree of a page costs more than all other rules together. The texts that a match needs
rule out most of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import islice

from enrich.detecting import literals, selectors
from enrich.detecting.expressions import expression
from enrich.detecting.literals import Clause
from enrich.detecting.matched import LONGEST_TEXT
from enrich.detecting.rules import Rule
from enrich.detecting.surface import Surface
from enrich.tags import PLAIN_TAG, TAG

_COMBINATORS = re.compile(r"[\s>+~]")
_TITLE = re.compile(r"<title\b(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>", re.IGNORECASE)
_TITLE_END = re.compile("</title", re.IGNORECASE)
_MOST_TITLES = 50
_NAME = re.compile(r"[a-zA-Z][\w-]*")
_BEGUN_AGAIN = frozenset({"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike"})
_WITHOUT_ORDER = selectors.EVERYWHERE | _BEGUN_AGAIN | {"strong", "tt", "u"}
_Needed = tuple[tuple[bytes, ...], ...]


@dataclass(frozen=True, slots=True)
class _Alternative:
    """One selector of a list."""

    #: The name of the element that it finds; "" if a parser may add or rename it.
    subject: str
    #: Texts that the markup must contain.
    needed: _Needed
    #: The beginnings of tags that it must contain in this order; the last may not be the subject's.
    tags: tuple[bytes, ...]


def is_worth_a_tree(rule: Rule, surface: Surface) -> bool:
    """Check whether the page has the texts without which a rule cannot match."""
    patterns = [pattern for name, pattern in rule.element if name == "text"]
    return any(_can_match(one, patterns, surface) for one in _alternatives(rule.text))


def _can_match(one: _Alternative, patterns: Iterable[str], surface: Surface) -> bool:
    scanned = surface.scanned
    if not all(any(text in scanned for text in clause) for clause in one.needed):
        return False
    start = _begins(one.tags, scanned)
    return start >= 0 and all(_can_hold(one.subject, start, text, surface) for text in patterns)


def _begins(tags: Iterable[bytes], scanned: bytes) -> int:
    """Return where the last tag begins at the earliest if each follows the one before; -1: nowhere."""
    start = end = 0
    for tag in tags:
        start = scanned.find(tag, end)
        if start < 0:
            return -1
        end = start + len(tag)
    return start


def _can_hold(subject: str, start: int, pattern: str, surface: Surface) -> bool:
    """Check whether an element of that name, from a place on, can have a text that matches."""
    if subject == "title":
        search = expression(pattern).search
        return any(search(unescape(text)[:LONGEST_TEXT]) for text in _titles(surface.html))
    # The apostrophe of `title=it's>` opens no value: one of the two patterns reads such a tag right.
    clauses = _texts(pattern)
    return any(_occur_in(_shown(surface.html, tag, start), clauses) for tag in (TAG, PLAIN_TAG))


def _titles(html: str) -> Iterator[str]:
    """Yield what may be a title. Some are in scripts; the tree tells them apart."""
    for tag in islice(_TITLE.finditer(html), _MOST_TITLES):
        end = _TITLE_END.search(html, tag.end(), tag.end() + LONGEST_TEXT)
        yield html[tag.end() : end.start() if end else tag.end() + LONGEST_TEXT]


def _shown(html: str, tag: re.Pattern[str], start: int) -> str:
    """Return what the page shows after a place, in lower case; tags may divide a word."""
    text = tag.sub("", html[start:])
    return (unescape(text) if "&" in text else text).lower()


def _occur_in(shown: str, clauses: Iterable[Clause]) -> bool:
    return all(any(text in shown for text in clause) for clause in clauses)


@lru_cache(maxsize=4_000)
def _alternatives(selector: str) -> tuple[_Alternative, ...]:
    """Return what each selector of a list finds and needs."""
    each = map(str.strip, selectors.split(selector))
    return tuple(
        _Alternative(
            _subject(one), _encoded(selectors.needed(one)), tuple(map(str.encode, _tags(one)))
        )
        for one in each
    )


def _tags(selector: str) -> tuple[str, ...]:
    """Return the beginnings of tags that follow each other: of the elements around, then its own.

    A sibling may be moved before a table that was there first, so siblings have no order. Nor has
    what a parser begins again inside of other elements, such as `<b>`.
    """
    plain = selectors.without_attributes(selector)
    if any(sign in plain for sign in ":+~\\|"):
        return ()
    named = (_NAME.match(one) for one in _COMBINATORS.split(plain))
    names = (one[0].lower() for one in named if one)
    return tuple(f"<{name}" for name in names if name not in _WITHOUT_ORDER)


def _subject(selector: str) -> str:
    last = _COMBINATORS.split(selectors.without_attributes(selector))[-1]
    found = _NAME.match(last) if ":" not in selector else None
    name = found[0].lower() if found else ""
    return "" if name in selectors.EVERYWHERE - {"title"} else name


@lru_cache(maxsize=4_000)
def _texts(pattern: str) -> tuple[Clause, ...]:
    return literals.of_pattern(pattern, f"{selectors.CUT} \t\n")


def _encoded(clauses: Iterable[Clause]) -> _Needed:
    return tuple(tuple(text.encode() for text in sorted(clause)) for clause in clauses)
