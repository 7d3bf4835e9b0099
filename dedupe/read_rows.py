"""Turn the values of rows into provisional codes: names, places, domains, phones, legal forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from dedupe.address import Street, parse_street
from dedupe.arrays import MISSING, Coder, Codes, Flags
from dedupe.name_parts import EDGES, Beside, NameParts, place_key
from dedupe.record import MatchRecord
from dedupe.sounds import is_of_another_script
from dedupe.take_apart import has_sign, may_have_parts, take_apart
from leads.lexicon.names.company_names import CompanyName, parse_name
from leads.lexicon.names.legal_forms import groups_of, legal_form
from leads.lexicon.places.countries import compared
from leads.lexicon.places.place_names import city_named
from leads.lexicon.transliterate import to_ascii

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
#: Luebeck is Lübeck, and Tromsoe is Tromsø.
_SPELLED_OUT = re.compile(r"(?<=[aou])e")
#: How many domains and phones of one row are compared.
_SEVERAL = 3
#: The last digits of a phone number that are compared: national and international forms agree
#: there.
_PHONE_DIGITS = 8
_NO_STREET = Street("", "")
#: What stands between a name and the place behind it.
_PIECES = re.compile(r",|\s-\s|[–—(]")


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Normalise a city or postcode: lower-case ASCII letters and digits."""
    if not text:
        return ""
    return _NOT_PLAIN.sub(" ", to_ascii(text[:100]).lower()).strip()


@lru_cache(maxsize=50_000)
def city(text: str) -> str:
    """Normalise a city: München, Muenchen and Munich become one text."""
    if not text:
        return ""
    return _SPELLED_OUT.sub("", plain(city_named(text[:100])))


class Alias(NamedTuple):
    """Another name of a row: the provisional code of its core, and whether it has a legal form."""

    row: int
    core: int
    has_form: bool


class ReadNames(NamedTuple):
    """The provisional core of each row, the groups of its legal forms, and parts in its name."""

    cores: Codes
    forms: list[tuple[str, ...]]
    #: Whether a legal form is stated in or beside the name.
    in_full: Flags
    #: By row; most names have no parts.
    parts: dict[int, NameParts]
    #: Words of names in other scripts, in Latin letters.
    foreign: frozenset[str]


def read_names(
    records: Sequence[MatchRecord], coder: Coder, step: Callable[[int], None]
) -> tuple[ReadNames, list[Alias], dict[int, str]]:
    """Parse all names. Also return other names, and the countries of names that may state one."""
    cores: list[str] = []
    forms: list[tuple[str, ...]] = []
    in_full: list[bool] = []
    aliases: list[Alias] = []
    countries: dict[int, str] = {}
    foreign: set[str] = set()
    parts = _parts_of_names(records)
    for at, record in enumerate(records):
        if at % 10_000 == 0:
            step(at)
        apart = parts.get(at)
        text = record.name
        name = parse_name(apart.name if apart else text)
        cores.append(name.core or " ")
        forms.append(_forms(name.forms, record.legal_form))
        in_full.append(bool(name.forms or record.legal_form))
        if is_of_another_script(text):
            foreign.update(name.tokens)
        if apart or name.others or record.aliases:
            others = _other_cores(_other_names(record, name, apart), name)
            aliases += _aliases(at, coder, others)
        if apart or name.brackets:
            countries[at] = _country_of(record, name.brackets, apart)
    read = ReadNames(
        coder.encode(cores), forms, np.array(in_full, dtype=bool), parts, frozenset(foreign)
    )
    return read, aliases, countries


def _parts_of_names(records: Sequence[MatchRecord]) -> dict[int, NameParts]:
    """Take every name apart, knowing the cities of all rows and the seats behind other names."""
    cities = {record.city for record in records}
    places = frozenset(filter(None, map(compared, cities)))
    beside = {city: Beside.of(city, places) for city in cities}
    looked_at = [
        at
        for at, record in enumerate(records)
        if may_have_parts(record.name, beside[record.city].city)
    ]
    parts: dict[int, NameParts] = {}
    for at in looked_at:
        if apart := take_apart(records[at].name, beside[records[at].city]):
            parts[at] = apart

    # A seat behind a legal form in one row is a place in the others.
    seats = frozenset(compared(apart.seat) for apart in parts.values() if apart.seat) - places
    signed = [at for at in looked_at if has_sign(records[at].name)] if seats else []
    return parts | _with_seats(records, signed, places, seats)


