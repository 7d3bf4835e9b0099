"""Guess the country of a page, to parse `030 123456` and `10115 Berlin`; never a fact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from enrich import json_ld
from enrich.british_addresses import GB_POSTCODE
from enrich.markup import Markup
from enrich.numbers import lettered, numbered
from enrich.signs import of_statement
from enrich.tables import words
from leads.lexicon.places.countries import CODES, country_code

#: Patterns begin with a character and then look back: they are tried where numbers are.
_US_POST = re.compile(r"\d(?<=[A-Z.,][ \n]\d)\d{4}(?:-\d{4})?(?![\d-])")
_US_STATE = re.compile(
    r"(?<![A-Za-z])(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
    r"\.?,?[ \n]\Z"
)
_CA = re.compile(r"[A-CEGHJ-NPR-TVXY](?<![A-Z0-9].)\d[A-Z] ?\d[A-Z]\d(?![A-Z0-9])")
_NL = re.compile(r"[1-9](?<!\d.)\d{3} ?[A-Z]{2} {1,2}(?:['’‘`][sdt][- ])?[A-Z][a-z]")
#: Postcodes of a language's own country: a page with one is not from where its foreign ones are.
_OWN_POSTCODE = {
    length: re.compile(rf"\d(?<![\w.,/+-].)\d{{{length - 1}}} {{1,2}}[A-ZÀ-Þ][a-zà-ÿ]{{2,}}")
    for length in (4, 5)
}
_OWN_LENGTHS = {"DE": 5, "FR": 5, "IT": 5, "FI": 5, "DK": 4, "NO": 4, "HU": 4}
_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")
_BEFORE_A_YEAR = re.compile(
    r"(?:©|\(c\)|copyright|\b(?:since|seit|depuis|dal|desde|sinds|est|established|founded|gegründet))"
    r"[^\n]{0,40}\Z",
    re.IGNORECASE,
)
_EVIDENT: tuple[tuple[str, Callable[[str], Iterator[re.Match[str]]]], ...] = (
    ("CA", partial(lettered, _CA)),
    ("GB", partial(lettered, GB_POSTCODE, letters=2)),
    ("NL", partial(numbered, _NL)),
)


def likely_country(
    markup: Markup,
    folded: str,
    signs: frozenset[str],
    domain: str | None,
    organisations: Sequence[json_ld.Node],
) -> str | None:
    """Guess from structured data, top-level domain, registers, language, postcodes."""
    return (
        _of_organisations(organisations)
        or _of_domain(domain)
        or _of_statements(folded, signs)
        or _of_region(markup.language)
        or _of_text(markup)
    )


def _of_statements(folded: str, signs: frozenset[str]) -> str | None:
    """Return the country with the most statements; None if two have as many."""
    counts = Counter(
        country
        for country, stated in _statements().items()
        for texts, pattern in stated
        if not signs.isdisjoint(texts) and _is_stated(folded, pattern)
    )
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _is_stated(folded: str, pattern: re.Pattern[str]) -> bool:
    """Check for a match that begins a word. A pattern that begins with a text is found ten times as
    fast as one that begins with the bound of a word.
    """
    return any(
        not folded[one.start() - 1 : one.start()].isalnum() for one in pattern.finditer(folded)
    )


def _of_text(markup: Markup) -> str | None:
    """Guess from language and postcodes: a foreign postcode beside an own one is of another."""
    own: str | None = _table()["languages"].get(markup.language[:2])
    if own and _has_postcode_of(own, markup.text):
        return own
    return _of_postcodes(markup.text) or own


def _has_postcode_of(country: str, text: str) -> bool:
    length = _OWN_LENGTHS.get(country)
    return length is not None and any(
        not _US_STATE.search(text, max(0, match.start() - 6), match.start())
        and not is_year_of_copyright(text, match.start())
        for match in numbered(_OWN_POSTCODE[length], text)
    )


def is_year_of_copyright(text: str, at: int) -> bool:
    """Check whether the number at a position is the year of a copyright line or of `since`."""
    if _YEAR.match(text, at) is None:
        return False
    line = text[max(text.rfind("\n", 0, at) + 1, at - 60) : at]
    return _BEFORE_A_YEAR.search(line) is not None


def _of_postcodes(text: str) -> str | None:
    if _is_american(text):
        return "US"
    return next(
        (
            country
            for country, found_in in _EVIDENT
            if any(not is_year_of_copyright(text, one.start()) for one in found_in(text))
        ),
        None,
    )


def _is_american(text: str) -> bool:
    return any(
        _US_STATE.search(text, max(0, match.start() - 6), match.start())
        for match in numbered(_US_POST, text)
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


@cache
def _statements() -> dict[str, list[tuple[frozenset[str], re.Pattern[str]]]]:
    """Return, by country, the texts to look for, with their patterns."""
    listed: dict[str, list[Any]] = words("likely_country")["statements"]
    return {
        country: [(of_statement(one), re.compile(_pattern(one))) for one in stated]
        for country, stated in listed.items()
    }


def _pattern(stated: str | dict[str, str]) -> str:
    return rf"{re.escape(stated)}(?![^\W_])" if isinstance(stated, str) else stated["re"]


def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = words("likely_country")
    return table
