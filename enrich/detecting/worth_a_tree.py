"""Whether a selector of several tags, or of an element's text, can match at all.

Building the tree of a page costs more than all other rules together. The texts that a match needs
rule out most of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

from enrich.detecting import literals, selectors
from enrich.detecting.expressions import expression
from enrich.detecting.literals import Clause
from enrich.detecting.matched import LONGEST_TEXT
from enrich.detecting.rules import Rule
from enrich.detecting.surface import Surface

#: Elements whose text is raw, with entities.
_RAW_WITH_ENTITIES = frozenset({"title", "textarea"})
_ATTRIBUTES, _COMBINATORS = re.compile(r"\[[^\]]*\]"), re.compile(r"[\s>+~]")
_NAME = re.compile(r"[a-zA-Z][\w-]*")
_Needed = tuple[tuple[bytes, ...], ...]


def is_worth_a_tree(rule: Rule, surface: Surface) -> bool:
    """Check whether the page has the texts without which a rule cannot match."""
    patterns = [pattern for name, pattern in rule.element if name == "text"]
    return any(
        _occur(needed, surface) and all(_can_hold(subject, one, surface) for one in patterns)
        for subject, needed in _alternatives(rule.text)
    )


def _occur(needed: _Needed, surface: Surface) -> bool:
    scanned = surface.scanned
    return all(any(text in scanned for text in clause) for clause in needed)


def _can_hold(subject: str, pattern: str, surface: Surface) -> bool:
    """Check whether an element of that name can have a text that matches."""
    if subject in _RAW_WITH_ENTITIES:
        search = expression(pattern).search
        texts = (surface.inner(tag) for tag, name, _, _ in surface.raw if name == subject)
        return any(search(unescape(text)[:LONGEST_TEXT]) for text in texts)
    start = surface.scanned.find(f"<{subject}".encode()) if subject else 0
    return start >= 0 and all(_follows(clause, start, surface) for clause in _texts(pattern))


def _follows(clause: Iterable[bytes], start: int, surface: Surface) -> bool:
    """Check whether one of some texts stands outside of tags, after a place."""
    scanned, last = surface.scanned, len(surface.html)
    for text in clause:
        at = scanned.find(text, start)
        while at >= 0:
            if at >= last or surface.tag_at(at) is None:
                return True
            at = scanned.find(text, at + 1)
    return False


@lru_cache(maxsize=4_000)
def _alternatives(selector: str) -> tuple[tuple[str, _Needed], ...]:
    """Return the name of the element that each selector of a list finds, and what it needs."""
    each = map(str.strip, selectors.split(selector))
    return tuple((_subject(one), _encoded(selectors.needed(one))) for one in each)


def _subject(selector: str) -> str:
    last = _COMBINATORS.split(_ATTRIBUTES.sub("", selector))[-1]
    found = _NAME.match(last) if ":" not in selector else None
    name = found[0].lower() if found else ""
    return "" if name in selectors.EVERYWHERE - _RAW_WITH_ENTITIES else name


@lru_cache(maxsize=4_000)
def _texts(pattern: str) -> _Needed:
    return _encoded(literals.of_pattern(pattern, f"{selectors.CUT} \t\n"))


def _encoded(clauses: Iterable[Clause]) -> _Needed:
    return tuple(tuple(text.encode() for text in sorted(clause)) for clause in clauses)
