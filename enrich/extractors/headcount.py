"""Headcount: `we are 45 people`, but not `our customers have 250 employees`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.other_sections import is_of_others
from enrich.sentences import sentence
from enrich.signs import needed
from enrich.tables import either, words
from leads.facts import Scope
from leads.lexicon.numbers.ranges import parse_count
from leads.values import Dated, Range

_MOST = 80
#: Figures alone on such a line are taken as the owner's.
_SHORT_LINE = 60
_OWN_PAGES = frozenset({"home", "about", "team", "imprint", "contact"})
#: The year of a standard (ISO 9001:2015) does not date the figure.
_YEAR = re.compile(r"(?<![\d:])(?:19|20)\d{2}(?!\d)")
#: Maximum distance between a figure and the year that dates it.
_BEHIND = 25
#: Before a figure, these make it part of another number.
_GLUED = re.compile(r"(?:[\d.,/:$€£#-]|\d )\Z")
#: A statement with an older year beside it is history.
_FRESH_YEARS = 3


def find_headcount(document: Document) -> Iterator[ExtractedFact]:
    """Find employees: structured data, else the surest statement; none on a contradiction."""
    structured = list(_structured(document))
    yield from structured[:1]
    if structured:
        return
    found = sorted((*_stated(document), *_labelled(document)), key=lambda one: -one.confidence)
    for scope in (Scope.COMPANY, Scope.GROUP):
        best = [
            one
            for one in found
            if one.scope is scope and one.confidence >= found[0].confidence - 0.04
        ]
        if best and all(_agree(best[0], other) for other in best):
            yield best[0]


def _agree(left: ExtractedFact, right: ExtractedFact) -> bool:
    return (
        isinstance(left.value, Range)
        and isinstance(right.value, Range)
        and left.value.meet(right.value) is not None
    )


def _structured(document: Document) -> Iterator[ExtractedFact]:
    for node in document.organisations[:3]:
        stated = node.get("numberOfEmployees")
        if isinstance(stated, dict):
            low, high = (json_ld.text(stated.get(key), 20) for key in ("minValue", "maxValue"))
            written = (
                f"{low}-{high}"
                if low and high
                else json_ld.text(stated.get("value"), 40) or (f"{low}+" if low else "")
            )
        else:
            written = json_ld.text(stated, 40)
        counted = parse_count(written) if written else None
        if counted is not None:
            yield ExtractedFact(
                "employees",
                counted.value,
                json_ld.quote("numberOfEmployees", stated),
                json_ld.method(node),
                0.92,
                as_of=counted.as_of,
            )


def _stated(document: Document) -> Iterator[ExtractedFact]:
    folded = document.folded
    for count, match in enumerate(_statements(document)):
        if count >= _MOST:
            return
        if _GLUED.search(folded, max(0, match.start() - 2), match.start()):
            continue
        begin, end = sentence(document.text, match.start(), match.end())
        # A bound belongs to the figure. Searching back from the number is ten times as fast as
        # before every word.
        bound = _patterns()["bound"].search(folded, max(begin, match.start() - 22), match.start())
        start = bound.start() if bound else match.start()
        before, after = folded[begin:start], folded[match.end() : end]
        sure = _belief(before, after, match, document)
        if sure is None or is_of_others(document, match.start()):
            continue
        counted = parse_count(f"{folded[start : match.end('figure')]} employees")
        if counted is not None and _is_now(before + after[:_BEHIND], counted, document):
            scope = Scope.GROUP if _of_group(before, document) else Scope.COMPANY
            quote = document.quote(begin, end, 0)
            yield ExtractedFact(
                "employees",
                counted.value,
                quote,
                "imprint_text" if document.is_imprint else "text",
                sure,
                scope,
                counted.as_of or _year_beside(before + after[:_BEHIND], document),
            )


def _statements(document: Document) -> Iterator[re.Match[str]]:
    """Match figures before a noun, on a page that has one of the nouns."""
    if any(document.mentions(needed("headcount", key)) for key in ("nouns", "weak_nouns")):
        yield from _patterns()["statement"].finditer(document.folded)


def _belief(before: str, after: str, match: re.Match[str], document: Document) -> float | None:
    """Score whether the statement is about the site's owner; None for others or another time."""
    patterns = _patterns()
    if patterns["others_after"].match(after) or patterns["not_now"].search(before[-80:]):
        return None
    own, others = (_last_end(patterns[key], before) for key in ("own", "others"))
    if others > own:
        return None

    penalty = 0.0 if document.page.kind in _OWN_PAGES else 0.2
    if patterns["sure"].search(before[-40:]):
        return round(0.85 - penalty, 2)
    if patterns["verbs"].search(before[-40:]):
        if own >= 0 or document.names_owner(before):
            return round(0.85 - penalty, 2)
        return _belief_by_page(document)
    if match["weak"]:
        return None
    if own >= 0:
        return round(0.8 - penalty, 2)
    return _belief_in_line(before, after, match, document)


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((one.end() for one in pattern.finditer(text)), default=-1)


