"""Decide about many companies under one profile, and reuse answers for facts that say the same.

The decision is the same as that of `qualify/decide/evaluate.py`; a property test compares them. The
answer to a question depends only on what the facts of its attributes say and on their order. Only
the ids of the facts differ from company to company.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date

from leads.attributes import Kind, attribute
from leads.known import FoldedAttribute, Side
from leads.stages import Verdict
from leads.written_json import WrittenJson
from qualify.decide import finding_answers
from qualify.decide.answered import Answered, text_of, with_facts
from qualify.decide.conclusion import Conclusion
from qualify.decide.decision import Decision
from qualify.decide.decisive import Deciders, Search
from qualify.decide.evaluate import answer_of
from qualify.decide.fact_content import FactContent, FactsByAttribute
from qualify.decide.finding import Finding
from qualify.decide.held_company import HeldCompany, Shape
from qualify.decide.lasting import Lasting, attributes_read
from qualify.decide.likeness import SITE, Likeness
from qualify.decide.lone_fact import LoneFact
from qualify.decide.written import WrittenDecision, why_closed
from qualify.profile.criteria import Criterion, Leaf, Section
from qualify.profile.icp import Icp
from qualify.words.reasons import NO_REASON, ReusableReason

#: Answers kept for each criterion; then all are dropped.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """One criterion of the profile, what it reads, and what it was answered so far."""

    section: Section
    criterion: Criterion
    names: tuple[str, ...]
    of_money: bool
    lone: LoneFact | None
    #: By what the facts say, and by their likeness.
    answered: dict[Shape, Answered] = field(default_factory=dict)
    alike: dict[Hashable, tuple[Answered, ReusableReason]] = field(default_factory=dict)


class Explainer:
    """The decisions of one profile on one day."""

    def __init__(self, icp: Icp, today: date) -> None:
        """Start without any answers."""
        self.lasting = Lasting(icp, today)
        self._icp, self._today, self._search = icp, today, Search(icp)
        self._asked = [_asked(section, criterion) for section, criterion in icp.sections()]
        self._concluded: dict[Hashable, Conclusion] = {}

    def decide(self, held: FactsByAttribute) -> Decision:
        """What `evaluate` decides about the facts held."""
        company = HeldCompany(held, self._today)
        given = [self._answer(asked, company) for asked in self._asked]
        found = self._conclusion(given)
        decides, enough = self._decides(given, found.verdict)
        return Decision(
            verdict=found.verdict,
            stage=found.stage,
            score=found.score,
            answers=tuple([one.answer_with(company.ids) for one in given]),
            decides=decides,
            enough=enough,
        )

    def write(self, held: FactsByAttribute) -> WrittenDecision:
        """The same as it is stored."""
        company = HeldCompany(held, self._today)
        given = [self._answer(asked, company) for asked in self._asked]
        found = self._conclusion(given)
        decides, _ = self._decides(given, found.verdict)
        answers, fact_ids = text_of(given, company.id_texts)
        why_not = found.why_open
        if found.closing is not None:
            closing = given[found.closing]
            why_not = why_closed(closing.answer, closing.reason)
        return WrittenDecision(
            verdict=found.verdict,
            stage=found.stage,
            score=found.score,
            asks=found.asks,
            why_not=why_not,
            waits_for=found.waits_for,
            answers=WrittenJson(answers),
            decides=decides,
            fact_ids=fact_ids,
        )

    def _answer(self, asked: _Asked, company: HeldCompany) -> Answered:
        shape = company.shape(asked.names)
        answered = asked.answered.get(shape)
        if answered is None:
            answered = self._alike(asked, shape, company)
            # Amounts are hardly ever met again.
            if _is_common(shape) and not (asked.of_money and any(shape)):
                if len(asked.answered) >= MOST:
                    asked.answered.clear()
                asked.answered[shape] = answered
        return answered

    def _alike(self, asked: _Asked, shape: Shape, company: HeldCompany) -> Answered:
        """The answer found for similar facts, with the days and sites of these; else one that is
        found now.
        """
        common = self._likeness(asked, shape, company)
        if common is None:
            return _find(asked, company)
        key = (common.key, tuple([bool(facts) for facts in shape]))
        if known := asked.alike.get(key):
            answered, reusable = known
            return answered.with_reason(reusable.with_names(common.names), common.value)
        answered = _find(asked, company)
        if len(asked.alike) >= MOST:
            asked.alike.clear()
        asked.alike[key] = answered, ReusableReason.of(answered.answer.reason, common.names)
        return answered

    def _likeness(self, asked: _Asked, shape: Shape, company: HeldCompany) -> Likeness | None:
        """What the facts have in common with others; None where an answer serves these alone."""
        if asked.lone and (found := asked.lone.likeness(shape, self._counts_as)):
            return found
        return None if asked.of_money else company.likeness(shape, self._counts_as)

    def _counts_as(self, said: FactContent) -> Hashable:
        return self.lasting.age(said).counts_as

    def _conclusion(self, given: Sequence[Answered]) -> Conclusion:
        key = tuple([one.counts_as for one in given])
        found = self._concluded.get(key)
        if found is None:
            answers = tuple([one.answer for one in given])
            found = self._concluded[key] = Conclusion.of(self._icp, answers)
        return found

    def _decides(self, given: Sequence[Answered], verdict: Verdict) -> Deciders:
        if verdict is Verdict.NO_FIT:
            return (), 0
        findings = {leaf: finding for one in given for leaf, finding in one.findings.items()}
        known = {leaf: sides for one in given for leaf, sides in one.known.items()}
        return self._search.decides(
            lambda one, _: findings[id(one)],
            lambda one, _: known[id(one)],
            [one.answer for one in given],
            verdict,
        )


def _is_common(shape: Shape) -> bool:
    """Whether facts of another company may be the same: a site is of one company."""
    return not any(said.evidence.source.startswith(SITE) for facts in shape for said in facts)


def _asked(section: Section, criterion: Criterion) -> _Asked:
    names = tuple(
        dict.fromkeys(
            name for one, leaf in criterion.leaves() for name in attributes_read(one, leaf)
        )
    )
    return _Asked(
        section,
        criterion,
        names,
        any(attribute(name).kind is Kind.MONEY for name in names),
        LoneFact.of(criterion),
    )


def _find(asked: _Asked, company: HeldCompany) -> Answered:
    folded, leaves = company.folded(asked.names), list(asked.criterion.leaves())
    findings = {id(one): finding_answers.find(one, leaf, folded) for one, leaf in leaves}
    known = {id(one): _sides(folded.known(one, leaf)) for one, leaf in leaves}

    def find(criterion: Criterion, _: Leaf) -> Finding:
        return findings[id(criterion)]

    answer = answer_of(asked.section, asked.criterion, find)
    held = {
        id_: (name, place)
        for name in asked.names
        if name in company.held
        for place, id_ in enumerate(company.ids(name))
    }
    bare = {leaf: Finding(one.answer, NO_REASON) for leaf, one in findings.items()}
    bare_answer = with_facts(answer, answer.reason, ())
    return Answered.of(bare_answer, tuple(held[one] for one in answer.facts), bare, known)


def _sides(known: FoldedAttribute) -> FoldedAttribute:
    """The sides without their facts, which would be kept for as long as the answer is."""
    return FoldedAttribute(
        known.attribute, known.holds, tuple(Side(one.value, ()) for one in known.sides)
    )
