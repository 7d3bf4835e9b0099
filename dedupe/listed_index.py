"""An index of rows in memory, for a list that is too short for a stored one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from dedupe.arrays import Ints
from dedupe.corpus import Corpus
from dedupe.counted import corpus_of
from dedupe.key_index import Holders, Part
from dedupe.keys import keys_of
from dedupe.normalise import normalise
from dedupe.record import NO_DECISIONS, MatchRecord


class ListedIndex:
    """The keys of a list; its distinct rows are numbered as if each were a company."""

    def __init__(self, rows: Sequence[MatchRecord]) -> None:
        table = normalise(rows, NO_DECISIONS)
        self.corpus: Corpus = corpus_of(table)
        self._keys, self._nodes = keys_of(table)
        self._rows = [rows[at] for at in table.row_of.tolist()]

    def holders(self, keys: Ints) -> Holders:
        """Return who has these keys."""
        at = np.isin(self._keys, keys)
        return Holders(self._keys[at].tolist(), self._nodes[at].tolist(), (), (), ())

    def company_rows(
        self,
        companies: Collection[int],
        most: int | None = None,  # noqa: ARG002
    ) -> Mapping[int, Sequence[MatchRecord]]:
        """Return the row with each number."""
        return {one: [self._rows[one]] for one in companies}

    def broken(self, companies: Collection[int]) -> set[int]:  # noqa: ARG002
        """Return nothing: no row is decided again."""
        return set()

    def fresh(self, rows: Collection[str]) -> Sequence[MatchRecord]:  # noqa: ARG002
        """Return nothing: no row came later."""
        return ()

    def on_one_company(self, rows: Collection[str]) -> set[Part]:  # noqa: ARG002
        """Return nothing: companies are not known."""
        return set()
