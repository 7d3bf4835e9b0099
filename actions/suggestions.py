"""Suggest the points of a scoring file by outcomes; nothing is put in force."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from actions.backtests import Goal, goal_named
from actions.scoring_files import ScoringRemark, check_scoring
from actions.session import Session
from actions.where import Where
from engage.backtest.suggestion import RulePoints, Suggestion, suggest, with_points
from engage.run import outcomes, rules
from engage.run.loading import fit_beside
from engage.run.suggesting import Moves, ids_of, moves
from engage.scoring.rewrite import rewritten
from engage.scoring.scoring import Scoring
from leads.errors import NotAllowedError, SluiceError, UsageError

__all__ = ["Goal", "Moves", "RulePoints", "Suggested", "goal_named", "suggest_points"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """Suggested points, and what they would change."""

    scoring: Scoring
    suggestion: Suggestion
    #: None: nothing is suggested.
    moves: Moves | None
    #: The file that was written, and what is wrong with it as a whole.
    file: str | None
    remarks: tuple[ScoringRemark, ...] = ()


def suggest_points(
    session: Session, where: Where, goal: Goal, output: str | None = None
) -> Suggested:
    """Learn the points of each rule in force, and write the next version of the file if wanted."""
    if output and Path(output).exists():
        raise NotAllowedError(f"{output} exists already", "name another file with --output")
    with session.read() as work:
        ids = work.campaign(where.client, where.campaign)
        file = rules.file_needed(work.tx, ids[1])
        scoring = rules.read(file)
        found = outcomes.load(work.tx, *ids, scoring.kinds, goal, all_companies=True)

    # Learning and scoring take seconds, which no transaction waits for.
    suggestion = suggest(found.table, scoring, found.closed)
    other = with_points(scoring, suggestion.points)
    changed = None
    if suggestion.points:
        with session.read() as work:
            beside = fit_beside(work.tx, ids[1], ids_of(found.table), scoring)
        changed = moves(found.table, beside, scoring, other)
    if output is None:
        return Suggested(scoring=scoring, suggestion=suggestion, moves=changed, file=None)
    if not suggestion.points:
        raise UsageError(f"nothing to write: {suggestion.why}", "leave --output out")
    _write(output, rewritten(file.content, other.version, suggestion.points))
    return Suggested(
        scoring=scoring,
        suggestion=suggestion,
        moves=changed,
        file=output,
        remarks=tuple(check_scoring(output).remarks),
    )


def _write(path: str, text: str) -> None:
    try:
        with Path(path).open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise SluiceError(
            f"{path} cannot be written: {error.strerror or error}",
            "name another file with --output",
        ) from None
