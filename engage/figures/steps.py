"""The steps from a name on a list to a customer, and how many companies came to each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engage.figures.spans import Span, span
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
    #: Of those at the step before; None for the first step.
    share: Share | None
    #: How many are still there, and how many were closed there.
    waiting: int | None
    out: int | None
    #: How long those that went on stayed.
    stay: Span | None
    #: How many companies came to this step in the period, whenever they were listed; None: the
    #: report has no period.
    in_period: int | None


def path_of(at: Mapping[str, datetime | None], *, is_out: bool = False) -> Path:
    """The path of a company from the steps it came to, each with its time where that is known."""
    furthest = max((WAY.index(step) for step in at if step in WAY), default=0)
    if "handed_over" in at:
        furthest = max(furthest, WAY.index("qualified_lead"))
    return Path({step: when for step, when in at.items() if when is not None}, furthest, is_out)


def funnel(
    paths: Iterable[Path], period: Period | None = None, every: Iterable[Path] | None = None
) -> list[StepFigures]:
    """Count companies by step: `paths` are those listed in the period, `every` all of them."""
    some = list(paths)
    counts = {step: sum(one.came_to(step) for one in some) for step in STEPS}
    moved = _in_period(some if every is None else every, period) if period else {}
    return [_figures(step, some, counts, moved.get(step)) for step in STEPS]


def _figures(
    step: str, paths: Sequence[Path], counts: Mapping[str, int], in_period: int | None
) -> StepFigures:
    before = BEFORE.get(step)
    last = [one for one in paths if step in WAY and one.furthest == WAY.index(step)]
    closed = sum(one.is_out for one in last)
    on_way = step in WAY
    return StepFigures(
        step=step,
        companies=counts[step],
        share=Share(counts[step], counts[before]) if before else None,
        waiting=len(last) - closed if on_way else None,
        out=closed if on_way else None,
        stay=span(_stays(step, paths)),
        in_period=in_period,
    )


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


def _in_period(paths: Iterable[Path], period: Period) -> dict[str, int]:
    counts = dict.fromkeys(STEPS, 0)
    for one in paths:
        for step, at in one.at.items():
            if period.holds(at):
                counts[step] += 1
    return counts
