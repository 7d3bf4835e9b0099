"""Tell whether a position of the text is about an authority, a processor or another provider."""

from __future__ import annotations

import re
from functools import cache

from enrich.document import Document
from enrich.signs import listed
from enrich.tables import either, words

#: Maximum distance between the other party's name and its address or telephone.
_REACH = 180


def is_of_other_party(document: Document, at: int, *, own_name_counts: bool = True) -> bool:
    """Check whether the words before `at` name a data processor, authority, host or agency.

    `own_name_counts`: not if the owner's name or a heading such as `Kontakt` is in between.
    """
    folded, start = document.folded, max(0, at - _REACH)
    if not document.is_between(_others() if own_name_counts else _processors(), start, at):
        return False
    if not own_name_counts:
        return _last(_patterns()["processors"], folded, start, at) is not None
    stated = _last(_patterns()["others"], folded, start, at)
    if stated is None or _patterns()["own_subject"].search(
        folded, max(0, stated[0] - 40), stated[0]
    ):
        return False
    between = folded[stated[1] : at]
    return not document.names_owner(between) and not _patterns()["own_again"].search(between)


@cache
def _processors() -> frozenset[str]:
    return listed("addresses", "processors")


@cache
def _others() -> frozenset[str]:
    services = listed("other_parties", "services")
    return _processors() | listed("other_parties", "authorities") | services


def _last(pattern: re.Pattern[str], text: str, start: int, stop: int) -> tuple[int, int] | None:
    """Return where the last match begins and ends."""
    found: tuple[int, int] | None = None
    for match in pattern.finditer(text, start, stop):
        found = match.span()
    return found


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table, processors = words("other_parties"), words("addresses")["processors"]
    lists = {
        "processors": processors,
        "others": [*processors, *table["authorities"], *table["services"]],
        "own_again": table["own_again"],
    }
    bounded = {
        name: re.compile(rf"(?<![^\W_])(?:{either(map(re.escape, listed))})(?![^\W_])")
        for name, listed in lists.items()
    }
    own_subject = rf"(?<![^\W_])(?:{either(table['own_subjects'])})(?![^\W_])[^\n]{{0,20}}\Z"
    return {**bounded, "own_subject": re.compile(own_subject)}
