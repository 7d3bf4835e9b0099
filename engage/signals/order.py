"""Signals in one order, each event once: what is counted depends on neither arrival nor repeats."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engage.signals.table import Ints, SignalTable

_LARGEST = 2**63


def each_once(table: SignalTable) -> Ints:
    """The places of the signals to count, by company, time and id.

    Of several signals with one id the earliest counts.
    """
    order = _by_company_and_time(table)
    for start, end in _ties(table.company[order], table.at[order]):
        some = order[start:end]
        order[start:end] = sorted(some, key=lambda place: _identity(table, int(place)))
    if len(set(table.ids)) == len(table.ids):
        return order
    return _without_repeats(table, order)


def _by_company_and_time(table: SignalTable) -> Ints:
    """Sort by one number where company and time fit into it: a third of the time of two."""
    if not len(table):
        return np.zeros(0, dtype=np.int64)
    first = int(table.at.min())
    length = int(table.at.max()) - first + 1
    if length * max(len(table.companies), 1) < _LARGEST:
        return np.argsort(table.company * length + (table.at - first), kind="stable")
    return np.lexsort((table.at, table.company))


def _without_repeats(table: SignalTable, order: Ints) -> Ints:
    first: dict[str, int] = {}
    for place in order.tolist():
        kept = first.setdefault(table.ids[place], place)
        if kept != place and _rank(table, place) < _rank(table, kept):
            first[table.ids[place]] = place
    counted = set(first.values())
    return np.array([place for place in order.tolist() if place in counted], dtype=np.int64)


def _ties(company: Ints, at: Ints) -> Iterator[tuple[int, int]]:
    """The runs of signals of one company at one moment."""
    same = (company[1:] == company[:-1]) & (at[1:] == at[:-1])
    edges = np.flatnonzero(np.diff(np.concatenate(([False], same, [False])).astype(np.int8)))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield start, end + 1


def _identity(table: SignalTable, place: int) -> tuple[str, ...]:
    return (
        table.ids[place],
        table.kinds[table.kind[place]],
        table.contacts[table.contact[place]],
        table.channels[table.channel[place]],
        table.sources[table.source[place]],
        table.links[table.link[place]],
        table.agents[table.agent[place]],
        f"{table.value[place]} {table.machine[place]}",
    )


def _rank(table: SignalTable, place: int) -> tuple[int, str, tuple[str, ...]]:
    company = table.companies[table.company[place]]
    return int(table.at[place]), company, _identity(table, place)