def _belief_by_page(document: Document) -> float | None:
    """Score a figure with a verb (`employs 45 people`) whose sentence does not name the owner."""
    return 0.55 if document.page.kind == "about" else None


def _belief_in_line(
    before: str, after: str, match: re.Match[str], document: Document
) -> float | None:
    """Score a figure almost alone on a short line of a page about the owner (`45 employees`)."""
    is_short = len(before) + len(match[0]) + len(after) <= _SHORT_LINE
    if document.page.kind not in _OWN_PAGES or not is_short or len(before.split()) > 3:
        return None
    return None if _patterns()["not_now"].search(after) else 0.6


def _labelled(document: Document) -> Iterator[ExtractedFact]:
    """Find `Mitarbeiter: 45`, `Number of employees 200+`, also across two table cells."""
    if document.page.kind not in _OWN_PAGES or not document.mentions(needed("headcount", "labels")):
        return
    for count, match in enumerate(_patterns()["label"].finditer(document.folded)):
        if count >= _MOST:
            return
        counted = parse_count(match["figure"])
        if counted is not None and _is_now(match[0], counted, document):
            yield ExtractedFact(
                "employees",
                counted.value,
                document.quote(match.start(), match.end(), 40),
                "imprint_text" if document.is_imprint else "text",
                0.75,
                as_of=counted.as_of,
            )


def _is_now(words_around: str, counted: Dated, document: Document) -> bool:
    """Check that no year beside the figure makes it history."""
    oldest = document.page.fetched_at.year - _FRESH_YEARS
    if counted.as_of is not None:
        return counted.as_of.year >= oldest
    return all(
        int(year[0]) >= oldest
        for year in _YEAR.finditer(_patterns()["founding"].sub(" ", words_around))
    )


def _year_beside(words_around: str, document: Document) -> date | None:
    """Return the end of the only past year beside a figure (`in 2024 we employed 45 people`)."""
    said = _patterns()["founding"].sub(" ", words_around)
    years = {int(year[0]) for year in _YEAR.finditer(said)}
    if len(years) != 1:
        return None
    year = years.pop()
    return date(year, 12, 31) if year < document.page.fetched_at.year else None


def _of_group(before: str, document: Document) -> bool:
    match = _patterns()["group"].search(before)
    return match is not None and match[0] not in (document.domain or "")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table, founding = words("headcount"), words("founded")
    nouns, weak = either(table["nouns"]), either(table["weak_nouns"])
    bound = rf"(?<![^\W_])(?:{either(table['bounds'])})\s+"
    # The look-behind follows the first digit, so that the search can skip to digits.
    number = (
        r"\d(?<![\d.,/:$€£#-].)(?>\d{0,2}(?:[.,’' ]\d{3}|\d{0,3})"
        r"(?: ?(?:-|–|to|bis|à|a) ?\d{1,5})?(?: ?\+)?)"
    )
    middle = rf"(?: (?:{either(table['adjectives'])})(?![^\W_]),?){{0,4}}"

    def any_of(key: str) -> str:
        return rf"(?<![^\W_])(?:{either(table[key])})(?![^\W_])"

    return {
        "statement": re.compile(
            rf"(?P<figure>{number}){middle}["
            rf" \n\t]{{1,2}}(?:(?P<strong>{nouns})|(?P<weak>{weak}))(?![^\W_]|-\w)"
        ),
        "bound": re.compile(rf"{bound}\Z"),
        "label": re.compile(
            rf"(?:^|[\n\t|•] ?)(?:{either(table['labels'])})(?: ?\([^)\n]{{1,30}}\))? ?[:\t\n] ?"
            rf"(?P<figure>(?:{bound})?{number}(?: ?\((?:[^)\n]{{0,20}}\d{{4}})\))?)(?=["
            r" ]*(?:$|[\n\t|•,;(]))",
            re.MULTILINE,
        ),
        "own": re.compile(any_of("own")),
        "sure": re.compile(rf"{any_of('sure')}[^.:;]{{0,18}}\Z"),
        "verbs": re.compile(rf"{any_of('verbs')}[^.:;]{{0,18}}\Z"),
        "others": re.compile(any_of("others")),
        "others_after": re.compile(rf"[\s,]{{0,4}}(?:{either(table['others_after'])})"),
        "not_now": re.compile(any_of("not_now")),
        "group": re.compile(any_of("group")),
        "founding": re.compile(
            rf"(?<![^\W_])(?:{either(founding['sure'] + founding['since'])})\D{{0,25}}(?:19|20)\d{{2}}"
            rf"|(?:19|20)\d{{2}}(?: [^\W\d]{{1,20}}){{0,3}} (?:{either(founding['after'])})"
        ),
    }
