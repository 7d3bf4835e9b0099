"""Score companies of a campaign, store the scores, and log which temperatures changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from engage.run.heard import Heard, heard
from engage.run.lead_moves import follow
from engage.run.loading import fit_beside, signal_table
from engage.run.rules import in_force
from engage.score.heat import changes_at, heat
from engage.score.results import results
from engage.score.scores import Scores, score
from engage.scoring.scoring import MICRO, Scoring
from leads.clock import now
from leads.store import Tx, events, scores
from leads.store.scores import ScoreRow


@dataclass(frozen=True, slots=True)
class NewlySuppressed:
    """A company that its signals suppress now and did not before."""

    company_id: UUID
    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What changed with the scores."""

    #: The companies that became cold, warm or hot, or are out or back in.
    changed: Sequence[UUID]
    suppressed: Sequence[NewlySuppressed]


def refresh(tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID]) -> Refreshed:
    """Read the signals of companies again and replace their scores."""
    scoring = in_force(tx, campaign_id)
    before = scores.of_companies(tx, campaign_id, company_ids)
    rows: dict[UUID, ScoreRow] = {}
    said: dict[UUID, Heard] | None = None
    if scoring is not None:
        table = signal_table(tx, client_id, campaign_id, company_ids)
        found = score(table, scoring, now())
        rows = _rows(tx, client_id, campaign_id, found, scoring)
        said = heard(table, scoring.kinds)
    scores.replace(tx, campaign_id, company_ids, rows.values())
    moved = _moved(before, rows)
    events.log(tx, [_line(client_id, campaign_id, *one) for one in moved])
    turned = _turned(before, rows)
    events.log(tx, [_out_line(client_id, campaign_id, *one, _why(scoring)) for one in turned])
    follow(tx, client_id, campaign_id, company_ids, {one: was for one, was, _ in moved}, said)
    suppressed = [
        NewlySuppressed(one.company_id, one.suppressed, _why(scoring))
        for one in rows.values()
        if one.suppressed and not _was_suppressed(before.get(one.company_id))
    ]
    changed = dict.fromkeys([*(one for one, _, _ in moved), *(one for one, _ in turned)])
    return Refreshed(list(changed), suppressed)


def _rows(
    tx: Tx, client_id: UUID, campaign_id: UUID, found: Scores, scoring: Scoring
) -> dict[UUID, ScoreRow]:
    companies = [UUID(one) for one in found.counted.table.companies]
    beside = fit_beside(tx, campaign_id, companies, scoring)
    heats, changes = heat(found, scoring), changes_at(found)
    places = {name: place for place, name in enumerate(found.counted.table.companies)}
    made = {}
    for one in results(found, scoring, beside):
        place, company_id = places[one.company], UUID(one.company)
        made[company_id] = ScoreRow(
            campaign_id=campaign_id,
            company_id=company_id,
            client_id=client_id,
            version=scoring.version,
            temperature=one.temperature,
            heat=heats[place],
            total=round(one.sum * MICRO),
            scored_at=found.at,
            changes_at=changes[place],
            qualifications=list(one.qualifications),
            suppressed=one.suppressed,
            disqualified=one.disqualified,
        )
    return made


def _moved(
    before: Mapping[UUID, ScoreRow], after: Mapping[UUID, ScoreRow]
) -> list[tuple[UUID, str, str]]:
    """The companies whose temperature is another one, with both temperatures."""
    found = []
    for company_id in sorted({*before, *after}):
        was, now_is = (
            rows[company_id].temperature if company_id in rows else "cold"
            for rows in (before, after)
        )
        if was != now_is:
            found.append((company_id, was, now_is))
    return found


def _turned(
    before: Mapping[UUID, ScoreRow], after: Mapping[UUID, ScoreRow]
) -> list[tuple[UUID, str]]:
    """The companies that are disqualified now and were not, or the other way round, with the verb."""
    was, now_is = (
        {one for one, row in rows.items() if row.disqualified} for rows in (before, after)
    )
    verbs = {True: "disqualified", False: "no longer disqualified"}
    return [(one, verbs[one in now_is]) for one in sorted(was ^ now_is)]


def _out_line(
    client_id: UUID, campaign_id: UUID, company_id: UUID, verb: str, by: str
) -> events.Happened:
    return events.Happened(
        verb=verb,
        thing="company",
        thing_id=company_id,
        client_id=client_id,
        reason=by,
        data={"campaign_id": str(campaign_id)},
    )


def _line(
    client_id: UUID, campaign_id: UUID, company_id: UUID, was: str, now_is: str
) -> events.Happened:
    return events.Happened(
        verb="temperature changed",
        thing="company",
        thing_id=company_id,
        client_id=client_id,
        reason=f"{was} to {now_is}",
        data={"campaign_id": str(campaign_id), "before": was, "after": now_is},
    )


def _was_suppressed(row: ScoreRow | None) -> bool:
    return row is not None and row.suppressed is not None


def _why(scoring: Scoring | None) -> str:
    return f"a signal, by {scoring.name} version {scoring.version}" if scoring else ""
