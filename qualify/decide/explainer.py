"""Decide about many companies under one profile, and reuse answers for facts that say the same.

The decision is the same as that of `qualify/decide/evaluate.py`; a property test compares them. The
answer to a question depends only on what the facts of its attributes say and on their order. Only
the ids of the facts differ from company to company.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from operator import itemgetter

from leads.attributes import Kind, attribute
from leads.known import FoldedAttribute, Side
from leads.stages import Verdict
from leads.written_json import WrittenJson
from qualify.decide import finding_answers
from qualify.decide.answered import Answered, Given, text_of, with_facts
from qualify.decide.conclusion import Conclusion
from qualify.decide.decision import Decision, Score
from qualify.decide.decisive import Deciders, Search, Variable
from qualify.decide.evaluate import answer_of, scored
from qualify.decide.fact_content import FactsByAttribute, Said
from qualify.decide.finding import Finding
from qualify.decide.held_company import HeldCompany, Shape
from qualify.decide.kept import keep
from qualify.decide.lasting import FOREVER, Lasting, attributes_read
from qualify.decide.likeness import Likeness
from qualify.decide.lone_fact import LoneFact
from qualify.decide.written import WrittenDecision, why_closed
from qualify.profile.criteria import Criterion, Leaf, Section
from qualify.profile.icp import Icp
from qualify.words.reasons import NO_REASON

#: Answers kept for each criterion; then all are dropped.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """One criterion of the profile, what it reads, and what it was answered so far."""

    section: Section
    criterion: Criterion
    names: tuple[str, ...]
    #: What the facts of these attributes say.
    shape: Callable[[Said], Shape]
    of_money: bool
    lone: LoneFact | None
    #: By what the facts say, and by their likeness.
    answered: dict[Shape, Given] = field(default_factory=dict)
    alike: dict[Hashable, Answered] = field(default_factory=dict)


class Explainer:
    """The decisions of one profile on one day."""

    def __init__(self, icp: Icp, today: date) -> None:
        """Start without any answers."""
        self.lasting = Lasting(icp, today)
        self._icp, self._today, self._search = icp, today, Search(icp)
        self._asked = [_asked(section, criterion) for section, criterion in icp.sections()]
        self._nothing: Said = dict.fromkeys(self.lasting.attributes, ())
        #: Which answer, by its place, belongs to a question.
        self._places = {
            id(one): place
            for place, (_, criterion) in enumerate(icp.sections())
            for one, _ in criterion.leaves()
        }
        #: The score has criteria of its own, which come last. Apart, there are fewer cases.
        self._judging = len(self._asked) - len(icp.score)
        self._concluded: dict[Hashable, Conclusion] = {}
        self._scores: dict[Hashable, Score] = {}
        self._open: dict[Hashable, Sequence[Variable]] = {}
        self._decided: dict[Hashable, Deciders] = {}

    def decide(self, held: FactsByAttribute) -> Decision:
        """What `evaluate` decides about the facts held."""
        company = HeldCompany(held, self._today)
        given = self._answers(company)
        found, (decides, enough) = self._conclusion(given)
        return Decision(
            verdict=found.verdict,
            stage=found.stage,
            score=self._score(given),
            answers=tuple([one.answer_with(company.ids) for one in given]),
            decides=decides,
            enough=enough,
        )

    def write(self, held: FactsByAttribute) -> tuple[WrittenDecision, int]:
        """The same as it is stored, and the last day, as an ordinal, on which the same facts give it;
        `FOREVER` when no day changes it.
        """
        company = HeldCompany(held, self._today)
        given = self._answers(company)
        found, (decides, _) = self._conclusion(given)
        answers, fact_ids = text_of(given, company)
        why_not = found.why_open
        if found.closing is not None:
            closing = given[found.closing]
            why_not = why_closed(closing.answered.answer, closing.reason)
        decision = WrittenDecision(
            verdict=found.verdict,
            stage=found.stage,
            score=self._score(given),
            asks=found.asks,
            why_not=why_not,
            waits_for=found.waits_for,
            answers=WrittenJson(answers),
            decides=decides,
            fact_ids=fact_ids,
        )
        return decision, min([one.until for one in given], default=FOREVER)

    def _answers(self, company: HeldCompany) -> list[Given]:
        # An attribute without facts is met more often than one with facts.
        said, given = {**self._nothing, **company.held.said}, []
        for asked in self._asked:
            shape = asked.shape(said)
            given.append(asked.answered.get(shape) or self._answer(asked, shape, company))
        return given

    def _answer(self, asked: _Asked, shape: Shape, company: HeldCompany) -> Given:
        """The answer found for similar facts, with the days and sites of these; else one that is
        found now.
        """
        common = self._likeness(asked, shape, company)
        if common is None:
            answered = _find(asked, company, None)
            ages = [self.lasting.age(said) for facts in shape for said in facts]
            until = min([one.until for one in ages], default=FOREVER)
            given = Given.of(answered, None, until)
            is_common = not ages
        else:
            key = (common.key, tuple(map(bool, shape)))
            known = asked.alike.get(key)
            answered = known or _find(asked, company, common)
            if known is None:
                keep(asked.alike, key, answered, MOST)
            given = Given.of(answered, common, common.until)
            # Amounts are hardly ever met again.
            is_common = common.is_common and not asked.of_money
        if is_common:
            keep(asked.answered, shape, given, MOST)
        return given

    def _likeness(self, asked: _Asked, shape: Shape, company: HeldCompany) -> Likeness | None:
        """What the facts have in common with others; None where an answer serves these alone."""
        if asked.lone and (found := asked.lone.likeness(shape, self.lasting.age)):
            return found
        return None if asked.of_money else company.likeness(shape, self.lasting.age)

    def _conclusion(self, given: Sequence[Given]) -> tuple[Conclusion, Deciders]:
        key = tuple([one.answered.counts_as for one in given[: self._judging]])
        found = self._concluded.get(key)
        if found is None:
            found = Conclusion.of(tuple([one.answered.answer for one in given]))
            keep(self._concluded, key, found, MOST)
        if found.verdict is Verdict.NO_FIT:
            return found, ((), 0)
        return found, self._decides(key, given, found.verdict)

    def _score(self, given: Sequence[Given]) -> Score:
        key = tuple([one.answered.counts_as for one in given[self._judging :]])
        found = self._scores.get(key)
        if found is None:
            found = scored(self._icp, [one.answered.answer for one in given])
            keep(self._scores, key, found, MOST)
        return found

    def _decides(self, key: Hashable, given: Sequence[Given], verdict: Verdict) -> Deciders:
        """What decides, found once for the same answers and the same values where these matter."""
        find, knows = partial(self._finding, given), partial(self._known, given)
        variables = self._open.get(key)
        if variables is None:
            variables = self._search.open_variables(find, verdict)
            keep(self._open, key, variables, MOST)
        known = [knows(*pair) for pair in self._search.asked_about(variables)]
        whole = (key, *[(one.holds, *[side.value for side in one.sides]) for one in known])
        found = self._decided.get(whole)
        if found is None:
            answers = [one.answered.answer for one in given]
            found = self._search.decides_among(variables, find, knows, answers)
            keep(self._decided, whole, found, MOST)
        return found

    def _finding(self, given: Sequence[Given], one: Criterion, _: Leaf) -> Finding:
        return given[self._places[id(one)]].answered.findings[id(one)]

    def _known(self, given: Sequence[Given], one: Criterion, _: Leaf) -> FoldedAttribute:
        return given[self._places[id(one)]].known(id(one))


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
        # At least two: the attribute, and what people answered.
        itemgetter(*names),
        any(attribute(name).kind is Kind.MONEY for name in names),
        LoneFact.of(criterion),
    )


def _find(asked: _Asked, company: HeldCompany, alike: Likeness | None) -> Answered:
    folded, leaves = company.folded(asked.names), list(asked.criterion.leaves())
    findings = {id(one): finding_answers.find(one, leaf, folded) for one, leaf in leaves}
    known = {id(one): _sides(folded.known(one, leaf)) for one, leaf in leaves}

    def find(criterion: Criterion, _: Leaf) -> Finding:
        return findings[id(criterion)]

    answer = answer_of(asked.section, asked.criterion, find)
    held = {
        id_: (name, place)
        for name in asked.names
        if name in company.held.ids
        for place, id_ in enumerate(company.ids(name))
    }
    bare = {leaf: Finding(one.answer, NO_REASON) for leaf, one in findings.items()}
    bare_answer = with_facts(answer, answer.reason, ())
    places = tuple([held[one] for one in answer.facts])
    return Answered.of(bare_answer, places, _every(places, company), bare, known, alike)


def _every(places: tuple[tuple[str, int], ...], company: HeldCompany) -> str | None:
    """The attribute of which these places are all, in their order."""
    if not places:
        return None
    name = places[0][0]
    whole = tuple([(name, place) for place in range(len(company.held.ids[name]))])
    return name if places == whole else None


def _sides(known: FoldedAttribute) -> FoldedAttribute:
    """The sides without their facts, which would be kept for as long as the answer is."""
    return FoldedAttribute(
        known.attribute, known.holds, tuple(Side(one.value, ()) for one in known.sides)
    )
