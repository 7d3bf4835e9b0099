"""Answer the pairs that wait for a person one by one, and undo the last answer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.reviews import Answer
from actions.session import Session
from dedupe.run import pair_decisions
from leads.errors import UsageError

__all__ = ["AnsweredPair", "answer_pair", "undo_last_answer"]


@dataclass(frozen=True, slots=True)
class AnsweredPair:
    """The names of two records that were decided, or are open again."""

    names: tuple[str, str]
    work: WorkedOff


def answer_pair(
    session: Session, client: str, pair: tuple[UUID, UUID], said: str, *, reason: str = ""
) -> AnsweredPair:
    """Store what a person says about a pair that waits; it holds whatever is imported later."""
    if said not in {one.value for one in Answer}:
        raise UsageError(f"{said!r} is not an answer", f"use one of: {', '.join(Answer)}")
    with session.write(Right.MANAGE) as work:
        client_id = work.client(client)
        done = pair_decisions.decide(work.tx, client_id, pair, said, work.actor.name, reason)
        work.follow(done.changes)
    return AnsweredPair(done.names, work_off(session))


def undo_last_answer(session: Session, client: str) -> AnsweredPair:
    """Withdraw what the actor said last about the client's records."""
    with session.write(Right.MANAGE) as work:
        done = pair_decisions.take_back(work.tx, work.client(client), work.actor.name)
        work.follow(done.changes)
    return AnsweredPair(done.names, work_off(session))
