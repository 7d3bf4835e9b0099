"""Technologies that job openings ask for: what the company wants people to know, not what it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich.tables import words
from leads.lexicon.technologies import find

_WORD = re.compile(r"[^\W_][\w.+#/-]{0,40}")
_MOST_WORDS, _LONGEST_NAME = 600, 3


def technologies_asked(text: str) -> Iterator[tuple[str, str]]:
    """Yield slug and words of each technology that a text names, each once.

    Names are written with a capital or a digit; those that are common words are left out.
    """
    said = [match[0].rstrip(".,/-") for match in _WORD.finditer(text[:10_000])][:_MOST_WORDS]
    seen: set[str] = set()
    place = 0
    while place < len(said):
        step = 1
        for size in range(_LONGEST_NAME, 0, -1):
            name = " ".join(said[place : place + size])
            slug = _slug(name) if place + size <= len(said) else None
            if slug is not None:
                step = size
                if slug not in seen:
                    seen.add(slug)
                    yield slug, name
                break
        place += step


def _slug(name: str) -> str | None:
    if not (name[:1].isupper() or any(map(str.isdigit, name))) or name.isdigit():
        return None
    if name.lower() in _ambiguous() or len(name) < 2:
        return None
    found = find(name)
    return found.slug if found else None


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(words("openings")["ambiguous"])
