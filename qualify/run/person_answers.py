"""Record a person's answer about a company, or release it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leads.answers import Answer
from leads.changes import Change, CompaniesChanged
from leads.clock import now
from leads.errors import NotFoundError, UsageError
from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.store import Tx, company_search, events
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.values import Value
from qualify.decide.answer_values import QuestionAnswer, answers_to_questions, criterion_named
from qualify.decide.person_answers import answer_attribute
from qualify.run.profiles import profile_in_force
from qualify.words.questions import question

#: How sure a person's answer is.
SURE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAnswer:
    """A person's answer to one criterion; None releases the answer given before."""

    company: str
    criterion: str
    answer: Answer | None
    by: str
    value: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """What was recorded of an answer."""

    company: str
    criterion: str
    #: yes, no or released.
    answer: str
    #: The ids of the facts that were added or released.
    facts: tuple[str, ...]


def answer(
    tx: Tx, client_id: UUID, campaign_id: UUID, word: PersonAnswer
) -> tuple[RecordedAnswer, list[Change]]:
    """Add the answer as facts, or retract them; what was recorded, and the changes.

    The facts belong to the client, so the company is decided again in each of its campaigns.
    """
    if not word.by.isprintable():
        raise UsageError(
            f"{word.by!r} cannot name a person",
            "use --as with printable characters, or set SLUICE_USER",
        )
    company = company_search.find(tx, client_id, word.company)
    criterion = criterion_named(profile_in_force(tx, campaign_id), word.criterion)
    if word.answer is None:
        keys = {answer_attribute(one, leaf) for one, leaf in criterion.leaves()}
        kept = _take_back(tx, client_id, company.id, keys, word)
    else:
        given = answers_to_questions(criterion, word.answer, word.value)
        kept = _keep(tx, client_id, company.id, given, word)
    line = events.Happened(
        verb="answered" if word.answer else "answer released",
        thing="company",
        thing_id=company.id,
        client_id=client_id,
        who=word.by,
        reason=word.note,
        data={
            "criterion": word.criterion,
            "answer": word.answer and word.answer.value,
            "facts": kept,
        },
    )
    events.log(tx, [line])
    said = word.answer.value if word.answer else "released"
    recorded = RecordedAnswer(company.name, word.criterion, said, tuple(kept))
    return recorded, [CompaniesChanged(client_id, (company.id,))]


def _keep(
    tx: Tx, client_id: UUID, company_id: UUID, given: list[QuestionAnswer], word: PersonAnswer
) -> list[str]:
    at = now()
    stated: list[tuple[str, Value, str]] = []
    for one in given:
        asked = question(one.leaf)
        stated.append((answer_attribute(one.criterion, one.leaf), one.answer.value, asked))
        stated += [(one.leaf.attribute, value, asked) for value in one.values]
    made = []
    for name, value, asked in dict.fromkeys(stated):
        quote = f"{asked} {word.answer}" + (f" ({word.note})" if word.note else "")
        seen = Evidence(
            source=f"user:{word.by}",
            method=Method.TOLD,
            observed_at=at,
            quote=quote[:500],
            confidence=SURE,
        )
        made.append(
            Fact(id=new_id(), attribute=name, value=value, client_id=client_id, evidence=seen)
        )
    facts.add(tx, [(Subject(company_id=company_id), fact) for fact in made])
    return [str(fact.id) for fact in made]


def _take_back(
    tx: Tx, client_id: UUID, company_id: UUID, keys: set[str], word: PersonAnswer
) -> list[str]:
    held = [
        fact
        for fact in facts.of_companies(tx, client_id, [company_id])[company_id]
        if fact.evidence.method is Method.TOLD
    ]
    moments = {fact.evidence.observed_at for fact in held if fact.attribute in keys}
    if not moments:
        raise NotFoundError(
            f"nobody has answered {word.criterion} for {word.company}",
            "see `sluice icp explain COMPANY`",
        )
    # Answers to other questions that were given at the same moment fall with it: they came of one
    # word.
    gone = [fact.id for fact in held if fact.evidence.observed_at in moments]
    facts.retract(tx, gone, f"taken back by {word.by}")
    return [str(one) for one in gone]
