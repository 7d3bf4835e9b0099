"""Rows to arrays: every value coded once, equal rows collapsed into one node, everything in the
order of its content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from dedupe.address import parse_street
from dedupe.arrays import MISSING, ODD, Coder, Codes, Ints
from dedupe.names_table import Names, tabulate, with_places
from dedupe.record import Decisions, Key, MatchRecord
from leads.lexicon.names.company_names import parse_name
from leads.lexicon.names.legal_forms import groups_of, legal_form
from leads.lexicon.places.place_names import city_named
from leads.lexicon.transliterate import to_ascii

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
#: Luebeck is Lübeck, and Tromsoe Tromsø.
_SPELLED_OUT = re.compile(r"(?<=[aou])e")
#: Domains and phones of one row that are compared.
_SEVERAL = 3
#: The end of a phone number that is compared: national and international spellings end alike.
_PHONE_DIGITS = 8

#: Attributes with one code a node.
SINGLE = (
    "country",
    "city",
    "city_as_written",
    "postcode",
    "street_number",
    "street_name",
    "register_number",
)
#: Attributes with up to three codes a node.
SEVERAL = ("domain", "phone", "form")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows as nodes: one for each different content."""

    keys: list[Key]
    #: The node of each row.
    node_of: Codes
    #: A row of each node, to speak of it.
    row_of: Codes
    names: Names
    #: The name of each node; its further names are pairs of node and name.
    core: Codes
    alias_nodes: Codes
    alias_cores: Codes
    single: dict[str, Codes]
    several: dict[str, Codes]
    texts: dict[str, list[str]]

    def __len__(self) -> int:
        return len(self.core)


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """A city or postcode for comparing: ASCII small letters and digits."""
    if not text:
        return ""
    return _NOT_PLAIN.sub(" ", to_ascii(text[:100]).lower()).strip()


@lru_cache(maxsize=50_000)
def city(text: str) -> str:
    """A city for comparing: one text for München, Muenchen and Munich."""
    return _SPELLED_OUT.sub("", plain(city_named(text[:100])))


def normalise(
    records: Sequence[MatchRecord],
    decisions: Decisions,
    step: Callable[[int], None] = lambda _: None,
) -> Table:
    """Code every value of every row, collapse equal rows, and put all in the order of content."""
    coders = {name: Coder() for name in ("core", *SINGLE, *SEVERAL)}
    names, aliases, countries = _read_names(records, coders["core"], step)
    columns = {"core": names.cores} | _read_single(records, coders, countries)
    lists = {
        "domain": _read_several(coders["domain"], [record.domains for record in records]),
        "phone": _read_several(
            coders["phone"],
            [tuple(map(_phone, record.phones)) if record.phones else () for record in records],
        ),
        "form": _read_several(coders["form"], names.forms),
    }
    return _settle(records, decisions, coders, columns, lists, aliases)


class _Read(NamedTuple):
    """The provisional core of each row, and the groups of its legal forms."""

    cores: Codes
    forms: list[tuple[str, ...]]


def _read_names(
    records: Sequence[MatchRecord], coder: Coder, step: Callable[[int], None]
) -> tuple[_Read, list[tuple[int, int]], dict[int, str]]:
    """The names taken apart; further names as pairs of row and core; countries that stand in the
    brackets of a name.
    """
    cores = np.empty(len(records), dtype=np.int32)
    forms: list[tuple[str, ...]] = []
    aliases: list[tuple[int, int]] = []
    countries: dict[int, str] = {}
    for at, record in enumerate(records):
        if at % 10_000 == 0:
            step(at)
        name = parse_name(record.name)
        cores[at] = coder.code(name.core or " ")
        forms.append(
            _forms(name.forms, record.legal_form) if name.forms or record.legal_form else ()
        )
        if record.aliases or name.others:
            others = {parse_name(other).core for other in (*record.aliases, *name.others)} - {
                "",
                name.core,
            }
            # "Inc." among the aliases is what a comma left of "Acme, Inc.": it would tie strangers
            # together.
            aliases += [(at, coder.code(core)) for core in sorted(others) if not legal_form(core)]
        if name.brackets and not record.country:
            countries[at] = next(
                (code for code in name.brackets if len(code) == 2 and code.isupper()), ""
            )
    return _Read(cores, forms), aliases, countries


def _read_single(
    records: Sequence[MatchRecord], coders: dict[str, Coder], countries: dict[int, str]
) -> dict[str, Codes]:
    """The values that a row has one of, as provisional codes."""
    streets = [parse_street(record.street) if record.street else None for record in records]
    country = [record.country for record in records]
    for at, code in countries.items():
        country[at] = code
    return {
        "country": coders["country"].encode(country),
        "city": (
            coders["city"].encode([city(record.city) if record.city else "" for record in records])
        ),
        "city_as_written": (
            coders["city_as_written"].encode([plain(record.city) for record in records])
        ),
        "postcode": coders["postcode"].encode([_joined(record.postcode) for record in records]),
        "register_number": (
            coders["register_number"].encode(
                [_joined(record.register_number) for record in records]
            )
        ),
        "street_number": (
            coders["street_number"].encode([street.number if street else "" for street in streets])
        ),
        "street_name": (
            coders["street_name"].encode([street.name if street else "" for street in streets])
        ),
    }


