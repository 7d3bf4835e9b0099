"""What each rule of a scoring file has counted since a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engage.score.entries import count_until
from engage.scoring.scoring import MICRO, Scoring
from engage.signals.table import Ints, SignalTable


@dataclass(frozen=True, slots=True)
class RuleUse:
    """How much one rule has counted."""

    rule: str
    signal: str
    signals: int
    companies: int
    #: As they were given, before they faded.
    points: float

    def as_json(self) -> dict[str, Any]:
        """The keys that other programs may rely on."""
        return {
            "rule": self.rule,
            "signal": self.signal,
            "signals": self.signals,
            "companies": self.companies,
            "points": self.points,
        }


def rule_use(table: SignalTable, scoring: Scoring, since: int, until: int) -> Sequence[RuleUse]:
    """Count the signals of each rule between two moments, in microseconds since 1970."""
    moments: Ints = np.full(max(len(table.companies), 1), until, dtype=np.int64)
    entries = count_until(table, scoring, moments).entries
    is_new = table.at[entries.signal] >= since
    found = []
    for place, rule in enumerate(scoring.rules):
        chosen = is_new & (entries.rule == place)
        companies = np.unique(table.company[entries.signal[chosen]])
        points = int(entries.points[chosen].sum()) / MICRO
        found.append(RuleUse(rule.name, rule.kind, int(chosen.sum()), len(companies), points))
    return found
