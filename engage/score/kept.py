"""The temperature that a signal keeps for a time, whatever the points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engage.score.scores import TEMPERATURES, Scores
from engage.scoring.scoring import MICRO, Scoring
from engage.signals.table import moment


@dataclass(frozen=True, slots=True)
class Kept:
    """A temperature that a company has by one signal."""

    temperature: str
    signal: str
    until: datetime


def kept(scores: Scores, scoring: Scoring, company: int = 0) -> Kept | None:
    """What keeps a company at its temperature; None when its points do."""
    warmth = int(scores.temperature[company])
    level = (None, scoring.temperatures.warm, scoring.temperatures.hot)[warmth]
    if level is None or scores.sums[company] / MICRO >= level.leave:
        return None
    found = [
        Kept(TEMPERATURES[warmth], floor.kind, begun + floor.lasts)
        for floor in scoring.temperatures.floors
        for begun in _times(scores, scoring, company, floor.kind)
        if TEMPERATURES.index(floor.temperature) >= warmth and scores.at < begun + floor.lasts
    ]
    return max(found, key=lambda one: one.until, default=None)


def _times(scores: Scores, scoring: Scoring, company: int, kind: str) -> list[datetime]:
    table = scores.counted.table
    places = scores.counted.of_kinds(scoring.kinds, {kind})
    return [moment(at) for at in table.at[places[table.company[places] == company]].tolist()]
