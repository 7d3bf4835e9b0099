"""Explain the score of a company: its ledger, and what changed since a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engage.run.loading import fit_beside, signal_table
from engage.score.kept import Kept, kept
from engage.score.ledger import Line, ledger
from engage.score.results import Result, results
from engage.score.scores import score
from engage.scoring.scoring import Scoring
from leads.store import Tx


@dataclass(frozen=True, slots=True)
class Explained:
    """The score of a company at a moment, and the lines it is the sum of."""

    result: Result
    lines: Sequence[Line]
    #: Signals that a machine caused, and words that name no kind: they do not count.
    machine: int
    unknown_kinds: Sequence[str]
    #: What keeps its temperature above that of its points.
    kept: Kept | None


def explain(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    company_id: UUID,
    scoring: Scoring,
    at: datetime,
) -> Explained:
    """Score one company by its stored signals."""
    table = signal_table(tx, client_id, campaign_id, [company_id], all_companies=True)
    found = score(table, scoring, at)
    beside = fit_beside(tx, campaign_id, [company_id], scoring)
    (result,) = results(found, scoring, beside)
    return Explained(
        result=result,
        lines=ledger(found, scoring, 0),
        machine=int(found.counted.machine.sum()),
        unknown_kinds=sorted(found.counted.unknown_kinds),
        kept=kept(found, scoring),
    )
