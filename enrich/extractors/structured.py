"""Facts found only in structured data: industry codes, coordinates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from leads.values import IndustryCode

_SCHEMES = {"naics": "naics", "isicV4": "isic4"}
_DEGREES = re.compile(r"-?\d{1,3}\.\d{2,10}")


def find_structured(document: Document) -> Iterator[ExtractedFact]:
    """Find industry, latitude and longitude."""
    for node in document.organisations[:3]:
        for key, scheme in _SCHEMES.items():
            for code in json_ld.texts(node.get(key))[:3]:
                if re.fullmatch(r"\d{2,6}", code):
                    yield ExtractedFact(
                        "industry",
                        IndustryCode(scheme, code),
                        json_ld.quote(key, code),
                        json_ld.method(node),
                        0.85,
                    )
    if len(document.organisations) == 1:
        yield from _coordinates(document.organisations[0])


def _coordinates(node: json_ld.Node) -> Iterator[ExtractedFact]:
    if isinstance(place := node.get("geo"), dict):
        for attribute in ("latitude", "longitude"):
            degrees = json_ld.text(place.get(attribute), 20)
            if _DEGREES.fullmatch(degrees):
                yield ExtractedFact(
                    attribute,
                    degrees,
                    json_ld.quote(attribute, degrees),
                    json_ld.method(node),
                    0.85,
                )
