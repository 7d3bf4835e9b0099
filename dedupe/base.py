"""What is kept of a full comparison, so that later rows are compared with what their keys find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Codes, Ints, first_of_each, groups
from dedupe.clustering import Clustering
from dedupe.corpus import Corpus
from dedupe.counted import corpus_of
from dedupe.key_index import CROWDED
from dedupe.keys import MOST, keys_of, keys_of_rows
from dedupe.record import Key


@dataclass(frozen=True, slots=True)
class Base:
    """The companies of a full comparison and their keys."""

    corpus: Corpus
    #: Sorted keys, and the number of a company that has each; `CROWDED` stands once for a key that
    #: too many have.
    keys: Ints
    companies: Codes
    #: The rows of each company, by its number.
    rows: Sequence[Sequence[Key]]

    @classmethod
    def of(cls, found: Clustering) -> Base:
        """Keep the keys and the counts of a full comparison."""
        rows = found.clusters
        keys, nodes = keys_of(found.table)
        company_of = _company_of_nodes(found, rows)
        ids = keys_of_rows(list(map(str, found.table.keys)))
        every = np.r_[keys, ids], np.r_[company_of[nodes], company_of[found.table.node_of]]
        return cls(corpus_of(found.table), *_distinct(*every), rows)


def _company_of_nodes(found: Clustering, rows: Sequence[Sequence[Key]]) -> Codes:
    """Return the number of each node's company; companies are numbered as they are listed."""
    number_of = np.empty(len(found.table), dtype=np.int32)
    firsts = np.fromiter((found.row_of[some[0]] for some in rows), dtype=np.int64, count=len(rows))
    number_of[found.of_node[found.table.node_of[firsts]]] = np.arange(len(rows), dtype=np.int32)
    return number_of[found.of_node]


def _distinct(keys: Ints, companies: Codes) -> tuple[Ints, Codes]:
    """Return each key with each company once; one entry for a key that too many have."""
    order = np.lexsort((companies, keys))
    keys, companies = keys[order], companies[order]
    new = first_of_each(keys, companies)
    keys, companies = keys[new], companies[new]
    starts, sizes = groups(keys)
    companies[starts[sizes > MOST]] = CROWDED
    kept = np.repeat(sizes <= MOST, sizes)
    kept[starts] = True
    return keys[kept], companies[kept]
