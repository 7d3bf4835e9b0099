"""The interest of companies as of now: engagement, temperature, place in the grid, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from engage.run.loading import fit_beside, signal_table
from engage.run.rules import in_force
from engage.score.ledger import Line, ledger
from engage.score.movement import moved, reason, words
from engage.score.results import Result, results
from engage.score.scores import Scores, score
from engage.scoring.scoring import Scoring
from engage.signals.table import moment
from leads.grid import cell
from leads.interest import Interest, InterestSignal
from leads.store import Tx, lead_rows, verdicts

#: How far back `moved` looks.
_BACK = timedelta(days=7)
#: Signals that a card shows.
_LAST = 5


def interests(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], at: datetime
) -> dict[UUID, Interest]:
    """The interest of each company; empty where the campaign has no scoring file."""
    scoring = in_force(tx, campaign_id)
    if scoring is None or not company_ids:
        return {}
    table = signal_table(tx, client_id, campaign_id, company_ids, all_companies=True)
    found, earlier = score(table, scoring, at), score(table, scoring, at - _BACK)
    beside = fit_beside(tx, campaign_id, company_ids, scoring)
    now_is = {UUID(one.company): one for one in results(found, scoring, beside)}
    before = {UUID(one.company): one for one in results(earlier, scoring, beside)}
    cells = _grades(tx, campaign_id, company_ids)
    led = lead_rows.of_companies(tx, campaign_id, company_ids)
    made = {}
    for place, company_id in enumerate(company_ids):
        result, lines = now_is[company_id], ledger(found, scoring, place)
        made[company_id] = Interest(
            engagement=result.engagement,
            temperature=result.temperature,
            grid=_cell(cells.get(company_id), result, scoring),
            warm_at=result.warm_at,
            cold_at=result.cold_at,
            qualifications=result.qualifications,
            lead_stage=led[company_id].stage if company_id in led else None,
            reason=reason(lines, scoring),
            last_signals=_last(found, scoring, place, lines),
            moved=moved(result, before[company_id], at - _BACK, lines, scoring),
            labels=scoring.labels,
        )
    return made


def _grades(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """The worst score of each company that has a verdict."""
    found = verdicts.brief(tx, campaign_id, company_ids)
    return {one: row.score_worst for one, row in found.items()}


def _cell(score_worst: int | None, result: Result, scoring: Scoring) -> str | None:
    if score_worst is None:
        return None
    return cell(score_worst, result.temperature, scoring.grades)


def _last(
    found: Scores, scoring: Scoring, company: int, lines: Sequence[Line]
) -> tuple[InterestSignal, ...]:
    """The newest signals of a company that no machine caused."""
    counted = found.counted
    table = counted.table
    start, end = np.searchsorted(table.company[counted.people], [company, company + 1]).tolist()
    points: dict[tuple[str, datetime], float] = {}
    for line in lines:
        key = (line.signal, line.at)
        points[key] = points.get(key, 0.0) + line.points
    newest = []
    for place in reversed(counted.people[max(start, end - _LAST) : end].tolist()):
        word = table.kinds[table.kind[place]]
        kind, at = scoring.kinds.name_of(word) or word, moment(int(table.at[place]))
        channel = table.channels[table.channel[place]]
        newest.append(
            InterestSignal(kind, words(kind, scoring), at, channel, points.get((kind, at)))
        )
    return tuple(newest)
