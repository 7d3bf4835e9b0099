"""Note rows that repeat others, and columns that repeat one another."""

from __future__ import annotations

import numpy as np

from engage.predict.kinds import Kind, kind_of
from engage.predict.table import Outcomes


def repeats(rows: Outcomes, learned: int) -> list[str]:
    """What repeats in the table, as sentences."""
    ids = {name for name, column in rows.columns.items() if kind_of(column) is Kind.ID}
    found = _rows(rows, ids, learned)
    for name in sorted(ids):
        counts = rows.columns[name].counts
        again = [
            int(count)
            for text, count in zip(rows.columns[name].texts, counts, strict=True)
            if text and count > 1
        ]
        if again:
            found.append(f"{len(again)} values of {name!r} occur more than once")
    return found + _columns(rows)


def _rows(rows: Outcomes, left_out: set[str], learned: int) -> list[str]:
    """Rows that equal another one in everything but ids."""
    codes = [column.code for name, column in rows.columns.items() if name not in left_out]
    if not codes:
        return []
    keys = np.column_stack([*codes, rows.won])
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    repeated = len(keys) - len(first)
    if not repeated:
        return []
    early = np.zeros(len(first), dtype=np.bool_)
    early[inverse[:learned]] = True
    across = int(early[inverse[learned:]].sum())
    said = f"{repeated} rows repeat another row" if repeated > 1 else "1 row repeats another row"
    return [f"{said}; {across} of those tried repeat one that was learned from" if across else said]


def _columns(rows: Outcomes) -> list[str]:
    """Columns that say the same as one before them."""
    seen: dict[bytes, str] = {}
    found = []
    for name, column in rows.columns.items():
        _, first, code = np.unique(column.code, return_index=True, return_inverse=True)
        if len(first) < 2:
            continue
        ranks = np.argsort(np.argsort(first))
        key = ranks[code].tobytes()
        if key in seen:
            found.append(f"{name!r} tells the rows apart exactly as {seen[key]!r} does")
        seen.setdefault(key, name)
    return found
