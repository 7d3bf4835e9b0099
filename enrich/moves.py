"""Decide whether a company's site moved to another domain, or the domain leads to somebody else's.

A subsidiary's domain often leads to the site of its group: the group's facts are not its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leads.facts import Fact, Scope
from leads.lexicon.names.company_names import parse_name

#: What one company alone has, surest first.
_NUMBERS = ("vat_id", "register_number", "lei", "phone")
_WORDS = {"vat_id": "VAT number", "register_number": "register number", "lei": "LEI"}
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Move:
    """Whether the company's site follows, and why."""

    follows: bool
    why: str


def decide_move(own: Iterable[Fact], there: Iterable[Fact]) -> Move:
    """Compare what is known of a company with what the site says that its domain leads to.

    It follows if both state one number, address or name, and neither another country nor another
    legal name.
    """
    mine, theirs = _values(own), _values(there)
    countries = mine.get("country", {}), theirs.get("country", {})
    if all(countries) and not countries[0].keys() & countries[1].keys():
        return Move(follows=False, why=f"it is of another country ({_first(countries[1])})")
    legal = _names(mine, ("legal_name",)), _names(theirs, ("legal_name",))
    if all(legal) and not legal[0].keys() & legal[1].keys():
        return Move(follows=False, why=f"it is of another company ({_first(legal[1])})")

    for attribute in _NUMBERS:
        if both := _shared(mine, theirs, attribute):
            return Move(follows=True, why=f"both state {_WORDS.get(attribute, attribute)} {both}")
    if _shared(mine, theirs, "street") and (both := _shared(mine, theirs, "postcode")):
        return Move(follows=True, why=f"both state one address ({both})")
    named = ("legal_name", "name", "alias", "former_name")
    names = _names(mine, named), _names(theirs, named)
    both = next((names[1][one] for one in names[1] if one in names[0]), "")
    if both and all(countries):
        return Move(follows=True, why=f"both are called {both}")
    return Move(follows=False, why="nothing on it says that it is the same company")


def _values(facts: Iterable[Fact]) -> dict[str, dict[str, str]]:
    """Return the texts of each attribute as written, by their form to compare."""
    found: dict[str, dict[str, str]] = {}
    for fact in facts:
        if fact.evidence.scope is Scope.COMPANY and isinstance(fact.value, str):
            key = _SIGNS.sub("", fact.value.casefold())
            if key:
                found.setdefault(fact.attribute, {}).setdefault(key, fact.value)
    return found


def _names(values: Mapping[str, Mapping[str, str]], attributes: Iterable[str]) -> dict[str, str]:
    texts = [text for name in attributes for text in values.get(name, {}).values()]
    return {parse_name(text).core: text for text in texts}


def _shared(
    mine: Mapping[str, Mapping[str, str]], theirs: Mapping[str, Mapping[str, str]], attribute: str
) -> str:
    known = mine.get(attribute, {})
    return next((text for key, text in theirs.get(attribute, {}).items() if key in known), "")


def _first(values: Mapping[str, str]) -> str:
    return next(iter(values.values()))
