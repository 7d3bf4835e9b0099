"""The result of each company, as outsiders read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from engage.score.levels import AtLevel
from engage.score.qualifications import Beside, Met, qualify
from engage.score.scores import TEMPERATURES, Scores
from engage.score.temperature import NEVER
from engage.scoring.scoring import MICRO, Scoring
from engage.signals.table import moment

_NO, _YES, _UNKNOWN = range(3)
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
    #: Whether its sum was so low that it is out.
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
    suppressed = _suppressed(scores, scoring)
    # Lists of plain numbers: reading a hundred thousand one by one from arrays takes a second.
    out = scores.levels.out.is_on.tolist()
    met = {name: _answers(one) for name, one in qualify(scores, scoring, beside).items()}
    engagement, temperature = scores.engagement.tolist(), scores.temperature.tolist()
    warm_at, cold_at = (_ends(level) for level in (scores.levels.hot, scores.levels.warm))
    sums = scores.sums.tolist()

    for place in sorted(range(len(companies)), key=lambda one: (-sums[one], companies[one])):
        is_out = suppressed[place] is not None or out[place]
        yield Result(
            company=companies[place],
            engagement=engagement[place],
            temperature=TEMPERATURES[temperature[place]],
            warm_at=warm_at[place],
            cold_at=cold_at[place],
            sum=sums[place] / MICRO,
            qualifications=() if is_out else _named(met, place, _YES),
            open=() if is_out else _named(met, place, _UNKNOWN),
            suppressed=suppressed[place],
            disqualified=out[place],
        )


def _answers(one: Met) -> list[int]:
    found: list[int] = np.where(one.yes, _YES, np.where(one.no, _NO, _UNKNOWN)).tolist()
    return found


def _named(met: dict[str, list[int]], place: int, wanted: int) -> tuple[str, ...]:
    return tuple(name for name, answers in met.items() if answers[place] == wanted)


def _ends(level: AtLevel) -> list[datetime | None]:
    """When each company leaves a level that it is at; None: it is not, or never."""
    until = np.where(level.is_on, level.until, NEVER).tolist()
    return [None if end >= NEVER else moment(end) for end in until]


def _suppressed(scores: Scores, scoring: Scoring) -> list[str | None]:
    """The widest level at which rules suppress each company."""
    table, entries = scores.counted.table, scores.counted.entries
    widest = np.full(len(table.companies), -1, dtype=np.int64)
    for place, rule in enumerate(scoring.rules):
        if rule.suppress is not None:
            some = table.company[entries.signal[entries.rule == place]]
            widest[some] = np.maximum(widest[some], LEVELS.index(rule.suppress))
    return [None if level < 0 else LEVELS[level] for level in widest.tolist()]
