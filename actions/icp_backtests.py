"""Compare verdicts on companies with what they became; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from actions.backtests import Goal, goal_named
from actions.profile_files import read_icp
from actions.session import Session
from actions.where import Where
from engage.backtest.criteria import ProfileTrial, ProfileTried
from engage.predict.outcome_words import read_outcomes
from engage.predict.table import column_of
from engage.run import rules
from engage.run.verdicts_then import VerdictsTried, try_verdicts
from intake.column_overrides import ColumnOverrides
from intake.mapping import KEEP
from intake.parsed_list import name_of
from intake.read_list import open_reading
from intake.read_options import ReadOptions
from leads.clock import now
from leads.errors import NotFoundError
from qualify.bulk.table import qualify_rows

__all__ = [
    "FileTried",
    "Goal",
    "ProfileTried",
    "VerdictsTried",
    "backtest_file",
    "backtest_icp",
    "goal_named",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTried:
    """A profile that was tried on the rows of a file."""

    icp: str
    version: int
    tried: ProfileTried
    #: Rows without an outcome yet.
    open: int
    rejected: int


def backtest_icp(session: Session, where: Where, goal: Goal) -> VerdictsTried:
    """Try the verdicts of a campaign, as they were before the first contact."""
    with session.read() as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        kinds = rules.kinds_of(work.tx, campaign_id)
        return try_verdicts(work.tx, client_id, campaign_id, kinds, goal)


def backtest_file(icp_file: str, path: str, outcome: str, won: list[str]) -> FileTried:
    """Try a profile on the rows of a file, which has a column of outcomes."""
    icp = read_icp(icp_file).icp
    overrides: ColumnOverrides = {KEEP: outcome}
    options = ReadOptions(overrides=overrides)
    reading = open_reading(path, options, source=f"file:{Path(path).name}", client_id=None)
    rows = list(reading)
    if not any(outcome in row.raw for row in rows):
        raise NotFoundError(f"no row of {path} has an outcome in {outcome!r}", "name its column")

    read = read_outcomes(column_of(outcome, [row.raw.get(outcome, "") for row in rows]), won)
    closed = np.flatnonzero(read.is_closed).tolist()
    sections = {criterion.id: section.value for section, criterion in icp.sections()}
    facts = [(place, name_of(rows[place].facts), rows[place].facts) for place in closed]
    trial = ProfileTrial()
    for one in qualify_rows(icp, facts, now().date()):
        trial.add(
            won=bool(read.is_won[one["row"]]),
            verdict=one["verdict"],
            score=one["score"]["worst"],
            answers=[
                (said["criterion"], sections[said["criterion"]], said["answer"])
                for said in one["answers"]
            ],
        )
    return FileTried(
        icp=icp.name,
        version=icp.version,
        tried=trial.result(),
        open=len(rows) - len(closed),
        rejected=reading.rejected,
    )
