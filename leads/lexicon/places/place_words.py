"""Classify each part of a place text: country, state, large city or bare name, using context."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from leads.lexicon.places.areas import county_country, is_namesake, is_shared_area
from leads.lexicon.places.countries import CODES, compared, country_code
from leads.lexicon.places.regions import (
    State,
    city_country,
    is_province_code,
    is_weak_code,
    shared_code,
    state_by_name,
    state_of_town,
    states_by_code,
)

_CODE = re.compile(r"[A-Z]{2,4}")
_HOME_NATIONS = {
    "england": "England",
    "scotland": "Scotland",
    "wales": "Wales",
    "northern ireland": "Northern Ireland",
}
#: Words followed by the rest of a name: New Jersey, Port of Spain, South Sudan.
_GOES_ON = frozenset(
    {
        "new",
        "old",
        "north",
        "south",
        "east",
        "west",
        "central",
        "little",
        "greater",
        "republic",
        "of",
        "saint",
        "st",
        "san",
    }
)
#: Countries in some language that also end other names: Long Island, Michael Jordan.
_NOT_AT_END = frozenset({"chad", "indie", "island", "jordan", "man"})
_LONGEST_NAME = 6
_CODE_LENGTH = 2


class Kind(Enum):
    """The possible kinds of a part."""

    COUNTRY = auto()
    #: A state, province or home nation that determines its country.
    STATE = auto()
    #: A state or country whose name or code leaves the country ambiguous.
    OPEN = auto()
    #: A city whose name alone determines its country.
    CITY = auto()
    NAME = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """A part with its kind; `country` and `region` if known."""

    kind: Kind
    text: str
    country: str | None = None
    region: str | None = None


def read_words(parts: list[str], *, country_codes: bool) -> list[Word]:
    """Classify the words of a piece; with `country_codes`, `CA` after a name is Canada."""
    afters = (*parts[1:], None)
    parts = [
        half for part, after in zip(parts, afters, strict=True) for half in _halves(part, after)
    ]
    words: list[Word] = []
    for place, part in enumerate(parts):
        before = words[-1].text if words and words[-1].kind in (Kind.CITY, Kind.NAME) else None
        after = parts[place + 1] if place + 1 < len(parts) else None
        word = (
            _country_shown_before(part, words)
            or _town_like_a_country(part, words, after)
            or _county(part, before, after)
            or _word(part, before, after, country_codes=country_codes)
        )
        words.append(word)
    return words


def _country_shown_before(part: str, words: list[Word]) -> Word | None:
    """Resolve the code of the country that a city, state or province before it is in.

    `Mississauga, Ontario, CA` is in Canada, and `Mumbai, Maharashtra, IN` in India.
    """
    if part not in CODES or not words:
        return None
    shown = {word.country for word in words if word.kind is Kind.CITY}
    last = words[-1]
    shown |= {last.country} if last.kind is Kind.STATE else {county_country(last.text)}
    return Word(Kind.COUNTRY, part, part) if part in shown else None


def _town_like_a_country(part: str, words: list[Word], after: str | None) -> Word | None:
    """Resolve `Lebanon` before `PA` or a county: a town there, if it begins the place."""
    country = country_code(part) if len(part) > _CODE_LENGTH else None
    if words or country in (None, "US") or not after:
        return None
    if county_country(after) not in (None, country):
        # `Egypt, Buckinghamshire`; but Jamaica has a Surrey too.
        return Word(Kind.OPEN if is_shared_area(after) else Kind.NAME, part)
    return Word(Kind.NAME, part) if _is_namesake_in_us(part, after) else None


def _is_namesake_in_us(part: str, after: str) -> bool:
    """Check whether a state of the US behind the name of a country makes it a town there."""
    named = state_by_name(after)
    states = [state for state in (*states_by_code(after), named) if state and state.country == "US"]
    if not states:
        return False
    return named is not None or after not in CODES or is_namesake(part, states[0].code)


def _county(part: str, before: str | None, after: str | None) -> Word | None:
    """Resolve a county behind a town (`Wellington, Somerset`), or alone if its name is unique."""
    country = county_country(part)
    if country is None or (after and not _is_in(after, country)):
        return None
    if is_shared_area(part) and before is None and not after:
        return None
    return Word(Kind.STATE, part, country, part)


def _is_in(after: str, country: str) -> bool:
    return country_code(after) == country or county_country(after) == country


def is_area(part: str) -> bool:
    """Check whether the part names a country or state, also with `and` (Bosnia and Herzegovina)."""
    return (
        country_code(part) is not None
        or state_by_name(part) is not None
        or county_country(part) is not None
    )


def _halves(part: str, after: str | None) -> list[str]:
    """Split `Boston MA` or `Sydney Australia`; keep names that only end like a country."""
    words = part.split()
    if not 2 <= len(words) <= _LONGEST_NAME or is_area(part) or city_country(part):
        return [part]
    for size in (3, 2, 1):
        head, tail = " ".join(words[:-size]), " ".join(words[-size:])
        if head and compared(words[-size - 1]) not in _GOES_ON and _ends_place(tail, after):
            return [*_halves(head, tail), tail]
    return [part]


def _ends_place(tail: str, after: str | None) -> bool:
    states = (*states_by_code(tail), *filter(None, [state_by_name(tail)]))
    if after and (states_by_code(after) or is_area(after)):
        # Mount Lebanon, PA is not in Lebanon.
        return any(state.country == country_code(after) for state in states)
    is_country = country_code(tail) is not None and (
        len(tail) > _CODE_LENGTH or tail in {"US", "UK"}
    )
    return bool(states) or (is_country and compared(tail) not in _NOT_AT_END)


def _word(part: str, before: str | None, after: str | None, *, country_codes: bool) -> Word:
    if compared(part) == "georgia":
        return _georgia(part, before, _country_behind(after))
    city = city_country(part)
    if not city and _CODE.fullmatch(part):
        found = _before_country(part, _country_behind(after))
        return found or _code(part, before, country_codes=country_codes)

    state = state_by_name(part)
    if state and not _is_rather_a_city(part, before, after, state, city):
        return _of_state(part, state)
    if nation := _HOME_NATIONS.get(compared(part)):
        return Word(Kind.STATE, part, "GB", nation)
    if len(part) > _CODE_LENGTH and (country := country_code(part)):
        return Word(Kind.COUNTRY, part, country)
    return Word(Kind.CITY, part, city) if city else Word(Kind.NAME, part)


def _country_behind(after: str | None) -> str | None:
    """Return the country that the next part names; None if it may be a state's code."""
    if not after or (len(after) <= _CODE_LENGTH and states_by_code(after)):
        return None
    return country_code(after)


