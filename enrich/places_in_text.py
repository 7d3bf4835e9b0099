"""Which names of countries and states a text contains: one scan in place of a search for each."""

from __future__ import annotations

from functools import cache, lru_cache

from ahocorasick_rs import BytesAhoCorasick, Implementation

from enrich.tables import words
from leads.lexicon.places.regions import state_spellings

_STATES_OF = ("US", "CA", "AU")


@lru_cache(maxsize=4)
def names_in(text: str) -> frozenset[str]:
    """Return the names of `country_names` and of American, Canadian and Australian states in a text."""
    data = text.encode("utf-8", "surrogatepass")
    found = {one for one, _, _ in _automaton().find_matches_as_indexes(data, overlapping=True)}
    names = _names()
    return frozenset(names[one] for one in found)


def countries_in(text: str) -> frozenset[str]:
    """Return the countries, of those whose addresses other names may confirm, that a text names."""
    return _countries_in(names_in(text))


@lru_cache(maxsize=1 << 10)
def _countries_in(names: frozenset[str]) -> frozenset[str]:
    listed = words("addresses")["country_names"].items()
    return frozenset(country for country, some in listed if not names.isdisjoint(some))


def states_in(text: str) -> list[str]:
    """Return the whole names of states in a text, without those that are a part of another."""
    found = names_in(text) & _state_names()
    return sorted(one for one in found if not any(other.endswith(f" {one}") for other in found))


@cache
def _state_names() -> frozenset[str]:
    """Return the names of American, Canadian and Australian states."""
    return frozenset(name for one in _STATES_OF for name in state_spellings(one).values())


@cache
def _names() -> tuple[str, ...]:
    listed = words("addresses")["country_names"].values()
    return tuple(sorted({*_state_names(), *(name for names in listed for name in names)}))


@cache
def _automaton() -> BytesAhoCorasick:
    return BytesAhoCorasick([name.encode() for name in _names()], implementation=Implementation.DFA)
