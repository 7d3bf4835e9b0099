"""Log-odds that two nodes are the same company: the prior and every feature's weight times its
measure.
"""

from __future__ import annotations

import numpy as np

from dedupe.arrays import Floats
from dedupe.features import FEATURES
from dedupe.pairs import Pairs
from leads.company_kind import CompanyIs

_CHUNK = 500_000


def weights_for(company_is: CompanyIs) -> Floats:
    """The weights of the features when that counts as one company."""
    return np.array([feature.weight_for(company_is) for feature in FEATURES], dtype=np.float32)


def score(pairs: Pairs, weights: Floats, prior: float) -> Floats:
    """The log-odds of every pair; above 0 is more likely the same company than not."""
    total = np.full(len(pairs), prior, dtype=np.float32)
    for feature, weight in zip(FEATURES, weights.tolist(), strict=True):
        if weight:
            total += np.float32(weight) * feature.measure(pairs)
    return total
