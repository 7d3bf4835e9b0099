"""From rows to nodes: what each row states, in buckets of names, and rows of one content as one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from dedupe.arrays import Coder, Codes
from dedupe.normalise import content_of, kept_apart, read_columns
from dedupe.partitions.around import records_of
from dedupe.partitions.columns import (
    CONTENTS,
    NODES,
    PLACE_BITS,
    TEXT,
    as_texts,
    ints,
    signed,
    table_of,
    texts,
)
from dedupe.partitions.flow import BUCKET, Flow
from dedupe.parts_of_names import Around
from dedupe.read_names import Alias
from dedupe.record import NO_DECISIONS, in_natural_order
from dedupe.table import SEVERAL, SINGLE
from dedupe.text_hashes import hashes_of
from leads.lexicon.names.company_names import parse_name

#: One name in so many is looked at to find the borders of the buckets.
_SAMPLED = 64
#: Names of the sample at each border.
_A_BORDER = 16


def borders_of(flow: Flow, records: Any, buckets: int) -> list[str]:
    """Return the first name of each bucket but the first: buckets of about one size, in order."""
    sample = flow.collect(flow.each(records, _sample if buckets > 1 else _none, TEXT))
    found = sorted(texts(sample, "text"))
    step = max(len(found) // buckets, _A_BORDER)
    return found[step::step] if buckets > 1 else []


def _sample(table: pa.Table) -> pa.Table:
    cores = {parse_name(name).core or " " for name in set(texts(table, "name"))}
    chosen = sorted(cores)
    hashes = hashes_of(chosen)
    return as_texts([chosen[at] for at in np.flatnonzero(hashes % np.uint64(_SAMPLED) == 0)])


def _none(_: pa.Table) -> pa.Table:
    return as_texts([])


class Contents:
    """Work that reads the rows of a part, knowing what all rows tell."""

    def __init__(self, around: Callable[[], Around], borders: Sequence[str]) -> None:
        self._around, self._borders = around, borders

    def __call__(self, table: pa.Table) -> pa.Table:
        """Return what each row states."""
        records = records_of(table)
        coders = {name: Coder() for name in ("core", *SINGLE, *SEVERAL)}
        names, aliases, columns, lists = read_columns(records, coders, around=self._around())
        every = {name: coder.known() for name, coder in coders.items()}
        rows = np.array([alias.row for alias in aliases], dtype=np.int64)
        cores = np.array([alias.core for alias in aliases], dtype=np.int64)
        apart = kept_apart(records, NO_DECISIONS, rows, hashes_of(every["core"])[cores])
        content = content_of(columns, lists, every, apart)
        stated = {name: _texts(every[name], columns[name]) for name in ("core", *SINGLE)}
        several = {name: _lists(every[name], lists[name]) for name in SEVERAL}
        other_names, other_forms = _other_names(aliases, every["core"], len(records))
        return table_of(
            CONTENTS,
            bucket=[bisect_right(self._borders, core) for core in stated["core"]],
            key=[record.key for record in records],
            **stated,
            **several,
            alias=other_names,
            alias_form=other_forms,
            in_full=names.in_full,
            content=signed(content),
        )


def _texts(every: Sequence[str], codes: Codes) -> list[str]:
    return [every[code] if code >= 0 else "" for code in codes.tolist()]


def _lists(every: Sequence[str], codes: Codes) -> list[list[str]]:
    return [[every[code] for code in row if code >= 0] for row in codes.tolist()]


def _other_names(
    aliases: Sequence[Alias], every: Sequence[str], rows: int
) -> tuple[list[list[str]], list[list[bool]]]:
    """Return the other names of each row, and whether each has a legal form."""
    names: list[list[str]] = [[] for _ in range(rows)]
    forms: list[list[bool]] = [[] for _ in range(rows)]
    for alias in aliases:
        names[alias.row].append(every[alias.core])
        forms[alias.row].append(alias.has_form)
    return names, forms


def foreign_words(records: Any, flow: Flow, around: Callable[[], Around]) -> frozenset[str]:
    """Return the words of names in other scripts, in Latin letters."""
    found = flow.collect(flow.each(records, _Foreign(around), TEXT))
    return frozenset(texts(found, "text"))


class _Foreign:
    def __init__(self, around: Callable[[], Around]) -> None:
        self._around = around

    def __call__(self, table: pa.Table) -> pa.Table:
        records = [one for one in records_of(table) if not one.name.isascii()]
        coders = {name: Coder() for name in ("core", *SINGLE, *SEVERAL)}
        if not records:
            return as_texts([])
        names, _, _, _ = read_columns(records, coders, around=self._around())
        return as_texts(list(names.foreign))


def nodes_of(table: pa.Table) -> pa.Table:
    """Return the rows of a bucket with one content as one node, in the order of a whole list."""
    cores, content, keys = texts(table, "core"), ints(table, "content"), texts(table, "key")
    order = sorted(
        range(len(cores)), key=lambda at: (cores[at], content[at], in_natural_order(keys[at]))
    )
    pairs = [(cores[at], content[at]) for at in order]
    new = np.array([one != before for one, before in zip(pairs, [None, *pairs], strict=False)])
    node = np.cumsum(new, dtype=np.int64) - 1
    first = np.array(order, dtype=np.int64)[new]
    in_full = np.ones(len(first), dtype=bool)
    np.logical_and.at(in_full, node, np.array(texts(table, "in_full"), dtype=bool)[order])
    found = table.take(pa.array(first))
    bucket = int(found.column(BUCKET)[0].as_py()) if len(found) else 0
    columns = {name: found.column(name) for name in found.schema.names if name in NODES.names}
    columns |= {
        "id": pa.array((bucket << PLACE_BITS) + np.arange(len(first))),
        "rows": pa.array(np.bincount(node, minlength=len(first))),
        "in_full": pa.array(in_full),
        "alias_form": pa.array(
            _forms_of_nodes(texts(table, "alias_form"), order, node.tolist()),
            type=NODES.field("alias_form").type,
        ),
    }
    return pa.Table.from_arrays([columns[name] for name in NODES.names], schema=NODES)


def _forms_of_nodes(
    forms: Sequence[list[bool]], order: Sequence[int], node: Sequence[int]
) -> list[list[bool]]:
    """Return for the other names of each node whether one of its rows has them with a form."""
    found: list[list[bool]] = []
    for at, place in zip(order, node, strict=True):
        if place == len(found):
            found.append(forms[at])
        else:
            both = zip(found[place], forms[at], strict=True)
            found[place] = [one or other for one, other in both]
    return found
