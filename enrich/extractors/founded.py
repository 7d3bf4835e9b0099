"""Founding year: `gegründet 1987`, `family business since 1920`, foundingDate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich import json_ld
from enrich.document import Document
from enrich.found import Found
from enrich.sentences import sentence
from enrich.tables import either, words
from leads.values import Range

_YEAR = re.compile(r"[12]\d{3}(?!\d)")
_MOST = 200
#: Before a year, these make it part of another number.
_GLUE = tuple("0123456789,/-–")
_SHORT_LINE = 70
_OWN_PAGES = frozenset({"home", "about", "imprint", "contact"})


def find_founded(document: Document) -> Iterator[Found]:
    """Find one year: structured data, then explicit words, then `since`; none if ambiguous."""
    for found in (_structured(document), _stated(document, "sure"), _stated(document, "since")):
        years = {str(one.value): one for one in found}
        if years:
            if len(years) == 1:
                yield max(found, key=lambda one: one.confidence)
            return


def _structured(document: Document) -> list[Found]:
    found = []
    for node in document.organisations[:3]:
        written = json_ld.text(node.get("foundingDate"), 40)
        match = re.match(r"(\d{4})(?:\D|$)", written)
        if match and _possible(int(match[1]), document):
            found.append(
                _found(int(match[1]), json_ld.quote("foundingDate", written), "json_ld", 0.95)
            )
    return found[:1]


def _stated(document: Document, kind: str) -> list[Found]:
    found = []
    for count, year in enumerate(_YEAR.finditer(document.folded)):
        if count >= _MOST:
            break
        if document.folded[year.start() - 1 : year.start()] in _GLUE:
            continue
        match = _patterns()[kind].search(document.folded, max(0, year.start() - 60), year.start())
        if match is None and kind == "sure":
            match = _patterns()["after"].match(document.folded, year.end(), year.end() + 100)
        if match is None or not _possible(int(year[0]), document):
            continue
        start, stop = min(match.start(), year.start()), max(match.end(), year.end())
        begin, end = sentence(document.text, start, stop)
        around = f"{document.folded[begin:start]} {document.folded[stop : min(end, stop + 60)]}"
        if _patterns()["others"].search(around):
            continue
        is_own = _patterns()["own"].search(
            document.folded, begin, end
        ) is not None or document.names_owner(document.folded[begin:end])
        is_short = end - begin <= _SHORT_LINE and document.page.kind in _OWN_PAGES
        if (
            not is_own
            and (kind == "since" or document.page.kind not in _OWN_PAGES)
            and not is_short
        ):
            continue
        sure = (0.85 if is_own else 0.75) - (0.15 if kind == "since" else 0)
        found.append(
            _found(
                int(year[0]),
                document.quote(start, stop),
                "imprint_text" if document.is_imprint else "text",
                round(sure, 2),
            )
        )
    return found


def _possible(year: int, document: Document) -> bool:
    return 1500 <= year <= document.page.fetched_at.year


def _found(year: int, quote: str, method: str, confidence: float) -> Found:
    return Found("founded", Range(year, year), quote, method, confidence)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = words("founded")
    between = rf"(?:[ .,:\t\n]{{1,3}}(?:{either(table['between'])}))*[ .,:\t\n]{{0,4}}\Z"
    return {
        "sure": re.compile(rf"(?<![^\W_])(?:{either(table['sure'])})(?![^\W_]){between}"),
        "since": re.compile(rf"(?<![^\W_])(?:{either(table['since'])})(?![^\W_]){between}"),
        "after": re.compile(
            rf"(?:[ ,]+[^\W\d]{{1,20}}){{0,4}}[ ,]+(?:{either(table['after'])})(?![^\W_])"
        ),
        "others": re.compile(rf"(?<![^\W_])(?:{either(table['others'])})(?![^\W_])"),
        "own": re.compile(rf"(?<![^\W_])(?:{either(table['own'])})(?![^\W_])"),
    }
