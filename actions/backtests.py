"""Compare what scores and signals said with what companies became; nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.scoring_files import usable_scoring
from actions.session import Session
from actions.where import Where
from engage.backtest.closed import Goal, stated
from engage.backtest.idle import RuleUse, rule_use
from engage.backtest.signals import OfSignal, SignalsTried, try_signals
from engage.run import outcomes, rules
from engage.scoring.scoring import Scoring
from engage.signals.blocks import read_signals
from engage.signals.lines import Moment
from engage.signals.table import TableBuilder, microseconds
from leads.clock import now
from leads.errors import UsageError
from leads.sheets.input_file import open_input
from leads.yaml_mistakes import did_you_mean

__all__ = [
    "Goal",
    "Measured",
    "OfSignal",
    "ScoringTried",
    "SignalsTried",
    "backtest_scoring",
    "backtest_signals",
    "goal_named",
    "measure_scoring",
]

#: A scoring file is measured again after this time.
QUARTER = timedelta(days=91)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringTried:
    """A scoring file that was tried on outcomes."""

    scoring: Scoring
    goal: Goal
    tried: SignalsTried
    #: Companies that were worked and have no outcome yet.
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured(ScoringTried):
    """What a scoring file has led to since it was put in force."""

    since: datetime
    rules: Sequence[RuleUse]
    #: When the file should be measured again.
    next_check: datetime

    @property
    def idle(self) -> Sequence[str]:
        """The rules that counted nothing."""
        return [one.rule for one in self.rules if not one.signals]


def goal_named(text: str) -> Goal:
    """Find the goal by its name; UsageError for an unknown name."""
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
        scoring = given or rules.read(rules.file_needed(work.tx, campaign_id))
        found = outcomes.load(work.tx, client_id, campaign_id, scoring.kinds, goal)
    tried = try_signals(found.table, scoring, found.closed)
    return ScoringTried(scoring=scoring, goal=goal, tried=tried, open=found.open)


def backtest_signals(path: str, signals: str, goal: Goal, moment: Moment) -> ScoringTried:
    """Try a scoring file on a file of signals, of which some state outcomes; no database is needed.

    `moment` says when a time without a zone is. UsageError when a line cannot be read.
    """
    scoring = usable_scoring(path).scoring
    builder = TableBuilder()
    with open_input(signals).open() as lines:
        flaws = read_signals(lines, moment, builder)
    if flaws:
        raise UsageError(
            f"{signals}:{flaws[0].line}: {flaws[0].message}",
            f"correct it, and {len(flaws) - 1} more" if len(flaws) > 1 else "correct the line",
        )
    table = builder.table()
    closed = stated(table, scoring.kinds, goal)
    return ScoringTried(
        scoring=scoring,
        goal=goal,
        tried=try_signals(table, scoring, closed),
        open=len(table.companies) - len(closed),
    )


def measure_scoring(session: Session, where: Where, goal: Goal) -> Measured:
    """Measure the scoring file in force on the outcomes since it was put in force."""
    with session.read() as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        file = rules.file_needed(work.tx, campaign_id)
        scoring = rules.read(file)
        found = outcomes.load(
            work.tx, client_id, campaign_id, scoring.kinds, goal, all_companies=True
        )
    since = microseconds(file.at)
    closed = found.closed.some(found.closed.at >= since)
    return Measured(
        scoring=scoring,
        goal=goal,
        tried=try_signals(found.table, scoring, closed),
        open=found.open,
        since=file.at,
        rules=rule_use(found.table, scoring, since, microseconds(now())),
        next_check=file.at + QUARTER,
    )
