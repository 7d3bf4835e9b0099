"""Job openings that a careers page shows as plain lines: above a button, or below a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich.document import Document
from enrich.openings.opening import Opening, is_button, names_role, place_of, title_of
from enrich.tables import either, words

#: Lines between a title and its button, and between two titles of a list: place, hours.
_MOST_BETWEEN, _MOST_ASIDE = 6, 3
_MOST_LINES = 3_000
#: Words of a title without a marker; more are a sentence.
_LONGEST_TITLE = 8
_DASH = re.compile(r" [–—|•·-] ")
_COMMA = re.compile(r", (?:and |und |et |e |y |en |i )?| (?:and|und|et|e|y|en|i|oder|or) ")
_ARTICLE = re.compile(
    r"(?:an?|one|two|three|eine?n?|zwei|une?|deux|uno|una|due|dos|een|twee|\d{1,2}x?) ",
    re.IGNORECASE,
)


def listed_openings(document: Document) -> Iterator[Opening]:
    """Yield the lines that name a role, above a button to apply or in the list below a
    heading such as `Open positions`.
    """
    waiting, since, listed = "", 0, 0
    for line in document.text.split("\n", _MOST_LINES)[:_MOST_LINES]:
        said = line.strip()
        if not said:
            continue
        if _is_heading(said):
            listed, waiting = _MOST_ASIDE, ""
            continue
        if waiting and is_button(said) and since <= _MOST_BETWEEN:
            yield Opening(waiting)
            waiting = ""
            continue
        if enumerated := _enumerated(said):
            yield from map(Opening, enumerated)
            continue
        since += 1
        title, place = _title_and_place(said)
        if not title:
            listed = 0 if _ends_list(said) else max(listed - 1, 0)
            continue
        waiting, since = title, 0
        if listed:
            listed = _MOST_ASIDE
            yield Opening(title, place)


def _title_and_place(line: str) -> tuple[str, str]:
    """Cut what follows a dash off a title: a place, or hours (`Welder – Leeds`)."""
    title, _, rest = line.partition("\t")
    first, *others = _DASH.split(title, 1)
    if others and _role(first) and not names_role(others[0]):
        return _role(first), place_of(others[0])
    return _role(line), place_of(rest)


def _enumerated(line: str) -> list[str]:
    """Return the roles of `We are looking for: a welder, a driver and a cook`."""
    match = _sought().match(line.lower())
    if match is None:
        return []
    parts = _COMMA.split(re.split(r"[.!] ", line[match.end() :])[0].rstrip(" .!"))
    titles = [_role(_ARTICLE.sub("", part.strip())) for part in parts]
    return titles if all(titles) else []


def _role(line: str) -> str:
    """Return the line as a title that names a role; "" for sentences and other words."""
    words_of = line.partition("\t")[0]
    if len(words_of.split()) > _LONGEST_TITLE or words_of.endswith((".", "!", "?", ":", ",")):
        return ""
    return title_of(words_of) if names_role(words_of) else ""


def _ends_list(line: str) -> bool:
    """Check for a sentence, and for the people to be asked: their roles are no openings."""
    return len(line.split()) > 2 * _LONGEST_TITLE or any(
        one in line.lower() for one in words("openings")["no_list"]
    )


def _is_heading(line: str) -> bool:
    return line.lower().rstrip(" :!") in _headings()


@cache
def _sought() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(words('openings')['sought'])})[^:.]{{0,40}}: ")


@cache
def _headings() -> frozenset[str]:
    return frozenset(words("openings")["headings"])
