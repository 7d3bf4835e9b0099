"""The result of clustering: clusters of row keys, the reason for each match, and the pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from dedupe.arrays import Codes, Floats, Ints, distinct
from dedupe.block import Block, name_keys, node_keys, pair_code
from dedupe.explain import (
    Explanation,
    explain_nodes,
    explain_pair,
    odds_of,
)
from dedupe.learned import Learned
from dedupe.outcome import STORED, Strictness
from dedupe.pairs import Pairs
from dedupe.partners import review_pairs
from dedupe.paths import path_between
from dedupe.record import Decisions, Key, MatchRecord, sorted_keys
from dedupe.row_outcomes import RowOutcomes
from dedupe.score import Scored, weights_for
from dedupe.table import Table
from leads.company_kind import CompanyIs


@dataclass(frozen=True, slots=True)
class Edge:
    """Two compared rows with their log-odds."""

    left: Key
    right: Key
    odds: float


class FoundRow(NamedTuple):
    """What was found for one row."""

    cluster: int
    #: As `Clustering` tells them by the key of the row.
    score: float | None
    reason: str
    review_with: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The scored pairs: all as numbers, and the full details of each node's best pair."""

    left: Ints
    right: Ints
    scored: Scored
    best: Pairs
    best_odds: Floats
    #: Index of each node in `best`; -1 if it has no pair.
    best_of: Ints

    @classmethod
    def of(cls, table: Table, pairs: Pairs, scored: Scored, clusters: Codes) -> Compared:
        """Keep the best pair of each node with another node of its cluster."""
        odds = scored.odds
        inside = np.flatnonzero(clusters[pairs.left] == clusters[pairs.right])
        ends, edges = np.r_[pairs.left[inside], pairs.right[inside]], np.r_[inside, inside]
        order = np.lexsort((edges, -odds[edges], ends))
        first = order[np.r_[True, ends[order][1:] != ends[order][:-1]]] if len(order) else order
        chosen = np.unique(edges[first])
        best_of = np.full(len(table), -1, dtype=np.int64)
        best_of[ends[first]] = np.searchsorted(chosen, edges[first])
        return cls(pairs.left, pairs.right, scored, pairs.take(chosen), odds[chosen], best_of)

    @property
    def odds(self) -> Floats:
        """Return the log-odds of every pair."""
        return self.scored.odds


