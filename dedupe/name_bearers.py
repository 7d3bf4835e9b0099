"""Pair the nodes of two names by country: a group has one name in many countries."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dedupe.arrays import Ints
from dedupe.table import Table

#: A name with more nodes than this is of no group: every town has a Hotel Post.
_MOST_NODES = 60
#: Of the nodes with one name in one country, at most this many are paired with each other node.
_A_COUNTRY = 2


class Bearers(NamedTuple):
    """Pairs of nodes, and the index of the name pair of each."""

    left: Ints
    right: Ints
    pair: Ints


def in_one_country(table: Table, left: Ints, right: Ints) -> Bearers:
    """Pair the nodes of two names that state one country; names are given by their codes."""
    country = table.single["country"].astype(np.int64)
    nodes = np.flatnonzero(country >= 0)
    width = int(country.max(initial=0)) + 1
    keys = table.core[nodes].astype(np.int64) * width + country[nodes]
    order = np.argsort(keys, kind="stable")
    nodes, keys = nodes[order], keys[order]

    first, last = (np.searchsorted(keys, core * width) for core in (left, left + 1))
    times = np.where(last - first > _MOST_NODES, 0, last - first)
    pair = np.repeat(np.arange(len(left)), times)
    one = nodes[first[pair] + np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)]
    wanted = right[pair] * width + country[one]
    start = np.searchsorted(keys, wanted)
    several = np.minimum(np.searchsorted(keys, wanted, side="right") - start, _A_COUNTRY)
    again = np.repeat(np.arange(len(pair)), several)
    place = np.arange(len(again)) - np.repeat(np.cumsum(several) - several, several)
    return Bearers(one[again], nodes[start[again] + place], pair[again])
