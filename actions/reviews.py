"""The pairs of records that a person must decide, and what people answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session, Transaction
from dedupe.run import decisions, relations, reviewing
from dedupe.run.reporting import RecordLabel
from dedupe.run.reviewing import DoubtfulPair
from leads.company_links import LinkKind
from leads.errors import NotFoundError, UsageError
from leads.store import company_search, reviews
from leads.store.reviews import Place

__all__ = [
    "Answer",
    "Answered",
    "DoubtfulPair",
    "Place",
    "RecordLabel",
    "Waiting",
    "WaitingPair",
    "Withdrawn",
    "answer",
    "review",
    "review_one",
    "undo",
    "waiting_pairs",
]

#: Pairs that are counted for a page.
MOST_WAITING = 1_000


class Answer(StrEnum):
    """What a person says about two companies."""

    SAME = "same"
    DIFFERENT = "different"
    #: The first company is part of the second; both stay.
    PART_OF = "part_of"


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first pairs that wait for a person, and how many there are."""

    pairs: Sequence[DoubtfulPair]
    count: int


@dataclass(frozen=True, slots=True)
class WaitingPair:
    """One pair that waits for a person, and how many wait."""

    #: None: no pair waits after that place.
    pair: DoubtfulPair | None
    #: Exact up to `MOST_WAITING`; one more means more.
    count: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The names of two companies, and the answer."""

    company: str
    other: str
    answer: Answer
    work: WorkedOff


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """How many decisions of people were withdrawn."""

    decisions: int
    work: WorkedOff


def review(session: Session, client: str, limit: int) -> Waiting:
    """List pairs of records that a person must decide, the most doubtful first."""
    with session.read() as work:
        client_id = work.client(client)
        found = reviewing.waiting(work.tx, client_id, limit)
        return Waiting(found, reviews.count(work.tx, client_id))


def review_one(session: Session, client: str, after: Place | None = None) -> WaitingPair:
    """The most doubtful pair, or the next one after a place; and how many wait."""
    with session.read() as work:
        client_id = work.client(client)
        found = reviewing.waiting(work.tx, client_id, 1, after=after)
        return WaitingPair(next(iter(found), None), reviews.some(work.tx, client_id, MOST_WAITING))


def waiting_pairs(session: Session, client: str) -> int:
    """Count the pairs that wait for a person."""
    with session.read() as work:
        return reviews.count(work.tx, work.client(client))


def answer(
    session: Session, client: str, company: str, other: str, said: str, *, reason: str = ""
) -> Answered:
    """Store what a person says about two companies; it holds whatever is imported later."""
    wanted = _answer(said)
    with session.write(Right.MANAGE) as work:
        client_id = work.client(client)
        both = [company_search.find(work.tx, client_id, one) for one in (company, other)]
        _store(work, client, (company, other), wanted, reason)
    done = work_off(session)

    names = [one.name for one in both]
    if wanted is Answer.DIFFERENT and both[0].id == both[1].id:
        # They were one company until now, and had one name.
        names = [company, other]
    return Answered(names[0], names[1], wanted, done)


def _store(
    work: Transaction, client: str, both: tuple[str, str], wanted: Answer, reason: str
) -> None:
    client_id, by = work.client(client), work.actor.name
    if wanted is Answer.SAME:
        work.follow(decisions.merge(work.tx, client_id, *both, by, reason))
        return
    if wanted is Answer.PART_OF:
        one, other = both
        _, changes = relations.relate(work.tx, client_id, one, LinkKind.PART_OF, other, by, reason)
        work.follow(changes)
    work.follow(decisions.separate(work.tx, client_id, *both, by, reason))


def undo(
    session: Session, client: str, company: str, other: str | None, *, reason: str = ""
) -> Withdrawn:
    """Withdraw what people decided about two companies, or about the records of one."""
    with session.write(Right.MANAGE) as work:
        client_id, by = work.client(client), work.actor.name
        found, changes = decisions.withdraw(work.tx, client_id, company, other, by, reason)
        if other is not None:
            more, follow = relations.forget(work.tx, client_id, company, other, by, reason)
            found, changes = found + more, [*changes, *follow]
        if not found:
            raise _nothing_decided(company, other)
        work.follow(changes)
    return Withdrawn(found, work_off(session))


def _nothing_decided(company: str, other: str | None) -> NotFoundError:
    if other is None:
        return NotFoundError(
            f"nobody decided anything about the records of {company}",
            "after a split, name both companies: `sluice dedupe undo COMPANY OTHER`",
        )
    return NotFoundError(
        f"nobody decided anything about {company} and {other}",
        "see `sluice dedupe explain COMPANY OTHER`",
    )


def _answer(text: str) -> Answer:
    try:
        return Answer(text)
    except ValueError:
        raise UsageError(f"{text!r} is not an answer", f"use one of: {', '.join(Answer)}") from None
