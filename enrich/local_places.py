"""Large cities that a local company names in its title, headlines and meta tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from enrich.document import Document
from enrich.place import Place, large_city_country

_LONGEST_TITLE, _LONGEST_HEADLINE, _SPACES, _MOST_LINES = 200, 60, 6, 2_000
_NAME = re.compile(r"[^\W\d_]+(?:[-.'’][^\W\d_]+)*\.?")
_IN = re.compile(r"\b(?:in|à|en|serving|throughout) \Z")
#: Times that a page repeats a headline (menu, heading, footer), and names its city.
_REPEATED, _NAMED = 2, 3


def local_places(document: Document) -> Iterator[Place]:
    """Find cities of the title, the description and of headlines that the page repeats."""
    # A brand of a foreign town (`Used Heidelberg presses`) is no place of the company.
    for city in _named(document):
        country = large_city_country(city, document.hint)
        if document.hint in (None, country):
            start = max(0, document.text.find(city))
            yield Place(None, city, None, country, start, start + len(city))


def _named(document: Document) -> Iterator[str]:
    text, metas = document.text, dict(document.markup.metas)
    title = document.markup.title[:_LONGEST_TITLE]
    for shown in (title, metas.get("description", ""), metas.get("og:title", "")):
        for city in _cities_in(shown[:_LONGEST_TITLE], document.hint):
            if text.count(city) > 1 or (shown is title and _IN.search(title, 0, title.find(city))):
                yield city
    yield from (city for city in _in_headlines(document) if text.count(city) >= _NAMED)


def _in_headlines(document: Document) -> Iterator[str]:
    """Yield the cities that begin or end a line such as `Leeds Roof Repairs` that is repeated."""
    lines = document.text.split("\n", _MOST_LINES)[:_MOST_LINES]
    for shown, count in Counter(lines).items():
        if count < _REPEATED:
            continue
        line = shown.strip()
        if not 8 <= len(line) <= _LONGEST_HEADLINE or line.count(" ") > _SPACES:
            continue
        named = _NAME.findall(line)
        if len(named) == line.count(" ") + 1 and all(_is_capital(one) for one in named):
            cities = list(_cities_in(line, document.hint))
            yield from (one for one in cities if line.startswith(one) or line.endswith(one))


def _is_capital(word: str) -> bool:
    return word[0].isupper() or word in {"in", "of", "and", "for", "à", "de", "di", "en"}


def _cities_in(text: str, hint: str | None) -> Iterator[str]:
    """Yield the large cities that a text names, the longest names first."""
    named = _NAME.findall(text)
    taken: set[int] = set()
    for length in (3, 2, 1):
        for at in range(len(named) - length + 1):
            if not named[at][0].isupper():
                continue
            city = " ".join(named[at : at + length])
            if not city.istitle() or large_city_country(city, hint) is None:
                continue
            if taken.isdisjoint(range(at, at + length)):
                taken.update(range(at, at + length))
                yield city
