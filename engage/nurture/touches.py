"""The next touch of a lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import product

from engage.handover.stages import LeadStage
from engage.nurture.file import NurtureFile, Otherwise
from leads.durations import duration

#: `unknown`: signals are not scored. No line can name it.
TEMPERATURES = ("cold", "warm", "hot", "unknown")


@dataclass(frozen=True, slots=True)
class Touch:
    """What to do with a lead, and how long after the last contact or change."""

    after: timedelta
    do: str


def touch(file: NurtureFile, stage: LeadStage, temperature: str) -> Touch:
    """The touch of the first line that matches; `otherwise` when none does."""
    for one in file.touches:
        of_stage = not one.stage or stage in one.stage
        if of_stage and (not one.temperature or temperature in one.temperature):
            return _touch(one)
    return _touch(file.otherwise)


def never_reached(file: NurtureFile) -> list[int]:
    """The lines, counted from 1, whose leads earlier lines take."""
    taken: set[tuple[str, str]] = set()
    found = []
    for place, one in enumerate(file.touches, 1):
        own = set(product(one.stage or LeadStage, one.temperature or TEMPERATURES))
        if own <= taken:
            found.append(place)
        taken |= own
    return found


def _touch(one: Otherwise) -> Touch:
    return Touch(duration(one.after), one.do)
