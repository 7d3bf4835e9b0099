"""Fit what is added to the shipped weights: a logistic regression that starts from them.

The log-odds of a pair are those by the shipped weights plus a sum over its measures. What the sum
adds is drawn towards nothing (`_stiffness`), so that few answers move little, and no answer moves
nothing. A weight keeps its sign: what agrees never speaks against a match.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dedupe.ceiling import CEILINGS
from dedupe.features import FEATURES, Feature
from dedupe.learned import Learned
from dedupe.learning.examples import COLUMNS, FOLDS, Examples, Numbers
from leads.company_kind import CompanyIs

#: How strongly each addition is drawn towards 0: with 1, as if it were 0, give or take 1. The more
#: answers, the less, between the two.
_STIFFEST, _SOFTEST = 1.0, 0.3
#: So many answers are drawn as strongly as can be; twice as many, half as strongly.
_FEW = 60
#: Decimals of what is added: more than answers can tell, and the same on every machine.
_DECIMALS = 3
#: Log-odds beyond these say no more.
_MOST = 30.0


@dataclass(frozen=True, slots=True)
class Trial:
    """How scores do on answers."""

    #: Mean loss per answer in nats, 0.69 for a coin.
    loss: float
    #: Share of the answers that the score gets right.
    right: float
    #: Of the pairs scored as one company, how many are; and of those that are, how many.
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The shipped weights and the learned ones, each tried on answers it was not fitted to."""

    shipped: Trial
    learned: Trial

    @property
    def is_better(self) -> bool:
        """Whether the learned weights do better on answers that they did not see."""
        return self.learned.loss < self.shipped.loss

    @property
    def is_guess(self) -> bool:
        """Whether a coin would do as well as the learned weights."""
        return self.learned.loss >= math.log(2)


def fit(examples: Examples, company_is: CompanyIs) -> Learned:
    """Fit what is added to the shipped weights; nothing without examples."""
    # Importing it takes longer than most commands need.
    from scipy.optimize import minimize

    if not len(examples):
        return Learned()

    stiff = _stiffness(examples)

    def loss(added: Numbers) -> tuple[float, Numbers]:
        odds = examples.shipped + examples.measures @ added
        total = float(examples.weight @ _loss(odds, examples.same))
        slope = examples.measures.T @ (examples.weight * (_chance(odds) - examples.same))
        return total + stiff * float(added @ added) / 2, slope + stiff * added

    found = minimize(
        loss,
        np.zeros(COLUMNS),
        jac=True,
        method="L-BFGS-B",
        bounds=_bounds(company_is),
        options={"ftol": 1e-14, "gtol": 1e-8, "maxiter": 2_000},
    )
    added = [round(float(one), _DECIMALS) + 0.0 for one in found.x]
    features = 1 + len(FEATURES)
    return Learned("", added[0], tuple(added[1:features]), tuple(added[features:]))


def _stiffness(examples: Examples) -> float:
    """Return how strongly additions are drawn towards 0, by the number of answers."""
    answers = float(examples.weight.sum())
    return float(np.clip(_STIFFEST * _FEW / answers, _SOFTEST, _STIFFEST))


def tried(examples: Examples, company_is: CompanyIs) -> Figures:
    """Try the fit on each fifth of the answers, fitted to the other four."""
    odds = np.zeros(len(examples))
    for fold in range(FOLDS):
        inside = examples.fold == fold
        if inside.any():
            learned = fit(examples.take(~inside), company_is)
            odds[inside] = odds_with(learned, examples.take(inside))
    return Figures(_trial(examples.shipped, examples), _trial(odds, examples))


def odds_with(learned: Learned, examples: Examples) -> Numbers:
    """Return the log-odds of examples with what was learned."""
    added = np.array([learned.prior, *learned.weights, *learned.ceilings])
    odds: Numbers = examples.shipped + examples.measures @ added
    return odds


def _bounds(company_is: CompanyIs) -> list[tuple[float | None, float | None]]:
    """Return what may be added at least and at most, so that each weight keeps its sign."""
    of_features = [_bound(feature, feature.weight_for(company_is)) for feature in FEATURES]
    return [(None, None), *of_features, *[(None, None)] * len(CEILINGS)]


def _bound(feature: Feature, weight: float) -> tuple[float | None, float | None]:
    if weight > 0:
        return -weight, None
    if weight < 0 or min(feature.when.values(), default=0.0) < 0:
        return None, -weight
    return None, None


def _chance(odds: Numbers) -> Numbers:
    chance: Numbers = 1 / (1 + np.exp(-np.clip(odds, -_MOST, _MOST)))
    return chance


def _loss(odds: Numbers, same: Numbers) -> Numbers:
    loss: Numbers = np.logaddexp(0, odds) - same * odds
    return loss


def _trial(odds: Numbers, examples: Examples) -> Trial:
    weight, same = examples.weight, examples.same
    told = (odds > 0).astype(np.float64)
    hits = float(weight @ (told * same))
    return Trial(
        loss=round(float(weight @ _loss(odds, same) / weight.sum()), 4),
        right=round(float(weight @ (told == same) / weight.sum()), 4),
        precision=round(hits / max(float(weight @ told), 1e-9), 4),
        recall=round(hits / max(float(weight @ same), 1e-9), 4),
    )
