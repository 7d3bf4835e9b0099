"""Record what a company said about a criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session
from actions.where import Where
from leads.answers import Answer
from leads.errors import UsageError
from leads.store import company_search, verdicts
from qualify.run import person_answers
from qualify.run.person_answers import PersonAnswer

_RELEASE = "release"
_ANSWERS = {Answer.YES.value: Answer.YES, Answer.NO.value: Answer.NO, _RELEASE: None}


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer as recorded, and the company's verdict after it."""

    company: str
    criterion: str
    #: yes, no or released.
    answer: str
    #: The ids of the facts that were added or released.
    facts: Sequence[str]
    #: None: the company is not decided yet.
    verdict: str | None
    stage: str
    work: WorkedOff


def record_answer(
    session: Session,
    where: Where,
    company: str,
    criterion: str,
    answer: str,
    *,
    value: str | None = None,
    note: str = "",
) -> Answered:
    """Record yes or no, or release an earlier answer; then decide the company again."""
    if answer.casefold() not in _ANSWERS:
        raise UsageError(f"{answer!r} is not an answer", "use yes, no or release")

    with session.write(Right.WORK_QUEUE) as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        word = PersonAnswer(
            company=company,
            criterion=criterion,
            answer=_ANSWERS[answer.casefold()],
            by=work.actor.name,
            value=value,
            note=note,
        )
        recorded, changes = person_answers.answer(work.tx, client_id, campaign_id, word)
        work.follow(changes)
    done = work_off(session)

    with session.read() as work:
        company_id = company_search.find(work.tx, client_id, company).id
        verdict = verdicts.in_force(work.tx, campaign_id, [company_id]).get(company_id)
    return Answered(
        company=recorded.company,
        criterion=recorded.criterion,
        answer=recorded.answer,
        facts=recorded.facts,
        verdict=verdict.verdict if verdict else None,
        stage=verdict.fit_stage if verdict else "name",
        work=done,
    )
