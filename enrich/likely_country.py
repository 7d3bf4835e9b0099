"""Guess the country of a page, to parse `030 123456` and `10115 Berlin`; never a fact."""

from __future__ import annotations

import re
from collections.abc import Sequence

from enrich import json_ld
from enrich.british_addresses import GB_POSTCODE
from enrich.markup import Markup
from enrich.tables import words
from leads.lexicon.places.countries import CODES, country_code

_US_POST = re.compile(r"(?<=[A-Z.,][ \n])\d{5}(?:-\d{4})?(?![\d-])")
_US_STATE = re.compile(
    r"(?<![A-Za-z])(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
    r"\.?,?[ \n]\Z"
)
_CA = re.compile(r"(?<![A-Z0-9])[A-CEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d(?![A-Z0-9])")
_NL = re.compile(r"(?<!\d)[1-9]\d{3} ?[A-Z]{2} {1,2}[A-Z][a-z]")
_EVIDENT = (("CA", _CA), ("GB", GB_POSTCODE), ("NL", _NL))


def likely_country(
    markup: Markup, domain: str | None, organisations: Sequence[json_ld.Node]
) -> str | None:
    """Guess from structured data, top-level domain, language region, postcodes, language."""
    return (
        _of_organisations(organisations)
        or _of_domain(domain)
        or _of_region(markup.language)
        or _of_postcodes(markup.text)
        or _table()["languages"].get(markup.language[:2])
    )


def _of_postcodes(text: str) -> str | None:
    if _is_american(text):
        return "US"
    return next((country for country, pattern in _EVIDENT if pattern.search(text)), None)


def _is_american(text: str) -> bool:
    return any(
        _US_STATE.search(text, max(0, match.start() - 6), match.start())
        for match in _US_POST.finditer(text)
    )


def _of_organisations(organisations: Sequence[json_ld.Node]) -> str | None:
    for node in organisations:
        address = node.get("address")
        address = address[0] if isinstance(address, list) and address else address
        if isinstance(address, dict) and (
            code := country_code(json_ld.text(address.get("addressCountry")))
        ):
            return code
    return None


def _of_domain(domain: str | None) -> str | None:
    top = (domain or "").rpartition(".")[2]
    return None if top in _table()["worldwide"] else country_of_top_level(top)


def country_of_top_level(top: str) -> str | None:
    """Return the country of a two-letter top-level domain; None if sold worldwide (`.io`)."""
    if top in _table()["worldwide"]:
        return None
    code = "GB" if top == "uk" else top.upper()
    return code if len(code) == 2 and code in CODES else None


def _of_region(language: str) -> str | None:
    region = language[3:5].upper() if len(language) >= 5 and language[2] in "-_" else ""
    # Site builders put en-US and en-GB on pages from everywhere.
    return region if region in CODES and not language.startswith("en") else None


def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = words("likely_country")
    return table
