"""Find the countries that pages state: lines that end in one, and numbers dialled in one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from enrich.document import Document
from leads.lexicon.phones import countries_of_code
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.place_names import region_country

#: A line of an address is short; a page that names more countries lists them.
_LONGEST_LINE, _MOST = 140, 3
_MOST_LINES = 4_000
_TAIL = re.compile(r"(?:^|[,;|·•\t] ?|(?<!\d)\d{3,} )([^\W\d_][^\d,;|·•\t]{2,40})$")
_DIAL = re.compile(r"(?<![\w+])(?:\+|00)([1-9][\d ()./-]{7,20}\d)")
_DIGITS = re.compile(r"\D")
_MOST_NUMBERS = 40


def stated_countries(documents: Sequence[Document]) -> tuple[tuple[str, str], ...]:
    """Return the countries that lines end in (`78701 Austin, USA`, `Deutschland`), each with its
    line; none where lines name many, as a choice of countries does.
    """
    found: dict[str, str] = {}
    for document in documents:
        here: dict[str, str] = {}
        for line in document.text.split("\n", _MOST_LINES)[:_MOST_LINES]:
            text = line.strip(" .\t")
            if len(text) <= _LONGEST_LINE and (match := _TAIL.search(text)):
                written = match[1].strip()
                # Two capitals are a state, a language, or a word.
                code = _country(written) if len(written) > 2 else None
                if code:
                    here.setdefault(code, text)
        if len(here) <= _MOST:
            found = here | found
    return tuple(found.items()) if len(found) <= _MOST else ()


def _country(text: str) -> str | None:
    """The country that a text names, or that of the region it names (`Texas`)."""
    return country_code(text) or (region_country(text) if len(text) > 3 else None)


def dialled_countries(documents: Sequence[Document]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the countries of numbers with a country code, valid or not, each with its number."""
    found: dict[tuple[str, ...], str] = {}
    for document in documents:
        for count, match in enumerate(_DIAL.finditer(document.text)):
            if count >= _MOST_NUMBERS:
                break
            digits = _DIGITS.sub("", match[1])
            countries = _countries_dialled(digits)
            if countries and 8 <= len(digits) <= 15:
                found.setdefault(countries, match[0].strip())
    return tuple(found.items())


def _countries_dialled(digits: str) -> tuple[str, ...]:
    """The countries of the longest dialling code that a number begins with."""
    codes = (countries_of_code(int(digits[:length])) for length in (3, 2, 1))
    return next(filter(None, codes), ())
