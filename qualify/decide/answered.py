"""The answer to one criterion without its facts, for every company whose facts say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii as quoted
from typing import NamedTuple
from uuid import UUID

from leads.known import FoldedAttribute, Side
from leads.values import Value
from qualify.decide.decision import CriterionAnswer
from qualify.decide.finding import Finding
from qualify.decide.held_company import HeldCompany, quoted_ids
from qualify.decide.likeness import Likeness
from qualify.decide.written import around_facts
from qualify.words.reasons import Reason, ReusableReason


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer without its facts, and where among the facts of its attributes those stand."""

    answer: CriterionAnswer
    #: The same for all answers that count alike, and whose questions have the same answers.
    counts_as: str
    #: Its reason, in which names may change.
    reason: ReusableReason
    #: What is stored of it before its reason, up to its facts, and after these.
    before: str
    between: str
    after: str
    places: tuple[tuple[str, int], ...]
    #: The attribute of which these are all facts, in their order.
    every: str | None
    #: The answers of the questions inside it, and what is known of what they ask about, by the
    #: identity of their criteria.
    findings: Mapping[int, Finding]
    known: Mapping[int, FoldedAttribute]
    #: The values that another company with this answer has others in place of.
    values: tuple[Value, ...]

    @classmethod
    def of(
        cls,
        answer: CriterionAnswer,
        places: tuple[tuple[str, int], ...],
        every: str | None,
        findings: Mapping[int, Finding],
        known: Mapping[int, FoldedAttribute],
        alike: Likeness | None,
    ) -> Answered:
        """An answer whose facts stand at these places, and those that its facts are alike with."""
        before, between, after = around_facts(answer)
        inside = " ".join([one.answer.value for one in findings.values()])
        return cls(
            answer,
            f"{answer.answer.value} {answer.asks} {inside}",
            ReusableReason.of(answer.reason, alike.names if alike else ()),
            before,
            between,
            after,
            places,
            every,
            findings,
            known,
            alike.values if alike else (),
        )


class Given(NamedTuple):
    """The answer that one company gets; what it shares with others is not copied."""

    answered: Answered
    #: Its reason as text.
    reason: str
    #: What is stored of it before its facts.
    before: str
    #: The names in its reason, and the value, if any, that it has in place of the shared one.
    alike: Likeness | None
    #: The last day, as an ordinal, on which the same facts give it.
    until: int

    @classmethod
    def of(cls, answered: Answered, alike: Likeness | None, until: int) -> Given:
        """The answer for a company whose facts are so alike."""
        reason = answered.reason.text(alike.texts if alike else ())
        before = f"{answered.before}{quoted(reason)}{answered.between}"
        return cls(answered, reason, before, alike, until)

    def known(self, criterion: int) -> FoldedAttribute:
        """What is known of what a question of it asks about, by the identity of its criterion."""
        known = self.answered.known[criterion]
        values = self.alike.values if self.alike else ()
        if not values:
            return known
        # In the places of the first company's.
        theirs = self.answered.values
        sides = tuple([Side(values[theirs.index(side.value)], ()) for side in known.sides])
        return FoldedAttribute(known.attribute, known.holds, sides)

    def answer_with(self, ids: Callable[[str], Sequence[UUID]]) -> CriterionAnswer:
        """The answer for the company whose facts of an attribute have these ids."""
        shared = self.answered
        reason = shared.reason.with_names(self.alike.names if self.alike else ())
        facts = tuple([ids(name)[place] for name, place in shared.places])
        return with_facts(shared.answer, reason, facts)


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


def text_of(answers: Sequence[Given], company: HeldCompany) -> tuple[str, tuple[str, ...]]:
    """The stored text of a company's answers, and the ids of all their facts."""
    facts: dict[str, None] = {}
    parts = []
    for one in answers:
        shared = one.answered
        if shared.every is not None:
            theirs, listed = company.listed(shared.every)
        elif shared.places:
            theirs = dict.fromkeys([company.id_texts(name)[place] for name, place in shared.places])
            listed = quoted_ids(theirs)
        else:
            parts.append(one.before + shared.after)
            continue
        facts.update(theirs)
        parts.append(f"{one.before}{listed}{shared.after}")
    return f"[{', '.join(parts)}]", tuple(facts)
