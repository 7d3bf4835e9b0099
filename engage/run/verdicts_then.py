"""Try the verdicts that were in force when companies were first contacted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from engage.backtest.closed import Goal
from engage.backtest.criteria import ProfileTrial, ProfileTried
from engage.run import outcomes
from engage.signals.kinds import Kinds
from engage.signals.table import moment
from leads.store import Tx, verdicts_then


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictsTried:
    """The verdicts of a campaign beside its outcomes."""

    tried: ProfileTried
    #: Companies by name and version of the profile that decided about them.
    versions: Mapping[tuple[str, int], int]
    #: Closed companies without a verdict when they were first contacted.
    undecided: int
    open: int


def try_verdicts(
    tx: Tx, client_id: UUID, campaign_id: UUID, kinds: Kinds, goal: Goal
) -> VerdictsTried:
    """Compare the answers before the first contact with the outcome."""
    found = outcomes.load(tx, client_id, campaign_id, kinds, goal, all_signals=False)
    closed = found.closed.known_contacts()
    ids = [found.ids[place] for place in closed.places.tolist()]
    won = dict(zip(ids, closed.won.tolist(), strict=True))
    moments = dict(zip(ids, map(moment, closed.contacted.tolist()), strict=True))
    then = verdicts_then.in_force_at(tx, campaign_id, moments)

    trial, versions = ProfileTrial(), Counter[tuple[str, int]]()
    for one in verdicts_then.with_answers(tx, then):
        versions[one.icp, one.version] += 1
        trial.add(
            won=won[one.company_id],
            verdict=one.verdict,
            score=one.score_worst,
            answers=[
                (answer["criterion"], answer["section"], answer["answer"]) for answer in one.answers
            ],
        )
    return VerdictsTried(
        tried=trial.result(),
        versions=dict(sorted(versions.items())),
        undecided=len(ids) - len(then),
        open=found.open,
    )
