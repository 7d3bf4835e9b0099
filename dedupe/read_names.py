"""Read the names of rows: their cores, legal forms, other names, and the parts behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import NamedTuple

import numpy as np

from dedupe.arrays import Coder, Codes, Flags, Ints
from dedupe.foreign_fronts import foreign_front
from dedupe.name_parts import NameParts
from dedupe.parts_of_names import Around, parts_of_names, places_of, seats_of, texts_of
from dedupe.record import MatchRecord
from dedupe.repeated_initials import may_repeat_initials, without_own_initials
from dedupe.sounds import is_of_another_script
from leads.lexicon.names.company_names import CompanyName, parse_name
from leads.lexicon.names.legal_forms import groups_of, legal_form


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
    around: Around | None = None,
) -> tuple[ReadNames, list[Alias], dict[int, str]]:
    """Parse all names. Also return other names, and the countries of names that may state one.

    `around` is what all rows tell if `records` are a part of them.
    """
    parts = parts_of_names(records, around)
    texts = texts_of(records, parts)
    distinct, of_row = _distinct(texts)
    parsed = _parsed(distinct, step)
    for at, apart in parts.items():
        if is_of_another_script(records[at].name):
            parsed.foreign.update(parse_name(apart.name).tokens)

    known = around.cores if around else frozenset(parsed.cores)
    _without_initials(parsed, distinct, known)
    stated: Mapping[int, Collection[str]]
    if around:
        stated = {at: around.countries.get(name.raw, ()) for at, name in parsed.fronts.items()}
    else:
        stated = _stated_countries(records, parsed, of_row)
    _with_foreign_fronts(parsed, stated)
    forms, in_full = _forms_of_rows(records, parsed, of_row)
    read = ReadNames(
        coder.encode(parsed.cores)[of_row],
        forms,
        in_full,
        parts,
        frozenset(parsed.foreign),
        _places(records, parts, around),
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


def _distinct(texts: Sequence[str]) -> tuple[list[str], Ints]:
    """Return the distinct texts, and for each text which of them it is."""
    places: defaultdict[str, int] = defaultdict(count().__next__)
    at = np.fromiter(map(places.__getitem__, texts), dtype=np.int64, count=len(texts))
    return list(places), at


def _places(
    records: Sequence[MatchRecord], parts: Mapping[int, NameParts], around: Around | None
) -> frozenset[str]:
    """Return the cities of all rows, and the seats behind names."""
    if around:
        return around.places
    return places_of({record.city for record in records}) | seats_of(parts)


def _parsed(texts: Sequence[str], step: Callable[[int], None]) -> _Parsed:
    """Parse distinct names: many rows of a list repeat one."""
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
    return found


def _without_initials(parsed: _Parsed, texts: Sequence[str], known: Collection[str]) -> None:
    """Drop the initials beside the full name."""
    repeated = may_repeat_initials(parsed.cores)
    for at in [at for at, core in enumerate(parsed.cores) if core in repeated]:
        parsed.cores[at] = without_own_initials(parsed.cores[at], texts[at], known)


def _stated_countries(
    records: Sequence[MatchRecord], parsed: _Parsed, of_row: Ints
) -> dict[int, set[str]]:
    """Return the countries of the rows with each name that has a form in front."""
    stated: dict[int, set[str]] = {at: set() for at in parsed.fronts}
    for row in np.flatnonzero(np.isin(of_row, list(parsed.fronts))).tolist():
        stated[int(of_row[row])].add(records[row].country)
    return stated


def _with_foreign_fronts(parsed: _Parsed, stated: Mapping[int, Collection[str]]) -> None:
    """Give back the words in front that are no form in any country of the rows with the name."""
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