def _joined(text: str) -> str:
    return plain(text).replace(" ", "") if text else ""


def _read_several(coder: Coder, values: Sequence[tuple[str, ...]]) -> Codes:
    """Up to three values a row, as provisional codes in the order of the values."""
    table = np.full((len(values), _SEVERAL), MISSING, dtype=np.int32)
    table[:, 0] = coder.encode([row[0] if row else "" for row in values])
    for at, row in enumerate(values):
        if len(row) > 1:
            for place, value in enumerate(sorted(set(filter(None, row)))[:_SEVERAL]):
                table[at, place] = coder.code(value)
    return table


@lru_cache(maxsize=10_000)
def _forms(in_name: tuple[str, ...], beside: str) -> tuple[str, ...]:
    """The groups of the legal forms in the name and beside it; none for words that say nothing
    (Co.).
    """
    stated = legal_form(beside) if beside else None
    told = [group for form in in_name for group in groups_of(form)] + list(
        stated.groups if stated else ()
    )
    return tuple(dict.fromkeys(told))


def _phone(text: str) -> str:
    return "".join(filter(str.isdigit, text[:40]))[-_PHONE_DIGITS:]


def _settle(
    records: Sequence[MatchRecord],
    decisions: Decisions,
    coders: dict[str, Coder],
    columns: dict[str, Codes],
    lists: dict[str, Codes],
    aliases: list[tuple[int, int]],
) -> Table:
    """Final codes, and one node for each different content."""
    texts: dict[str, list[str]] = {}
    finals: dict[str, Codes] = {}
    for name, coder in coders.items():
        texts[name], finals[name] = coder.settled()
        table = columns if name in columns else lists
        table[name] = finals[name][table[name]]
    alias_rows = np.array([row for row, _ in aliases], dtype=np.int64)
    alias_codes = (
        finals["core"][np.array([code for _, code in aliases], dtype=np.int64)]
        if aliases
        else np.empty(0, np.int32)
    )
    apart = _kept_apart(records, decisions, alias_rows, alias_codes)
    node_of, first = _collapse(
        [
            columns["core"],
            *(columns[name] for name in SINGLE),
            *(column for name in SEVERAL for column in lists[name].T),
            apart,
        ]
    )
    return Table(
        keys=[record.key for record in records],
        node_of=node_of,
        row_of=first,
        names=with_places(
            tabulate(texts["core"]),
            columns["core"][first],
            columns["city_as_written"][first],
            texts["city_as_written"],
        ),
        core=columns["core"][first],
        alias_nodes=node_of[alias_rows] if aliases else np.empty(0, np.int32),
        alias_cores=alias_codes.astype(np.int32),
        single={name: columns[name][first] for name in SINGLE},
        several={name: lists[name][first] for name in SEVERAL},
        texts=texts,
    )


def _kept_apart(
    records: Sequence[MatchRecord], decisions: Decisions, alias_rows: Ints, alias_codes: Codes
) -> Ints:
    """A mark for rows that must stay nodes of their own: those people decided about, and those with
    further names.
    """
    marks = np.zeros(len(records), dtype=np.int64)
    decided = {key for pair in (*decisions.same, *decisions.different) for key in pair}
    if decided:
        order = {key: at + 1 for at, key in enumerate(sorted(decided, key=str))}
        marks += np.fromiter(
            (order.get(record.key, 0) for record in records), dtype=np.int64, count=len(records)
        )
    if len(alias_rows):
        # Mixed before they are added up, as two and three are as much as one and four.
        mixed = (alias_codes.astype(np.uint64) + np.uint64(1)) * ODD
        np.add.at(marks, alias_rows, ((mixed ^ mixed >> np.uint64(29)) * ODD).astype(np.int64))
    return marks


def _collapse(columns: Sequence[Codes | Ints]) -> tuple[Codes, Codes]:
    """The node of each row and a row of each node; nodes are numbered in the order of their
    content.
    """
    if not len(columns[0]):
        return np.empty(0, np.int32), np.empty(0, np.int32)
    mixed = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        mixed = (mixed ^ column.astype(np.uint64)) * ODD
        mixed ^= mixed >> np.uint64(29)
    order = np.lexsort((mixed, columns[0]))
    new = np.zeros(len(order), dtype=bool)
    new[0] = True
    for column in columns:
        new[1:] |= column[order[1:]] != column[order[:-1]]
    node_of = np.empty(len(order), dtype=np.int32)
    node_of[order] = np.cumsum(new, dtype=np.int32) - 1
    return node_of, order[new].astype(np.int32)
