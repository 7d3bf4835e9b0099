"""Which rows of one list are found in another: a register, a CRM export, last year's fair."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dedupe.across import Sides, candidates_across
from dedupe.arrays import Floats, Ints
from dedupe.engine import crowds, kind_of
from dedupe.explain import sentence_for
from dedupe.features import measured, prior_of
from dedupe.matched import Meetings, matched
from dedupe.normalise import Table, normalise
from dedupe.pair_up import pair_up
from dedupe.pairs import Pairs
from dedupe.record import NO_DECISIONS, Key, MatchRecord
from dedupe.score import score, weights_for
from leads.company_kind import CompanyIs

#: Of the rows of the right list that are equal to each other, so many are told as matches; a list
#: may hold one a million times.
_EQUAL_ROWS = 20
#: Matches told of all equal rows of the left list together, though each gets one: both lists may
#: hold one a million times.
_OF_EQUAL_ROWS = 1_000


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

    A row may have several matches when they are about equally likely, and has none when nothing
    speaks for one. `warn` is told of values that so many rows share that not all of them were
    compared, or are told.
    """
    tell = progress or (lambda _stage, _done, _of: None)
    records = (*left, *right)
    kind = kind_of(company_is)
    table = normalise(records, NO_DECISIONS, lambda done: tell("reading names", done, len(records)))
    tell("finding candidates", 0, len(table))
    sides = Sides.of_nodes(table, len(left))
    blocked = candidates_across(table, sides)
    for warning in crowds(blocked):
        warn(warning)
    pairs = pair_up(table, blocked, lambda done, of: tell("comparing", done, of))
    odds = score(pairs, weights_for(kind), prior_of(len(table.names.cores)))
    told = matched(sides, pairs, odds)
    return _matches(records, len(left), table, pairs, told, weights_for(kind), warn)


def _matches(
    records: Sequence[MatchRecord],
    lefts: int,
    table: Table,
    pairs: Pairs,
    told: Meetings,
    weights: Floats,
    warn: Callable[[str], None],
) -> list[Match]:
    """The rows behind the meetings, each with its reason, in the order of the left list."""
    of_left = _rows_of_nodes(table, np.arange(lefts))
    of_right = _rows_of_nodes(table, np.arange(lefts, len(records)), only=set(told.right.tolist()))
    for equal in of_right.values():
        if len(equal) > _EQUAL_ROWS:
            name = records[equal[0]].name[:60]
            warn(
                f"{len(equal):,} rows of the second list are equal ({name!r}): at most"
                f" {_EQUAL_ROWS} are told as matches"
            )
            del equal[_EQUAL_ROWS:]
    found: dict[int, list[Match]] = {}
    reasons = _reasons(records, table, pairs, told, weights)
    for node, other, odds, reason in zip(
        told.left.tolist(), told.right.tolist(), told.odds.tolist(), reasons, strict=True
    ):
        matches = of_right[other][: max(1, _OF_EQUAL_ROWS // len(of_left[node]))]
        for row in of_left[node]:
            of_row = found.setdefault(row, [])
            of_row += [
                Match(records[row].key, records[match].key, round(odds, 2), reason)
                for match in matches
            ]
    return [match for row in sorted(found) for match in found[row]]


def _reasons(
    records: Sequence[MatchRecord], table: Table, pairs: Pairs, told: Meetings, weights: Floats
) -> Iterator[str]:
    """Why the two of each meeting are one company, in one sentence."""
    parts = iter(measured(pairs.take(told.pair[told.pair >= 0])) * weights)
    for pair in told.pair.tolist():
        said = (
            sentence_for(table, records, pairs, pair, next(parts))
            if pair >= 0
            else "name and every value that is compared are equal"
        )
        yield f"{said[0].upper()}{said[1:]}."


def _rows_of_nodes(
    table: Table, rows: Ints, only: Container[int] | None = None
) -> dict[int, list[int]]:
    """The rows of each node."""
    members: dict[int, list[int]] = {}
    for row, node in zip(rows.tolist(), table.node_of[rows].tolist(), strict=True):
        if only is None or node in only:
            members.setdefault(node, []).append(row)
    return members
