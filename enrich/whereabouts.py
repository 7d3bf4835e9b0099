"""The country whose formats a page most likely uses, so that `030 123456` and `10115 Berlin` can be read; never itself a fact."""

from __future__ import annotations

import re
from collections.abc import Sequence

from enrich import json_ld
from enrich.markup import Markup
from enrich.tables import words
from leads.countries import CODES, country_code

_US = re.compile(r"(?<![A-Za-z])(A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])\.?,?\s+\d{5}(?:-\d{4})?(?!\d)")
_GB = re.compile(r"(?<![A-Z0-9])(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y])) ?\d[ABD-HJLNP-UW-Z]{2}(?![A-Z0-9])")
_CA = re.compile(r"(?<![A-Z])(?:AB|BC|MB|NB|NL|NS|ON|PE|QC|SK|YT)\.?,?\s+[A-CEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d")
_NL = re.compile(r"(?<!\d)[1-9]\d{3} ?[A-Z]{2} {1,2}[A-Z][a-z]")
_EVIDENT = (("US", _US), ("CA", _CA), ("GB", _GB), ("NL", _NL))


def likely_country(markup: Markup, domain: str | None, organisations: Sequence[json_ld.Node]) -> str | None:
    """By its structured data, its top-level domain, the region of its language, postcodes that only one country has, its language."""
    return (
        _of_organisations(organisations)
        or _of_domain(domain)
        or _of_region(markup.language)
        or next((country for country, pattern in _EVIDENT if pattern.search(markup.text)), None)
        or _table()["languages"].get(markup.language[:2])
    )


def _of_organisations(organisations: Sequence[json_ld.Node]) -> str | None:
    for node in organisations:
        address = node.get("address")
        address = address[0] if isinstance(address, list) and address else address
        if isinstance(address, dict) and (code := country_code(json_ld.text(address.get("addressCountry")))):
            return code
    return None


def _of_domain(domain: str | None) -> str | None:
    top = (domain or "").rpartition(".")[2]
    return None if top in _table()["worldwide"] else country_of_top_level(top)


def country_of_top_level(top: str) -> str | None:
    """The country of a two-letter top-level domain, None for those that are sold to the whole world (`.io`)."""
    if top in _table()["worldwide"]:
        return None
    code = "GB" if top == "uk" else top.upper()
    return code if len(code) == 2 and code in CODES else None


def _of_region(language: str) -> str | None:
    region = language[3:5].upper() if len(language) >= 5 and language[2] in "-_" else ""
    # Builders of sites put en-US on pages from everywhere.
    return region if region in CODES and region != "US" else None


def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = words("whereabouts")
    return table
