"""Input of the engine: rows to compare, and decisions of people about pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Key = str | int


def in_natural_order(key: Key) -> tuple[bool, int, str]:
    """Return the order of row ids: numbers by value, before texts."""
    text = str(key)
    whole = text.isascii() and text.isdigit() and len(text) < 1_000
    return (not whole, int(text) if whole else 0, text)


def sorted_keys(keys: Sequence[Key]) -> list[Key]:
    """Return row ids in order: numbers before texts, as Python orders each."""
    # Two sorts of plain values take a sixth of the time of one with a sort key.
    texts = sorted(key for key in keys if isinstance(key, str))
    return [*sorted(key for key in keys if not isinstance(key, str)), *texts]


#: Attributes that locate a company.
_PLACES = frozenset(("country", "city", "postcode", "street"))


def only_value(attribute: str, values: Sequence[str]) -> str:
    """Pick one of several values: the first, but none for places, since all apply."""
    return values[0] if len(set(values)) == 1 or (values and attribute not in _PLACES) else ""


@dataclass(frozen=True, slots=True)
class MatchRecord:
    """One row to compare. Everything but key and name is optional; missing values weigh nothing."""

    key: Key
    name: str
    #: Other names: aliases, former names, trading names.
    aliases: tuple[str, ...] = ()
    #: Registrable domains of the company's own sites and mailboxes (no free-mail or social hosts).
    domains: tuple[str, ...] = ()
    #: E.164 or bare digits.
    phones: tuple[str, ...] = ()
    #: ISO 3166-1 alpha-2.
    country: str = ""
    city: str = ""
    postcode: str = ""
    #: Street with house number, or a whole postal address.
    street: str = ""
    #: A number that is issued once: register number, VAT id or LEI.
    register_number: str = ""
    #: A legal form stated beside the name; forms inside the name are parsed from it.
    legal_form: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions of people about pairs: same and different override the engine."""

    same: tuple[tuple[Key, Key], ...] = field(default=())
    different: tuple[tuple[Key, Key], ...] = field(default=())
    #: Pairs that a person could not decide: they are not asked again.
    unsure: tuple[tuple[Key, Key], ...] = field(default=())


NO_DECISIONS = Decisions()
