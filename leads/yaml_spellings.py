"""How the words of YAML files are spelled, in the words of somebody who writes them."""

from __future__ import annotations

from collections.abc import Mapping

#: By the pattern that a model checks.
SPELLINGS: Mapping[str, str] = {
    r"^[a-z][a-z0-9_-]{0,39}$": "must be small letters, digits, _ and -, like acme_2",
    r"^[a-z][a-z0-9_]{0,39}$": "must be small letters, digits and _, like call_back",
    r"^[a-z][a-z0-9_]{0,59}$": "must be small letters, digits and _, like call_back",
    r"^[a-z][a-z0-9-]{0,39}$": "must be small letters, digits and -, like call-back",
    r"^[a-z0-9_-]+$": "must be small letters, digits, _ and -, like acme_2",
    r"^[a-z0-9]$": "must be one small letter or one digit",
    r"^\w[\w .-]{0,99}$": "must be letters, digits, spaces, dots, _ and -, like Spring 2026",
    r"^[\w][\w .-]{0,99}$": "must be letters, digits, spaces, dots, _ and -, like Spring 2026",
    r"^[A-Za-z][A-Za-z0-9-]{0,59}$": (
        "must be the name of a header: letters, digits and -, like X-Api-Key"
    ),
    r"^[A-Za-z0-9_.:\[\]-]{1,60}$": (
        "must be the name of a parameter: letters, digits and _ . : [ ] -, like api_key"
    ),
    r"^(?:name|domain|register_number|vat_id|lei|[A-Z][A-Z0-9_]{1,19})$": (
        "must be name, domain, register_number, vat_id, lei or a national number such as SIREN"
    ),
    r"^[A-Z]{2}$": "must be two capital letters, like DE",
    r"^[A-Z]{3}$": "must be three capital letters, like EUR",
}


def spelling(pattern: str) -> str:
    """How a word of a pattern is spelled."""
    return SPELLINGS.get(pattern, "has a character that is not allowed there")
