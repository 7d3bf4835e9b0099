"""The answer to one criterion without its facts, for every company whose facts say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from leads.known import FoldedAttribute, Side
from leads.values import Value
from qualify.decide.decision import CriterionAnswer
from qualify.decide.finding import Finding
from qualify.decide.written import around_facts
from qualify.words.reasons import Reason


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer without its facts, and where among the facts of its attributes those stand."""

    answer: CriterionAnswer
    #: The same for all answers that count alike.
    counts_as: str
    #: Its reason as text.
    reason: str
    #: What is stored of it, before and after the ids of its facts.
    before: str
    after: str
    places: tuple[tuple[str, int], ...]
    #: The answers of the questions inside it, and what is known of what they ask about, by the
    #: identity of their criteria.
    findings: Mapping[int, Finding]
    known: Mapping[int, FoldedAttribute]

    @classmethod
    def of(
        cls,
        answer: CriterionAnswer,
        places: tuple[tuple[str, int], ...],
        findings: Mapping[int, Finding],
        known: Mapping[int, FoldedAttribute],
    ) -> Answered:
        """An answer whose facts stand at these places."""
        reason = str(answer.reason)
        before, after = around_facts(answer, reason)
        counts_as = f"{answer.answer.value} {answer.asks}"
        return cls(answer, counts_as, reason, before, after, places, findings, known)

    def with_reason(self, reason: Reason, value: Value | None) -> Answered:
        """The answer for a company with other names in its reason; with the value, if any, that it
        has in place of this one's.
        """
        known = self.known
        if value is not None:
            known = {one: _of_value(it, value) for one, it in known.items()}
        answer = with_facts(self.answer, reason, ())
        return Answered.of(answer, self.places, self.findings, known)

    def answer_with(self, ids: Callable[[str], Sequence[UUID]]) -> CriterionAnswer:
        """The answer for the company whose facts of an attribute have these ids."""
        if not self.places:
            return self.answer
        facts = tuple([ids(name)[place] for name, place in self.places])
        return with_facts(self.answer, self.answer.reason, facts)


def with_facts(answer: CriterionAnswer, reason: Reason, facts: tuple[UUID, ...]) -> CriterionAnswer:
    """The same answer with another reason and facts."""
    return CriterionAnswer(
        criterion=answer.criterion,
        section=answer.section,
        answer=answer.answer,
        reason=reason,
        facts=facts,
        attributes=answer.attributes,
        asks=answer.asks,
        question=answer.question,
    )


def _of_value(known: FoldedAttribute, value: Value) -> FoldedAttribute:
    """The same with another value, where one is known."""
    sides = (Side(value, ()),) if known.sides else ()
    return FoldedAttribute(known.attribute, known.holds, sides)


@dataclass(slots=True)
class AnswersText:
    """Puts the stored text of a company's answers together, and notes their facts."""

    ids: Callable[[str], Sequence[str]]
    facts: dict[str, None] = field(default_factory=dict)

    def of(self, answers: Sequence[Answered]) -> str:
        """The text of the answers, each with its facts."""
        return f"[{', '.join([self._one(one) for one in answers])}]"

    def _one(self, one: Answered) -> str:
        if not one.places:
            return one.before + one.after
        ids = [self.ids(name)[place] for name, place in one.places]
        self.facts.update(dict.fromkeys(ids))
        listed = '", "'.join(ids)
        return f'{one.before}"{listed}"{one.after}'
