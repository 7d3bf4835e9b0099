"""How a model that was learned earlier does on later outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engage.predict import measures
from engage.predict.prediction import MAX_ERROR, MIN_AUC_LOW, MIN_CLOSED, MIN_WON
from engage.predict.table import Flags, Floats

Advice = Literal["keep", "train again", "too few to say"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A model on companies that it did not learn from."""

    n: int
    won: int
    #: None: too few companies to measure.
    auc: float | None = None
    auc_low: float | None = None
    ece: float | None = None
    lift10: float | None = None
    advice: Advice
    why: Sequence[str]


def try_chances(chances: Floats, won: Flags) -> Trial:
    """Measure chances on outcomes; the limits are those of learning."""
    n, wins = len(won), int(won.sum())
    if n < MIN_CLOSED or min(wins, n - wins) < MIN_WON:
        few = (
            f"{n} closed since it was learned, {wins} of them won: at least {MIN_CLOSED} closed,"
            f" {MIN_WON} won and {MIN_WON} lost are needed"
        )
        return Trial(n=n, won=wins, advice="too few to say", why=[few])
    reach, low = measures.auc(chances, won), measures.auc_low(chances, won)
    error = measures.calibration_error(chances, won)
    why = []
    if low <= MIN_AUC_LOW:
        why.append(f"the AUC is {reach:.2f} and may be as low as {low:.2f}")
    if error > MAX_ERROR:
        why.append(f"the chances are off by {error:.4f} on average")
    return Trial(
        n=n,
        won=wins,
        auc=round(reach, 4),
        auc_low=round(low, 4),
        ece=round(error, 4),
        lift10=round(measures.top_lift(chances, won), 2),
        advice="train again" if why else "keep",
        why=why or [f"the AUC is {reach:.2f}, at least {low:.2f}"],
    )
