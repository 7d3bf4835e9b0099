"""National numbers of companies with valid check digits (SIRET, REGON, NIF, codice fiscale, EIN)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.extractors.vat_ids import checker
from enrich.other_parties import is_of_other_party
from enrich.tables import words

MOST = 6
_MOST_PLACES = 20
_REACH, _BEFORE = 60, 20
_SIGNS = re.compile(r"[ .-]")


def find_national_ids(document: Document) -> Iterator[ExtractedFact]:
    """Find national_id as scheme and number (`SIRET 73282932000074`), the first of each scheme."""
    kept: dict[str, ExtractedFact] = {}
    for found in (*_structured(document), *_written(document)):
        kept.setdefault(str(found.value).rpartition(" ")[0], found)
    yield from list(kept.values())[:MOST]


def _structured(document: Document) -> Iterator[ExtractedFact]:
    for node in document.organisations[:3]:
        number = _SIGNS.sub("", json_ld.text(node.get("duns"), 20))
        if re.fullmatch(r"\d{9}", number):
            yield ExtractedFact(
                "national_id",
                f"DUNS {number}",
                json_ld.quote("duns", node["duns"]),
                json_ld.method(node),
                0.93,
            )


def _written(document: Document) -> Iterator[ExtractedFact]:
    for row in words("national_ids"):
        if document.hint not in row.get("from", [document.hint]):
            continue
        for match in _matches(document, row):
            number = _valid(match["number"], row)
            if number and not is_of_other_party(document, match.start()):
                yield ExtractedFact(
                    "national_id",
                    f"{row['scheme']} {number}",
                    document.quote(match.start(), match.end(), 60),
                    "imprint_text" if document.is_imprint else "text",
                    0.92 if document.is_imprint else 0.82,
                )


def _matches(document: Document, row: Mapping[str, Any]) -> Iterator[re.Match[str]]:
    pattern = _pattern(row["label"], row["form"])
    for need in filter(document.has, row["needs"]):
        for at in document.places(need, _MOST_PLACES):
            begin, end = max(0, at - _BEFORE), min(at + _REACH, len(document.text))
            yield from pattern.finditer(document.text, begin, end)


def _valid(written: str, row: Mapping[str, Any]) -> str | None:
    """Return the number in its usual form, None if its check digits are wrong."""
    number = _SIGNS.sub("", written).upper()
    if "module" not in row:
        return number if set(number) - set("0") else None
    known = checker(row["module"])
    if not known.is_valid(written if "/" in written else number):
        return None
    return str(known.compact(written)) if "/" in written else number


@cache
def _pattern(label: str, form: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{label})[ .:°º#\t\n-]{{0,5}}(?P<number>(?i:{form}))(?![A-Za-z0-9])",
        re.IGNORECASE,
    )
