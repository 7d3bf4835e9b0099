"""Which rows of one list are found in another: a register, a CRM export, last year's fair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Flags, Floats, Ints
from dedupe.block import candidates
from dedupe.engine import crowds, kind_of
from dedupe.explain import sentence_for
from dedupe.features import measured
from dedupe.normalise import Table, normalise
from dedupe.pair_up import pair_up
from dedupe.pairs import Pairs
from dedupe.record import NO_DECISIONS, CompanyIs, Key, MatchRecord
from dedupe.score import score, weights_for

#: Matches of one row this much less likely than its best one, in log-odds, are not told.
_BEHIND_THE_BEST = 1.0
#: Log-odds of rows whose name and every other value are equal.
_EQUAL = 10.0
#: Of the rows of the right list that are equal to each other, so many are told as matches; a list may hold one a million times.
_EQUAL_ROWS = 20


@dataclass(frozen=True, slots=True)
class Match:
    """A row of the left list and the row of the right that it is."""

    left: Key
    right: Key
    #: Log-odds; above 0 is more likely the same company than not.
    odds: float
    reason: str

    @property
    def score(self) -> float:
        """The odds as a probability, 0 to 1."""
        return float(1 / (1 + np.exp(-self.odds)))


def link(
    left: Sequence[MatchRecord],
    right: Sequence[MatchRecord],
    *,
    company_is: str = CompanyIs.LEGAL_ENTITY,
    progress: Callable[[str, int, int], None] | None = None,
    warn: Callable[[str], None] = lambda _: None,
) -> list[Match]:
    """The rows of `right` that rows of `left` are, in the order of `left`, the likeliest first.

    A row may have several matches when they are about equally likely, and has none when nothing speaks for one. `warn` is told
    of values that so many rows share that not all of them were compared, or are told.
    """
    tell = progress or (lambda _stage, _done, _of: None)
    records = (*left, *right)
    kind = kind_of(company_is)
    table = normalise(records, NO_DECISIONS, lambda done: tell("reading names", done, len(records)))
    tell("finding candidates", 0, len(table))
    blocked = candidates(table)
    for warning in crowds(blocked):
        warn(warning)
    pairs = pair_up(table, blocked, lambda done, of: tell("comparing", done, of))
    odds = score(pairs, weights_for(kind))
    return _matches(records, len(left), table, pairs, odds, kind, warn)


def _matches(
    records: Sequence[MatchRecord], lefts: int, table: Table, pairs: Pairs, odds: Floats, kind: CompanyIs, warn: Callable[[str], None]
) -> list[Match]:
    rows = np.arange(len(records))
    of_left, of_right = (_members(table, chosen) for chosen in (rows[:lefts], rows[lefts:]))
    for node, equal in of_right.items():
        if len(equal) > _EQUAL_ROWS:
            if node in of_left:
                warn(
                    f"{len(equal):,} rows of the second list are equal ({records[equal[0]].name[:60]!r}): {_EQUAL_ROWS} are told as matches"
                )
            del equal[_EQUAL_ROWS:]
    across = _across(len(table), pairs, odds, set(of_left), set(of_right))
    chosen, chosen_odds = pairs.take(across), odds[across]
    parts = measured(chosen) * weights_for(kind)
    found: dict[int, list[tuple[float, int, str]]] = {}
    for node in sorted(of_left.keys() & of_right.keys()):
        for row in of_left[node]:
            found[row] = [(_EQUAL, other, "Name and every other value are equal.") for other in of_right[node]]
    for at, (one, other) in enumerate(zip(chosen.left.tolist(), chosen.right.tolist(), strict=True)):
        reason = f"{sentence_for(table, records, chosen, at, parts[at])}."
        for mine, theirs in ((one, other), (other, one)):
            for row in of_left.get(mine, ()):
                found.setdefault(row, []).extend(
                    (float(chosen_odds[at]), match, reason[0].upper() + reason[1:]) for match in of_right.get(theirs, ())
                )
    return [match for row in range(lefts) for match in _best(records, row, found.get(row, []))]


def _members(table: Table, rows: Ints) -> dict[int, list[int]]:
    """The rows of each node."""
    members: dict[int, list[int]] = {}
    for row, node in zip(rows.tolist(), table.node_of[rows].tolist(), strict=True):
        members.setdefault(node, []).append(row)
    return members


def _across(nodes: int, pairs: Pairs, odds: Floats, lefts: set[int], rights: set[int]) -> Ints:
    """The pairs that speak for one company and have a row of each list."""
    is_left, is_right = (_flags(nodes, side) for side in (lefts, rights))
    meets = (is_left[pairs.left] & is_right[pairs.right]) | (is_right[pairs.left] & is_left[pairs.right])
    return np.flatnonzero(meets & (odds > 0))


def _flags(count: int, chosen: set[int]) -> Flags:
    flags = np.zeros(count, dtype=bool)
    flags[list(chosen)] = True
    return flags


def _best(records: Sequence[MatchRecord], row: int, found: list[tuple[float, int, str]]) -> list[Match]:
    """The likeliest matches of one row, those far behind the best left out."""
    ordered = sorted(found, key=lambda match: (-match[0], match[1]))
    return [
        Match(records[row].key, records[other].key, round(odds, 2), reason)
        for odds, other, reason in ordered
        if odds > ordered[0][0] - _BEHIND_THE_BEST
    ]
