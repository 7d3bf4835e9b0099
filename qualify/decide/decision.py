"""What a profile decides about a company, with everything that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leads.answers import Answer
from leads.stages import Stage, Verdict
from qualify.profile.criteria import REQUIRED, Section
from qualify.words.reasons import Reason


@dataclass(frozen=True, slots=True)
class Score:
    """Points from 0 to 100 that a company has at worst and at best; they meet when nothing is
    unknown.
    """

    worst: int
    best: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionAnswer:
    """The answer to one criterion of a profile."""

    criterion: str
    section: Section
    answer: Answer
    #: The value, its source, its day.
    reason: Reason
    #: The facts it rests on.
    facts: tuple[UUID, ...]
    #: What the criterion asks about.
    attributes: tuple[str, ...]
    #: Whether the answer is open and a person shall ask the company.
    asks: bool
    #: The question for that person, empty when there is nothing to ask.
    question: str

    @property
    def open(self) -> bool:
        """Whether the verdict waits for this answer."""
        return self.answer is Answer.UNKNOWN and self.section in REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The verdict about one company."""

    verdict: Verdict
    #: The stage by fit alone: name, suspect, prospect or disqualified.
    stage: Stage
    score: Score
    answers: tuple[CriterionAnswer, ...]
    #: Minimal sets of attributes that can make the verdict `fit`, then what an open must_not hangs
    #: on; at most 20.
    decides: tuple[tuple[str, ...], ...]
    #: How many of these, the first ones, can make it `fit`.
    enough: int = 0

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The attributes of the open criteria, each once."""
        return tuple(
            dict.fromkeys(
                name for answer in self.answers if answer.open for name in answer.attributes
            )
        )

    @property
    def fact_ids(self) -> tuple[UUID, ...]:
        """The facts that any answer rests on, each once."""
        return tuple(dict.fromkeys(fact for answer in self.answers for fact in answer.facts))

    @property
    def asks(self) -> bool:
        """Whether it is a suspect that only a person's questions can settle, because each open
        criterion says `ask`.
        """
        waiting = [answer for answer in self.answers if answer.open]
        return (
            self.stage is Stage.SUSPECT and bool(waiting) and all(answer.asks for answer in waiting)
        )

    @property
    def rules_out(self) -> tuple[str, ...]:
        """The attributes of the open must_not criteria: they hold nobody back, but a yes would
        disqualify; none for a `no_fit`.
        """
        held = [
            one
            for one in self.answers
            if one.section is Section.MUST_NOT and one.answer is Answer.UNKNOWN
        ]
        return (
            ()
            if self.verdict is Verdict.NO_FIT
            else tuple(dict.fromkeys(name for one in held for name in one.attributes))
        )

    @property
    def what_next(self) -> str:
        """What would decide it, and what could still rule it out, as one sentence without a full
        stop; empty when nothing would.
        """
        fits = ", or by ".join(" and ".join(some) for some in self.decides[: self.enough])
        said = [
            f"would be decided by {fits}" if fits else "",
            f"{' or '.join(self.rules_out)} could still rule it out" if self.rules_out else "",
        ]
        return "; ".join(filter(None, said))

    @property
    def questions(self) -> tuple[str, ...]:
        """What to ask the company, in the order of the profile."""
        return tuple(answer.question for answer in self.answers if answer.asks)
