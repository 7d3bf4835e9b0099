"""Certificates a company holds (ISO 9001, TISAX), not those it trains or advises others for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.sentences import sentence
from enrich.signs import listed
from enrich.tables import either, words

MOST = 12
_MOST_MENTIONS = 60
_SHORT_LINE = 60


def find_certificates(document: Document) -> Iterator[ExtractedFact]:
    """Find certificates, spelled as in `enrich/data/certificates.yaml`."""
    if not document.mentions(listed("certificates", "literals")):
        return
    patterns = _patterns()
    kept: dict[str, ExtractedFact] = {}
    for count, match in enumerate(patterns["name"].finditer(document.folded)):
        if count >= _MOST_MENTIONS:
            break
        name = _names()[int(str(match.lastgroup)[1:])]
        begin, end = sentence(document.text, match.start(), match.end())
        said = document.folded[begin:end]
        if patterns["sold"].search(said):
            continue
        held = patterns["held"].search(said) is not None
        # Three-letter abbreviations have other meanings too; a standard's number on a short line is
        # a badge.
        if held or (any(map(str.isdigit, name)) and len(said) <= _SHORT_LINE):
            kept.setdefault(
                name,
                ExtractedFact(
                    "certificate",
                    name,
                    document.quote(match.start(), match.end()),
                    "text",
                    0.8 if held else 0.6,
                ),
            )
    yield from list(kept.values())[:MOST]


@cache
def _names() -> tuple[str, ...]:
    return tuple(words("certificates")["names"])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = words("certificates")
    names = "|".join(f"(?P<n{place}>{table['names'][name]})" for place, name in enumerate(_names()))
    edges = "(?<![^\\W_])(?:{})(?![^\\W_])"
    return {
        "name": re.compile(edges.format(names)),
        "held": re.compile(edges.format(either(table["held"]))),
        "sold": re.compile(edges.format(either(table["sold"]))),
    }
