"""Link two lists: find the rows of one list in another (a register, a CRM export)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Floats, Ints
from dedupe.cross_list import Sides, candidates_across
from dedupe.engine import crowds, kind_of
from dedupe.explain import sentence_for, strongest
from dedupe.features import prior_of
from dedupe.learned import SHIPPED, Learned
from dedupe.list_matches import NodeMatches, select_matches, select_reviews
from dedupe.no_collection import no_collection
from dedupe.normalise import normalise
from dedupe.outcome import Strictness, margin_of, strictness_of
from dedupe.pairing import pair_up
from dedupe.pairs import Pairs
from dedupe.record import NO_DECISIONS, Key, MatchRecord
from dedupe.score import score, weights_for
from dedupe.table import Table
from leads.company_kind import CompanyIs

#: Maximum matches reported among equal rows of the right list; a list may hold one row a million
# times.
_EQUAL_ROWS = 20
#: Maximum matches reported for all equal rows of the left list together (each gets at least
# one).
_OF_EQUAL_ROWS = 1_000
#: Maximum rows of the right list that are named for the review of one left row.
REVIEWED_ROWS = 10


@dataclass(frozen=True, slots=True)
class Match:
    """A row of the left list and its match in the right list."""

    left: Key
    right: Key
    #: Log-odds; above 0 means a match is more likely than not.
    odds: float
    reason: str

    @property
    def score(self) -> float:
        """Return the odds as a probability, 0 to 1."""
        return float(1 / (1 + np.exp(-self.odds)))


@dataclass(frozen=True, slots=True)
class Linking:
    """The matches of two lists, and the pairs that a person must decide."""

    #: In the order of the left list, best match first.
    matches: list[Match]
    #: For left rows without a match: the right rows that may match, likeliest first.
    review_with: Mapping[Key, tuple[Key, ...]]


@no_collection()
def link(
    left: Sequence[MatchRecord],
    right: Sequence[MatchRecord],
    *,
    company_is: str = CompanyIs.LEGAL_ENTITY,
    strictness: str = Strictness.BALANCED,
    learned: Learned = SHIPPED,
    progress: Callable[[str, int, int], None] | None = None,
    warn: Callable[[str], None] = lambda _: None,
) -> Linking:
    """Match rows of `left` with rows of `right`.

    A row may have several matches if they are about equally likely, or no match. `warn` receives
    messages about values shared by too many rows to compare or report all of them.
    """
    tell = progress or (lambda _stage, _done, _of: None)
    records = (*left, *right)
    kind, margin = kind_of(company_is), margin_of(strictness_of(strictness))
    table = normalise(records, NO_DECISIONS, lambda done: tell("reading names", done, len(records)))
    tell("finding candidates", 0, len(table))
    sides = Sides.of_nodes(table, len(left))
    blocked = candidates_across(table, sides)
    for warning in crowds(blocked):
        warn(warning)
    pairs = pair_up(table, blocked, lambda done, of: tell("comparing", done, of))
    odds = score(pairs, kind, prior_of(table.names.listed) - margin, learned).odds
    matches = select_matches(sides, pairs, odds)
    reviews = select_reviews(sides, pairs, odds, matches.left, REVIEWED_ROWS)
    return Linking(
        _row_matches(records, len(left), table, pairs, matches, weights_for(kind, learned), warn),
        _row_reviews(records, len(left), table, reviews),
    )


def _row_matches(
    records: Sequence[MatchRecord],
    lefts: int,
    table: Table,
    pairs: Pairs,
    matches: NodeMatches,
    weights: Floats,
    warn: Callable[[str], None],
) -> list[Match]:
    """Return the rows behind the node matches, each with its reason, in left order."""
    of_left = _rows_of_nodes(table, np.arange(lefts))
    of_right = _rows_of_nodes(
        table, np.arange(lefts, len(records)), only=set(matches.right.tolist())
    )
    for equal in of_right.values():
        if len(equal) > _EQUAL_ROWS:
            name = records[equal[0]].name[:60]
            warn(
                f"{len(equal):,} rows of the second list are equal ({name!r}): at most"
                f" {_EQUAL_ROWS} are reported as matches"
            )
            del equal[_EQUAL_ROWS:]
    found: dict[int, list[Match]] = {}
    reasons = _reasons(records, table, pairs, matches, weights)
    for node, other, odds, reason in zip(
        matches.left.tolist(), matches.right.tolist(), matches.odds.tolist(), reasons, strict=True
    ):
        right_rows = of_right[other][: max(1, _OF_EQUAL_ROWS // len(of_left[node]))]
        for row in of_left[node]:
            of_row = found.setdefault(row, [])
            of_row += [
                Match(records[row].key, records[right_row].key, round(odds, 2), reason)
                for right_row in right_rows
            ]
    return [match for row in sorted(found) for match in found[row]]


def _row_reviews(
    records: Sequence[MatchRecord], lefts: int, table: Table, reviews: NodeMatches
) -> dict[Key, tuple[Key, ...]]:
    """Return the right rows to review for each left row; of equal right rows the first."""
    of_left = _rows_of_nodes(table, np.arange(lefts), only=set(reviews.left.tolist()))
    of_right = _rows_of_nodes(
        table, np.arange(lefts, len(records)), only=set(reviews.right.tolist())
    )
    found: dict[Key, list[Key]] = {}
    for node, other in zip(reviews.left.tolist(), reviews.right.tolist(), strict=True):
        for row in of_left[node]:
            found.setdefault(records[row].key, []).append(records[of_right[other][0]].key)
    return {key: tuple(others) for key, others in found.items()}


def _reasons(
    records: Sequence[MatchRecord],
    table: Table,
    pairs: Pairs,
    matches: NodeMatches,
    weights: Floats,
) -> Iterator[str]:
    """Return why the two nodes of each match are one company, in one sentence."""
    matching = pairs.take(matches.pair[matches.pair >= 0])
    features = iter(strongest(matching, weights).tolist())
    for pair in matches.pair.tolist():
        sentence = "name and every value that is compared are equal"
        if pair >= 0:
            sentence = sentence_for(table, records, pairs, pair, next(features))
        yield f"{sentence[0].upper()}{sentence[1:]}."


def _rows_of_nodes(
    table: Table, rows: Ints, only: Container[int] | None = None
) -> dict[int, list[int]]:
    """Return the rows of each node."""
    members: dict[int, list[int]] = {}
    for row, node in zip(rows.tolist(), table.node_of[rows].tolist(), strict=True):
        if only is None or node in only:
            members.setdefault(node, []).append(row)
    return members
