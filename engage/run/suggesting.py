"""What other points would change: which companies would be colder or warmer now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from engage.score.qualifications import GRADES, Beside
from engage.score.results import results
from engage.score.scores import score
from engage.scoring.scoring import Scoring
from engage.signals.table import SignalTable
from leads.clock import now
from leads.grid import COLUMNS


@dataclass(frozen=True, slots=True)
class Moves:
    """Companies by their cell of the grid now and with other points; `-` has no grade."""

    companies: int
    #: Those that would move, the most frequent first.
    moved: Sequence[tuple[str, str, int]]
    #: How many have each temperature, now and then.
    temperatures: Mapping[str, tuple[int, int]]


def ids_of(table: SignalTable) -> list[UUID]:
    """The companies of a table of stored signals, in its order."""
    return [UUID(one) for one in table.companies]


def moves(table: SignalTable, beside: Beside, present: Scoring, wanted: Scoring) -> Moves:
    """Score every company with signals by both, as of now."""
    worst = beside.fit_worst.tolist() if beside.fit_worst is not None else []
    grades = dict(zip(table.companies, map(_letter, worst), strict=True))
    # The table also names companies without signals: they are cold by both.
    having = [table.companies[place] for place in np.unique(table.company).tolist()]
    before = _temperatures(table, present, beside)
    after = _temperatures(table, wanted, beside)

    found = Counter(
        (f"{grades[one]}{COLUMNS[before[one]]}", f"{grades[one]}{COLUMNS[after[one]]}")
        for one in having
        if before[one] != after[one]
    )
    was = Counter(before[one] for one in having)
    then = Counter(after[one] for one in having)
    return Moves(
        companies=len(having),
        moved=[(*cells, count) for cells, count in found.most_common()],
        temperatures={name: (was[name], then[name]) for name in COLUMNS},
    )


def _letter(grade: int) -> str:
    return GRADES[grade] if grade >= 0 else "-"


def _temperatures(table: SignalTable, scoring: Scoring, beside: Beside) -> dict[str, str]:
    scored = results(score(table, scoring, now()), scoring, beside)
    return {one.company: one.temperature for one in scored}
