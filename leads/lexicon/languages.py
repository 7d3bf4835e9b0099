"""Languages: ISO 639-1 codes from codes and names as lists write them
(`leads/lexicon/data/languages.yaml`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from leads.lexicon.places.countries import compared
from leads.lexicon.reference import document

#: Keys of the table that are no code.
_NO_LANGUAGES = {"codes", "forms"}
_TAG = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8})*")


@cache
def codes() -> frozenset[str]:
    """Every code."""
    table: dict[str, Any] = document("languages.yaml")
    return frozenset[str](table["codes"].split()) | (table.keys() - _NO_LANGUAGES)


@cache
def language_code(text: str) -> str | None:
    """The code of a language by code (`de`), tag (`de-AT`) or name (`German`, `Deutsch`); None for
    any other text.
    """
    tag = _TAG.fullmatch(text.strip().casefold())
    return tag[1] if tag and tag[1] in codes() else _names().get(compared(text))


def language_name(code: str) -> str:
    """The English name of a code; any other text comes back as it is."""
    names = document("languages.yaml").get(code) if code not in _NO_LANGUAGES else None
    return names[0] if names else code


def written_as(code: str) -> frozenset[str]:
    """The codes under which a language comes: its own, and those of its written forms."""
    return frozenset((code, *document("languages.yaml")["forms"].get(code, ())))


@cache
def names() -> tuple[str, ...]:
    """The English name of every language that has one."""
    return tuple(
        listed[0]
        for code, listed in document("languages.yaml").items()
        if code not in _NO_LANGUAGES
    )


@cache
def _names() -> dict[str, str]:
    return {
        compared(name): code
        for code, listed in document("languages.yaml").items()
        if code not in _NO_LANGUAGES
        for name in listed
    }
