"""How many companies came to each step, week by week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engage.figures.steps import STEPS, Path, Period

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """How many companies came to each step in one week, from Monday in UTC."""

    start: date
    counts: Mapping[str, int]

    @property
    def name(self) -> str:
        """The week as `2026-W48`."""
        return week_name(self.start)


def week_name(at: date) -> str:
    """The week of a day as `2026-W48`."""
    year, week, _ = at.isocalendar()
    return f"{year}-W{week:02}"


def weekly(paths: Iterable[Path], period: Period) -> list[Week]:
    """Count by week from the first step to the last one, weeks without any included."""
    days: Counter[tuple[str, date]] = Counter()
    for one in paths:
        for step, at in one.at.items():
            if not period or period.holds(at):
                days[step, at.date()] += 1
    found: dict[date, dict[str, int]] = {}
    for (step, day), number in days.items():
        counts = found.setdefault(_monday(day), dict.fromkeys(STEPS, 0))
        counts[step] += number
    if not found:
        return []
    first, last = min(found), max(found)
    mondays = [first + _WEEK * number for number in range((last - first) // _WEEK + 1)]
    return [Week(one, found.get(one, dict.fromkeys(STEPS, 0))) for one in mondays]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
