"""How many companies came to each step, week by week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engage.figures.steps import STEPS, Path, Period

_WEEK = timedelta(days=7)
#: So many weeks without anything are listed; a longer gap is left out.
_LONGEST_GAP = 26


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
    """Count by week from the first step to the last one; a rejected hand-over is no step. Weeks
    without any are included, unless they are more than half a year: one signal of long ago does not
    fill pages.
    """
    days: Counter[tuple[str, date]] = Counter()
    for one in paths:
        for step, at in one.at.items():
            if step in STEPS and (not period or period.holds(at)):
                days[step, at.date()] += 1
    found: dict[date, dict[str, int]] = {}
    for (step, day), number in days.items():
        counts = found.setdefault(_monday(day), dict.fromkeys(STEPS, 0))
        counts[step] += number
    return [Week(one, found.get(one, dict.fromkeys(STEPS, 0))) for one in _listed(sorted(found))]


def _listed(mondays: Sequence[date]) -> Iterator[date]:
    """These weeks, and those between them where the gap is short."""
    before: date | None = None
    for monday in mondays:
        gap = (monday - before) // _WEEK - 1 if before else 0
        if gap <= _LONGEST_GAP:
            yield from (monday - _WEEK * number for number in range(gap, 0, -1))
        yield monday
        before = monday


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
