"""States, provinces and large cities with their countries (`leads/lexicon/data/places.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from leads.lexicon.places.countries import compared
from leads.lexicon.reference import document


@dataclass(frozen=True, slots=True)
class State:
    """A state or province: country (alpha-2), code (`CA`, `NSW`) and English name."""

    country: str
    code: str
    name: str


def states_by_code(code: str) -> tuple[State, ...]:
    """Return the states with this code in capitals: `WA` is Washington and Western Australia."""
    return _by_code().get(code, ())


def state_by_name(text: str) -> State | None:
    """Find a state by name, abbreviation (`Calif.`) or spelling."""
    return _by_name().get(compared(text))


def state_spellings(country: str) -> Mapping[str, str]:
    """Return the names of a country's states by every spelling: code, name, abbreviation."""
    return {
        spelled: state.name
        for state, names in _states()
        for spelled in (state.code, *names)
        if state.country == country
    }


def state_of_town(text: str, states: tuple[State, ...]) -> State | None:
    """Return the state known to have a town of that name."""
    town = compared(text)
    return next(
        (state for state in states if town in _towns().get((state.country, state.code), ())), None
    )


def city_country(text: str) -> str | None:
    """Return the country of a large city with an unambiguous name."""
    return _cities().get(compared(text))


def city_names() -> frozenset[str]:
    """Return the large cities that `city_country` knows, as `compared` writes them."""
    return frozenset(_cities())


def is_no_place(text: str) -> bool:
    """Check for words that name no place or half the world: `Remote`, `Headquarters`, `EMEA`."""
    return compared(text) in _no_places()


def is_province_code(country: str, code: str) -> bool:
    """Check whether a country uses the code for a province (`BY` in Germany)."""
    return code in document("places.yaml")["provinces"].get(country, ())


def shared_code(code: str) -> str | None:
    """Classify a code shared by a state and a country: `state`, `country`, `unknown`; else None."""
    meaning: str | None = document("places.yaml")["shared_codes"].get(code)
    return meaning


def is_weak_code(code: str) -> bool:
    """Check whether a country code is more often seen as a province code elsewhere."""
    return code in document("places.yaml")["weak_codes"]


@cache
def _by_code() -> dict[str, tuple[State, ...]]:
    table: dict[str, tuple[State, ...]] = {}
    for state, _ in _states():
        table[state.code] = (*table.get(state.code, ()), state)
    return table


@cache
def _by_name() -> dict[str, State]:
    return {compared(name): state for state, names in _states() for name in names}


@cache
def _states() -> tuple[tuple[State, list[str]], ...]:
    tables = document("places.yaml")["states"]
    return tuple(
        (State(country, code, names[0]), names)
        for country, states in tables.items()
        for code, names in states.items()
    )


@cache
def _towns() -> dict[tuple[str, str], frozenset[str]]:
    tables = document("places.yaml")["state_towns"]
    return {
        (country, code): frozenset(map(compared, towns))
        for country, states in tables.items()
        for code, towns in states.items()
    }


@cache
def _cities() -> dict[str, str]:
    return {
        compared(city): country
        for country, cities in document("places.yaml")["cities"].items()
        for city in cities
    }


@cache
def _no_places() -> frozenset[str]:
    return frozenset(map(compared, document("places.yaml")["no_place"]))
