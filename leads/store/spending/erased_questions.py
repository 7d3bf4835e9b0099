"""Questions to sources about companies that are erased: what was paid stays, without the company."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import String, cast, select, update

from leads.store.engine import Tx, chunks
from leads.store.schema import source_question, spending_line
from leads.store.spending import questions


def of_companies(tx: Tx, company_ids: Sequence[UUID]) -> int:
    """Erase the answers about companies and the keys they were asked by; how many answers."""
    gone = 0
    for some in chunks(list(company_ids)):
        about = spending_line.c.company_id.in_(some)
        asked = list(
            tx.execute(select(spending_line.c.question_id).where(about).distinct()).scalars()
        )
        gone += _forget(tx, asked)
        tx.execute(update(spending_line).where(about).values(company_id=None))
    return gone


def of_entries(tx: Tx, source: str, numbers: Sequence[str]) -> int:
    """Erase the answers of a source that hold one of these entries; how many."""
    gone = 0
    for number in numbers:
        answer = cast(source_question.c.answer, String)
        holding = select(source_question.c.id).where(
            source_question.c.source == source, answer.contains(f'"{number}"', autoescape=True)
        )
        gone += _forget(tx, list(tx.execute(holding).scalars()))
    return gone


def _forget(tx: Tx, question_ids: Sequence[UUID]) -> int:
    questions.let_go(tx, question_ids)
    gone = 0
    for some in chunks(list(question_ids)):
        these = update(source_question).where(source_question.c.id.in_(some))
        gone += tx.execute(these.values(answer=None, reason="")).rowcount
    return gone
