"""Count how many companies each criterion of a profile accepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from leads.stages import Verdict
from qualify.bulk.frames import Frames
from qualify.bulk.vector import VERDICTS, outcomes
from qualify.bulk.vector_numbers import NO, UNKNOWN, YES
from qualify.profile.icp import Icp


@dataclass(slots=True)
class Answered:
    """Companies by their answer to one criterion."""

    yes: int = 0
    unknown: int = 0
    no: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """Companies by verdict, and by their answer to each criterion in the order of the sections."""

    companies: int
    verdicts: dict[Verdict, int]
    criteria: Sequence[Answered]


def counts(icp: Icp, parts: Iterable[Frames], today: date) -> Counts:
    """Count the answers of every company; one that is counted with another is left out."""
    criteria = [Answered() for _ in icp.sections()]
    companies, verdicts = 0, Counter[int]()
    for frames in parts:
        for found in outcomes(icp, frames, today):
            judged = ~found.elsewhere
            companies += int(judged.sum())
            verdicts.update(found.verdict[judged].tolist())
            _add(criteria, found.answers[:, judged])
    by_name = {name: verdicts[place] for place, name in enumerate(VERDICTS)}
    return Counts(companies, by_name, criteria)


def _add(criteria: Sequence[Answered], answers: NDArray[np.int8]) -> None:
    for one, row in zip(criteria, answers, strict=True):
        tally = np.bincount(row, minlength=YES + 1)
        one.yes += int(tally[YES])
        one.unknown += int(tally[UNKNOWN])
        one.no += int(tally[NO])
