"""Score pairs in log-odds: the prior plus each feature's weight times its measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dedupe.arrays import Flags, Floats
from dedupe.ceiling import ceilings, found_ceilings
from dedupe.features import FEATURES, GROUPS
from dedupe.learned import SHIPPED, Learned
from dedupe.pairs import Pairs
from leads.company_kind import CompanyIs

#: A feature with at most this weight contradicts a match. Others say that little agrees.
CONTRADICTS = -3.0
#: A pair is contradicted if such features take more than this off it.
_MORE_THAN_A_HINT = 0.5
#: The least that a pair says about two groups if nothing contradicts it.
LITTLE_IN_COMMON = np.float32(-1.0)


class Scored(NamedTuple):
    """The log-odds of pairs, and which of them something contradicts."""

    odds: Floats
    contradicted: Flags
    #: A ceiling leaves the pair to a person.
    told_apart: Flags

    @property
    def between_groups(self) -> Floats:
        """Return what each pair says about two groups of rows.

        Two rows with a slip each share little, and the rows between them may still be one company.
        """
        least = np.where(self.contradicted, np.float32(-np.inf), LITTLE_IN_COMMON)
        return np.asarray(np.maximum(self.odds, least), dtype=np.float32)


def weights_for(company_is: CompanyIs, learned: Learned = SHIPPED) -> Floats:
    """Return the feature weights for a kind of company, with what a model adds."""
    shipped = np.array([feature.weight_for(company_is) for feature in FEATURES], dtype=np.float32)
    return shipped + learned.added


def score(
    pairs: Pairs,
    company_is: CompanyIs,
    prior: float,
    learned: Learned = SHIPPED,
    measures: Sequence[Floats] | None = None,
) -> Scored:
    """Score every pair; log-odds above 0 mean that a match is more likely than not.

    What a model learned is added to the score by the shipped weights, behind their limits.
    `measures` are those of each feature, if they are known.
    """
    total = np.full(len(pairs), prior, dtype=np.float32)
    against = np.zeros(len(pairs), dtype=np.float32)
    added = np.full(len(pairs), learned.prior, dtype=np.float32)
    of_group = {group.name: np.zeros(len(pairs), dtype=np.float32) for group in GROUPS}
    shipped = weights_for(company_is).tolist()
    weights = zip(FEATURES, shipped, learned.weights, strict=True)
    for at, (feature, weight, more) in enumerate(weights):
        if not weight and not more:
            continue
        measure = feature.measure(pairs) if measures is None else measures[at]
        if weight:
            part = np.float32(weight) * measure
            sum_ = of_group[feature.group] if feature.group else total
            sum_ += part
            if weight <= CONTRADICTS:
                against += part
        if more:
            added += np.float32(more) * measure

    for group in GROUPS:
        total += np.minimum(of_group[group.name], np.float32(group.most))
    most = ceilings(pairs, company_is)
    told_apart = most < np.inf
    contradicted = (against < -_MORE_THAN_A_HINT) | told_apart
    odds = np.minimum(total, most)
    if learned.changes:
        odds = odds + added + _added_to_ceilings(pairs, company_is, learned)
    return Scored(odds, contradicted, told_apart)


def _added_to_ceilings(pairs: Pairs, company_is: CompanyIs, learned: Learned) -> Floats:
    """Return what a model adds where a pair is left to a person."""
    added = np.zeros(len(pairs), dtype=np.float32)
    for (_, found), more in zip(found_ceilings(pairs, company_is), learned.ceilings, strict=False):
        if more:
            added += np.where(found, np.float32(more), np.float32(0))
    return added
