"""The answer to one criterion without its facts, for every company whose facts say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
    #: What is stored of it, before and after the ids of its facts; and where it has none.
    before: str
    after: str
    without_facts: str
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
        return cls(
            answer, counts_as, reason, before, after, before + after, places, findings, known
        )

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


def text_of(
    answers: Sequence[Answered], ids: Callable[[str], Sequence[str]]
) -> tuple[str, tuple[str, ...]]:
    """The stored text of a company's answers, and the ids of all their facts; `ids` has those of an
    attribute.
    """
    facts: dict[str, None] = {}
    parts = []
    for one in answers:
        if not one.places:
            parts.append(one.without_facts)
            continue
        theirs = [ids(name)[place] for name, place in one.places]
        facts.update(dict.fromkeys(theirs))
        listed = '", "'.join(theirs)
        parts.append(f'{one.before}"{listed}"{one.after}')
    return f"[{', '.join(parts)}]", tuple(facts)
