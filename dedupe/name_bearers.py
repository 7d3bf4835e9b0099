"""Pair the nodes of two names by country: a group has one name in many countries."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dedupe.arrays import Codes, Ints
from dedupe.table import Table

#: A name with more nodes than this is of no group: every town has a Hotel Post.
MOST_NODES = 60
#: Of the nodes with one name in one country, at most this many are paired with each other node.
A_COUNTRY = 2


class Bearers(NamedTuple):
    """Pairs of nodes, and the index of the name pair of each."""

    left: Ints
    right: Ints
    pair: Ints


class Bearing(NamedTuple):
    """Which names nodes have, and where they are."""

    #: How many names there are.
    names: int
    core: Codes
    country: Codes
    alias_nodes: Codes | Ints
    alias_cores: Codes | Ints

    @classmethod
    def of(cls, table: Table) -> Bearing:
        """Return this of all nodes of a table."""
        country = table.single["country"]
        names = len(table.names.cores)
        return cls(names, table.core, country, table.alias_nodes, table.alias_cores)


def in_one_country(table: Bearing, left: Ints, right: Ints) -> Bearers:
    """Pair the nodes of two names that state one country; names are given by their codes."""
    country = table.country.astype(np.int64)
    nodes = np.flatnonzero(country >= 0)
    width = int(country.max(initial=0)) + 1
    keys = table.core[nodes].astype(np.int64) * width + country[nodes]
    order = np.argsort(keys, kind="stable")
    nodes, keys = nodes[order], keys[order]

    first, last = (np.searchsorted(keys, core * width) for core in (left, left + 1))
    times = np.where(last - first > MOST_NODES, 0, last - first)
    pair = np.repeat(np.arange(len(left)), times)
    one = nodes[first[pair] + np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)]
    wanted = right[pair] * width + country[one]
    start = np.searchsorted(keys, wanted)
    several = np.minimum(np.searchsorted(keys, wanted, side="right") - start, A_COUNTRY)
    again = np.repeat(np.arange(len(pair)), several)
    place = np.arange(len(again)) - np.repeat(np.cumsum(several) - several, several)
    return Bearers(one[again], nodes[start[again] + place], pair[again])
