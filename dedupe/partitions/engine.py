"""The engine over partitions: the same steps, code and log-odds as in one process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from dedupe.partitions.around import around_of
from dedupe.partitions.blocks import pairs_of_names, pairs_of_nodes
from dedupe.partitions.clusters import clusters_of, reach_of
from dedupe.partitions.columns import CONTENTS, NAMES, NODES, pairs_table
from dedupe.partitions.comparing import (
    EDGES,
    FOUND,
    CompareNames,
    HowSure,
    ScorePairs,
    by_attributes,
)
from dedupe.partitions.contents import Contents, borders_of, foreign_words, nodes_of
from dedupe.partitions.counts import counts_of
from dedupe.partitions.deliver import delivered
from dedupe.partitions.flow import BUCKET, Flow
from dedupe.partitions.initials import Initials, initials_of
from dedupe.partitions.names import BEARERS, Bearers, names_of
from dedupe.partitions.spelling_order import neighbours
from dedupe.partitions.words import with_places, words_of
from dedupe.whole_list import WholeList, WholeWords

Tell = Callable[[str], None]

_COUNT = pa.schema([("rows", pa.int64())])
_IDS = pa.schema([(BUCKET, pa.int64()), ("id", pa.int64()), ("core", pa.string())])


class Compared(NamedTuple):
    """What a comparison led to, as data of the flow."""

    contents: Any
    nodes: Any
    edges: Any
    #: The nodes that share a cluster with another.
    clusters: Any


def compare(flow: Flow, records: Any, how: HowSure, buckets: int, tell: Tell) -> Compared:
    """Compare the rows of a list; `records` have the columns of `RECORDS`, and unique keys."""
    tell("reading names")
    around = flow.shared(around_of(flow, records))
    borders = borders_of(flow, records, buckets)
    contents = flow.keep(flow.each(records, Contents(around, borders), CONTENTS))
    foreign = foreign_words(records, flow, around)
    nodes = flow.keep(flow.bucketed(contents, nodes_of, NODES))
    names = flow.keep(flow.bucketed(flow.each(nodes, Bearers(borders), BEARERS), names_of, NAMES))

    tell("counting words")
    count = _count(flow, names)
    words = words_of(flow, names, foreign, count)
    counts = counts_of(flow, nodes, words, _count(flow, nodes))
    placed = with_places(flow, nodes, words) if counts.stated["city"] else words
    initials = initials_of(flow, names, borders, words)
    whole = WholeList(count, placed, initials.whole, counts)
    shared = flow.shared(whole)

    tell("finding candidates")
    pairs = _name_pairs(flow, names, words, initials, count, buckets)
    tell("comparing names")
    of_names = flow.both(pairs, delivered(flow, pairs, names, NAMES), CompareNames(shared), FOUND)
    by_nodes = flow.each(pairs_of_nodes(flow, nodes, count, buckets), by_attributes, FOUND)
    found = flow.keep(flow.union(of_names, by_nodes))
    tell("comparing rows")
    scored = flow.both(found, delivered(flow, found, nodes, NODES), ScorePairs(shared, how), EDGES)
    edges = flow.keep(scored)

    tell("clustering")
    reach = flow.shared(reach_of(flow, edges))
    return Compared(contents, nodes, edges, flow.keep(clusters_of(flow, edges, reach)))


def _name_pairs(
    flow: Flow, names: Any, words: WholeWords, initials: Initials, count: int, buckets: int
) -> Any:
    by_key = pairs_of_names(flow, names, words, count, buckets)
    by_initials = flow.data(_with_ids(flow, names, initials))
    return flow.keep(flow.union(by_key, *neighbours(flow, names, words, buckets), by_initials))


def _with_ids(flow: Flow, names: Any, initials: Initials) -> pa.Table:
    """Return the pairs of names by initials, by the ids of the names."""
    wanted = frozenset((*initials.shorts, *initials.longs))
    found = flow.collect(flow.each(names, _Ids(flow.shared(wanted)), _IDS))
    ids = dict(zip(found.column("core").to_pylist(), found.column("id").to_pylist(), strict=True))
    return pairs_table(
        np.array([ids[core] for core in initials.shorts], dtype=np.int64),
        np.array([ids[core] for core in initials.longs], dtype=np.int64),
    )


class _Ids:
    def __init__(self, wanted: Callable[[], frozenset[str]]) -> None:
        self._wanted = wanted

    def __call__(self, names: pa.Table) -> pa.Table:
        wanted = self._wanted()
        cores = names.column("core").to_pylist()
        at = [place for place, core in enumerate(cores) if core in wanted]
        return names.select(_IDS.names).take(pa.array(at, type=pa.int64()))


def _count(flow: Flow, data: Any) -> int:
    counted = flow.collect(flow.each(data, _rows, _COUNT))
    return int(sum(counted.column("rows").to_pylist()))


def _rows(table: pa.Table) -> pa.Table:
    return pa.table({"rows": pa.array([len(table)], pa.int64())}, schema=_COUNT)