def _is_rather_a_city(
    part: str, before: str | None, after: str | None, state: State, city: str | None
) -> bool:
    """Check for `New York`, `Washington` as cities, and `New Brunswick` before another state."""
    if city:
        return before is None or (
            city_country(before) is not None and compared(before) != compared(part)
        )
    if before is not None and after == state.country:
        # `Barrie, Ontario, CA`, but `Ontario, CA` is the town in California.
        return False
    beyond = (*states_by_code(after), state_by_name(after)) if after else ()
    return any(other is not None and other.country != state.country for other in beyond)


def _georgia(part: str, before: str | None, beyond: str | None) -> Word:
    state = states_by_code("GA")[0]
    known = city_country(before) if before else None
    if beyond == "US" or known == "US" or (before and state_of_town(before, (state,))):
        return _of_state(part, state)
    return Word(Kind.COUNTRY, part, "GE") if known == "GE" else Word(Kind.OPEN, part, region=part)


def _before_country(code: str, country: str | None) -> Word | None:
    """Resolve `CA` before `USA` or `KA` before `India`; None if the country lacks the code."""
    if country is None or country == code:
        return None
    state = next((state for state in states_by_code(code) if state.country == country), None)
    if state:
        return _of_state(code, state)
    known = is_province_code(country, code) or country_code(code) is None
    return Word(Kind.STATE, code, country, code) if known else None


def _code(code: str, before: str | None, *, country_codes: bool) -> Word:
    states = states_by_code(code)
    country = country_code(code)
    if country and code not in CODES and not states:
        return Word(Kind.COUNTRY, code, country)
    if before is None:
        return _code_alone(code, states, country)
    if known := city_country(before):
        return _code_after_city(code, known, states, country)
    if town := state_of_town(before, states):
        return _of_state(code, town)
    return _code_after_name(code, states, country, country_codes=country_codes)


def _code_alone(code: str, states: tuple[State, ...], country: str | None) -> Word:
    """Resolve a code with no name before it: an ambiguous one is a name, as `IT` is a
    department.
    """
    if country == "US":
        return Word(Kind.COUNTRY, code, country)
    return _of_state(code, states[0]) if states and not country else Word(Kind.NAME, code)


def _code_after_name(
    code: str, states: tuple[State, ...], country: str | None, *, country_codes: bool
) -> Word:
    """Resolve a code after a name that is no known city or town (`Rustavi, GA`)."""
    if country is None:
        return _of_state(code, states[0]) if states else Word(Kind.NAME, code)
    if not states:
        is_open = is_weak_code(code)
    else:
        meaning = "country" if country_codes else shared_code(code)
        if meaning == "state":
            return _of_state(code, states[0])
        is_open = meaning == "unknown"
    return Word(Kind.OPEN, code, region=code) if is_open else Word(Kind.COUNTRY, code, country)


def _code_after_city(code: str, known: str, states: tuple[State, ...], country: str | None) -> Word:
    """Resolve a known city in its country (`Berlin, DE`), else its namesake in a state (`Paris,
    TX`).
    """
    if country == known:
        return Word(Kind.COUNTRY, code, known)
    own = next((state for state in states if state.country == known), None)
    if own:
        return _of_state(code, own)
    if is_province_code(known, code):
        return Word(Kind.STATE, code, known, code)
    if states and (country is None or shared_code(code) == "state"):
        return _of_state(code, states[0])
    return Word(Kind.OPEN, code, region=code) if country else Word(Kind.NAME, code)


def _of_state(text: str, state: State) -> Word:
    return Word(Kind.STATE, text, state.country, state.name)
