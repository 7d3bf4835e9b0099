"""Read the names of rows: their cores, legal forms, other names, and the parts behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from dedupe.arrays import Coder, Codes, Flags, Ints
from dedupe.corpus import Corpus
from dedupe.foreign_fronts import foreign_front
from dedupe.founders import with_forenames
from dedupe.name_parts import EDGES, Beside, NameParts, place_key
from dedupe.part_signs import has_sign, may_have_parts
from dedupe.record import MatchRecord
from dedupe.repeated_initials import may_repeat_initials, without_own_initials
from dedupe.sounds import is_of_another_script
from dedupe.take_apart import take_apart
from leads.lexicon.names.company_names import CompanyName, parse_name
from leads.lexicon.names.legal_forms import groups_of, legal_form
from leads.lexicon.places.countries import compared

#: What stands between a name and the place behind it.
_PIECES = re.compile(r",|\s-\s|[–—(]")


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
    #: Keys of the cities of all rows, and of the seats behind names.
    places: frozenset[str]


class _Parsed(NamedTuple):
    """The distinct names of a list, parsed."""

    cores: list[str]
    forms: list[tuple[str, ...]]
    #: Those that state another name or have words in brackets; few do.
    more: dict[int, CompanyName]
    #: Words of names in other scripts, in Latin letters.
    foreign: set[str]
    #: Those with a form in front that may be initials.
    fronts: dict[int, CompanyName]


def read_names(
    records: Sequence[MatchRecord],
    coder: Coder,
    step: Callable[[int], None],
    corpus: Corpus | None = None,
) -> tuple[ReadNames, list[Alias], dict[int, str]]:
    """Parse all names. Also return other names, and the countries of names that may state one.

    With a corpus, its places are known, and no name is read by what another row states.
    """
    parts, known = _parts_of_names(records, corpus)
    texts = [record.name for record in records]
    for at, apart in parts.items():
        texts[at] = apart.name
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    parsed = _parsed(list(places), step, alone=corpus is not None)
    of_row = np.fromiter(map(places.__getitem__, texts), dtype=np.int64, count=len(texts))
    for at, apart in parts.items():
        if is_of_another_script(records[at].name):
            parsed.foreign.update(parse_name(apart.name).tokens)

    _with_foreign_fronts(records, parsed, of_row)
    forms, in_full = _forms_of_rows(records, parsed, of_row)
    read = ReadNames(
        coder.encode(parsed.cores)[of_row], forms, in_full, parts, frozenset(parsed.foreign), known
    )
    aliases: list[Alias] = []
    countries: dict[int, str] = {}
    for at in _rows_with_more(records, parsed, of_row, parts):
        record, apart_ = records[at], parts.get(at)
        name = parsed.more.get(int(of_row[at])) or parse_name(texts[at])
        others = _other_cores(_other_names(record, name, apart_), name)
        aliases += _aliases(at, coder, others)
        if apart_ or name.brackets:
            countries[at] = _country_of(record, name.brackets, apart_)
    return read, aliases, countries


def _parsed(texts: Sequence[str], step: Callable[[int], None], *, alone: bool) -> _Parsed:
    """Parse distinct names: many rows of a list repeat one; each `alone`, or beside the others."""
    found = _Parsed([], [], {}, set(), {})
    for at, text in enumerate(texts):
        if at % 10_000 == 0:
            step(at)
        name = parse_name(text)
        found.cores.append(name.core or " ")
        found.forms.append(name.forms)
        if name.others or name.brackets:
            found.more[at] = name
        if name.front_forms:
            found.fronts[at] = name
        if not text.isascii() and is_of_another_script(text):
            found.foreign.update(name.tokens)
    _drop_initials(found.cores, texts, frozenset() if alone else frozenset(found.cores))
    return found


def _drop_initials(cores: list[str], texts: Sequence[str], known: frozenset[str]) -> None:
    """Drop the initials next to the full name, given the names of other rows."""
    repeated = may_repeat_initials(cores)
    for at in [at for at, core in enumerate(cores) if core in repeated]:
        cores[at] = without_own_initials(cores[at], texts[at], known)


def _with_foreign_fronts(records: Sequence[MatchRecord], parsed: _Parsed, of_row: Ints) -> None:
    """Give back the words in front that are no form in any country of the rows with the name."""
    stated: dict[int, set[str]] = {at: set() for at in parsed.fronts}
    for row in np.flatnonzero(np.isin(of_row, list(parsed.fronts))).tolist():
        stated[int(of_row[row])].add(records[row].country)
    for at, name in parsed.fronts.items():
        word = foreign_front(name, stated[at])
        if word:
            parsed.cores[at] = f"{word} {name.core}"
            parsed.forms[at] = tuple(form for form in name.forms if form not in name.front_forms)


def _forms_of_rows(
    records: Sequence[MatchRecord], parsed: _Parsed, of_row: Ints
) -> tuple[list[tuple[str, ...]], Flags]:
    """Return the groups of legal forms of each row, and whether it has a legal form."""
    in_names = [_forms(forms, "") for forms in parsed.forms]
    has_form = np.fromiter(map(bool, parsed.forms), dtype=bool, count=len(in_names))
    forms = list(map(in_names.__getitem__, of_row.tolist()))
    in_full = has_form[of_row]
    for at in [at for at, record in enumerate(records) if record.legal_form]:
        forms[at] = _forms(parsed.forms[of_row[at]], records[at].legal_form)
        in_full[at] = True
    return forms, in_full


def _rows_with_more(
    records: Sequence[MatchRecord], parsed: _Parsed, of_row: Ints, parts: Mapping[int, NameParts]
) -> list[int]:
    """Return the rows with another name or something in brackets or behind the name."""
    more = np.zeros(len(parsed.cores), dtype=bool)
    more[list(parsed.more)] = True
    chosen = more[of_row]
    chosen[list(parts)] = True
    chosen[[at for at, record in enumerate(records) if record.aliases]] = True
    return [int(at) for at in np.flatnonzero(chosen)]


def _parts_of_names(
    records: Sequence[MatchRecord], corpus: Corpus | None
) -> tuple[dict[int, NameParts], frozenset[str]]:
    """Take every name apart, knowing the cities of all rows and the seats behind other names.

    Also return the keys of these places. With a corpus, its places are known instead.
    """
    cities = {record.city for record in records}
    places = corpus.places if corpus else frozenset(filter(None, map(compared, cities)))
    looked_at, parts = _taken_apart(records, places)
    if corpus:
        return parts, places
    # A seat behind a legal form in one row is a place in the others.
    seats = frozenset(compared(apart.seat) for apart in parts.values() if apart.seat) - places
    signed = [at for at in looked_at if has_sign(records[at].name)] if seats else []
    parts = with_forenames(records, parts | _with_seats(records, signed, places, seats), places)
    return parts, places | seats


def _taken_apart(
    records: Sequence[MatchRecord], places: frozenset[str]
) -> tuple[list[int], dict[int, NameParts]]:
    """Return the rows whose name may have parts, and the parts of those that have some."""
    beside = {city: Beside.of(city, places) for city in {record.city for record in records}}
    looked_at = [
        at
        for at, record in enumerate(records)
        if may_have_parts(record.name, beside[record.city].city)
    ]
    parts: dict[int, NameParts] = {}
    for at, known in zip(looked_at, _besides(records, looked_at, places), strict=True):
        if apart := take_apart(records[at].name, known):
            parts[at] = apart
    return looked_at, parts


def _besides(
    records: Sequence[MatchRecord], rows: Sequence[int], places: frozenset[str]
) -> list[Beside]:
    """Return what is known beside the name of each row."""
    stated = [(records[at].city, records[at].country) for at in rows]
    known = {pair: Beside.of(pair[0], places, pair[1]) for pair in set(stated)}
    return list(map(known.__getitem__, stated))


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
            apart = take_apart(record.name, Beside.of(record.city, known, record.country))
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
