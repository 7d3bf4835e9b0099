"""What a CRM export says a company is to the client (`leads/lexicon/data/crm_roles.yaml`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from leads.lexicon.plain_text import letters_and_digits
from leads.lexicon.reference import document

#: Cells of the two kinds of column.
ACCOUNT, DEAL = "account", "deal"
#: So many columns that only CRMs have make a list a CRM export.
_MARKS_OF_A_CRM = 2


@lru_cache(maxsize=1 << 10)
def kind_of_column(header: str) -> str | None:
    """Whether a column so named is about the account or about a deal; None: neither."""
    folded = letters_and_digits(header)
    for kind in (ACCOUNT, DEAL):
        if folded in _columns(kind):
            return kind
    return None


def kinds_of_columns(headers: Sequence[str]) -> list[str | None]:
    """The kind of each column of a list; `Type` and `Stage` have one in a CRM export only."""
    folded = [letters_and_digits(header) for header in headers]
    is_export = len(_listed("crm_columns").intersection(folded)) >= _MARKS_OF_A_CRM
    kinds = [kind_of_column(header) for header in headers]
    if not is_export:
        return kinds
    for place, name in enumerate(folded):
        if kinds[place] is None:
            weak = (ACCOUNT, DEAL)
            kinds[place] = next((k for k in weak if name in _listed(f"weak_{k}_columns")), None)
    return kinds


@lru_cache(maxsize=1 << 12)
def role_of_cell(kind: str, cell: str) -> str | None:
    """The role that a whole cell states: `customers`, `open_deals`, `competitors` or `prospects`;
    None when the words are unknown.
    """
    return _roles(kind).get(letters_and_digits(cell))


@cache
def _listed(section: str) -> frozenset[str]:
    return frozenset(map(letters_and_digits, document("crm_roles.yaml")[section]))


@cache
def _columns(kind: str) -> frozenset[str]:
    groups: list[list[str]] = document("crm_roles.yaml")[f"{kind}_columns"]
    return frozenset(letters_and_digits(name) for names in groups for name in names)


@cache
def _roles(kind: str) -> dict[str, str]:
    table: dict[str, list[list[str]]] = document("crm_roles.yaml")[kind]
    found: dict[str, str] = {}
    for role, groups in table.items():
        for words in groups:
            found.update(dict.fromkeys(map(letters_and_digits, words), role))
    return found
