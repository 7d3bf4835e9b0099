"""The distinct names of a list, in buckets and in order, with the nodes that bear them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from dedupe.name_bearers import A_COUNTRY, MOST_NODES
from dedupe.pairing import NODES_A_NAME
from dedupe.partitions.columns import NAMES, PLACE_BITS, ints, table_of, texts
from dedupe.partitions.flow import BUCKET

BEARERS = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("core", pa.string()),
        ("node", pa.int64()),
        ("country", pa.string()),
        ("is_other", pa.bool_()),
    ]
)


class Bearers:
    """Work that lists the names of nodes, each in its own bucket."""

    def __init__(self, borders: Sequence[str]) -> None:
        self._borders = borders

    def __call__(self, nodes: pa.Table) -> pa.Table:
        """Return a row for each name of each node."""
        ids, countries = ints(nodes, "id").tolist(), texts(nodes, "country")
        rows = [
            (core, node, country, False)
            for core, node, country in zip(texts(nodes, "core"), ids, countries, strict=True)
        ]
        for node, others, country in zip(ids, texts(nodes, "alias"), countries, strict=True):
            rows += [(core, node, country, True) for core in others]
        return table_of(
            BEARERS,
            bucket=[bisect_right(self._borders, row[0]) for row in rows],
            core=[row[0] for row in rows],
            node=[row[1] for row in rows],
            country=[row[2] for row in rows],
            is_other=[row[3] for row in rows],
        )


def names_of(bearers: pa.Table) -> pa.Table:
    """Return the names of a bucket in order, each with as many of its nodes as are looked at."""
    cores, nodes = texts(bearers, "core"), ints(bearers, "node").tolist()
    countries, others = texts(bearers, "country"), texts(bearers, "is_other")
    order = sorted(range(len(cores)), key=lambda at: (cores[at], nodes[at]))
    names: list[str] = []
    own: list[list[int]] = []
    places: list[list[str]] = []
    more: list[list[int]] = []
    met: Counter[str] = Counter()
    for at in order:
        if not names or names[-1] != cores[at]:
            names.append(cores[at])
            own.append([])
            places.append([])
            more.append([])
            met.clear()
        if others[at]:
            more[-1] += [nodes[at]] if len(more[-1]) <= NODES_A_NAME else []
        elif _is_looked_at(len(own[-1]), countries[at], met):
            own[-1].append(nodes[at])
            places[-1].append(countries[at])
    bucket = int(bearers.column(BUCKET)[0].as_py()) if len(bearers) else 0
    return table_of(
        NAMES,
        bucket=np.full(len(names), bucket),
        id=(bucket << PLACE_BITS) + np.arange(len(names)),
        core=names,
        own=own,
        countries=places,
        others=more,
    )


def _is_looked_at(place: int, country: str, met: Counter[str]) -> bool:
    """Check for one of the first nodes of a name, or of the first ones of a country."""
    met[country] += 1
    with_country = met.total() - met[""]
    return place <= NODES_A_NAME or (
        bool(country) and (met[country] <= A_COUNTRY or with_country <= MOST_NODES + 1)
    )
