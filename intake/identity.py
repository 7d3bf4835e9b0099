"""A key for a company as a row describes it, the same in every list.

Decisions of users about duplicates are stored under it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from intake.cell_readers import name_parts
from intake.statements import Statement

_ATTRIBUTES = frozenset(("domain", "country", "postcode", "city", "register_number"))


def match_key(name: str, statements: Iterable[Statement]) -> str:
    """A hash of the name, its legal form, and the domain, place and register number."""
    parsed = name_parts(name)
    stated = sorted([f"{one[0]}={one[1]}" for one in statements if one[0] in _ATTRIBUTES])
    text = "\n".join(
        (parsed.core or name.strip().casefold(), *parsed.forms, *parsed.numbers, *stated)
    )
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
