"""Which of the texts that extractors look for are on a page: one scan in place of many searches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ahocorasick_rs import BytesAhoCorasick, Implementation

from enrich.detecting.literals import beginning, of_pattern
from enrich.tables import words

#: Lists of texts in the tables, by table and key.
_LISTS = (
    ("signs", "hidden_mail"),
    ("signs", "german_registers"),
    ("names", "spelled_heads"),
    ("names", "form_label_heads"),
    ("turnover", "heads"),
    ("brands", "heads"),
    ("certificates", "literals"),
    ("addresses", "processors"),
    ("other_parties", "authorities"),
    ("other_parties", "services"),
)
#: Lists of patterns, of which the texts that they contain are looked for.
PATTERNS = (
    ("brands", "own"),
    ("headcount", "labels"),
    ("headcount", "nouns"),
    ("headcount", "weak_nouns"),
    ("founded", "sure"),
    ("founded", "after"),
    ("founded", "since"),
    ("names", "parents"),
)
#: Lists of patterns, of which the texts that they begin with are looked for.
_BEGINNINGS = (("named_places", "headings"), ("named_places", "others"))
#: Tables of rows with the texts that each needs.
_ROWS = ("registers", "national_ids")


def signs_in(folded: str) -> frozenset[str]:
    """Return the known texts that occur in a lower-case text."""
    data = folded.encode("utf-8", "surrogatepass")
    found = {
        number for number, _, _ in _automaton().find_matches_as_indexes(data, overlapping=True)
    }
    known = known_signs()
    return frozenset(known[number] for number in found)


@cache
def unknown(texts: frozenset[str]) -> frozenset[str]:
    """Return the texts that the scan does not look for."""
    return texts - _known()


def is_known(text: str) -> bool:
    """Check whether the scan looks for a text."""
    return text in _known()


@cache
def _known() -> frozenset[str]:
    return frozenset(known_signs())


@cache
def listed(table: str, key: str) -> frozenset[str]:
    """Return a list of texts of a table."""
    return frozenset(words(table)[key])


@cache
def beginnings(table: str, key: str) -> frozenset[str]:
    """Return the text that each pattern of a list begins with (`location` of `locations?`)."""
    found = set()
    for pattern in words(table)[key]:
        text = re.split(r"[(\[\\]", pattern)[0]
        found.add(text.split("?")[0][:-1] if "?" in text else text)
    return frozenset(found)


def of_statement(stated: str | dict[str, str]) -> frozenset[str]:
    """Return texts of which one occurs in a statement of a country.

    Of a prefix and a number, the first digit is looked for too: `de` alone is on every page.
    """
    if isinstance(stated, str):
        return frozenset({stated})
    has = stated["has"]
    if not stated["re"].startswith((rf"{has} ?\d", f"{has} ?0")):
        return frozenset({has})
    return frozenset(f"{has}{blank}{digit}" for blank in ("", " ") for digit in range(10))


@cache
def needed(table: str, key: str) -> frozenset[str]:
    """Return texts of which one occurs wherever a pattern of a list matches; "" if none is sure."""
    return frozenset(text for pattern in words(table)[key] for text in _texts(pattern))


def _texts(pattern: str) -> Iterable[str]:
    begins, is_whole = beginning(pattern)
    if is_whole:
        return [begins]
    clauses = of_pattern(pattern)
    shortest = min(map(len, clauses[0])) if clauses else 0
    return clauses[0] if shortest > len(begins) else [begins]


@cache
def known_signs() -> tuple[str, ...]:
    """Return every text that the scan looks for."""
    return tuple(sorted(set(_all()) - {""}))


@cache
def _automaton() -> BytesAhoCorasick:
    texts = [text.encode() for text in known_signs()]
    return BytesAhoCorasick(texts, implementation=Implementation.DFA)


def _all() -> Iterator[str]:
    for table, key in _LISTS:
        yield from words(table)[key]
    for table, key in PATTERNS:
        yield from needed(table, key)
    for table, key in _BEGINNINGS:
        yield from beginnings(table, key)
    for table in _ROWS:
        for row in words(table):
            yield from row["needs"]
    for stated in words("likely_country")["statements"].values():
        for one in stated:
            yield from of_statement(one)
