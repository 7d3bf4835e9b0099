"""Job openings in the lists of careers pages and of boards: links to single jobs, and marked lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote, urljoin, urlsplit

from enrich.document import Document
from enrich.markup import Link
from enrich.openings.opening import (
    LONGEST,
    Opening,
    has_marker,
    names_role,
    place_of,
    title_of,
)
from enrich.tables import either, words

_MOST_LINES = 3_000
_LONGEST_LINK = 400
_NOT_WORD = re.compile(r"[\W_]+")


def linked_openings(document: Document) -> Iterator[Opening]:
    """Yield the openings that a page links to: by the address of a job at an applicant-tracking
    system, or by an address under a step for jobs and a text that names a role.
    """
    for link in document.markup.links:
        if not link.href or link.href[0] == "#":
            continue
        text = document.text[link.start : min(link.end, link.start + _LONGEST_LINK)]
        lines = [line for line in re.split(r"[\n\t]", text) if line.strip()]
        if not lines:
            continue
        title = title_of(lines[0])
        url = _absolute(link, document)
        if title and url and _is_job(url, title):
            place = place_of(lines[1]) if len(lines) > 1 else ""
            yield Opening(title, place, url, method="link")


def marked_openings(document: Document) -> Iterator[Opening]:
    """Yield the lines of a page that bear the sign of a title: `Monteur (m/w/d)`."""
    for count, line in enumerate(document.text.split("\n")):
        if count >= _MOST_LINES:
            return
        if 0 < len(line) <= LONGEST + 40 and has_marker(line):
            title, _, rest = line.strip().partition("\t")
            if found := title_of(title):
                yield Opening(found, place_of(rest))


def goes_on(document: Document) -> bool:
    """Check whether more openings are on further pages."""
    return any(rel == "next" for rel, *_ in document.markup.relations) or bool(
        _phrases("goes_on").search(document.folded)
    )


def _absolute(link: Link, document: Document) -> str:
    try:
        return urljoin(document.page.url, link.href).partition("#")[0]
    except ValueError:
        return ""


def _is_job(url: str, title: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"}:
        return False
    if _jobs().match(f"{parts.netloc}{parts.path}"):
        return True
    steps = [_NOT_WORD.sub(" ", step).strip().lower() for step in unquote(parts.path).split("/")]
    steps = [step for step in steps if step]
    below = any(step in _paths() for step in steps[:-1]) or _is_numbered(steps, parts.query)
    return below and names_role(title)


def _is_numbered(steps: list[str], query: str) -> bool:
    """Check for `/jobs?id=12`: the job is in the query."""
    return bool(steps) and steps[-1] in _paths() and "=" in query


@cache
def _jobs() -> re.Pattern[str]:
    return re.compile("|".join(words("openings")["jobs"]), re.IGNORECASE)


@cache
def _paths() -> frozenset[str]:
    return frozenset(words("openings")["paths"])


@cache
def _phrases(key: str) -> re.Pattern[str]:
    return re.compile(either(re.escape(one) for one in words("openings")[key]))
