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
_CALLED = ("legal_name", "name", "alias", "former_name")
_SIGNS = re.compile(r"[\W_]+")
#: Texts as written by attribute and by their form to compare.
_Stated = Mapping[str, Mapping[str, str]]


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
    if against := _against(mine, theirs):
        return Move(follows=False, why=against)
    if both := _same(mine, theirs):
        return Move(follows=True, why=both)
    return Move(follows=False, why="nothing on it says that it is the same company")


def _against(mine: _Stated, theirs: _Stated) -> str:
    """Say what of the two contradicts; "" if nothing does."""
    countries = mine.get("country", {}), theirs.get("country", {})
    if all(countries) and not countries[0].keys() & countries[1].keys():
        return f"it is of another country ({_first(countries[1])})"
    legal = _names(mine, ("legal_name",)), _names(theirs, ("legal_name",))
    if all(legal) and not legal[0].keys() & legal[1].keys():
        return f"it is of another company ({_first(legal[1])})"
    return ""


def _same(mine: _Stated, theirs: _Stated) -> str:
    """Say what both state and one company alone has; "" if there is nothing."""
    for attribute in _NUMBERS:
        if both := _shared(mine, theirs, attribute):
            return f"both state {_WORDS.get(attribute, attribute)} {both}"
    if _shared(mine, theirs, "street") and (both := _shared(mine, theirs, "postcode")):
        return f"both state one address ({both})"
    if not (mine.get("country") and theirs.get("country")):
        return ""
    names = _names(mine, _CALLED), _names(theirs, _CALLED)
    called = next((names[1][one] for one in names[1] if one in names[0]), "")
    return f"both are called {called}" if called else ""


def _values(facts: Iterable[Fact]) -> dict[str, dict[str, str]]:
    """Return the texts of each attribute as written, by their form to compare."""
    found: dict[str, dict[str, str]] = {}
    for fact in facts:
        if fact.evidence.scope is Scope.COMPANY and isinstance(fact.value, str):
            key = _SIGNS.sub("", fact.value.casefold())
            if key:
                found.setdefault(fact.attribute, {}).setdefault(key, fact.value)
    return found


def _names(values: _Stated, attributes: Iterable[str]) -> dict[str, str]:
    texts = [text for name in attributes for text in values.get(name, {}).values()]
    return {parse_name(text).core: text for text in texts}


def _shared(mine: _Stated, theirs: _Stated, attribute: str) -> str:
    known = mine.get(attribute, {})
    return next((text for key, text in theirs.get(attribute, {}).items() if key in known), "")


def _first(values: Mapping[str, str]) -> str:
    return next(iter(values.values()))
