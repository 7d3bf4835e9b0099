"""Let a lead go back when the signal that made it one was taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np

from engage.handover.stages import BY_SIGNALS, LeadStage, ways_to
from engage.nurture.touches import touch
from engage.run.heard import heard
from engage.run.lead_files import agreement, nurture
from engage.run.lead_moves import temperature_of, ways_of
from engage.run.loading import fit_beside, signal_table
from engage.run.raised_hands import CAME
from engage.run.rules import in_force, kinds_of
from engage.score.results import results
from engage.score.scores import score
from engage.signals.table import SECOND, Ints, SignalTable, microseconds, moment
from leads.clock import now
from leads.stages import Relationship
from leads.store import Tx, dispositions, events, lead_rows, lead_undoing, verdicts
from leads.store.events import EventRow
from leads.store.lead_rows import LeadRow
from leads.store.signals import owners

_DAY = 86_400 * SECOND
_OTHERS = "its other signals qualify it too"


@dataclass(frozen=True, slots=True)
class LeadAfter:
    """What became of a lead when a signal was taken back."""

    campaign_id: UUID
    before: str
    #: The stage that it has now; None: it is no lead any more.
    after: str | None
    #: Why it keeps its stage, or went back.
    reason: str


def go_back(
    tx: Tx, client_id: UUID, company_id: UUID, campaigns: Collection[UUID], cause: str
) -> list[LeadAfter]:
    """Let the leads of a company go back that a machine made by a signal which counts no more.

    A lead that a person has worked with, or that other signals would have made too, stays.
    """
    found = []
    for campaign_id in sorted(campaigns):
        row = lead_rows.of_companies(tx, campaign_id, [company_id]).get(company_id)
        if row is not None:
            found.append(_of_lead(tx, client_id, row, cause))
    return found


def _of_lead(tx: Tx, client_id: UUID, row: LeadRow, cause: str) -> LeadAfter:
    why = lead_undoing.acted(tx, row)
    if why is not None:
        return LeadAfter(row.campaign_id, row.stage, row.stage, why)
    table = signal_table(tx, client_id, row.campaign_id, [row.company_id], all_companies=True)
    moves = lead_undoing.standing_moves(tx, row)
    undone, why = _undone(tx, row, moves, table)
    stage = str(undone[-1].data["before"]) if undone else row.stage
    if len(undone) == len(moves):
        why = _keeps(tx, row, table, was_moved=bool(moves))
    for move in undone:
        _log_back(tx, row, move, cause)
    if why is None:
        _log_end(tx, row, cause)
        lead_undoing.drop(tx, row, CAME)
        return LeadAfter(row.campaign_id, row.stage, None, cause)
    if stage == row.stage:
        return LeadAfter(row.campaign_id, stage, stage, why)
    _put_back(tx, row, stage, moves[: len(moves) - len(undone)])
    return LeadAfter(row.campaign_id, row.stage, stage, cause)


def _undone(
    tx: Tx, row: LeadRow, moves: Sequence[EventRow], table: SignalTable
) -> tuple[list[EventRow], str | None]:
    """The moves that the remaining signals do not explain, the last first, and what ends the search."""
    ways = ways_of(agreement(tx, row.campaign_id))
    found: list[EventRow] = []
    for move in reversed(moves):
        if not move.reason.startswith(BY_SIGNALS):
            return found, f"it moved to {move.data['after']} because of this: {move.reason}"
        names = ways_to(LeadStage(move.data["after"]), ways)
        if _qualified(tx, row, table, names, microseconds(move.at)):
            return found, _OTHERS
        found.append(move)
    return found, None


def _qualified(tx: Tx, row: LeadRow, table: SignalTable, names: Set[str], since: int) -> bool:
    """Whether the signals gave one of these qualifications at a moment, or on a later day."""
    scoring = in_force(tx, row.campaign_id)
    if scoring is None:
        return False
    beside = fit_beside(tx, row.campaign_id, [row.company_id], scoring)
    for at in _moments(table, since):
        (found,) = results(score(table, scoring, moment(at)), scoring, beside)
        if not names.isdisjoint(found.qualifications):
            return True
    return False


def _moments(table: SignalTable, since: int) -> list[int]:
    """A moment, and that of the last signal of each later day up to now."""
    later: Ints = np.sort(table.at[(table.at > since) & (table.at <= microseconds(now()))])
    is_last = np.ones(len(later), dtype=np.bool_)
    is_last[:-1] = later[1:] // _DAY != later[:-1] // _DAY
    return [since, *later[is_last].tolist()]


def _keeps(tx: Tx, row: LeadRow, table: SignalTable, *, was_moved: bool) -> str | None:
    """Why a company that no qualification makes a lead stays one; None: nothing makes it one."""
    found = verdicts.relationships(tx, row.campaign_id, [row.company_id]).get(row.company_id)
    if found is None or Relationship(found.state).is_before_lead:
        return None if was_moved else "nobody can tell what made it a lead"
    if (found.state, found.reason) != (Relationship.LEAD.value, CAME):
        return f"it is a {found.state.replace('_', ' ')}: {found.reason or 'nobody said why'}"
    said = heard(table, kinds_of(tx, row.campaign_id)).get(row.company_id)
    if said is not None and said.hand is not None:
        return f"another signal of {said.hand:%Y-%m-%d} shows interest too"
    if dispositions.of_companies(tx, row.campaign_id, sorted(owners(tx, [row.company_id]))):
        return "it was contacted before it came by itself"
    return None


def _put_back(tx: Tx, row: LeadRow, stage: str, left: Sequence[EventRow]) -> None:
    """Give a lead an earlier stage, with the next touch of that."""
    temperature = temperature_of(tx, row.campaign_id, row.company_id)
    following = touch(nurture(tx, row.campaign_id), LeadStage(stage), temperature)
    since = left[-1].at if left else row.entered_at or row.since
    lead_rows.put(
        tx,
        replace(
            row,
            stage=stage,
            since=since,
            next_touch_at=now() + following.after,
            next_touch=following.do,
        ),
    )


def _log_back(tx: Tx, row: LeadRow, move: EventRow, cause: str) -> None:
    data = {"before": move.data["after"], "after": move.data["before"], "taken_back": True}
    _log(tx, row, "stage moved", cause, data)


def _log_end(tx: Tx, row: LeadRow, cause: str) -> None:
    _log(tx, row, "no longer a lead", cause, {"before": row.stage})


def _log(tx: Tx, row: LeadRow, verb: str, cause: str, data: dict[str, object]) -> None:
    line = events.Happened(
        verb=verb,
        thing="company",
        thing_id=row.company_id,
        client_id=row.client_id,
        reason=cause,
        data={"campaign_id": str(row.campaign_id), **data},
    )
    events.log(tx, [line])
