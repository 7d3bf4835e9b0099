"""What is offered to customers: `software` in `software for dentists`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich.industry.tokens import stem
from enrich.industry.tokens import words as words_of
from enrich.tables import words as table

#: Words after these name customers.
FOR = frozenset("for fuer pour para per dla voor till til serving".split())  # noqa: SIM905 - as written
#: Words after one of them that are customers, and words before the head that describe it.
SERVED_WORDS, _DESCRIBING = 4, 2
#: What ends a part of a title: `DentSoft - software for dentists | Ulm`.
_PART = re.compile(r"\s[-–—·•]\s|[.!?;:|]")
#: Letters of the shortest customer in a compound: `Arztsoftware`.
_SHORTEST = 4


def is_head(word: str) -> bool:
    """Check whether this plain word and `for` are followed by customers, not by the work."""
    return stem(word) in _heads() or _has_end(word, _ends("ends"))


def served(title: str) -> Iterator[str]:
    """Yield the plain words of a title that name those for whom something is made: after `for`,
    and before what is offered (`practice management software for dentists`).
    """
    for part in _PART.split(title):
        said = words_of(part)
        place = next((at for at, one in enumerate(said) if at and one in FOR), 0)
        if place and is_head(said[place - 1]):
            before = said[max(0, place - 1 - _DESCRIBING) : place - 1]
            yield from (one for one in before if not is_head(one))
            yield from said[place + 1 : place + 1 + 2 * SERVED_WORDS]


def begins_with_customer(word: str) -> bool:
    """Check whether a plain word is a compound of customer and product."""
    return _has_end(word, _ends("products"))


def _has_end(word: str, ends: tuple[str, ...]) -> bool:
    return any(word.endswith(end) and len(word) - len(end) >= _SHORTEST for end in ends)


@cache
def _heads() -> frozenset[str]:
    return frozenset(map(stem, table("industry_heads")["heads"]))


@cache
def _ends(key: str) -> tuple[str, ...]:
    return tuple(table("industry_heads")[key])
