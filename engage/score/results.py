"""The result of each company, as outsiders read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from engage.score.qualifications import Beside, Met, disqualified, qualify
from engage.score.scores import TEMPERATURES, Scores
from engage.scoring.scoring import MICRO, Scoring
from leads.answers import Answer

#: From the least to the widest.
LEVELS = ("campaign", "client", "agency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The score of one company."""

    company: str
    engagement: int
    temperature: str
    #: When it becomes warm, and when cold, unless it does something.
    warm_at: datetime | None
    cold_at: datetime | None
    #: In points, before rounding and clamping.
    sum: float
    #: The qualifications it has.
    qualifications: tuple[str, ...]
    #: Those that hang on something that is not known.
    open: tuple[str, ...]
    #: The widest level at which its signals suppress it.
    suppressed: str | None
    #: Whether its sum is so low that it is out.
    disqualified: bool

    def as_json(self) -> dict[str, Any]:
        """The keys that other programs may rely on."""
        return {
            "company": self.company,
            "engagement": self.engagement,
            "temperature": self.temperature,
            "qualifications": list(self.qualifications),
            "open": list(self.open),
            "sum": self.sum,
            "cools_at": {"warm": self.warm_at, "cold": self.cold_at},
            "suppressed": self.suppressed,
            "disqualified": self.disqualified,
        }


def results(scores: Scores, scoring: Scoring, beside: Beside | None = None) -> Iterator[Result]:
    """The results of all companies, the highest sum first, then by name."""
    companies = scores.counted.table.companies
    met = qualify(scores, scoring, beside)
    suppressed = _suppressed(scores, scoring)
    out = disqualified(scores, scoring)
    engagement, temperature = scores.engagement.tolist(), scores.temperature.tolist()
    sums = scores.sums.tolist()

    for place in sorted(range(len(companies)), key=lambda one: (-sums[one], companies[one])):
        warm_at, cold_at = scores.cools_at(place)
        is_out = suppressed[place] is not None or bool(out[place])
        yield Result(
            company=companies[place],
            engagement=engagement[place],
            temperature=TEMPERATURES[temperature[place]],
            warm_at=warm_at,
            cold_at=cold_at,
            sum=sums[place] / MICRO,
            qualifications=() if is_out else _named(met, place, Answer.YES),
            open=() if is_out else _named(met, place, Answer.UNKNOWN),
            suppressed=suppressed[place],
            disqualified=bool(out[place]),
        )


def _named(met: dict[str, Met], place: int, wanted: Answer) -> tuple[str, ...]:
    return tuple(name for name, one in met.items() if one.answer(place) is wanted)


def _suppressed(scores: Scores, scoring: Scoring) -> list[str | None]:
    """The widest level at which rules suppress each company."""
    table, entries = scores.counted.table, scores.counted.entries
    widest = np.full(len(table.companies), -1, dtype=np.int64)
    for place, rule in enumerate(scoring.rules):
        if rule.suppress is not None:
            some = table.company[entries.signal[entries.rule == place]]
            widest[some] = np.maximum(widest[some], LEVELS.index(rule.suppress))
    return [None if level < 0 else LEVELS[level] for level in widest.tolist()]
