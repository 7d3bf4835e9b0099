"""Compare pages: a site that answers to everything shows one page under many addresses."""

from __future__ import annotations

import re
from zlib import crc32

from spiders.page_sight import see

_WORDS = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 2_000
#: Words that are compared together, and the share of them that pages of one kind have in common.
_RUN, _ALIKE = 4, 0.8


def likeness_of(html: str) -> frozenset[int]:
    """Return what a page says, in a form to compare: its runs of words; a page without text has its
    markup.
    """
    words = _WORDS.findall(see(html).text.casefold())[:_MOST_WORDS]
    if not words:
        words = _WORDS.findall(html[:20_000].casefold())[:_MOST_WORDS]
    runs = range(max(len(words) - _RUN + 1, 1))
    return frozenset(crc32(" ".join(words[at : at + _RUN]).encode()) for at in runs)


def alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two pages say the same but for a few words, such as the address that was asked for."""
    both = len(one | other)
    return both > 0 and len(one & other) >= _ALIKE * both
