"""What the answers of a company add up to: found once for all companies with the same answers."""

from __future__ import annotations

from dataclasses import dataclass

from leads.stages import Stage, Verdict
from qualify.decide.decision import CriterionAnswer, Decision, Score
from qualify.decide.evaluate import concluded
from qualify.decide.written import closing_place, why_open
from qualify.profile.icp import Icp


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the answers to all criteria add up to, whatever their reasons and facts are."""

    verdict: Verdict
    stage: Stage
    score: Score
    asks: bool
    waits_for: tuple[str, ...]
    why_open: str
    #: Which answer keeps the company out.
    closing: int | None

    @classmethod
    def of(cls, icp: Icp, answers: tuple[CriterionAnswer, ...]) -> Conclusion:
        """Draw the conclusion, in the order of the profile's criteria."""
        verdict, stage, score = concluded(icp, answers)
        decision = Decision(verdict=verdict, stage=stage, score=score, answers=answers, decides=())
        return cls(
            verdict,
            stage,
            score,
            decision.asks,
            decision.waits_for,
            why_open(decision.waits_for),
            closing_place(decision),
        )
