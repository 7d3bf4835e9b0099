"""Founding year: `gegründet 1987`, `family business since 1920`, foundingDate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.other_sections import is_about_another
from enrich.sentences import sentence
from enrich.signs import needed
from enrich.tables import either, words
from leads.values import Range

_YEAR = re.compile(r"[12]\d{3}(?!\d)")
_MOST = 200
#: Characters before and after a year in which its words stand.
_BEFORE, _AFTER = 60, 100
#: Before a year, these make it part of another number.
_GLUE = tuple("0123456789,/-–")
_SHORT_LINE = 70
_OWN_PAGES = frozenset({"home", "about", "imprint", "contact"})


def find_founded(document: Document) -> Iterator[ExtractedFact]:
    """Find one year: structured data, then explicit words, then `since`; none if ambiguous."""
    for found in (_structured(document), _stated(document, "sure"), _stated(document, "since")):
        years = {str(one.value): one for one in found}
        if years:
            if len(years) == 1:
                yield max(found, key=lambda one: one.confidence)
            return


def _structured(document: Document) -> list[ExtractedFact]:
    found = []
    for node in document.organisations[:3]:
        written = json_ld.text(node.get("foundingDate"), 40)
        match = re.match(r"(\d{4})(?:\D|$)", written)
        if match and _possible(int(match[1]), document):
            found.append(
                _found(
                    int(match[1]),
                    json_ld.quote("foundingDate", written),
                    json_ld.method(node),
                    0.95,
                )
            )
    return found[:1]


def _stated(document: Document, kind: str) -> list[ExtractedFact]:
    starts = document.starts(_needed(kind))
    if starts == []:
        return []
    years = islice(_years(document.folded, starts), _MOST)
    found = (_read_year(document, year, kind) for year in years)
    return [one for one in found if one is not None]


def _years(folded: str, starts: list[int] | None) -> Iterator[re.Match[str]]:
    """Yield the years near ordered positions; None is everywhere."""
    if starts is None:
        yield from _YEAR.finditer(folded)
        return
    read = 0
    for start in starts:
        begin, end = max(read, start - _AFTER - 4), start + _BEFORE + 4
        for year in _YEAR.finditer(folded, begin, max(begin, end)):
            if not folded[year.end() : year.end() + 1].isdecimal():
                yield year
            read = year.end()
        # A year may begin before the end of what was read.
        read = max(read, end - 4)


@cache
def _needed(kind: str) -> frozenset[str]:
    """Return texts of which one is beside each year that counts."""
    after = needed("founded", "after") if kind == "sure" else frozenset()
    return needed("founded", kind) | after


def _read_year(document: Document, year: re.Match[str], kind: str) -> ExtractedFact | None:
    """Read a year whose words beside it say that the owner was founded then."""
    folded = document.folded
    if not _possible(int(year[0]), document):
        return None
    match = _words_beside(folded, year, kind)
    if match is None:
        return None

    start, stop = min(match.start(), year.start()), max(match.end(), year.end())
    begin, end = sentence(document.text, start, stop)
    around = f"{folded[begin:start]} {folded[stop : min(end, stop + 60)]}"
    if _patterns()["others"].search(around) or (
        kind == "since" and _patterns()["others_since"].search(around)
    ):
        return None

    sure = _confidence(document, begin, end, kind)
    if sure is None or is_about_another(document, start):
        return None
    method = "imprint_text" if document.is_imprint else "text"
    return _found(int(year[0]), document.quote(start, stop), method, sure)


def _words_beside(folded: str, year: re.Match[str], kind: str) -> re.Match[str] | None:
    """Find the words of founding before the year; sure ones also after it."""
    if folded[year.start() - 1 : year.start()] in _GLUE:
        return None
    match = _patterns()[kind].search(folded, max(0, year.start() - _BEFORE), year.start())
    if match is None and kind == "sure":
        match = _patterns()["after"].match(folded, year.end(), year.end() + _AFTER)
    return match


def _confidence(document: Document, begin: int, end: int, kind: str) -> float | None:
    """Score whether a sentence is about the site's owner; None if it may be about others."""
    own_word = _patterns()["own"].search(document.folded, begin, end)
    is_own = own_word is not None or document.names_owner(document.folded[begin:end])
    on_own_page = document.page.kind in _OWN_PAGES
    is_short = end - begin <= _SHORT_LINE and on_own_page
    if not is_own and not is_short and (kind == "since" or not on_own_page):
        return None
    return round((0.85 if is_own else 0.75) - (0.15 if kind == "since" else 0), 2)


def _possible(year: int, document: Document) -> bool:
    return 1500 <= year <= document.page.fetched_at.year


def _found(year: int, quote: str, method: str, confidence: float) -> ExtractedFact:
    return ExtractedFact("founded", Range(year, year), quote, method, confidence)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = words("founded")
    between = rf"(?:[ .,:\t\n]{{1,3}}(?:{either(table['between'])}))*[ .,:\t\n]{{0,4}}\Z"
    return {
        "sure": re.compile(rf"(?<![^\W_])(?:{either(table['sure'])})(?![^\W_]){between}"),
        "since": re.compile(rf"(?<![^\W_])(?:{either(table['since'])})(?![^\W_]){between}"),
        "after": re.compile(
            rf"(?:[ ,]{{1,3}}[^\W\d]{{1,20}}){{0,4}}[ ,]{{1,3}}(?:{either(table['after'])})(?![^\W_])"
        ),
        "others": re.compile(rf"(?<![^\W_])(?:{either(table['others'])})(?![^\W_])"),
        "others_since": re.compile(rf"(?<![^\W_])(?:{either(table['others_since'])})(?![^\W_])"),
        "own": re.compile(rf"(?<![^\W_])(?:{either(table['own'])})(?![^\W_])"),
    }
