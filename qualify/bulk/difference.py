"""Compare two profiles: which companies enter, leave or become unknown, and by which criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualify.bulk.frames import Frames
from qualify.bulk.vector import CHUNK, STAGES, VERDICTS, Outcome, outcomes, outcomes_of
from qualify.bulk.vector_numbers import NO, UNKNOWN, YES
from qualify.profile.criteria import REQUIRED, Section
from qualify.profile.icp import Icp

ENTERS, LEAVES, OPENS, SETTLES = "enters", "leaves", "becomes_unknown", "is_ruled_out"
EXAMPLES = 5


@dataclass(slots=True)
class Change:
    """One way in which companies change: how many, by which criterion, and the first few."""

    companies: int = 0
    #: Criterion of the profile that keeps, or kept, them from fitting.
    by_criterion: Counter[str] = field(default_factory=Counter)
    examples: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Difference:
    """Everything that differs between two profiles over the same companies."""

    companies: int
    #: Companies by verdict under each, and by pair of stages where they differ.
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    stages: Counter[tuple[str, str]] = field(default_factory=Counter)
    changes: dict[str, Change] = field(
        default_factory=lambda: {name: Change() for name in (ENTERS, LEAVES, OPENS, SETTLES)}
    )
    score_moved: int = 0

    def add(self, other: Difference) -> None:
        """Count other companies too, which come after these."""
        for name, change in self.changes.items():
            more = other.changes[name]
            change.examples += [
                self.companies + one for one in more.examples[: EXAMPLES - len(change.examples)]
            ]
            change.companies += more.companies
            change.by_criterion.update(more.by_criterion)
        for mine, theirs in ((self.before, other.before), (self.after, other.after)):
            mine.update(theirs)
        self.stages.update(other.stages)
        self.companies += other.companies
        self.score_moved += other.score_moved


def difference(
    left: Icp,
    right: Icp,
    frames: Frames,
    today: date,
    *,
    new_frames: Frames | None = None,
    kept: NDArray[np.bool_] | None = None,
    chunk: int = CHUNK,
) -> Difference:
    """What the verdicts of `right` change over those of `left`; companies are named by their
    number.

    `new_frames` are the same companies as `right` counts them together, where it does so otherwise
    than `left`. With `kept`, only the companies marked in it count.
    """
    found = Difference(frames.size if kept is None else int(kept.sum()))
    first = 0
    for old, new in _pairs(left, right, frames, new_frames, today, chunk):
        size = len(old.verdict)
        some = slice(None) if kept is None else np.flatnonzero(kept[first : first + size])
        numbers = np.arange(first, first + size)[some]
        _count(found, left, right, _only(old, some), _only(new, some), numbers)
        first += size
    return found


def _pairs(
    left: Icp, right: Icp, frames: Frames, new_frames: Frames | None, today: date, chunk: int
) -> Iterator[Sequence[Outcome]]:
    """The outcomes of both profiles, chunk by chunk."""
    if new_frames is None:
        return outcomes_of([left, right], frames, today, chunk=chunk)
    return zip(
        outcomes(left, frames, today, chunk=chunk),
        outcomes(right, new_frames, today, chunk=chunk),
        strict=True,
    )


def _only(outcome: Outcome, some: slice | NDArray[np.intp]) -> Outcome:
    return Outcome(*(getattr(outcome, one.name)[..., some] for one in fields(Outcome)))


def _count(
    found: Difference,
    left: Icp,
    right: Icp,
    old: Outcome,
    new: Outcome,
    numbers: NDArray[np.intp],
) -> None:
    found.before.update(_verdict_counts(old))
    found.after.update(_verdict_counts(new))
    found.stages.update(_stage_moves(old, new))
    found.score_moved += int(((old.worst != new.worst) | (old.best != new.best)).sum())

    for name, icp, outcome, marked in _changes(left, right, old, new):
        change, who = found.changes[name], np.flatnonzero(marked)
        change.companies += len(who)
        change.examples += numbers[who[: EXAMPLES - len(change.examples)]].tolist()
        if elsewhere := int((marked & outcome.elsewhere).sum()):
            change.by_criterion["company_is"] += elsewhere
        judged = outcome.answers[:, marked & ~outcome.elsewhere]
        change.by_criterion.update(_by_criterion(icp, judged, closed=name in (LEAVES, SETTLES)))


def _verdict_counts(outcome: Outcome) -> dict[str, int]:
    """Count the companies by verdict; a verdict without companies counts 0."""
    names = pd.Index([verdict.value for verdict in VERDICTS])
    verdicts = pd.Series(pd.Categorical.from_codes(outcome.verdict, names))
    return {str(name): int(count) for name, count in verdicts.value_counts(sort=False).items()}


def _stage_moves(old: Outcome, new: Outcome) -> dict[tuple[str, str], int]:
    """Count the companies that change their stage, by the stage before and after."""
    names = pd.Index([stage.value for stage in STAGES])
    stages = pd.DataFrame(
        {
            "before": pd.Categorical.from_codes(old.stage, names),
            "after": pd.Categorical.from_codes(new.stage, names),
        }
    )
    moved = stages[old.stage != new.stage].groupby(["before", "after"], observed=True).size()
    return {(before, after): int(count) for (before, after), count in moved.items()}


def _changes(
    left: Icp, right: Icp, old: Outcome, new: Outcome
) -> Iterator[tuple[str, Icp, Outcome, NDArray[np.bool_]]]:
    yield ENTERS, left, old, (new.verdict == YES) & (old.verdict != YES)
    yield LEAVES, right, new, (old.verdict == YES) & (new.verdict == NO)
    yield OPENS, right, new, (old.verdict != UNKNOWN) & (new.verdict == UNKNOWN)
    yield SETTLES, right, new, (old.verdict == UNKNOWN) & (new.verdict == NO)


def _by_criterion(icp: Icp, answers: NDArray[np.int8], *, closed: bool) -> dict[str, int]:
    """How many of the companies each criterion is the first to hold back: by a no, where they are
    out, else by a no or an unknown.
    """
    left = np.ones(answers.shape[1], dtype=np.bool_)
    found: dict[str, int] = {}
    for place, (section, criterion) in enumerate(icp.sections()):
        if section is Section.SCORE:
            continue
        answer = answers[place]
        held_back = answer == NO if closed else answer != YES
        against = held_back if section in REQUIRED else answer == YES
        if count := int((against & left).sum()):
            found[criterion.id] = count
        left &= ~against
    return found
