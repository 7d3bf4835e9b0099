"""A model: what answers added to the shipped weights, and how it did on answers it had not seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dedupe.ceiling import CEILINGS, FOR_REVIEW
from dedupe.clustering import Clustering
from dedupe.features import FEATURES, GROUPS, PRIOR
from dedupe.learned import Learned
from dedupe.learning.answers import (
    Answer,
    Contradiction,
    check_enough,
    contradictions,
    count,
    without,
)
from dedupe.learning.examples import examples_of, usable
from dedupe.learning.fitting import Figures, fit, tried
from leads.company_kind import CompanyIs


@dataclass(frozen=True, slots=True)
class Counted:
    """The answers that a model was fitted to, and those that were left out."""

    same: int
    different: int
    #: In a contradiction: neither side was used.
    contradictory: int
    #: About equal rows, rows that are gone, or pairs that are never compared.
    unusable: int


@dataclass(frozen=True, slots=True)
class Model:
    """What answers added to the shipped weights."""

    company_is: CompanyIs
    learned: Learned
    answers: Counted
    figures: Figures


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model, and the answers that contradict each other."""

    model: Model
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """One weight: as shipped, and as learned."""

    name: str
    shipped: float
    learned: float


def fit_model(found: Clustering, answers: Sequence[Answer], more: str) -> Fitted:
    """Fit a model to answers about the rows of a list.

    Answers that contradict each other are left out. UsageError when too few are left; `more` says
    how to get more.
    """
    clashes = contradictions(answers)
    clear = without(answers, clashes)
    used = usable(found, clear)
    check_enough(used, more)
    examples = examples_of(found, used)
    every, left, counted = (sum(count(some).values()) for some in (answers, clear, used))
    of_kind = count(used)
    answered = Counted(of_kind[True], of_kind[False], every - left, left - counted)
    kind = found.company_is
    model = Model(kind, fit(examples, kind), answered, tried(examples, kind))
    return Fitted(model, tuple(clashes))


def named(model: Model, name: str) -> Learned:
    """Return what a model adds, under the name that people call it by."""
    return replace(model.learned, name=name)


def weights_of(model: Model) -> Iterator[Weight]:
    """Yield each weight that the model changes, the largest change first."""
    shipped = [
        ("prior", PRIOR, model.learned.prior),
        *(
            (one.name, one.weight_for(model.company_is), added)
            for one, added in zip(FEATURES, model.learned.weights, strict=True)
        ),
        *(
            (f"told apart: {one.name}", float(FOR_REVIEW), added)
            for one, added in zip(CEILINGS, model.learned.ceilings, strict=True)
        ),
    ]
    for name, weight, added in sorted(shipped, key=lambda one: (-abs(one[2]), one[0])):
        if added:
            yield Weight(name, weight, round(weight + added, 3))


def matcher_version() -> str:
    """Return a text that changes with the shipped weights, groups and ceilings."""
    table = {
        "features": [
            [one.name, one.weight, one.group, sorted(one.when.items())] for one in FEATURES
        ],
        "groups": [[one.name, one.most] for one in GROUPS],
        "ceilings": [one.name for one in CEILINGS],
        "prior": PRIOR,
    }
    return hashlib.sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()[:12]