@dataclass(frozen=True)
class Clustering:
    """Rows grouped into companies."""

    records: Sequence[MatchRecord]
    table: Table = field(repr=False)
    #: The cluster of each node.
    of_node: Codes = field(repr=False)
    compared: Compared = field(repr=False)
    company_is: CompanyIs
    strictness: Strictness
    #: Whether merges are stored: those near even odds are left to a person.
    stored: bool
    decisions: Decisions = field(repr=False)
    #: What the model in force adds to the weights.
    learned: Learned = field(repr=False)
    #: Messages for the user: values that too many rows share, clusters that are too large.
    warnings: tuple[str, ...]

    @cached_property
    def clusters(self) -> list[list[Key]]:
        """Return the sorted keys of each company; companies in the order of their first key."""
        of_row = dict(zip(self.table.keys, self.of_node[self.table.node_of].tolist(), strict=True))
        found: dict[int, list[Key]] = {}
        for key in sorted_keys(self.table.keys):
            found.setdefault(of_row[key], []).append(key)
        return list(found.values())

    @property
    def companies(self) -> int:
        """Return how many companies there are."""
        return len(distinct(self.of_node.astype(np.int64)))

    @cached_property
    def row_of(self) -> dict[Key, int]:
        """Map each key to its index among the records."""
        return {key: at for at, key in enumerate(self.table.keys)}

    @property
    def edges(self) -> Iterator[Edge]:
        """Return every compared pair, by the first row of each side."""
        keys = self.table.keys
        for left, right, odds in zip(
            self.compared.left.tolist(),
            self.compared.right.tolist(),
            self.compared.odds.tolist(),
            strict=True,
        ):
            yield Edge(keys[self.table.row_of[left]], keys[self.table.row_of[right]], odds)

    @cached_property
    def review_pairs(self) -> list[Edge]:
        """Return the rows of different companies that may be one, each two companies once."""
        decided = frozenset(
            (int(self.table.node_of[self.row_of[one]]), int(self.table.node_of[self.row_of[other]]))
            for one, other in self.decisions.different
            if one in self.row_of and other in self.row_of
        )
        found = review_pairs(
            self.of_node, self.compared.left, self.compared.right, self.compared.odds, decided
        )
        return [Edge(self._key_of(one.left), self._key_of(one.right), one.odds) for one in found]

    @cached_property
    def _partners(self) -> dict[int, list[Edge]]:
        """Map each company, by its cluster, to its pairs for review, likeliest first."""
        found: dict[int, list[Edge]] = {}
        for edge in sorted(self.review_pairs, key=lambda edge: -edge.odds):
            turned = Edge(edge.right, edge.left, edge.odds)
            found.setdefault(self._cluster_of(edge.left), []).append(edge)
            found.setdefault(self._cluster_of(edge.right), []).append(turned)
        return found

    def review_with(self, key: Key) -> tuple[Key, ...]:
        """Return rows of other companies that may be the company of this row, likeliest first."""
        return tuple(edge.right for edge in self._partners.get(self._cluster_of(key), ()))

    def score(self, key: Key) -> float | None:
        """Return how likely the row's best match in its company is, 0 to 1; None if it is alone."""
        return self._outcomes.score(self.row_of[key])

    def reason(self, key: Key) -> str:
        """Return why this row is in its cluster, in one sentence; empty if it is alone."""
        return self._outcomes.reason(self.row_of[key])

    def found_rows(self) -> Iterator[FoundRow]:
        """Yield what was found for each row, in the order of the records."""
        outcomes = self._outcomes
        others = {
            cluster: tuple(edge.right for edge in edges)
            for cluster, edges in self._partners.items()
        }
        for row, cluster in enumerate(self.of_node[self.table.node_of].data):
            score, reason = outcomes.of(row)
            yield FoundRow(cluster, score, reason, others.get(cluster, ()))

    def _cluster_of(self, key: Key) -> int:
        return int(self.of_node[self.table.node_of[self.row_of[key]]])

    @cached_property
    def _outcomes(self) -> RowOutcomes:
        best = self.compared
        return RowOutcomes(
            self.table,
            self.records,
            best.best,
            best.best_of,
            best.best_odds,
            weights_for(self.company_is, self.learned),
            self.decisions,
        )

    def explain(self, left: Key, right: Key) -> Explanation:
        """Explain the score of two rows, with words weighed as in this list."""
        one, other = (int(self.table.node_of[self.row_of[key]]) for key in (left, right))
        if one == other:
            return explain_pair(
                self.records[self.row_of[left]], self.records[self.row_of[right]], self.company_is
            )
        told = explain_nodes(
            self.table,
            self.records,
            one,
            other,
            self.company_is,
            self.strictness,
            self.learned,
        )
        return told.less(STORED) if self.stored else told

    def likeliest(self, pairs: Sequence[tuple[Key, Key]]) -> tuple[Key, Key]:
        """Return the most likely match among some pairs of rows; equal rows first."""
        left, right = self._nodes_of(pairs)
        differ = left != right
        odds = np.full(len(pairs), np.inf, dtype=np.float32)
        if differ.any():
            odds[differ] = odds_of(
                self.table,
                left[differ],
                right[differ],
                self.company_is,
                self.strictness,
                self.learned,
            )
        return pairs[int(odds.argmax())]

    def were_compared(self, left: Key, right: Key) -> bool:
        """Check whether any blocking key paired the two rows."""
        return bool(self.compared_among([(left, right)]))

    def compared_among(self, pairs: Sequence[tuple[Key, Key]]) -> list[tuple[Key, Key]]:
        """Return the pairs of rows that a blocking key paired."""
        left, right = self._nodes_of(pairs)
        every = pair_code(self.compared.left, self.compared.right, len(self.table))
        chosen = (left == right) | np.isin(pair_code(left, right, len(self.table)), every)
        return [pairs[at] for at in np.flatnonzero(chosen).tolist()]

    @cached_property
    def blocking(self) -> tuple[list[Block], list[Block]]:
        """Return the blocking keys over names, and those over nodes."""
        return list(name_keys(self.table.names)), list(node_keys(self.table))

    def _nodes_of(self, pairs: Sequence[tuple[Key, Key]]) -> Ints:
        """Return the nodes of the left rows, and those of the right rows."""
        rows = np.array([[self.row_of[key] for key in pair] for pair in pairs], dtype=np.int64)
        return self.table.node_of[rows.T].astype(np.int64)

    def path(self, left: Key, right: Key) -> list[tuple[Key, Key]]:
        """Return the chain of pairs that links two rows of one cluster, from left to right."""
        one, other = (int(self.table.node_of[self.row_of[key]]) for key in (left, right))
        if self.of_node[one] != self.of_node[other]:
            return []
        inside = (self.of_node[self.compared.left] == self.of_node[one]) & (
            self.of_node[self.compared.right] == self.of_node[one]
        )
        if one == other:
            return [(left, right)] if left != right else []
        steps = path_between(
            one,
            other,
            self.compared.left[inside],
            self.compared.right[inside],
            self.compared.odds[inside],
        )
        ends = {one: left, other: right}
        return [(self._key_of(a, ends), self._key_of(b, ends)) for a, b in steps]

    def _key_of(self, node: int, ends: Mapping[int, Key] = MappingProxyType({})) -> Key:
        return ends[node] if node in ends else self.table.keys[int(self.table.row_of[node])]