def _with_seats(
    records: Sequence[MatchRecord],
    signed: Sequence[int],
    places: frozenset[str],
    seats: frozenset[str],
) -> dict[int, NameParts]:
    """Take the names apart that end in a seat of another row."""
    known = places | seats
    parts: dict[int, NameParts] = {}
    for at in signed:
        record = records[at]
        if place_key(_PIECES.split(record.name)[-1].strip(EDGES)) in seats:
            apart = take_apart(record.name, Beside.of(record.city, known))
            parts |= {at: apart} if apart else {}
    return parts


def _other_names(
    record: MatchRecord, name: CompanyName, apart: NameParts | None
) -> tuple[str, ...]:
    """Return the names beside, in and behind a row's name."""
    if apart and apart.alias:
        return (*record.aliases, *name.others, apart.alias)
    return (*record.aliases, *name.others)


def _other_cores(others: Iterable[str], name: CompanyName) -> dict[str, bool]:
    """Return the cores of a row's other names, sorted, without its own core; and if one has a form.

    "Inc." among the aliases is left over from splitting "Acme, Inc." at the comma: it would link
    strangers.
    """
    found: dict[str, bool] = {}
    for other in map(parse_name, others):
        if other.core not in ("", name.core) and not legal_form(other.core):
            found[other.core] = found.get(other.core, False) or bool(other.forms)
    return dict(sorted(found.items()))


def _aliases(row: int, coder: Coder, others: Mapping[str, bool]) -> list[Alias]:
    return [Alias(row, coder.code(core), has_form) for core, has_form in others.items()]


def _country_of(record: MatchRecord, brackets: tuple[str, ...], apart: NameParts | None) -> str:
    """Return the row's country, else the one in brackets, else the one behind the name."""
    if record.country:
        return record.country
    behind = apart.country if apart else ""
    return next((code for code in brackets if len(code) == 2 and code.isupper()), behind)


def _with_parts(
    records: Sequence[MatchRecord], parts: Mapping[int, NameParts]
) -> tuple[list[str], list[str], list[str]]:
    """Return the city, street and branch of each row; parts of its name fill what it lacks."""
    cities = [record.city for record in records]
    streets = [record.street for record in records]
    branches = [""] * len(records)
    for at, apart in parts.items():
        cities[at] = cities[at] or apart.seat
        streets[at] = streets[at] or apart.address
        branches[at] = plain(apart.branch)
    return cities, streets, branches


def read_single(
    records: Sequence[MatchRecord],
    coders: dict[str, Coder],
    countries: dict[int, str],
    parts: Mapping[int, NameParts],
) -> dict[str, Codes]:
    """Return provisional codes of the attributes with one value per row."""
    stated, addresses, branches = _with_parts(records, parts)
    country = [record.country for record in records]
    for at, code in countries.items():
        country[at] = code

    streets = {text: _street(text) for text in set(addresses)}
    return {
        "country": coders["country"].encode(country),
        "city": coders["city"].encode_as(city, stated),
        "city_as_written": coders["city_as_written"].encode_as(plain, stated),
        "postcode": coders["postcode"].encode_as(_joined, [one.postcode for one in records]),
        "register_number": coders["register_number"].encode_as(
            _joined, [one.register_number for one in records]
        ),
        "branch": coders["branch"].encode(branches),
        "street_number": coders["street_number"].encode_as(
            lambda text: streets[text].number, addresses
        ),
        "street_name": coders["street_name"].encode_as(lambda text: streets[text].name, addresses),
    }


def _street(text: str) -> Street:
    return (parse_street(text) if text else None) or _NO_STREET


def _joined(text: str) -> str:
    return plain(text).replace(" ", "") if text else ""


def read_several(coder: Coder, values: Sequence[tuple[str, ...]]) -> Codes:
    """Return provisional codes of up to three values per row, in the order of the values."""
    table = np.full((len(values), _SEVERAL), MISSING, dtype=np.int32)
    table[:, 0] = coder.encode([row[0] if row else "" for row in values])
    for at in [at for at, row in enumerate(values) if len(row) > 1]:
        for place, value in enumerate(sorted(set(filter(None, values[at])))[:_SEVERAL]):
            table[at, place] = coder.code(value)
    return table


@lru_cache(maxsize=10_000)
def _forms(in_name: tuple[str, ...], beside: str) -> tuple[str, ...]:
    """Return the groups of legal forms in and beside the name; skip forms without a group (Co.)."""
    if not in_name and not beside:
        return ()
    stated = legal_form(beside) if beside else None
    groups = [group for form in in_name for group in groups_of(form)] + list(
        stated.groups if stated else ()
    )
    return tuple(dict.fromkeys(groups))


def phone_end(text: str) -> str:
    """Return the last digits of a phone number, which are the ones compared."""
    return "".join(filter(str.isdigit, text[:40]))[-_PHONE_DIGITS:]
