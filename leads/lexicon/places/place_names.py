"""Normalise regions and cities: `Bayern` is Bavaria, `Köln` is Cologne."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache

from leads.lexicon.places.countries import compared
from leads.lexicon.places.regions import city_country, city_names
from leads.lexicon.reference import document

#: `Sankt Gallen` equals `St. Gallen`.
_SAINT = frozenset({"st", "sankt", "sint"})


@lru_cache(maxsize=1 << 14)
def region_named(text: str) -> str | None:
    """Return a region's English name; None if unknown, ambiguous or a code.

    Two regions with different English names are different places; neither contains the other.
    """
    found = _regions().get(compared(text), ())
    return next(iter(found)) if len(found) == 1 else None


def region_country(text: str) -> str | None:
    """Return the alpha-2 country of a region that `region_named` knows."""
    return _countries().get(region_named(text) or "")


@lru_cache(maxsize=1 << 14)
def city_named(text: str) -> str:
    """Normalise a city for comparing, using its English name if it has several."""
    plain = compared(text)
    return _cities().get(plain) or _with_saint(plain)


@lru_cache(maxsize=1 << 14)
def cities_apart(one: str, other: str) -> bool:
    """Check whether two cities from `city_named` are certainly different and neither contains the
    other.

    Köln-Ehrenfeld is part of Cologne, Greater London may be London, and Frankfurt may be Frankfurt
    am Main. New York is not York.
    """
    short, long = sorted((_in_english(one), _in_english(other)), key=len)
    if f"{long} ".startswith(f"{short} "):
        return False
    return is_city(long) or f" {short} " not in f" {long} "


def is_city(text: str) -> bool:
    """Check whether the city table has the name."""
    return compared(text) in _cities() or city_country(text) is not None


@cache
def last_words_of_cities() -> frozenset[str]:
    """Return the last word of every name in the city table, as `compared` writes it."""
    return frozenset(name.rpartition(" ")[2] for name in (*_cities(), *city_names()))


@cache
def region_names() -> tuple[str, ...]:
    """Return the English names of all known regions."""
    return tuple(dict.fromkeys(name for found in _regions().values() for name in sorted(found)))


@cache
def _regions() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for regions in document("region_names.yaml").values():
        for name, others in regions.items():
            for spelling in (name, *others):
                found[compared(spelling)].add(name)
    for states in document("places.yaml")["states"].values():
        for name, *others in states.values():
            for spelling in (name, *others):
                found[compared(spelling)].add(name)
    # Two letters can be a state in one country and a province in another.
    return {spelling: frozenset(names) for spelling, names in found.items() if len(spelling) > 2}


@cache
def _countries() -> dict[str, str]:
    found = {
        name: code for code, regions in document("region_names.yaml").items() for name in regions
    }
    return found | {
        state[0]: code
        for code, states in document("places.yaml")["states"].items()
        for state in states.values()
    }


def _in_english(plain: str) -> str:
    """Replace the first known city by its English name: `koln ehrenfeld` → `cologne ehrenfeld`."""
    words = plain.split()
    for first in range(len(words)):
        for end in range(len(words), first, -1):
            if english := _cities().get(" ".join(words[first:end])):
                return " ".join((*words[:first], english, *words[end:]))
    return plain


def _with_saint(plain: str) -> str:
    return " ".join("saint" if word in _SAINT else word for word in plain.split())


@cache
def _cities() -> dict[str, str]:
    table = document("city_names.yaml")
    return {
        compared(spelling): _with_saint(compared(name))
        for name, others in table.items()
        for spelling in (name, *others)
    }
