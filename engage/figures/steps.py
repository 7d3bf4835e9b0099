"""The steps from a name on a list to a customer, and how many companies came to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from engage.figures.spans import Span, span
from engage.figures.waits import Wait, wait
from leads.shares import Share

#: Each step of the way; who is at a later one has been at the earlier ones.
WAY = ("name", "suspect", "prospect", "reached", "lead", "qualified_lead", "customer")
#: All steps in the order of reports: with or without a hand-over a qualified lead may buy.
STEPS = (*WAY[:-1], "handed_over", "accepted", WAY[-1])
#: The step that a share refers to.
BEFORE: Mapping[str, str] = {
    **dict(zip(WAY[1:], WAY, strict=False)),
    "handed_over": "qualified_lead",
    "accepted": "handed_over",
}
_LATER: Mapping[str, Sequence[str]] = {
    **{step: WAY[place + 1 :] for place, step in enumerate(WAY)},
    "handed_over": ("accepted",),
    "accepted": ("customer",),
}
_PLACES = {step: place for place, step in enumerate(WAY)}
_QUALIFIED = WAY.index("qualified_lead")


@dataclass(frozen=True, slots=True)
class Path:
    """How far one company came."""

    #: When it first came to a step, where that is known.
    at: Mapping[str, datetime]
    #: The place of its last step on the way.
    furthest: int
    #: Whether it was closed there: it does not fit, was lost or must not be contacted.
    is_out: bool = False

    def came_to(self, step: str) -> bool:
        """Whether the company was ever at a step."""
        return WAY.index(step) <= self.furthest if step in WAY else step in self.at


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment up to, not including, another; None: without a limit."""

    since: datetime | None = None
    until: datetime | None = None

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    def holds(self, at: datetime | None) -> bool:
        """Whether a moment lies in the period."""
        if at is None:
            return not self
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFigures:
    """The figures of one step."""

    step: str
    #: Of the companies that were listed in the period: how many ever came to this step.
    companies: int
    #: Those of them that are counted only because they came to a later step.
    implied: int
    #: Of those at the step before; None for the first step.
    share: Share | None
    #: How many are still there, and how many were closed there.
    waiting: int | None
    out: int | None
    #: How long those that went on stayed.
    stay: Span | None
    #: The same with those that still wait, up to the moment of the report; closed ones left out.
    wait: Wait | None
    #: How many companies came to this step in the period, whenever they were listed; None: the
    #: report has no period.
    in_period: int | None

    @property
    def before(self) -> str | None:
        """The step that the share refers to."""
        return BEFORE.get(self.step)


def path_of(at: Mapping[str, datetime | None], *, is_out: bool = False) -> Path:
    """The path of a company from the steps it came to, each with its time where that is known."""
    furthest = max((_PLACES[step] for step in at if step in _PLACES), default=0)
    if furthest < _QUALIFIED and ("handed_over" in at or "accepted" in at):
        furthest = _QUALIFIED
    return Path({step: when for step, when in at.items() if when is not None}, furthest, is_out)


def funnel(
    paths: Iterable[Path],
    period: Period | None = None,
    every: Iterable[Path] | None = None,
    at: datetime | None = None,
) -> list[StepFigures]:
    """Count companies by step: `paths` are those listed in the period, `every` all of them. `at` is
    the moment up to which companies have waited; without it there are no waits.
    """
    some = list(paths)
    counts = count_steps(some)
    implied = _implied(some, counts)
    moved = _in_period(some if every is None else every, period) if period else {}
    last = Counter(WAY[one.furthest] for one in some)
    closed = Counter(WAY[one.furthest] for one in some if one.is_out)
    shares = {step: Share(counts[step], counts[before]) for step, before in BEFORE.items()}
    moved_on = _all_stays(some)
    waits = _all_waits(some, moved_on, at)
    return [
        StepFigures(
            step=step,
            companies=counts[step],
            implied=implied.get(step, 0),
            share=shares.get(step),
            waiting=last[step] - closed[step] if step in WAY else None,
            out=closed[step] if step in WAY else None,
            stay=span(moved_on[step]),
            wait=waits.get(step),
            in_period=moved.get(step),
        )
        for step in STEPS
    ]


def count_steps(paths: Iterable[Path]) -> dict[str, int]:
    """How many companies ever came to each step."""
    furthest: Counter[int] = Counter()
    beside: Counter[str] = Counter()
    for one in paths:
        furthest[one.furthest] += 1
        # Nobody is handed over before the last steps of the way.
        if one.furthest >= _QUALIFIED:
            beside.update(step for step in ("handed_over", "accepted") if step in one.at)
    on_way = {
        step: sum(number for last, number in furthest.items() if last >= place)
        for place, step in enumerate(WAY)
    }
    return {step: on_way[step] if step in on_way else beside[step] for step in STEPS}


def _implied(paths: Iterable[Path], counts: Mapping[str, int]) -> dict[str, int]:
    """How many of the companies counted at each step of the way were not there themselves."""
    own = Counter(chain.from_iterable(one.at for one in paths))
    return {step: counts[step] - own[step] for step in WAY}


def _all_stays(paths: Iterable[Path]) -> dict[str, list[timedelta]]:
    # Of most companies one time is known, that of their listing: they stayed nowhere.
    timed = [one for one in paths if len(one.at) > 1]
    return {step: _stays(step, timed) for step in STEPS}


def _stays(step: str, paths: Iterable[Path]) -> list[timedelta]:
    """How long companies were at a step until they came to the next one whose time is known."""
    later = _LATER[step]
    found = []
    for one in paths:
        start = one.at.get(step)
        if start is not None:
            end = next((one.at[name] for name in later if name in one.at), None)
            if end is not None and end >= start:
                found.append(end - start)
    return found


def _still(paths: Iterable[Path]) -> dict[str, list[Path]]:
    """The companies that are still at each step; closed ones left out."""
    found: dict[str, list[Path]] = {step: [] for step in STEPS}
    for one in paths:
        if one.is_out:
            continue
        found[WAY[one.furthest]].append(one)
        # Who has bought or was rejected waits for no answer.
        has_left = "rejected" in one.at or one.furthest >= _PLACES["customer"]
        if "handed_over" in one.at and not has_left:
            found["accepted" if "accepted" in one.at else "handed_over"].append(one)
    return found


def _all_waits(
    paths: Iterable[Path], moved_on: Mapping[str, Sequence[timedelta]], at: datetime | None
) -> dict[str, Wait | None]:
    """How long companies stay at each step that a later one follows, with those that wait there."""
    if at is None:
        return {}
    still = _still(paths)
    return {step: wait(moved_on[step], _waits(step, still, at)) for step in _LATER if _LATER[step]}


def _waits(step: str, still: Mapping[str, Sequence[Path]], at: datetime) -> list[timedelta]:
    """How long companies have been at a step that they are still at."""
    starts = [one.at[step] for one in still[step] if step in one.at]
    return [at - start for start in starts if start <= at]


def _in_period(paths: Iterable[Path], period: Period) -> dict[str, int]:
    counts = dict.fromkeys(STEPS, 0)
    for one in paths:
        for step, at in one.at.items():
            if step in counts and period.holds(at):
                counts[step] += 1
    return counts
