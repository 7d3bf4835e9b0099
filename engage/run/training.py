"""Learn from the outcomes of a campaign, and try a stored model on later outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np

from engage.backtest.closed import Closed, Goal
from engage.predict import model, shape
from engage.predict.features import SIGNAL, columns_of
from engage.predict.kinds import kind_of
from engage.predict.order import LEARNED
from engage.predict.prediction import Prediction, Question, predict
from engage.predict.shape import Shape, Shift, shape_of
from engage.predict.table import Column, Outcomes, column_of
from engage.predict.trial import Trial, try_chances
from engage.predict.weights import Weights
from engage.run import outcomes
from engage.run.chances import weights_of
from engage.run.features import features
from engage.signals.kinds import Kinds
from engage.signals.table import moment
from leads.store import Tx, queue
from leads.store.predictions import ModelRow

_TIME = "first contact"
#: A column must be known of so many closed companies; there may be so many columns.
_FEWEST, _MOST = 20, 300
_CUSTOM = "custom:"
#: Prospects that a model is compared with.
_WAITING = 5_000


@dataclass(frozen=True, slots=True)
class Past:
    """The closed companies of a campaign, the first contacted first, and what was known of each."""

    rows: Sequence[Mapping[str, str]]
    closed: Closed
    contacted: Sequence[datetime]


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned; `weights` is None when that is refused."""

    prediction: Prediction
    weights: Weights | None
    #: What the columns looked like that it learned from.
    shapes: Sequence[Shape] = ()


def past(tx: Tx, client_id: UUID, campaign_id: UUID, kinds: Kinds, goal: Goal) -> Past:
    """Read the closed companies of a campaign."""
    found = outcomes.load(tx, client_id, campaign_id, kinds, goal, all_signals=False)
    known_of = found.closed.known_contacts()
    closed = known_of.sorted_by(known_of.contacted)
    ids = [found.ids[place] for place in closed.places.tolist()]
    contacted = [moment(at) for at in closed.contacted.tolist()]
    before = dict(zip(ids, contacted, strict=True))
    known = features(tx, client_id, campaign_id, ids, before)
    return Past([known[one] for one in ids], closed, contacted)


def learn(known: Past) -> Learned:
    """Learn from the closed companies, tried forward in time."""
    columns = _columns(known.rows)
    time = column_of(_TIME, [at.isoformat() for at in known.contacted])
    # When a fact was seen is known. A client's own column may be filled in later, and a signal may
    # tell of a contact that nobody recorded.
    keep = frozenset(name for name in columns if not name.startswith((_CUSTOM, SIGNAL)))
    rows = Outcomes(columns, known.closed.won)
    prediction = predict(rows, Question(time=time, keep=keep))
    if prediction.verdict == "refuse":
        return Learned(prediction, None)
    used = {name: columns[name] for name in prediction.used}
    kinds = {name: kind_of(column) for name, column in used.items()}
    tried = round(len(rows) * LEARNED)
    shapes = [shape_of(column, kinds[name]) for name, column in used.items()]
    return Learned(prediction, model.learn(used, kinds, rows.won, tried), shapes)


def content(learned: Learned, goal: Goal, known: Past) -> dict[str, Any]:
    """What is stored of a model that may be used."""
    assert learned.weights is not None
    return {
        "goal": goal.value,
        "until": known.contacted[-1].isoformat(),
        "prediction": asdict(learned.prediction),
        "weights": learned.weights.as_json(),
        "shapes": shape.as_json(learned.shapes),
    }


def later(known: Past, stored: ModelRow) -> Trial:
    """Try a stored model on companies that were contacted after all that it learned from."""
    until = datetime.fromisoformat(stored.content["until"])
    places = [place for place, at in enumerate(known.contacted) if at > until]
    weights = weights_of(stored)
    chances = np.array([weights.chance(known.rows[place]) for place in places])
    won = known.closed.won[places]
    return try_chances(chances, won)


def waiting(tx: Tx, client_id: UUID, campaign_id: UUID) -> list[dict[str, str]]:
    """What is known of the prospects that wait to be contacted, the newest of them."""
    ids = queue.newest_ready(tx, campaign_id, _WAITING)
    return list(features(tx, client_id, campaign_id, ids, {}).values())


def shifted(known: Past, now_is: Sequence[Mapping[str, str]], stored: ModelRow) -> list[Shift]:
    """The columns of a model that are others for the prospects that wait; where those are few, for
    the companies that were contacted after all that it learned from.
    """
    if len(now_is) < shape.FEWEST:
        until = datetime.fromisoformat(stored.content["until"])
        now_is = [known.rows[place] for place, at in enumerate(known.contacted) if at > until]
    # Models of earlier versions keep no shapes.
    return shape.shifts(shape.from_json(stored.content.get("shapes", [])), now_is)


def _columns(rows: Sequence[Mapping[str, str]]) -> dict[str, Column]:
    names = columns_of(rows, _FEWEST, _MOST)
    return {name: column_of(name, [row.get(name, "") for row in rows]) for name in names}
