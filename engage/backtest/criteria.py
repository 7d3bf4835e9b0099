"""What the answers and the score of a profile said before companies were contacted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engage.backtest.rates import Rate
from engage.backtest.reach import UNSAID, Band, Reach, bands, reach

ANSWERS = ("yes", "no", "unknown")
VERDICTS = ("fit", "unknown", "no_fit")
_EDGES = (0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 101)


@dataclass(frozen=True, slots=True)
class OfCriterion:
    """The companies by their answer to one criterion."""

    criterion: str
    section: str
    answers: Mapping[str, Rate]

    @property
    def coverage(self) -> float:
        """The part of the companies whose facts answered it."""
        counts = {name: one.n for name, one in self.answers.items()}
        return (counts["yes"] + counts["no"]) / sum(counts.values())

    def as_json(self) -> dict[str, Any]:
        """The keys that other programs may rely on."""
        return {
            "criterion": self.criterion,
            "section": self.section,
            "coverage": round(self.coverage, 4),
            **{name: one.as_json() for name, one in self.answers.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTried:
    """A profile, tried on companies with an outcome."""

    closed: Rate
    #: None: too few companies to say.
    reach: Reach | None
    bands: Sequence[Band]
    verdicts: Mapping[str, Rate]
    criteria: Sequence[OfCriterion]

    def as_json(self) -> dict[str, Any]:
        """The keys that other programs may rely on."""
        return {
            "closed": self.closed.as_json(),
            **(self.reach.as_json() if self.reach else UNSAID),
            "calibration": [one.as_json() for one in self.bands if one.rate.n],
            "verdicts": {name: one.as_json() for name, one in self.verdicts.items()},
            "criteria": [one.as_json() for one in self.criteria],
        }


@dataclass(slots=True)
class ProfileTrial:
    """Counts companies one by one, so that their answers need not be kept."""

    _scores: list[int] = field(default_factory=list)
    _won: list[bool] = field(default_factory=list)
    _verdicts: Counter[tuple[str, bool]] = field(default_factory=Counter)
    _answers: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    #: The section of each criterion, in the order of the profile.
    _sections: dict[str, str] = field(default_factory=dict)

    def add(
        self, *, won: bool, verdict: str, score: int, answers: Iterable[tuple[str, str, str]]
    ) -> None:
        """Count a company; an answer is its criterion, its section and what it says."""
        self._scores.append(score)
        self._won.append(won)
        self._verdicts[verdict, won] += 1
        for criterion, section, answer in answers:
            self._sections.setdefault(criterion, section)
            self._answers[criterion, answer, won] += 1

    def result(self) -> ProfileTried:
        """What the counts say."""
        numbers = np.array(self._scores, dtype=np.float64)
        won = np.array(self._won, dtype=np.bool_)
        return ProfileTried(
            closed=Rate(len(won), int(won.sum())),
            reach=reach(numbers, won),
            bands=bands(numbers, won, _EDGES),
            verdicts={name: self._of_verdict(name) for name in VERDICTS},
            criteria=[self._of_criterion(*one) for one in self._sections.items()],
        )

    def _of_verdict(self, name: str) -> Rate:
        won, lost = self._verdicts[name, True], self._verdicts[name, False]
        return Rate(won + lost, won)

    def _of_criterion(self, criterion: str, section: str) -> OfCriterion:
        rates = {}
        for answer in ANSWERS:
            won = self._answers[criterion, answer, True]
            rates[answer] = Rate(won + self._answers[criterion, answer, False], won)
        return OfCriterion(criterion, section, rates)
