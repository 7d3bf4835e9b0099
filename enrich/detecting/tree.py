"""Selectors that need more than one tag: the tree of a page, built when it is first asked."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser

from enrich.detecting.matched import LONGEST_TEXT
from enrich.tags import TAG

#: Building a tree of deeper pages takes quadratic time.
DEEPEST = 1_500
_MOST_NODES = 200
_LARGEST = 1_500_000
_EDGE = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]*+")
_OPTION = re.compile(r"<option\b", re.IGNORECASE)
_MOST_OPTIONS = 2_000
_LONGEST_TAG, _LONG_TAG, _MOST_COMPARISONS = 65_536, 400, 20_000_000
#: What can stand between two attributes.
_BETWEEN = re.compile(r"[\s/\"']")
#: Elements that hold nothing, or end by themselves.
_FLAT = frozenset(
    """area base br col embed hr img input link meta param source track wbr
    p li dt dd option tr td th thead tbody tfoot""".split()  # noqa: SIM905 - a list would be 27 lines
)


def is_readable(selector: str) -> bool:
    """Check whether a tree can be asked for a selector."""
    return Tree("<p>").knows(selector)


class Tree:
    """The tree of one page."""

    def __init__(self, html: str) -> None:
        self._html = html

    @cached_property
    def parser(self) -> LexborHTMLParser | None:
        """The parsed page; None if it would take too long."""
        if is_slow(self._html):
            return None
        return LexborHTMLParser(self._html)

    def knows(self, selector: str) -> bool:
        """Check whether there is a tree, and the selector can be asked of it."""
        if self.parser is None:
            return False
        try:
            self.parser.css_first(selector)
        except Exception:
            return False
        return True

    def exists(self, selector: str) -> bool:
        """Check whether an element matches; False for a selector that cannot be read."""
        try:
            return bool(self.parser is not None and self.parser.css_first(selector) is not None)
        except Exception:
            return False

    def elements(self, selector: str) -> list[tuple[dict[str, str], str]]:
        """Return attributes and text of the first elements that match."""
        if self.parser is None:
            return []
        try:
            nodes = self.parser.css(selector)[:_MOST_NODES]
        except Exception:
            return []
        return [
            (
                {name: value or "" for name, value in node.attributes.items()},
                node.text()[:LONGEST_TEXT],
            )
            for node in nodes
        ]


def is_slow(html: str) -> bool:
    """Estimate whether building the tree takes longer than linear time."""
    return (
        len(html) > _LARGEST
        or _is_deep(html)
        or len(_OPTION.findall(html)) > _MOST_OPTIONS
        or _is_crowded(html)
    )


def _is_crowded(html: str) -> bool:
    """Check for tags with very many attributes, each of which is compared with all before it."""
    at, comparisons = html.find("<"), 0
    while at >= 0:
        tag = TAG.match(html, at, at + _LONGEST_TAG)
        if tag is None and html[at + 1 : at + 2].isalpha():
            # Its quotes are not balanced, so that it may reach far.
            return True
        if tag is not None and len(tag["raw"]) > _LONG_TAG:
            comparisons += len(_BETWEEN.findall(tag["raw"])) ** 2
            if comparisons > _MOST_COMPARISONS:
                return True
        at = html.find("<", tag.end() if tag else at + 1)
    return False


def _is_deep(html: str) -> bool:
    """Estimate whether elements are nested deeper than a tree can be built in linear time."""
    if html.count("<") < DEEPEST:
        return False
    steps = _Steps()
    edges: list[str] = _EDGE.findall(html)
    depths: list[int] = list(accumulate(map(steps.__getitem__, edges), initial=0))
    # What closes nothing does not count.
    lowest = accumulate(depths, min)
    return max(depth - low for depth, low in zip(depths, lowest, strict=True)) > DEEPEST


class _Steps(dict[str, int]):
    """How much deeper the page is after the beginning of a tag, such as `<div` or `</div`."""

    def __missing__(self, edge: str) -> int:
        name = edge.lstrip("</").lower()
        step = 0 if name in _FLAT else -1 if edge[1] == "/" else 1
        self[edge] = step
        return step
