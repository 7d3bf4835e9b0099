"""What the answers of a company add up to: found once for all companies with the same answers."""

from __future__ import annotations

from dataclasses import dataclass

from leads.stages import Stage, Verdict
from qualify.decide.decision import CriterionAnswer, Decision, Score
from qualify.decide.evaluate import judged
from qualify.decide.written import closing_place, why_open


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the answers to all criteria but those of the score add up to, whatever their reasons and
    facts are.
    """

    verdict: Verdict
    stage: Stage
    asks: bool
    waits_for: tuple[str, ...]
    why_open: str
    #: Which answer keeps the company out.
    closing: int | None

    @classmethod
    def of(cls, answers: tuple[CriterionAnswer, ...]) -> Conclusion:
        """Draw the conclusion, in the order of the profile's criteria."""
        verdict, stage = judged(answers)
        nothing = Score(0, 0)
        decision = Decision(
            verdict=verdict, stage=stage, score=nothing, answers=answers, decides=()
        )
        return cls(
            verdict,
            stage,
            decision.asks,
            decision.waits_for,
            why_open(decision.waits_for),
            closing_place(decision),
        )
