"""A table of companies and their facts as the JSON objects of `sluice qualify --json`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from leads.facts import Fact
from qualify.evaluate import evaluate
from qualify.icp import Icp


def qualify_rows(icp: Icp, rows: Iterable[tuple[int, str, Sequence[Fact]]], today: date) -> Iterator[dict[str, Any]]:
    """One object for each row (its number from 1, the company's name, its facts), in the order given.

    Keys: row, name, stage, verdict, score {worst, best}, answers [{criterion, answer, reason, facts}], decides.
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
                {"criterion": one.criterion, "answer": one.answer.value, "reason": one.reason, "facts": [str(fact) for fact in one.facts]}
                for one in decision.answers
            ],
            "decides": [list(attributes) for attributes in decision.decides],
        }
