"""The ledger of one company: which signals count, for how many points, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from engage.score.scores import Scores
from engage.scoring.scoring import MICRO, Scoring
from engage.signals.table import moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One signal that a rule counts."""

    #: The kind's name.
    signal: str
    rule: str
    at: datetime
    #: When it happened, and now.
    points: float
    now: float
    channel: str
    source: str

    def as_json(self) -> dict[str, Any]:
        """The keys that other programs may rely on."""
        return {
            "signal": self.signal,
            "at": self.at,
            "points": self.points,
            "now": self.now,
            "rule": self.rule,
            "channel": self.channel,
            "source": self.source,
        }


def ledger(scores: Scores, scoring: Scoring, company: int) -> list[Line]:
    """The lines of a company, the oldest first; what is left of them adds up to its sum."""
    table, entries = scores.counted.table, scores.counted.entries
    # Entries are in the order of their companies.
    start, end = np.searchsorted(table.company[entries.signal], [company, company + 1]).tolist()
    found = []
    for place in range(start, end):
        signal, rule = int(entries.signal[place]), scoring.rules[int(entries.rule[place])]
        found.append(
            Line(
                signal=rule.kind,
                rule=rule.name,
                at=moment(int(table.at[signal])),
                points=int(entries.points[place]) / MICRO,
                now=int(scores.now[place]) / MICRO,
                channel=table.channels[table.channel[signal]],
                source=table.sources[table.source[signal]],
            )
        )
    return found
