"""The kind of disagreement of a pair: what speaks most against it, and what agrees beside it."""

from __future__ import annotations

import numpy as np

from dedupe.arrays import Floats
from dedupe.ceiling import found_ceilings
from dedupe.features import FEATURES
from dedupe.pairs import Pairs
from leads.company_kind import CompanyIs

#: A feature that takes less off, or adds less, is no part of the kind.
_LEAST = 0.3
#: What agrees beside the names.
_GROUPED = [at for at, feature in enumerate(FEATURES) if feature.group]


def disagreements(pairs: Pairs, parts: Floats, company_is: CompanyIs) -> list[str]:
    """Name the kind of each pair, such as `cities differ; same domain`.

    `parts` are what each feature adds to the log-odds.
    """
    against = [""] * len(pairs)
    for ceiling, found in found_ceilings(pairs, company_is):
        for at in np.flatnonzero(found).tolist():
            against[at] = against[at] or ceiling.name

    kinds = []
    for at, row in enumerate(parts):
        worst, best = int(row.argmin()), _GROUPED[int(row[_GROUPED].argmax())]
        said = against[at] or (FEATURES[worst].name if row[worst] <= -_LEAST else "nothing")
        agrees = FEATURES[best].name if row[best] >= _LEAST else "names alone"
        kinds.append(f"{said}; {agrees}")
    return kinds
