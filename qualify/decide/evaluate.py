"""Decide about one company from its facts and a profile; a missing fact is never a no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from leads.answers import Answer, all_of
from leads.facts import Fact
from leads.stages import Stage, Verdict, fit_stage
from qualify.decide import finding_answers
from qualify.decide.decision import CriterionAnswer, Decision, Score
from qualify.decide.decisive import decides
from qualify.decide.finding import Finding
from qualify.decide.folded_facts import FoldedFacts
from qualify.decide.score import score
from qualify.decide.tree import Find, found, open_questions
from qualify.profile.criteria import REQUIRED, Criterion, Leaf, Section
from qualify.profile.icp import Icp

#: Kept beside every verdict: raise it when the same profile and facts begin to give another
#: decision.
EVALUATOR_VERSION = 4


def evaluate(icp: Icp, facts: Iterable[Fact], today: date) -> Decision:
    """Decide a company from its facts; ages are counted to `today`, and the order of the facts
    does not matter.

    The verdict is no_fit if any suspect or prospect criterion is no or any must_not is yes, else
    unknown if any suspect or prospect criterion is unknown, else fit.
    """
    folded = FoldedFacts.of(facts, today)
    findings = {
        id(one): finding_answers.find(one, leaf, folded)
        for _, criterion in icp.sections()
        for one, leaf in criterion.leaves()
    }

    def find(criterion: Criterion, _: Leaf) -> Finding:
        return findings[id(criterion)]

    answers = tuple(answer_of(section, criterion, find) for section, criterion in icp.sections())
    verdict, stage = judged(answers)
    points = scored(icp, answers)
    deciding, enough = decides(icp, folded, find, answers, verdict)
    return Decision(
        verdict=verdict, stage=stage, score=points, answers=answers, decides=deciding, enough=enough
    )


def judged(answers: Sequence[CriterionAnswer]) -> tuple[Verdict, Stage]:
    """What the answers to all criteria but those of the score add up to."""
    verdict = _verdict(answers)
    suspects = all_of(answer.answer for answer in answers if answer.section is Section.SUSPECT)
    return verdict, fit_stage(verdict, suspects)


def scored(icp: Icp, answers: Iterable[CriterionAnswer]) -> Score:
    """What the answers to the criteria of the score, in the order of the profile, add up to."""
    return score(icp.score, [one.answer for one in answers if one.section is Section.SCORE])


def answer_of(section: Section, criterion: Criterion, find: Find) -> CriterionAnswer:
    """The answer to one criterion of a profile, with the question that stays open."""
    finding = found(criterion, find, accepting=section in REQUIRED)
    open_ = finding.answer is Answer.UNKNOWN and section is not Section.SCORE
    questions = open_questions(criterion, find) if open_ else []
    asks = bool(questions) and all(asked for _, asked in questions)
    return CriterionAnswer(
        criterion=criterion.id,
        section=section,
        answer=finding.answer,
        reason=finding.reason,
        facts=finding.facts,
        attributes=criterion.attributes,
        asks=asks,
        question=" ".join(dict.fromkeys(said for said, _ in questions)) if asks else "",
    )


def _verdict(answers: Sequence[CriterionAnswer]) -> Verdict:
    required = all_of(answer.answer for answer in answers if answer.section in REQUIRED)
    if required is Answer.NO or any(
        answer.answer is Answer.YES for answer in answers if answer.section is Section.MUST_NOT
    ):
        return Verdict.NO_FIT
    return Verdict.FIT if required is Answer.YES else Verdict.UNKNOWN
