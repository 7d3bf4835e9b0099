"""Find the job openings of a company: titles, how many there are, and what they ask for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.openings.asked import technologies_asked
from enrich.openings.listed_lines import listed_openings
from enrich.openings.listings import goes_on, linked_openings, marked_openings
from enrich.openings.nothing_open import says_none, stated_count
from enrich.openings.opening import Opening
from enrich.openings.postings import lists_others, postings, state_openings
from enrich.page import BOARD
from leads.values import Range

#: Titles that are kept of a page, and technologies.
MOST_TITLES, MOST_ASKED = 50, 30
#: Openings that are counted; more are "or more".
MOST_COUNTED = 1_000
#: Pages whose lists are read. On other pages only structured data counts.
_LISTS = frozenset({"careers", BOARD})
_SURE = {"link": 0.85, "page_state": 0.85, "text": 0.7}
_STRUCTURED = 0.9
#: A title so long is found inside a line, too: markup may glue two links together.
_LONG_TITLE = 9
#: What an advert asks for says little about what runs.
_ASKED = 0.4


def find_openings(document: Document) -> Iterator[ExtractedFact]:
    """Find job_opening, openings and asks_for; skip a page with the jobs of others."""
    if lists_others(document):
        return
    found = _each_once(_all(document))
    for one in found[:MOST_TITLES]:
        sure = _SURE.get(one.method, _STRUCTURED)
        yield ExtractedFact("job_opening", one.title, one.quote, one.method, sure)
    yield from _counted(found, document)
    yield from _asked(found, document)


def _all(document: Document) -> Iterator[Opening]:
    yield from postings(document)
    if document.page.kind in _LISTS:
        yield from linked_openings(document)
        yield from state_openings(document)
        yield from marked_openings(document)
        yield from listed_openings(document)


def _each_once(some: Iterable[Opening]) -> list[Opening]:
    """Leave out what is the same address, or the same title at the same place.

    What follows the first kind of source repeats it in other words: a title that is known without
    an address of its own counts once.
    """
    found: dict[tuple[str, str], Opening] = {}
    titles: dict[str, None] = {}
    first = ""
    for one in some:
        first = first or one.method
        if not _repeats(one, titles, is_first=one.method == first):
            found.setdefault((one.key, one.url or one.place), one)
            titles[one.key] = None
        if len(found) > MOST_COUNTED:
            break
    return list(found.values())


def _repeats(one: Opening, titles: Collection[str], *, is_first: bool) -> bool:
    """Check whether a known title is stated again, alone or in a line with its place."""
    if one.key in titles and not (is_first and (one.url or one.place)):
        return True
    return not is_first and not one.url and _has_one_of(one.key, islice(titles, MOST_TITLES))


def _has_one_of(line: str, titles: Iterable[str]) -> bool:
    """Check for a line that is a known title with more behind it, such as its place."""
    return any(
        line.startswith(f"{title} ") or (len(title) > _LONG_TITLE and title in line)
        for title in titles
    )


def _counted(found: list[Opening], document: Document) -> Iterator[ExtractedFact]:
    is_list = document.page.kind in _LISTS
    if not found:
        if is_list and (said := says_none(document)):
            yield ExtractedFact("openings", Range(0, 0), said, "text", 0.7)
        elif is_list and (stated := stated_count(document)):
            yield ExtractedFact("openings", Range(stated[0], stated[0]), stated[1], "text", 0.6)
        return
    count = min(len(found), MOST_COUNTED)
    is_whole = is_list and len(found) <= MOST_COUNTED and not goes_on(document)
    quote = "; ".join(one.title for one in found[:5])
    sure = min(_SURE.get(one.method, _STRUCTURED) for one in found)
    method = found[0].method
    yield ExtractedFact("openings", Range(count, count if is_whole else None), quote, method, sure)


def _asked(found: list[Opening], document: Document) -> Iterator[ExtractedFact]:
    seen: dict[str, tuple[str, Opening]] = {}
    for one in found[:MOST_TITLES]:
        for slug, name in technologies_asked(f"{one.title}. {one.text}"):
            seen.setdefault(slug, (name, one))
    if len(found) == 1 and document.page.kind == "careers":
        # The page is about one job: its text says what the job asks for.
        for slug, name in technologies_asked(document.text):
            seen.setdefault(slug, (name, found[0]))
    for slug, (name, one) in list(seen.items())[:MOST_ASKED]:
        yield ExtractedFact("asks_for", slug, f"{name}: {one.title}", one.method, _ASKED)
