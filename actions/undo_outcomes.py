"""Undo the last import of outcomes."""

from __future__ import annotations

from dataclasses import dataclass

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session, Transaction
from actions.where import Where
from leads.errors import NotFoundError
from leads.store import outcome_imports
from leads.store.outcome_imports import OutcomeImport
from outreach.run import undoing_outcomes
from outreach.run.undoing_outcomes import TakenBack

__all__ = ["UndoneOutcomes"]

#: Effects taken back in one transaction.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class UndoneOutcomes:
    """Which import was undone, and what that changed, or would change in a dry run."""

    of: OutcomeImport
    taken_back: TakenBack
    work: WorkedOff


def undo_outcomes(session: Session, where: Where, *, dry_run: bool = False) -> UndoneOutcomes:
    """Undo the last import of outcomes of a campaign, in short transactions; NotFoundError when
    none is left.
    """
    with session.read(Right.MANAGE) as work:
        _, campaign_id = work.campaign(where.client, where.campaign)
        made = outcome_imports.last(work.tx, campaign_id)
    if made is None:
        raise NotFoundError(
            "no import of outcomes is left to undo", "see `sluice signal list` for one company"
        )

    done = TakenBack()
    if dry_run:
        with session.write(Right.MANAGE, dry_run=True) as work:
            while _step(work, made, done):
                pass
        return UndoneOutcomes(made, done, WorkedOff())

    more = True
    while more:
        with session.write(Right.MANAGE) as work:
            before = len(done.changes)
            more = _step(work, made, done)
            work.follow(done.changes[before:])
    return UndoneOutcomes(made, done, work_off(session))


def _step(work: Transaction, made: OutcomeImport, done: TakenBack) -> bool:
    """Take some effects back, the newest first; False when none was left."""
    by = work.actor.name
    effects = outcome_imports.newest_effects(work.tx, made.id, _AT_ONCE)
    if not effects:
        undoing_outcomes.finish(work.tx, made, by)
        return False
    undoing_outcomes.take_back(work.tx, made, effects, by, work.session.secret, done)
    return True
