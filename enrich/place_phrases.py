"""Places in sentences: `Offices in Leeds and York`, `based in Lyon`, `our Leeds office`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from enrich.document import Document
from enrich.place import CITY, Place, is_area, is_no_city, large_city_country
from enrich.tables import either, words
from leads.lexicon.places.regions import city_country

_MOST, _MOST_CITIES, _LINE = 600, 15, 120
_FIRST_CITY = re.compile(CITY)
_WIDER = r"(?:the )?(?:greater |entire |whole )?"
#: The last word of every phrase, which is fast to look for.
_JOINT = re.compile(
    rf"[ \n](?=[iàadewoTtSsCc])(?:in?|à|a|di|en|w|over|around|[Tt]hroughout"
    rf"|[Ss]erv(?:ing|ic(?:ing|es)|es)|[Cc]over(?:ing|s)) {_WIDER}(?=[A-Z])"
)
_COLLECTED = re.compile(
    rf"(?:, (?:and |und |et |e |y |en |i )?| (?:and|und|et|e|y|en|i|&) )({CITY})"
)
_OWN = ("our ", "unser ", "unsere ", "unserem ", "unserer ", "notre ", "onze ")
_BASED = re.compile(rf"\b(?:is|are) an? (?P<city>{CITY}) ?[-–] ?\Z")
_DASHES = frozenset("-–")
#: The form of a company before a phrase: the sentence is about that company.
_COMPANY = re.compile(r"\b(?:LLC|Ltd|Inc|Corp|PLC|plc|GmbH|AG|S\.A|SAS|SARL|BV|AB|Oy)\b")


def said_places(document: Document) -> Iterator[Place]:
    """Find the cities that a sentence gives the owner: several, or one large city."""
    for joint in islice(_JOINT.finditer(document.text), _MOST):
        start = joint.end()
        if not phrase_before().search(document.folded, max(0, start - 80), start):
            continue
        named = _cities_at(document.text, start)
        is_one = len(named) == 1 and large_city_country(named[0][0], document.hint) is not None
        if (_is_list(named) or is_one) and not _is_of_others(document, start):
            for city, at in named:
                if not is_no_city(city):
                    country = large_city_country(city, document.hint) or city_country(city)
                    yield Place(None, city, None, country, at, at + len(city))
    yield from _of_office(document)


def _of_office(document: Document) -> Iterator[Place]:
    """Find the large city of `our Leeds office` and of `is a Leeds-based company`."""
    for literal in _OWN:
        for at in document.places(literal, _MOST):
            begin = at + len(literal)
            if document.text[begin : begin + 1].isupper():
                yield from _large_city(document, _office().match(document.text, begin))
    for at in document.places("based", _MOST):
        if document.text[max(0, at - 2) : at].rstrip(" ")[-1:] not in _DASHES:
            continue
        yield from _large_city(document, _BASED.search(document.text, max(0, at - 60), at))


def _large_city(document: Document, match: re.Match[str] | None) -> Iterator[Place]:
    country = large_city_country(match["city"], document.hint) if match else None
    if match is None or country is None:
        return
    city, start = match["city"], match.start("city")
    if not _is_of_others(document, start):
        yield Place(None, city, None, country, start, start + len(city))


def _is_of_others(document: Document, start: int) -> bool:
    """Check whether the sentence up to a position is about dealers or another company."""
    text = document.text
    line = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start - 1)) + 1
    line = max(line, start - _LINE)
    if _others().search(document.folded, line, start):
        return True
    is_company = _COMPANY.search(text, line, start) is not None
    return is_company and not document.names_owner(document.folded[line:start])


def _cities_at(text: str, start: int) -> list[tuple[str, int]]:
    """Return the capitalised names listed at a position, each with where it begins."""
    match = _FIRST_CITY.match(text, start)
    named = [(match[0], start)] if match else []
    end = match.end() if match else start
    while named and len(named) < _MOST_CITIES and (another := _COLLECTED.match(text, end)):
        named.append((another[1], another.start(1)))
        end = another.end()
    return named


def _is_list(named: list[tuple[str, int]]) -> bool:
    """Check for several cities: `Reno, Nevada, Acme` is one place and no list."""
    return len(named) > 1 and not any(is_area(city) for city, _ in named[1:3])


@cache
def phrase_before() -> re.Pattern[str]:
    """Match `offices in the greater` at the end of a text in lower case."""
    phrases = either(words("named_places")["phrases"])
    return re.compile(rf"(?<![^\W_])(?:{phrases})(?![^\W_]) {_WIDER}\Z")


@cache
def _office() -> re.Pattern[str]:
    offices = either(words("named_places")["offices"])
    return re.compile(rf"(?P<city>{CITY})[ -](?i:{offices})(?![^\W_])")


@cache
def _others() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{either(words('named_places')['others_in_sentence'])})(?![^\W_])"
    )
