"""What a model adds to the shipped weights of the matcher."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Floats
from dedupe.ceiling import CEILINGS
from dedupe.features import FEATURES


@dataclass(frozen=True, slots=True)
class Learned:
    """What a model adds to the log-odds of every pair, in log-odds; nothing where it is 0."""

    #: How people call the model; empty for the shipped weights.
    name: str = ""
    prior: float = 0.0
    #: Added to the weight of each feature, in the order of `FEATURES`.
    weights: tuple[float, ...] = (0.0,) * len(FEATURES)
    #: Added where a ceiling holds, in the order of `CEILINGS`.
    ceilings: tuple[float, ...] = (0.0,) * len(CEILINGS)

    @property
    def changes(self) -> bool:
        """Whether any score is another than with the shipped weights."""
        return any((self.prior, *self.weights, *self.ceilings))

    @property
    def added(self) -> Floats:
        """Return what is added to each feature's weight."""
        return np.array(self.weights, dtype=np.float32)


#: No model: the shipped weights stand.
SHIPPED = Learned()
