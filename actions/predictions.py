"""Learn from a campaign's outcomes, put a model in force, and explain the chance of a company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.backtests import Goal, goal_named
from actions.follow_up import WorkedOff, work_off
from actions.session import Session, Transaction
from actions.where import Where
from engage.predict.prediction import Prediction
from engage.predict.shape import Shift
from engage.predict.trial import Trial
from engage.predict.weights import Moved, chance_of
from engage.run import rules, training
from engage.run.chances import chance_row, known_of, weights_of
from leads.changes import PredictionChanged
from leads.errors import NotAllowedError, NotFoundError
from leads.store import company_search, events, predictions, scoring_files
from leads.store.predictions import ChanceRow, ModelRow

__all__ = [
    "Checked",
    "Explained",
    "Moved",
    "Prediction",
    "Shift",
    "Trained",
    "Trial",
    "Used",
    "check",
    "explain",
    "goal_named",
    "stop",
    "train",
    "use",
]


@dataclass(frozen=True, slots=True)
class Trained:
    """What was learned; the version is None when it was refused, or in a dry run."""

    prediction: Prediction
    version: int | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A stored model on the outcomes since it was learned."""

    model: ModelRow
    trial: Trial
    #: The columns that are others now than when it was learned.
    shifts: Sequence[Shift]


@dataclass(frozen=True, slots=True)
class Used:
    """A model that is in force now, or would be in a dry run; None: there is none any more."""

    version: int | None
    changed: bool
    work: WorkedOff | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """The chance of a company, and what moves it."""

    company_id: UUID
    company: str
    model: ModelRow
    row: ChanceRow
    #: The chance of an average company.
    usual: float
    #: In log-odds, the strongest first; they add up to the distance from the average.
    terms: Sequence[Moved]


def train(session: Session, where: Where, goal: Goal, *, dry_run: bool = False) -> Trained:
    """Learn from the closed companies of a campaign, and store the model unless it is refused.

    It is not put in force.
    """
    with session.read(Right.MANAGE) as work:
        ids = work.campaign(where.client, where.campaign)
        known = training.past(work.tx, *ids, rules.kinds_of(work.tx, ids[1]), goal)

    # Learning takes seconds, which no transaction waits for.
    learned = training.learn(known)
    if learned.weights is None or dry_run:
        return Trained(learned.prediction, None)
    content = training.content(learned, goal, known)
    with session.write(Right.MANAGE) as work:
        version = predictions.add(work.tx, *ids, content, work.actor.name)
        _log(work, ids, "learned", f"version {version}")
    return Trained(learned.prediction, version)


def check(session: Session, where: Where, version: int | None = None) -> Checked:
    """Try a model on the companies that were contacted after all that it learned from: the one in
    force, else the newest, or the one that is named.
    """
    with session.read() as work:
        ids = work.campaign(where.client, where.campaign)
        stored = _stored(work, ids[1], version)
        goal = Goal(stored.content["goal"])
        known = training.past(work.tx, *ids, rules.kinds_of(work.tx, ids[1]), goal)
        now_is = training.waiting(work.tx, *ids)
    return Checked(stored, training.later(known, stored), training.shifted(known, now_is, stored))


def use(
    session: Session, where: Where, version: int | None = None, *, dry_run: bool = False
) -> Used:
    """Order the queue by a model within each cell of the grid: the newest, or the one named.

    NotAllowedError when the campaign has no scoring file, or later outcomes contradict the model.
    """
    with session.read(Right.MANAGE) as work:
        ids = work.campaign(where.client, where.campaign)
        newest = _stored(work, ids[1], version, prefer_in_force=False)
        if not scoring_files.is_used(work.tx, ids[1]):
            raise NotAllowedError(
                "a prediction orders within the cells of the grid, and this campaign has none",
                "put a scoring file in force with `sluice scoring use FILE`",
            )
    checked = check(session, where, newest.version)
    if checked.trial.advice == "train again":
        raise NotAllowedError(
            f"version {newest.version} no longer holds: {'; '.join(checked.trial.why)}",
            "learn again with `sluice predict train`",
        )
    changed = not newest.is_in_force
    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        if changed:
            predictions.use(work.tx, ids[1], newest.version)
            _log(work, ids, "put in force", f"version {newest.version}")
            work.follow([PredictionChanged(*ids)])
    return Used(newest.version, changed, None if dry_run else work_off(session))


def stop(session: Session, where: Where, *, dry_run: bool = False) -> Used:
    """Order the queue by the score of the profile again."""
    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        ids = work.campaign(where.client, where.campaign)
        before = predictions.in_force(work.tx, ids[1])
        if before is not None:
            predictions.use(work.tx, ids[1], None)
            _log(work, ids, "put out of force", f"version {before.version}")
            work.follow([PredictionChanged(*ids)])
    return Used(None, before is not None, None if dry_run else work_off(session))


def explain(session: Session, where: Where, company: str, version: int | None = None) -> Explained:
    """Explain the chance of a company by the model in force, else the newest."""
    with session.read() as work:
        ids = work.campaign(where.client, where.campaign)
        stored = _stored(work, ids[1], version)
        found = company_search.find(work.tx, ids[0], company)
        known = known_of(work.tx, *ids, [found.id])[found.id]
    weights = weights_of(stored)
    return Explained(
        company_id=found.id,
        company=found.name,
        model=stored,
        row=chance_row(*ids, found.id, stored.version, weights, known),
        usual=chance_of(weights.usual),
        terms=weights.moved(known),
    )


def _stored(
    work: Transaction, campaign_id: UUID, version: int | None, *, prefer_in_force: bool = True
) -> ModelRow:
    every = predictions.of_campaign(work.tx, campaign_id)
    if not every:
        raise NotFoundError(
            "this campaign has no prediction yet", "`sluice predict train` learns one"
        )
    if version is None:
        used = [one for one in every if one.is_in_force and prefer_in_force]
        return [*used, *every][0]
    for one in every:
        if one.version == version:
            return one
    raise NotFoundError(
        f"there is no version {version} of the prediction", f"the newest is {every[0].version}"
    )


def _log(work: Transaction, ids: tuple[UUID, UUID], verb: str, what: str) -> None:
    line = events.Happened(
        verb=verb,
        thing="prediction",
        thing_id=what,
        client_id=ids[0],
        who=work.actor.name,
        data={"campaign_id": str(ids[1])},
    )
    events.log(work.tx, [line])
