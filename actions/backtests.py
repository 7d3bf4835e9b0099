"""Compare what scores and signals said with what companies became; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass

from actions.scoring_files import usable_scoring
from actions.session import Session
from actions.where import Where
from engage.backtest.closed import Goal
from engage.backtest.signals import OfSignal, SignalsTried, try_signals
from engage.run import outcomes, rules
from engage.scoring.scoring import Scoring
from leads.errors import NotFoundError, UsageError
from leads.yaml_mistakes import did_you_mean

__all__ = ["Goal", "OfSignal", "ScoringTried", "SignalsTried", "backtest_scoring", "goal_named"]


@dataclass(frozen=True, slots=True)
class ScoringTried:
    """A scoring file that was tried on outcomes."""

    scoring: Scoring
    goal: Goal
    tried: SignalsTried
    #: Companies that were worked and have no outcome yet.
    open: int


def goal_named(text: str) -> Goal:
    """The goal of that name; UsageError when there is none."""
    names = [one.value for one in Goal]
    if text not in names:
        raise UsageError(
            f"{text[:60]!r} is no outcome{did_you_mean(text, names)}", f"write {' or '.join(names)}"
        )
    return Goal(text)


def backtest_scoring(session: Session, where: Where, path: str | None, goal: Goal) -> ScoringTried:
    """Try the scoring file in force, or another one, on the outcomes of a campaign."""
    given = usable_scoring(path).scoring if path else None
    with session.read() as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        scoring = given or rules.in_force(work.tx, campaign_id)
        if scoring is None:
            raise NotFoundError(
                "no scoring file is in force for this campaign",
                "name one, or put one in force with `sluice scoring use FILE`",
            )
        found = outcomes.load(work.tx, client_id, campaign_id, scoring.kinds, goal)
    return ScoringTried(scoring, goal, try_signals(found.table, scoring, found.closed), found.open)
