"""Score pairs in log-odds: the prior plus each feature's weight times its measure."""

from __future__ import annotations

import numpy as np

from dedupe.arrays import Floats
from dedupe.ceiling import ceilings
from dedupe.features import FEATURES, GROUPS
from dedupe.pairs import Pairs
from leads.company_kind import CompanyIs


def weights_for(company_is: CompanyIs) -> Floats:
    """Return the feature weights for a kind of company."""
    return np.array([feature.weight_for(company_is) for feature in FEATURES], dtype=np.float32)


def score(pairs: Pairs, company_is: CompanyIs, prior: float) -> Floats:
    """Return the log-odds of every pair; above 0 means a match is more likely than not."""
    total = np.full(len(pairs), prior, dtype=np.float32)
    of_group = {group.name: np.zeros(len(pairs), dtype=np.float32) for group in GROUPS}
    for feature, weight in zip(FEATURES, weights_for(company_is).tolist(), strict=True):
        if weight:
            sum_ = of_group[feature.group] if feature.group else total
            sum_ += np.float32(weight) * feature.measure(pairs)

    for group in GROUPS:
        total += np.minimum(of_group[group.name], np.float32(group.most))
    return np.minimum(total, ceilings(pairs, company_is))
