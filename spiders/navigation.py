"""Find the header, navigation and footer of a page, where links to its main pages stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

#: Elements that hold navigation, and attributes by which older pages name theirs. The look ahead at
#: one character halves the time.
_EDGE = re.compile(r"<(?=/?[fnh])(/?)(footer|nav|header)\b", re.IGNORECASE)
_NAMED = re.compile(
    r"<(?:div|ul|section|table|p)\b[^>]{0,80}\b(?:id|class|role)=[\"']?[^\"'>]{0,40}?"
    r"\b(footer|fuss|nav|navigation|contentinfo|mainmenu|menu)\b",
    re.IGNORECASE,
)
_MOST = 400
#: What a place is called, and how far a named block without an end reaches, in characters.
_NAMES = {"footer": "footer", "fuss": "footer", "contentinfo": "footer", "header": "header"}
_REACH = 6_000


class Navigation:
    """Answers where on its page a link stands."""

    def __init__(self, html: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._names: list[str] = []
        for start, end, name in _spans(html):
            self._starts.append(start)
            self._ends.append(end)
            self._names.append(name)

    def blocks(self) -> Iterator[tuple[int, int, str]]:
        """Yield where the blocks begin and end, without those that begin within another, and what
        all of a block is called; "" if another begins within.
        """
        past = 0
        for place, (start, end) in enumerate(zip(self._starts, self._ends, strict=True)):
            if start >= past:
                past = end
                following = self._starts[place + 1] if place + 1 < len(self._starts) else end
                yield start, end, self._names[place] if following >= end else ""

    def at(self, place: int) -> str:
        """Return `footer`, `header`, `nav`, or "" for the content of the page."""
        found = bisect_right(self._starts, place) - 1
        for one in range(found, max(found - 3, -1), -1):
            if place <= self._ends[one]:
                return self._names[one]
        return ""


def _spans(html: str) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    opened: list[tuple[int, str]] = []
    for count, edge in enumerate(_EDGE.finditer(html)):
        if count >= _MOST:
            break
        name = edge[2].lower()
        if not edge[1]:
            opened.append((edge.start(), name))
            continue
        for place in range(len(opened) - 1, max(len(opened) - 4, -1), -1):
            if opened[place][1] == name:
                spans.append((opened.pop(place)[0], edge.start(), name))
                break
    if not spans and not opened:
        spans = [
            (one.start(), one.start() + _REACH, _NAMES.get(one[1].lower(), "nav"))
            for _, one in zip(range(_MOST), _NAMED.finditer(html), strict=False)
        ]
    spans += [(start, len(html), name) for start, name in opened if name == "footer"]
    return sorted(spans)
