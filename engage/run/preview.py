"""What a scoring file makes of the signals that are stored, before it is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from engage.run.loading import fit_beside, signal_table
from engage.score.results import results
from engage.score.scores import TEMPERATURES, score
from engage.scoring.scoring import Scoring
from leads.clock import now
from leads.store import Tx, scores


@dataclass(frozen=True, slots=True)
class Preview:
    """How many companies have each temperature and qualification, and how many change."""

    temperatures: Mapping[str, int]
    qualifications: Mapping[str, int]
    #: Companies that have another temperature now.
    changed: int


def preview(tx: Tx, client_id: UUID, campaign_id: UUID, scoring: Scoring) -> Preview:
    """Score every company with signals, and store nothing."""
    companies = scores.every_with_signals(tx, client_id)
    before = scores.of_companies(tx, campaign_id, companies)
    table = signal_table(tx, client_id, campaign_id, companies)
    found = score(table, scoring, now())
    ids = [UUID(one) for one in table.companies]
    temperatures, qualifications, changed = Counter[str](), Counter[str](), 0
    for one in results(found, scoring, fit_beside(tx, campaign_id, ids, scoring)):
        row = before.get(UUID(one.company))
        temperatures[one.temperature] += 1
        qualifications.update(one.qualifications)
        changed += one.temperature != (row.temperature if row else "cold")
    return Preview(
        {name: temperatures[name] for name in reversed(TEMPERATURES)},
        {name: qualifications[name] for name in scoring.qualifications},
        changed,
    )
