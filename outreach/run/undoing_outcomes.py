"""Undo an import of outcomes: take signals back, lift its suppressions, restore relationships."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from leads.changes import Change, SignalsChanged, VerdictsChanged
from leads.store import (
    Tx,
    companies,
    events,
    outcome_imports,
    relationship_before,
    signals,
    suppressions,
    verdicts,
)
from leads.store.outcome_imports import Effect, OutcomeImport
from outreach.run import suppression_ends


@dataclass(slots=True)
class TakenBack:
    """What undoing an import changed."""

    signals: int = 0
    #: Suppressions that ended, and those that another import asked for too.
    lifted: int = 0
    kept: int = 0
    #: Companies that stand as before, and those that somebody changed since.
    restored: int = 0
    changed_since: int = 0
    changes: list[Change] = field(default_factory=list)


def take_back(
    tx: Tx, made: OutcomeImport, effects: Sequence[Effect], by: str, secret: bytes, done: TakenBack
) -> None:
    """Take some effects of an import back, in this order."""
    _take_signals_back(tx, made, effects, by, done)
    related: set[UUID] = set()
    for one in effects:
        if one.suppression_id is not None:
            _lift(tx, made, one, by, secret, done)
        if one.before and one.company_id is not None:
            company_id = companies.survivor(tx, made.client_id, one.company_id)
            if _restore(tx, made, one, company_id, by):
                done.restored += 1
                related.add(company_id)
            else:
                done.changed_since += 1
    outcome_imports.forget_effects(tx, effects)
    if related:
        some = tuple(sorted(related))
        done.changes.append(VerdictsChanged(made.client_id, made.campaign_id, some))


def finish(tx: Tx, made: OutcomeImport, by: str) -> None:
    """Log that an import is undone."""
    outcome_imports.mark_undone(tx, made.id)
    line = events.Happened(
        verb="undone",
        thing="outcome import",
        thing_id=made.id,
        who=by,
        client_id=made.client_id,
        reason=f"{made.file} of {made.source}",
    )
    events.log(tx, [line])


def _take_signals_back(
    tx: Tx, made: OutcomeImport, effects: Sequence[Effect], by: str, done: TakenBack
) -> None:
    ids = [one.signal_id for one in effects if one.signal_id is not None]
    # What a person has taken back stays so, and is not recorded again.
    live = signals.in_force(tx, made.client_id, ids)
    done.signals += signals.retract(tx, made.client_id, live, by)
    signals.free_events(tx, live)
    owners = {one.company_id for one in effects if one.signal_id in live and one.company_id}
    if owners:
        some = {companies.survivor(tx, made.client_id, one) for one in owners}
        done.changes.append(SignalsChanged(made.client_id, tuple(sorted(some))))


def _lift(
    tx: Tx, made: OutcomeImport, one: Effect, by: str, secret: bytes, done: TakenBack
) -> None:
    assert one.suppression_id is not None
    rows = suppressions.find(tx, one.suppression_id)
    if not rows:
        # A person has ended it.
        return
    if outcome_imports.hand_on(tx, made, one):
        done.kept += 1
        return
    level = rows[0].level
    done.changes += suppression_ends.end(tx, one.suppression_id, made.client_id, level, by, secret)
    done.lifted += 1


def _restore(tx: Tx, made: OutcomeImport, one: Effect, company_id: UUID, by: str) -> bool:
    """Let a company stand as before; False when somebody changed that since."""
    now_is = verdicts.relationships(tx, made.campaign_id, [company_id]).get(company_id)
    if company_id != one.company_id or now_is is None or now_is.reason != one.after:
        return False
    before = one.before["relationship"]
    relationship_before.restore(tx, made.campaign_id, company_id, before, now_is.since)
    line = events.Happened(
        verb="undone",
        thing="company",
        thing_id=company_id,
        who=by,
        client_id=made.client_id,
        reason=one.after,
    )
    events.log(tx, [line])
    return True
