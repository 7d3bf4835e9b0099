"""Score pairs in log-odds: the prior plus each feature's weight times its measure."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dedupe.arrays import Flags, Floats
from dedupe.ceiling import ceilings
from dedupe.features import FEATURES, GROUPS
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

    @property
    def between_groups(self) -> Floats:
        """Return what each pair says about two groups of rows.

        Two rows with a slip each share little, and the rows between them may still be one company.
        """
        least = np.where(self.contradicted, np.float32(-np.inf), LITTLE_IN_COMMON)
        return np.asarray(np.maximum(self.odds, least), dtype=np.float32)


def weights_for(company_is: CompanyIs) -> Floats:
    """Return the feature weights for a kind of company."""
    return np.array([feature.weight_for(company_is) for feature in FEATURES], dtype=np.float32)


def score(pairs: Pairs, company_is: CompanyIs, prior: float) -> Scored:
    """Score every pair; log-odds above 0 mean that a match is more likely than not."""
    total = np.full(len(pairs), prior, dtype=np.float32)
    against = np.zeros(len(pairs), dtype=np.float32)
    of_group = {group.name: np.zeros(len(pairs), dtype=np.float32) for group in GROUPS}
    for feature, weight in zip(FEATURES, weights_for(company_is).tolist(), strict=True):
        if weight:
            part = np.float32(weight) * feature.measure(pairs)
            sum_ = of_group[feature.group] if feature.group else total
            sum_ += part
            if weight <= CONTRADICTS:
                against += part

    for group in GROUPS:
        total += np.minimum(of_group[group.name], np.float32(group.most))
    most = ceilings(pairs, company_is)
    contradicted = (against < -_MORE_THAN_A_HINT) | (most < np.inf)
    return Scored(np.minimum(total, most), contradicted)
