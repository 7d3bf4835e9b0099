"""Company register numbers (HRB with court, Companies House, SIREN and similar), and LEIs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, islice
from typing import Any

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.extractors.vat_ids import checker
from enrich.signs import listed
from enrich.tables import words

_GERMAN = re.compile(
    r"(HR ?[AB]|GnR|PR|VR)[ .:-]{0,3}(?:Nr\.?:? ?|Nummer:? ?)?(\d{1,3}(?:[."
    r" ]?\d{3})|\d{1,6})(?: ?[A-Z]{1,2})?(?![\w])"
)
_COURT = re.compile(
    r"(?:Amtsgericht(?:es|s)?|\bAG|Registergericht(?!:? ?Amtsgericht)|Handelsregister(?:"
    r" (?:des|beim|am|der))?(?!:? ?Amtsgericht))[ :]{1,3}"
    r"((?:Bad )?[A-ZÄÖÜ][\wäöüß.]+(?:[-/ ](?:[A-ZÄÖÜ(][\wäöüß.)]+|am|an der|im|a\.)){0,3})"
)
_NO_COURT = re.compile(
    r" (?:HR|Handels|Register|Ust|USt|Umsatz|Gesch|Tel|Nr|unter|Steuer|VR|GnR).*"
)
#: How far a number is from a word of its label, how much of the label is before that word, and how
#: often a word is looked for.
_REACH, _BEFORE, _MOST_PLACES = 170, 30, 60
_DIGITS = re.compile(r"\d\d")
_LEI = re.compile(r"\bLEI(?:[ -]?Code)?[ .:-]{1,4}([A-Z0-9]{18}\d{2})\b")
#: VR and PR are other words too (virtual reality, public relations): a register must be near.
_AMBIGUOUS = frozenset({"VR", "PR"})


def find_registers(document: Document) -> Iterator[ExtractedFact]:
    """Find register_number (the first of the page) and lei."""
    yield from islice(chain(_german(document), _elsewhere(document)), 1)
    yield from _leis(document)


def _german(document: Document) -> Iterator[ExtractedFact]:
    if not document.mentions(listed("signs", "german_registers")):
        return
    for match in _GERMAN.finditer(document.text):
        if document.text[match.start() - 1 : match.start()].isalpha():
            continue
        kind = match[1].replace(" ", "")
        # Berlin appends a letter to the number, which the list of courts omits.
        number = re.sub(r"\D", "", match[2])
        around = document.text[max(0, match.start() - 120) : match.end() + 120]
        court = next(
            (
                found
                for one in _COURT.finditer(around)
                if (found := _known_court(_NO_COURT.sub("", one[1]), kind, number))
            ),
            None,
        )
        if court is None and kind in _AMBIGUOUS and "egister" not in around:
            continue
        quote = document.quote(match.start(), match.end(), 80)
        yield ExtractedFact(
            "register_number",
            court or f"{kind} {number}",
            quote,
            "imprint_text" if document.is_imprint else "text",
            0.95 if court else 0.8,
        )


def _known_court(name: str, kind: str, number: str) -> str | None:
    """Return `Aachen HRB 11223` for a known German register court, shortening its name if
    needed.
    """
    parts = name.split(" ")
    turned = re.sub(r"^(\S+) \((\S+)\)$", r"\2 (\1)", name)
    for court in (turned, *(" ".join(parts[:length]) for length in range(len(parts), 0, -1))):
        written = f"{court} {kind} {number}"
        try:
            found: str = checker("de.handelsregisternummer").validate(written)
        except (ValueError, KeyError):
            continue
        return found
    return None


def _elsewhere(document: Document) -> Iterator[ExtractedFact]:
    for row in words("registers"):
        if document.hint not in row.get("from", [document.hint]) or not any(
            map(document.has, row["needs"])
        ):
            continue
        for match in _matches(document, row):
            number = re.sub(
                r"[ .-]" if row["country"] == "CH" else r"[ .]", "", match["number"]
            ).upper()
            if "module" in row and not checker(row["module"]).is_valid(number):
                continue
            number = number.zfill(int(row.get("pad", "0"))) if number.isdigit() else number
            quote = document.quote(match.start(), match.end(), 60)
            sure = 0.9 if row["country"] == document.hint else 0.8
            yield ExtractedFact(
                "register_number",
                number,
                quote,
                "imprint_text" if document.is_imprint else "text",
                sure,
            )


def _matches(document: Document, row: dict[str, Any]) -> Iterator[re.Match[str]]:
    """Search near the words that an entry needs: faster than a search of the whole text."""
    pattern = _pattern(row["label"], row["form"], row.get("tail", ""))
    found: dict[int, re.Match[str]] = {}
    for need in filter(document.has, row["needs"]):
        for at in document.places(need, _MOST_PLACES):
            end = min(at + _REACH, len(document.text))
            if _DIGITS.search(document.text, at, end):
                for match in pattern.finditer(document.text, max(0, at - _BEFORE), end):
                    found.setdefault(match.start(), match)
    return iter([found[start] for start in sorted(found)])


def _leis(document: Document) -> Iterator[ExtractedFact]:
    for node in document.organisations:
        code = json_ld.text(node.get("leiCode")).upper()
        if code and checker("lei").is_valid(code):
            yield ExtractedFact(
                "lei", code, json_ld.quote("leiCode", code), json_ld.method(node), 0.97
            )
            return
    match = _LEI.search(document.text) if "LEI" in document.text else None
    if match and checker("lei").is_valid(match[1]):
        yield ExtractedFact(
            "lei", match[1], document.quote(match.start(), match.end(), 40), "text", 0.9
        )


@cache
def _pattern(label: str, form: str, tail: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{label})[ .:°º#\t-]{{0,5}}(?P<number>{form}){tail}(?![A-Za-z0-9])",
        re.IGNORECASE,
    )
