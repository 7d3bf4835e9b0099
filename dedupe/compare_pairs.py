"""Compare given pairs of rows by the counts of a whole list, and decide these rows together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dedupe.arrays import Flags, Floats, Ints, distinct
from dedupe.block import pair_code
from dedupe.clustering import Clustering
from dedupe.clustering import Compared as AllPairs
from dedupe.corpus import Corpus
from dedupe.correlate import ALWAYS, correlate
from dedupe.engine import with_decisions
from dedupe.features import measured, prior_of
from dedupe.given_pairs import paired
from dedupe.learned import SHIPPED, Learned
from dedupe.normalise import normalise
from dedupe.outcome import STORED, Strictness, margin_of
from dedupe.pairs import Pairs
from dedupe.record import NO_DECISIONS, Decisions, MatchRecord
from dedupe.score import Scored, score
from dedupe.table import Table
from leads.company_kind import CompanyIs

#: Stored companies are legal entities.
KIND = CompanyIs.LEGAL_ENTITY


@dataclass(frozen=True, slots=True)
class Asked:
    """Rows, and the pairs of them to compare."""

    rows: Sequence[MatchRecord]
    #: Positions among the rows.
    left: Ints
    right: Ints
    corpus: Corpus
    strictness: Strictness
    #: What the client's model adds to the weights.
    learned: Learned = SHIPPED


def odds_of_rows(asked: Asked) -> Floats:
    """Return the log-odds of each pair; infinite for rows that state the same."""
    table, left, right = _nodes_of(asked)
    differ = np.flatnonzero(left != right)
    pairs = paired(table, left[differ], right[differ])
    odds, _ = _of_rows(table, (left, right), pairs, _scored(pairs, table, asked))
    return odds


class Compared(NamedTuple):
    """Rows as a table, and the pairs of its nodes."""

    table: Table
    pairs: Pairs
    #: The log-odds of each pair of rows; infinite for rows that state the same.
    odds: Floats
    #: Where among `pairs` the pair of rows is; -1 for rows that state the same.
    places: Ints
    #: Of each of `pairs`: the measures of all features, and whether a ceiling tells it apart.
    measures: Floats
    told_apart: Flags


def compare_with(asked: Asked) -> Compared:
    """Compare a few pairs of rows, and keep what the reasons of each are read from."""
    table, left, right = _nodes_of(asked)
    differ = np.flatnonzero(left != right)
    pairs = paired(table, left[differ], right[differ])
    measures = measured(pairs)
    scored = _scored(pairs, table, asked, [*measures.T])
    odds, places = _of_rows(table, (left, right), pairs, scored)
    return Compared(table, pairs, odds, places, measures, scored.told_apart)


def _nodes_of(asked: Asked) -> tuple[Table, Ints, Ints]:
    """Return the rows as a table, and the nodes of each pair."""
    table = normalise(asked.rows, NO_DECISIONS, corpus=asked.corpus)
    left, right = (table.node_of[side].astype(np.int64) for side in (asked.left, asked.right))
    return table, left, right


def _of_rows(
    table: Table, ends: tuple[Ints, Ints], pairs: Pairs, scored: Scored
) -> tuple[Floats, Ints]:
    """Return the log-odds of each pair of rows, and where among `pairs` it is."""
    wanted = pair_code(*ends, len(table))
    differ = np.flatnonzero(ends[0] != ends[1])
    odds = np.full(len(wanted), np.inf, dtype=np.float32)
    places = np.full(len(wanted), -1, dtype=np.int64)
    codes = pair_code(pairs.left, pairs.right, len(table))
    places[differ] = np.searchsorted(codes, wanted[differ])
    odds[differ] = scored.odds[places[differ]]
    return odds, places


def decide_rows(
    asked: Asked, firm: Iterable[Sequence[int]], decisions: Decisions = NO_DECISIONS
) -> Clustering:
    """Group rows by the pairs that were asked for; rows of a `firm` group stay together."""
    table = normalise(asked.rows, decisions, corpus=asked.corpus)
    left, right = (table.node_of[side].astype(np.int64) for side in (asked.left, asked.right))
    differ = left != right
    pairs = paired(table, left[differ], right[differ])
    scored = _scored(pairs, table, asked)
    ends = with_decisions(table, decisions, pairs, scored.between_groups)
    clusters = correlate(len(table), *_held_together(table, firm, ends))
    return Clustering(
        asked.rows,
        table,
        clusters,
        AllPairs.of(table, pairs, scored, clusters),
        KIND,
        asked.strictness,
        stored=True,
        decisions=decisions,
        learned=asked.learned,
        warnings=(),
    )


def _scored(
    pairs: Pairs, table: Table, asked: Asked, measures: Sequence[Floats] | None = None
) -> Scored:
    prior = prior_of(table.names.listed) - margin_of(asked.strictness)
    scored = score(pairs, KIND, prior, asked.learned, measures)
    return scored._replace(odds=scored.odds - np.float32(STORED))


def _held_together(
    table: Table, firm: Iterable[Sequence[int]], ends: tuple[Ints, Ints, Floats]
) -> tuple[Ints, Ints, Floats]:
    """Let the rows of each firm group always be together, whatever their pairs say."""
    left, right, odds = ends
    chains: list[Ints] = []
    for rows in firm:
        nodes = distinct(table.node_of[list(rows)].astype(np.int64))
        chains.append(np.stack([nodes[:-1], nodes[1:]]))
    if not chains:
        return ends
    one, other = np.concatenate(chains, axis=1)
    chained = pair_code(one, other, len(table))
    open_ = ~np.isin(pair_code(left, right, len(table)), chained)
    codes = distinct(chained)
    return (
        np.r_[left[open_], codes // len(table)],
        np.r_[right[open_], codes % len(table)],
        np.r_[odds[open_], np.full(len(codes), ALWAYS, dtype=np.float32)],
    )
