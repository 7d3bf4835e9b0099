"""How long somebody worked who held several prospects at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta


def without_overlaps(spans: Sequence[tuple[datetime, datetime]]) -> list[timedelta]:
    """How much of each span counts, in the same order: a moment that is in several spans counts once,
    for the one of them that ends first.
    """
    found = [timedelta()] * len(spans)
    # What is counted already, as stretches apart from each other, the latest at the end.
    counted: list[tuple[datetime, datetime]] = []
    for place in sorted(range(len(spans)), key=lambda one: (spans[one][1], spans[one][0])):
        since, until = spans[place]
        if until <= since:
            continue
        first, own = since, until - since
        while counted and counted[-1][1] > since:
            start, end = counted.pop()
            own -= end - max(start, since)
            first = min(first, start)
        counted.append((first, until))
        found[place] = own
    return found
