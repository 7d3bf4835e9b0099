"""Closed deals for tests of predictions."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from engage.predict.prediction import Prediction, Question, predict
from engage.predict.table import Outcomes, column_of

Cells = Mapping[str, Sequence[str]]
INDUSTRIES = ("bakery", "brewery", "carpentry", "dairy")
RATES = {"bakery": 0.6, "brewery": 0.35, "carpentry": 0.15, "dairy": 0.05}


def deals(size: int = 1500, seed: int = 1) -> tuple[dict[str, list[str]], npt.NDArray[np.bool_]]:
    """Companies whose industry tells how often they are won; size and town tell nothing."""
    random = np.random.default_rng(seed)
    industry = random.choice(INDUSTRIES, size).tolist()
    won = random.random(size) < [RATES[one] for one in industry]
    cells = {
        "industry": industry,
        "headcount": [str(one) for one in random.integers(5, 500, size)],
        "town": random.choice(["Kelmouth", "Draywick", "Ostfold"], size).tolist(),
    }
    return cells, won


def outcomes(cells: Cells, won: npt.NDArray[np.bool_]) -> Outcomes:
    return Outcomes({name: column_of(name, some) for name, some in cells.items()}, won)


def judged(
    cells: Cells,
    won: npt.NDArray[np.bool_],
    *,
    time: str | None = None,
    after: Sequence[str] = (),
    keep: Sequence[str] = (),
) -> Prediction:
    rows = outcomes(cells, won)
    named = rows.columns[time] if time else None
    return predict(rows, Question(time=named, after=frozenset(after), keep=frozenset(keep)))


def because(prediction: Prediction) -> dict[str, str]:
    return {one.column: one.because for one in prediction.ignored}
