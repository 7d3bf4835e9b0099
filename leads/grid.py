"""The grid of fit and engagement: two numbers that are never added, and the order of its cells."""

from __future__ import annotations

from collections.abc import Mapping

GRADES = ("A", "B", "C")
#: The column of each temperature.
COLUMNS: Mapping[str, int] = {"hot": 1, "warm": 2, "cold": 3}
#: Who is worked first: interest counts before fit, until a company does not fit well.
ORDER = ("A1", "B1", "A2", "B2", "A3", "B3", "C1", "C2", "C3")
#: How far the ranks of two cells in the queue are apart: more than all scores of one cell.
RANKS = 100_000


def grade(score: int, grades: Mapping[str, int]) -> str:
    """The grade of a score; `grades` says from which score a company is A, and from which B."""
    return next((name for name in ("A", "B") if score >= grades[name]), "C")


def cell(score_worst: int, temperature: str, grades: Mapping[str, int]) -> str:
    """The cell of a company, such as `B1`; facts that are unknown count as the worst."""
    return f"{grade(score_worst, grades)}{COLUMNS[temperature]}"


def cell_of_rank(rank: int) -> str:
    """The cell of a row of the queue, by its rank; a better score makes a rank smaller."""
    return ORDER[-(-rank // RANKS)]
