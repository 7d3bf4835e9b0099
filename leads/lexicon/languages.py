"""ISO 639-1 language codes from codes and names in lists (`leads/lexicon/data/languages.yaml`)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from leads.lexicon.places.countries import compared
from leads.lexicon.reference import document

#: Table keys that are not codes.
_NO_LANGUAGES = {"codes", "forms"}
_TAG = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8})*")


@cache
def codes() -> frozenset[str]:
    """Return every code."""
    table: dict[str, Any] = document("languages.yaml")
    return frozenset[str](table["codes"].split()) | (table.keys() - _NO_LANGUAGES)


@lru_cache(maxsize=4096)
def language_code(text: str) -> str | None:
    """Return the language of a code (`de`), tag (`de-AT`) or name (`German`, `Deutsch`), or
    None.
    """
    tag = _TAG.fullmatch(text.strip().casefold())
    return tag[1] if tag and tag[1] in codes() else _names().get(compared(text))


def language_name(code: str) -> str:
    """Return the English name of a code; any other text is returned unchanged."""
    names = document("languages.yaml").get(code) if code not in _NO_LANGUAGES else None
    return names[0] if names else code


def written_as(code: str) -> frozenset[str]:
    """Return the codes used for a language: its own, and those of its written forms."""
    return frozenset((code, *document("languages.yaml")["forms"].get(code, ())))


@cache
def names() -> tuple[str, ...]:
    """Return the English names of all languages."""
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
