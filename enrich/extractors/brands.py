"""Brands of a company: `brand` of structured data, and lists such as `our brands: Acme, Beispiel`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.name_parts import agrees_with_host, name_in
from enrich.signs import listed, needed
from enrich.tables import either, words

MOST = 15
_LONGEST = 40
_MOST_LISTS = 5
_JOINTS = re.compile(r", (?:and |und |et |e |y |en )?| (?:and|und|et|e|y|en|&) ")
_NAME = re.compile(r"[A-Z0-9À-Þ][\w.'’®™&-]*(?: [A-Z0-9À-Þ&][\w.'’®™&-]*){0,3}")


def find_brands(document: Document) -> Iterator[ExtractedFact]:
    """Find brand: those of the owner in structured data, else those that a sentence lists."""
    kept: dict[str, ExtractedFact] = {}
    for found in (*_structured(document), *_listed(document)):
        kept.setdefault(str(found.value).casefold(), found)
    yield from list(kept.values())[:MOST]


def _structured(document: Document) -> Iterator[ExtractedFact]:
    for node in document.organisations[:2]:
        for written in json_ld.texts(node.get("brand"), MOST):
            name = name_in(written)
            if name is not None and not agrees_with_host(name, document):
                yield ExtractedFact(
                    "brand", name.shown, json_ld.quote("brand", written), json_ld.method(node), 0.85
                )


def _listed(document: Document) -> Iterator[ExtractedFact]:
    if not (
        document.mentions(listed("brands", "heads")) and document.mentions(needed("brands", "own"))
    ):
        return
    for count, match in enumerate(_words().finditer(document.folded)):
        if count >= _MOST_LISTS:
            return
        end = document.text.find("\n", match.end())
        end = min(end if end >= 0 else len(document.text), match.end() + 250)
        written = re.split(r"[.;!?](?=\s|$)", document.text[match.end() : end], maxsplit=1)[0]
        names = _names(written)
        if len(names) < 2:
            continue
        for name in names:
            quote = document.quote(match.start(), match.end() + len(written), 20)
            yield ExtractedFact("brand", name, quote, "text", 0.6)


def _names(listed: str) -> list[str]:
    """Return the names of a list, up to the first part that is not a name."""
    found: list[str] = []
    for part in _JOINTS.split(listed.strip(" :–-")):
        name = part.strip(" .\"'„“”«»®™")
        if not _NAME.fullmatch(name) or len(name) > _LONGEST or name_in(name) is None:
            break
        found.append(name)
    return found


@cache
def _words() -> re.Pattern[str]:
    table = words("brands")
    return re.compile(rf"(?<![^\W_])(?:{either(table['own'])})(?![^\W_])[ :–-]{{1,4}}")
