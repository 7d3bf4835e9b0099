"""Job openings that a careers page shows as plain lines: above a button, or below a heading."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from enrich.document import Document
from enrich.openings.opening import Opening, is_button, names_role, title_of
from enrich.tables import words

#: Lines between a title and its button, and between two titles of a list: place, hours.
_MOST_BETWEEN, _MOST_ASIDE = 6, 3
_MOST_LINES = 3_000
#: Words of a title without a marker; more are a sentence.
_LONGEST_TITLE = 8


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
        since += 1
        title = _role(said)
        if not title:
            listed = 0 if _ends_list(said) else max(listed - 1, 0)
            continue
        waiting, since = title, 0
        if listed:
            listed = _MOST_ASIDE
            yield Opening(title)


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
def _headings() -> frozenset[str]:
    return frozenset(words("openings")["headings"])
