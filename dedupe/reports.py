"""Report why rows match, why two groups of rows do not, and which pairs are doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dedupe.blocking_explained import KeyExplanation, explain_keys
from dedupe.clustering import Clustering
from dedupe.explain import Line, strongest_reasons
from dedupe.outcome import Outcome
from dedupe.record import Key
from dedupe.review import Doubt, doubtful

#: At most this many rows of each company are compared when two are explained.
_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReport:
    """Two rows, and what their score adds up from."""

    left: Key
    right: Key
    #: Log-odds with the margin taken off; above 0 means a match.
    odds: float
    probability: float
    #: What the odds mean on their own, whatever people decided: same, review or different.
    outcome: Outcome
    #: Log-odds that a merge needs beyond "more likely than not".
    margin: float
    #: The strongest reasons for this outcome, in one sentence.
    why: str
    #: Whether the engine compared the two.
    compared: bool
    #: What people decided: `same`, `different` or None.
    decided: str | None
    #: The strongest reasons against a match.
    kept_apart_by: tuple[str, ...]
    #: Each feature's part of the odds, from the prior to the last.
    waterfall: tuple[Line, ...]
    #: What each blocking key found.
    keys: tuple[KeyExplanation, ...]
    #: The model whose weights these are; empty for the shipped ones.
    model: str


@dataclass(frozen=True, slots=True)
class SeparationReport:
    """Why two groups of rows are two companies: their likeliest pair, and the reason."""

    pair: PairReport
    pairs: int
    pairs_compared: int
    why: str


@dataclass(frozen=True, slots=True)
class DoubtReport:
    """A pair to review, with the strongest reasons for and against a match."""

    doubt: Doubt
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    #: What speaks against the pair, and what agrees.
    disagreement: str


def explain_company(found: Clustering, keys: Sequence[Key]) -> list[PairReport]:
    """Report the pairs that connect the rows of one company, each pair once."""
    steps = {frozenset(pair): pair for key in keys[1:] for pair in _path(found, keys[0], key)}
    return [_report_pair(found, left, right) for left, right in steps.values()]


def _path(found: Clustering, left: Key, right: Key) -> list[tuple[Key, Key]]:
    """Return the pairs between two rows; the pair itself if only people's decisions join them."""
    return found.path(left, right) or [(left, right)]


def explain_separation(
    found: Clustering, left: Sequence[Key], right: Sequence[Key]
) -> SeparationReport:
    """Report why two groups of rows are two companies."""
    pairs = [(one, other) for one in left[:_MOST] for other in right[:_MOST]]
    compared = found.compared_among(pairs)
    report = _report_pair(found, *found.likeliest(compared or pairs))
    return SeparationReport(
        pair=report, pairs=len(pairs), pairs_compared=len(compared), why=_why_separate(report)
    )


def _why_separate(report: PairReport) -> str:
    if report.decided == "different":
        return "a person decided that they are two companies"
    if not report.compared:
        if any(key.together for key in report.keys):
            return "their names were compared and are too different, or too many rows have them"
        return "they were never compared: no key paired them"
    if report.odds > 0:
        return "this pair alone would match, but the other records of the two weigh against it"
    return report.why


def _report_pair(found: Clustering, left: Key, right: Key) -> PairReport:
    explained = found.explain(left, right)
    return PairReport(
        left=left,
        right=right,
        odds=explained.odds,
        probability=round(explained.probability, 4),
        outcome=explained.outcome,
        margin=explained.margin,
        why=explained.why,
        compared=found.were_compared(left, right),
        decided=_decision(found, left, right),
        kept_apart_by=explained.kept_apart_by,
        waterfall=explained.lines,
        keys=tuple(explain_keys(found, left, right)),
        model=found.learned.name,
    )


def _decision(found: Clustering, left: Key, right: Key) -> str | None:
    pair = {left, right}
    decisions = found.decisions
    # Where both were decided, the engine keeps the two apart: `different` is the stronger one.
    if any(pair == set(one) for one in decisions.different):
        return "different"
    return "same" if any(pair == set(one) for one in decisions.same) else None


def report_doubts(found: Clustering, limit: int) -> list[DoubtReport]:
    """Report doubtful pairs, the most doubtful first."""
    doubts = doubtful(found, limit)
    if not doubts:
        return []
    node_of = found.table.node_of
    left, right = (
        np.array([node_of[found.row_of[key]] for key in side], dtype=np.int64)
        for side in zip(*((doubt.left, doubt.right) for doubt in doubts), strict=True)
    )
    reasons = strongest_reasons(
        found.table, found.records, left, right, found.company_is, found.learned
    )
    return [
        DoubtReport(doubt, reasons_for, reasons_against, kind)
        for doubt, (reasons_for, reasons_against, kind) in zip(doubts, reasons, strict=True)
    ]
