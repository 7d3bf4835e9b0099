"""A table of companies and their facts as the JSON objects of `sluice qualify --json`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from leads.facts import Fact
from qualify.decide.decision import Decision
from qualify.decide.evaluate import evaluate
from qualify.decide.score import grades_of
from qualify.decide.score_ledger import ledger
from qualify.profile.icp import Icp


def qualify_rows(
    icp: Icp, rows: Iterable[tuple[int, str, Sequence[Fact]]], today: date
) -> Iterator[dict[str, Any]]:
    """One object for each row (its number from 1, the company's name, its facts), in the order
    given.

    Keys: row, name, stage, verdict, score {worst, best}, answers [{criterion, answer, reason,
    facts}], decides, what_next (that in words), ledger, and grade {worst, best} where the profile
    has grades.
    """
    for row, name, facts in rows:
        decision = evaluate(icp, facts, today)
        yield {
            "row": row,
            "name": name,
            "stage": decision.stage.value,
            "verdict": decision.verdict.value,
            "score": {"worst": decision.score.worst, "best": decision.score.best},
            "answers": [
                {
                    "criterion": one.criterion,
                    "answer": one.answer.value,
                    "reason": str(one.reason),
                    "facts": [str(fact) for fact in one.facts],
                }
                for one in decision.answers
            ],
            "decides": [list(attributes) for attributes in decision.decides],
            "what_next": decision.what_next,
            "ledger": ledger_json(icp, decision),
            **({"grade": graded} if (graded := grades_of(icp.grades, decision.score)) else {}),
        }


def ledger_json(icp: Icp, decision: Decision) -> list[dict[str, Any]]:
    """The lines of the score as plain JSON values; `worst` and `best` sum up to the score."""
    return [
        {
            "criterion": one.criterion,
            "points": one.points,
            "answer": one.answer.value,
            "worst": one.worst,
            "best": one.best,
            "facts": [str(fact) for fact in one.facts],
        }
        for one in ledger(icp.score, decision.answers)
    ]
