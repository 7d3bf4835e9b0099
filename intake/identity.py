"""What tells one company from another whatever list names it: people's decisions about duplicates
hang on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from leads.facts import Fact
from leads.lexicon.names.company_names import parse_name

_TELLING = ("domain", "country", "postcode", "city", "register_number")


def match_key(name: str, facts: Iterable[Fact]) -> str:
    """A digest of the name's normal form, its legal form, and what the row states of domain, place
    and register.
    """
    parsed = parse_name(name)
    said = sorted(f"{fact.attribute}={fact.value}" for fact in facts if fact.attribute in _TELLING)
    text = "\n".join(
        (parsed.core or name.strip().casefold(), *parsed.forms, *parsed.numbers, *said)
    )
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
