"""The result of clustering: clusters of row keys, the reason for each match, and the pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import Codes, Floats, Ints
from dedupe.block import Block, name_keys, node_keys, pair_code
from dedupe.explain import (
    Explanation,
    explain_nodes,
    explain_pair,
    odds_of,
    sentence_for,
    strongest,
)
from dedupe.features import measured
from dedupe.learned import Learned
from dedupe.outcome import STORED, Strictness
from dedupe.pairs import Pairs
from dedupe.partners import review_pairs
from dedupe.paths import path_between
from dedupe.record import Decisions, Key, MatchRecord, sorted_keys
from dedupe.score import Scored, weights_for
from dedupe.table import Table
from leads.company_kind import CompanyIs


@dataclass(frozen=True, slots=True)
class Edge:
    """Two compared rows with their log-odds."""

    left: Key
    right: Key
    odds: float


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
        nodes = dict(zip(self.table.keys, self.table.node_of.tolist(), strict=True))
        decided = frozenset(
            (nodes[one], nodes[other])
            for one, other in self.decisions.different
            if one in nodes and other in nodes
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
        node = self._node_of_row[self.row_of[key]]
        if node in self._rows_of_node:
            return 1.0
        at = self._best_of[node]
        return self._likely[at] if at >= 0 else 1.0 if self._decided(key) else None

    def _cluster_of(self, key: Key) -> int:
        return self._cluster_of_node[self._node_of_row[self.row_of[key]]]

    @cached_property
    def _node_of_row(self) -> list[int]:
        # A number of a list is found several times faster than one of an array.
        found: list[int] = self.table.node_of.tolist()
        return found

    @cached_property
    def _cluster_of_node(self) -> list[int]:
        found: list[int] = self.of_node.tolist()
        return found

    @cached_property
    def _best_of(self) -> list[int]:
        found: list[int] = self.compared.best_of.tolist()
        return found

    @cached_property
    def _likely(self) -> list[float]:
        """Return how likely the best pairs are."""
        found: list[float] = (1 / (1 + np.exp(-self.compared.best_odds))).tolist()
        return found

    def reason(self, key: Key) -> str:
        """Return why this row is in its cluster, in one sentence; empty if it is alone."""
        node = self._node_of_row[self.row_of[key]]
        twins = self._rows_of_node.get(node, ())
        if twins:
            other = self._row_name(next(row for row in twins if self.table.keys[row] != key))
            return f"Name and every value that is compared are equal to those of {other}."
        at = self._best_of[node]
        if at < 0:
            return self._decided(key)
        best = self.compared.best
        other_node = int(best.right[at] if int(best.left[at]) == node else best.left[at])
        why = sentence_for(self.table, self.records, best, at, self._strongest[at].tolist())
        return f"Like {self._row_name(int(self.table.row_of[other_node]))}: {why}."

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

    @cached_property
    def _strongest(self) -> NDArray[np.int8]:
        weights = weights_for(self.company_is, self.learned)
        return strongest(measured(self.compared.best) * weights)

    @cached_property
    def _rows_of_node(self) -> dict[int, list[int]]:
        counts = np.bincount(self.table.node_of, minlength=len(self.table))
        several = np.flatnonzero(counts[self.table.node_of] > 1)
        found: dict[int, list[int]] = {}
        for row in several.tolist():
            members = found.setdefault(int(self.table.node_of[row]), [])
            if len(members) < 2:
                members.append(row)
        return found

    def _row_name(self, row: int) -> str:
        name = self.records[row].name
        return f"row {self.table.keys[row]} ({name if len(name) <= 60 else name[:57] + '...'})"

    def _decided(self, key: Key) -> str:
        others = [pair for pair in self.decisions.same if key in pair]
        if not others:
            return ""
        other = next(one for one in others[0] if one != key)
        return f"A person called it the same as row {other}."
