"""Decide about many companies under one profile, and reuse answers for facts that say the same.

The decision is the same as that of `qualify/decide/evaluate.py`; a property test compares them. The
answer to a question depends only on what the facts of its attributes say and on their order. Only
the ids of the facts differ from company to company.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

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
from qualify.decide.fact_content import FactContent, FactsByAttribute, facts_of, id_text
from qualify.decide.finding import Finding
from qualify.decide.folded_facts import FoldedFacts
from qualify.decide.lasting import Lasting, attributes_read
from qualify.decide.likeness import SITE, Likeness, likeness
from qualify.decide.lone_fact import LoneFact
from qualify.decide.written import WrittenDecision, why_closed
from qualify.profile.criteria import Criterion, Leaf, Section
from qualify.profile.icp import Icp
from qualify.words.reasons import NO_REASON, ReusableReason

#: Answers kept for each criterion; then all are dropped.
MOST = 10_000
_Shape = tuple[tuple[FactContent, ...], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One criterion of the profile, what it reads, and what it was answered so far."""

    section: Section
    criterion: Criterion
    names: tuple[str, ...]
    of_money: bool
    lone: LoneFact | None
    #: By what the facts say, and by their likeness.
    answered: dict[_Shape, Answered] = field(default_factory=dict)
    alike: dict[Hashable, tuple[Answered, ReusableReason]] = field(default_factory=dict)


@dataclass(slots=True)
class _Company:
    """The facts of one company, made into values only when they are needed."""

    held: FactsByAttribute
    today: date
    _said: dict[str, tuple[FactContent, ...]] = field(init=False)
    _ids: dict[str, list[UUID]] = field(default_factory=dict)
    _texts: dict[str, list[str]] = field(default_factory=dict)
    _books: dict[_Shape, FoldedFacts] = field(default_factory=dict)
    _likenesses: dict[_Shape, Likeness] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._said = {name: facts.said for name, facts in self.held.items()}

    def ids(self, name: str) -> list[UUID]:
        """The ids of the facts of an attribute."""
        if name not in self._ids:
            self._ids[name] = list(map(UUID, self.held[name].ids))
        return self._ids[name]

    def id_texts(self, name: str) -> list[str]:
        """The same ids as text."""
        found = self._texts.get(name)
        if found is None:
            found = self._texts[name] = list(map(id_text, self.held[name].ids))
        return found

    def shape(self, names: Iterable[str]) -> _Shape:
        """What the facts of these attributes say."""
        return tuple([self._said.get(name, ()) for name in names])

    def likeness(self, shape: _Shape, age: Callable[[FactContent], Hashable]) -> Likeness:
        """What those facts have in common with others; of two criteria about the same attributes it
        is found once.
        """
        told_apart = tuple(filter(None, shape))
        if told_apart not in self._likenesses:
            self._likenesses[told_apart] = likeness(told_apart, age)
        return self._likenesses[told_apart]

    def folded(self, names: Sequence[str]) -> FoldedFacts:
        """The facts of these attributes; of two criteria about the same ones they are folded once."""
        held = {name: found for name in names if (found := self.held.get(name))}
        key = tuple([found.said for found in held.values()])
        if key not in self._books:
            self._books[key] = FoldedFacts.of(facts_of(held, self.ids), self.today)
        return self._books[key]


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
        company = _Company(held, self._today)
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
        company = _Company(held, self._today)
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

    def _answer(self, asked: _Asked, company: _Company) -> Answered:
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

    def _alike(self, asked: _Asked, shape: _Shape, company: _Company) -> Answered:
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

    def _likeness(self, asked: _Asked, shape: _Shape, company: _Company) -> Likeness | None:
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


def _is_common(shape: _Shape) -> bool:
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


def _find(asked: _Asked, company: _Company) -> Answered:
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
