"""Questions that nobody settled, and answers that are too old to use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import null, select, update

from leads.clock import now
from leads.store.engine import Tx
from leads.store.schema import source_question, task
from leads.store.spending.questions import COLUMNS, OPEN, State, StoredQuestion, question_of


def unclear(tx: Tx) -> list[StoredQuestion]:
    """The questions that wait for a person's word, oldest first."""
    wanted = COLUMNS.where(source_question.c.state == State.UNCLEAR.value)
    return [question_of(row) for row in tx.execute(wanted.order_by(source_question.c.id))]


def leave_unclear(tx: Tx, question_id: UUID, reason: str, fresh_until: datetime) -> None:
    """Note that nobody knows whether a question is owed; the same one is not asked meanwhile."""
    values = {
        "state": State.UNCLEAR.value,
        "reason": reason,
        "charged_micros": source_question.c.price_micros,
        "fresh_until": fresh_until,
    }
    tx.execute(update(source_question).where(source_question.c.id == question_id).values(values))


def ask_failed_again(tx: Tx, source: str, failures: Sequence[str]) -> bool:
    """Let questions to a source be asked at once that came to nothing; whether any waited.

    `failures` are the outcomes that are no answers.
    """
    waiting = (
        source_question.c.source == source,
        source_question.c.outcome.in_(failures),
        source_question.c.charged_micros == 0,
        source_question.c.fresh_until > now(),
    )
    return bool(
        tx.execute(update(source_question).where(*waiting).values(fresh_until=now())).rowcount
    )


def abandoned(tx: Tx, limit: int = 1000) -> list[StoredQuestion]:
    """Questions that were reserved or sent, and whose task is over or gone."""
    at_work = task.c.state.in_(("pending", "running"))
    wanted = (
        COLUMNS.outerjoin(task, (task.c.id == source_question.c.task_id) & at_work)
        .where(source_question.c.state.in_(OPEN), task.c.id.is_(None))
        .order_by(source_question.c.reserved_at)
        .limit(limit)
    )
    return [question_of(row) for row in tx.execute(wanted)]


def drop_old_answers(tx: Tx, limit: int) -> int:
    """Let go of answers that are fresh no more, at most `limit`; how many."""
    old = (
        select(source_question.c.id)
        .where(
            source_question.c.state == State.SETTLED.value,
            source_question.c.fresh_until < now(),
            source_question.c.answer.is_not(null()),
        )
        .limit(limit)
    )
    these = list(tx.execute(old).scalars())
    tx.execute(update(source_question).where(source_question.c.id.in_(these)).values(answer=null()))
    return len(these)
