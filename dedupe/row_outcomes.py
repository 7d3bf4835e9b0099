"""What clustering found for each row: how sure its match is, and why it is in its company."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dedupe.arrays import Floats, Ints
from dedupe.explain import sentence_for, strongest
from dedupe.pairs import Pairs
from dedupe.record import Decisions, MatchRecord
from dedupe.table import Table

#: Longer names are cut off.
_LONGEST = 60


class RowOutcomes:
    """The score and the reason of each row, by its index among the records.

    `best_of` tells for each node which of the `best` pairs is its own; -1 if it has none.
    """

    def __init__(
        self,
        table: Table,
        records: Sequence[MatchRecord],
        best: Pairs,
        best_of: Ints,
        best_odds: Floats,
        weights: Floats,
        decisions: Decisions,
    ) -> None:
        self._table, self._records, self._best = table, records, best
        # A number is found twice as fast as in an array, without the memory of a list of numbers.
        self._node_of_row = table.node_of.data
        self._row_of_node = table.row_of.data
        self._best_of = best_of.data
        self._likely: list[float] = (1 / (1 + np.exp(-best_odds))).tolist()
        self._left, self._right = best.left.data, best.right.data
        self._strongest = strongest(best, weights)
        self._twins = _twins(table)
        self._decided = {key: pair for pair in reversed(decisions.same) for key in pair}
        #: The sentence of each best pair, which is that of two rows or more.
        self._sentences: dict[int, str] = {}

    def score(self, row: int) -> float | None:
        """Return how likely the row's best match in its company is, 0 to 1; None if it is alone."""
        return self.of(row)[0]

    def reason(self, row: int) -> str:
        """Return why this row is in its cluster, in one sentence; empty if it is alone."""
        return self.of(row)[1]

    def of(self, row: int) -> tuple[float | None, str]:
        """Return the score and the reason of a row."""
        node = self._node_of_row[row]
        if twins := self._twins.get(node):
            name = self._name(twins[0] if twins[0] != row else twins[1])
            return 1.0, f"Name and every value that is compared are equal to those of {name}."

        at = self._best_of[node]
        if at < 0:
            by_person = self._by_person(row)
            return (1.0 if by_person else None), by_person
        other = self._right[at] if self._left[at] == node else self._left[at]
        return self._likely[
            at
        ], f"Like {self._name(self._row_of_node[other])}: {self._sentence(at)}."

    def _sentence(self, at: int) -> str:
        if at not in self._sentences:
            features = self._strongest[at].tolist()
            self._sentences[at] = sentence_for(self._table, self._records, self._best, at, features)
        return self._sentences[at]

    def _name(self, row: int) -> str:
        name = self._records[row].name
        shown = name if len(name) <= _LONGEST else name[: _LONGEST - 3] + "..."
        return f"row {self._table.keys[row]} ({shown})"

    def _by_person(self, row: int) -> str:
        key = self._table.keys[row]
        pair = self._decided.get(key)
        if pair is None:
            return ""
        other = next(one for one in pair if one != key)
        return f"A person called it the same as row {other}."


def _twins(table: Table) -> dict[int, list[int]]:
    """Return the first two rows of each node that has several."""
    counts = np.bincount(table.node_of, minlength=len(table))
    rows = np.flatnonzero(counts[table.node_of] > 1)
    found: dict[int, list[int]] = {}
    for row, node in zip(rows.tolist(), table.node_of[rows].tolist(), strict=True):
        members = found.setdefault(node, [])
        if len(members) < 2:
            members.append(row)
    return found
