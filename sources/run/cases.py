"""What is known of companies that sources may be asked about: read from the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from leads.store import Tx, companies
from leads.store.facts import facts
from leads.store.spending import questions, used
from leads.store.spending.questions import State, StoredQuestion
from sources.answers import ANSWERED, Outcome
from sources.planner.why import Why
from sources.question_keys import QuestionKeys, question_keys
from sources.source import Card, Source
from sources.subject import Subject
from sources.subjects import subject_of

_UNDER_WAY = frozenset({State.RESERVED, State.SENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One company of a client, as sources are asked about it."""

    client_id: UUID
    company_id: UUID
    subject: Subject
    #: The list that named it first.
    list_id: UUID | None
    #: Its keys at each source, by the source's name.
    keys: Mapping[str, QuestionKeys]
    #: (source, attribute) that need not be asked, or must not be asked now, and why.
    asked: Mapping[tuple[str, str], Why]
    #: Answers that are there already and were not used for it yet.
    unused: tuple[StoredQuestion, ...]
    #: Whether another task asks about it at this moment.
    is_awaited: bool = False


def read_cases(
    tx: Tx,
    client_id: UUID,
    company_ids: Sequence[UUID],
    sources: Mapping[str, Source],
    secret: bytes,
    at: datetime,
    tasks: Mapping[UUID, UUID],
) -> dict[UUID, Case]:
    """What is known of companies; those that are gone are left out.

    `tasks` are those that ask about them: what one of them set aside before does not count.
    """
    names = companies.names_of(tx, company_ids)
    held = facts.of_companies(tx, client_id, sorted(names))
    lists = used.first_lists(tx, client_id, names)
    subjects = {one: subject_of(name, held[one]) for one, name in names.items()}
    keys = {one: _keys_of(subject, sources, secret) for one, subject in subjects.items()}
    known = questions.held(tx, client_id, _known_by(keys.values()))
    uses = used.used_by(tx, client_id, names)

    found: dict[UUID, Case] = {}
    for one, subject in subjects.items():
        every = _fresh(keys[one], sources, known, at)
        mine = [some for some in every if not _is_own(some, tasks.get(one))]
        found[one] = Case(
            client_id=client_id,
            company_id=one,
            subject=subject,
            list_id=lists.get(one),
            keys=keys[one],
            asked=_asked(mine),
            unused=tuple(some for some in mine if _is_answer(some) and (one, some.id) not in uses),
            is_awaited=any(some.state in _UNDER_WAY for some in mine),
        )
    return found


def _keys_of(
    subject: Subject, sources: Mapping[str, Source], secret: bytes
) -> dict[str, QuestionKeys]:
    return {name: question_keys(subject, source.card, secret) for name, source in sources.items()}


def _known_by(keys: Iterable[Mapping[str, QuestionKeys]]) -> set[str]:
    """Every key by which an earlier answer is found."""
    return {key for some in keys for one in some.values() for key in one.known_by}


def _asked(some: Iterable[StoredQuestion]) -> dict[tuple[str, str], Why]:
    """What is not asked now, and why; of several reasons the first of `Why`."""
    order = list(Why)
    found: dict[tuple[str, str], Why] = {}
    for one in some:
        why = _why(one)
        for name in one.attributes:
            key = (one.source, name)
            found[key] = min(why, found.get(key, why), key=order.index)
    return found


def _why(question: StoredQuestion) -> Why:
    """Why the same is not asked again now."""
    if question.state == State.UNCLEAR:
        return Why.UNCLEAR
    return Why.ASKED if question.outcome in (None, *ANSWERED) else Why.FAILED


def _is_answer(question: StoredQuestion) -> bool:
    return question.state == State.SETTLED and bool(question.answer)


def _is_own(question: StoredQuestion, task_id: UUID | None) -> bool:
    return question.state == State.RESERVED and question.task_id == task_id


def about(
    card: Card, keys: QuestionKeys, known: Mapping[tuple[str, str], StoredQuestion]
) -> list[StoredQuestion]:
    """The questions to a source about one company, each once, whatever their age."""
    found: dict[UUID, StoredQuestion] = {}
    for key in keys.known_by:
        question = known.get((card.name, key))
        if question is None or (question.client_id is None and not card.shared):
            # An answer that was everybody's is so no more when the card says that it must not be.
            continue
        if key in keys.unsure and question.outcome != Outcome.FOUND:
            continue
        found[question.id] = question
    return [found[one] for one in sorted(found)]


def _fresh(
    keys: Mapping[str, QuestionKeys],
    sources: Mapping[str, Source],
    known: Mapping[tuple[str, str], StoredQuestion],
    at: datetime,
) -> list[StoredQuestion]:
    """The questions about one company that hold now, each once."""
    found = {}
    for source, some in keys.items():
        for one in about(sources[source].card, some, known):
            if one.is_fresh(at):
                found[one.id] = one
    return [found[one] for one in sorted(found)]
