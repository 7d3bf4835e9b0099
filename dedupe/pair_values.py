"""The values of a pair that its reasons name."""

from __future__ import annotations

from collections.abc import Sequence

from dedupe.pairs import Pairs
from dedupe.record import MatchRecord
from dedupe.table import Table


def values_of(
    table: Table, records: Sequence[MatchRecord], pairs: Pairs, at: int
) -> dict[str, str]:
    """Return the values the sentences use: those of both sides, and the shared words."""
    left, right = int(pairs.left[at]), int(pairs.right[at])
    told = {"words": _shared_words(table, left, right)}
    for side, node in (("left", left), ("right", right)):
        record = records[int(table.row_of[node])]
        told |= {
            f"{side}_{name}": getattr(record, name) or "?"
            for name in ("city", "postcode", "street", "register_number")
        }
        code = int(table.single["country"][node])
        told[f"{side}_country"] = table.texts["country"][code] if code >= 0 else "?"
    for name in ("domain", "phone"):
        shared = sorted(
            set(table.several[name][left].tolist())
            & set(table.several[name][right].tolist()) - {-1}
        )
        told[name] = table.texts[name][shared[0]] if shared else "?"
    return told


def _shared_words(table: Table, left: int, right: int) -> str:
    names = table.names
    mine, theirs = (
        [code for code in names.tokens[table.core[node]].tolist() if code >= 0]
        for node in (left, right)
    )
    shared = [f'"{names.vocabulary[code]}"' for code in mine if code in theirs]
    return " and ".join(shared[:3]) if shared else "words that are spelled alike"
