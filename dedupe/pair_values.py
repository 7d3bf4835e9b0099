"""The values of a pair that its reasons name."""

from __future__ import annotations

from collections.abc import Sequence

from dedupe.pairs import Pairs
from dedupe.record import MatchRecord
from dedupe.table import Table

_SIDES = ("left", "right")


class PairValues(dict[str, str]):
    """The values that the sentences of a pair name, each looked up when it is asked for."""

    def __init__(self, table: Table, records: Sequence[MatchRecord], pairs: Pairs, at: int) -> None:
        super().__init__()
        self._table, self._records = table, records
        self._nodes = int(pairs.left[at]), int(pairs.right[at])

    def __missing__(self, name: str) -> str:
        self[name] = found = self._value(name)
        return found

    def _value(self, name: str) -> str:
        if name == "words":
            return _shared_words(self._table, *self._nodes)
        if name in ("domain", "phone"):
            return self._shared(name)
        side, _, attribute = name.partition("_")
        node = self._nodes[_SIDES.index(side)]
        if attribute == "country":
            code = int(self._table.single["country"][node])
            return self._table.texts["country"][code] if code >= 0 else "?"
        return getattr(self._records[int(self._table.row_of[node])], attribute) or "?"

    def _shared(self, name: str) -> str:
        mine, theirs = (set(self._table.several[name][node].tolist()) for node in self._nodes)
        shared = sorted(mine & theirs - {-1})
        return self._table.texts[name][shared[0]] if shared else "?"


def _shared_words(table: Table, left: int, right: int) -> str:
    names = table.names
    mine, theirs = (
        [code for code in names.tokens[table.core[node]].tolist() if code >= 0]
        for node in (left, right)
    )
    shared = [f'"{names.vocabulary[code]}"' for code in mine if code in theirs]
    return " and ".join(shared[:3]) if shared else "words that are spelled alike"
