"""Questions to sources: each is reserved, sent and settled, so that none is paid twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from leads.clock import now
from leads.prices import Price
from leads.store.among import is_among
from leads.store.engine import Tx, chunks
from leads.store.many_rows import insert_many, update_many
from leads.store.schema import source_question, source_question_key


class State(StrEnum):
    """How far a question is."""

    #: Its price is set aside; nothing was sent.
    RESERVED = "reserved"
    #: It was sent, or is about to be.
    SENT = "sent"
    SETTLED = "settled"
    #: It was given up before it was sent, or the source did not answer: nothing is owed.
    REFUNDED = "refunded"
    #: It was sent and nobody knows whether it is owed: its process died. A person decides.
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """A question that is about to be asked."""

    id: UUID
    #: None: its answer is every client's.
    client_id: UUID | None
    source: str
    country: str
    attributes: Sequence[str]
    budget_id: UUID
    task_id: UUID
    attempt: int
    price: Price
    #: Keyed hashes of what the company is known by at the source; each is one question's.
    keys: Sequence[str]
    #: Further ones by which its answer is found.
    also: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredQuestion:
    """A question as it is held."""

    id: UUID
    client_id: UUID | None
    source: str
    country: str
    attributes: Sequence[str]
    state: str
    task_id: UUID | None
    attempt: int
    price_micros: int
    charged_micros: int
    currency: str
    outcome: str | None
    reason: str
    found: Sequence[str]
    answer: Sequence[Mapping[str, Any]] | None
    reserved_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None
    fresh_until: datetime | None

    @property
    def price(self) -> Price:
        """What it may cost."""
        return Price(self.price_micros, self.currency)

    @property
    def charged(self) -> Price:
        """What it did cost."""
        return Price(self.charged_micros, self.currency)

    def is_fresh(self, at: datetime) -> bool:
        """Whether the same question need not be asked at this time."""
        return self.fresh_until is None or at < self.fresh_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What came of a question."""

    outcome: str
    reason: str
    charged: Price
    found: Sequence[str] = ()
    answer: Sequence[Mapping[str, Any]] | None = None
    fresh_until: datetime | None = None
    #: False: nothing was answered, and the same question may be asked at once.
    answered: bool = True


_NAMES = tuple(field.name for field in fields(StoredQuestion))
COLUMNS = select(*(source_question.c[name] for name in _NAMES))
OPEN = (State.RESERVED.value, State.SENT.value)


def holder(client_id: UUID | None) -> str:
    """Whose answers a key is of, as keys are stored."""
    return "" if client_id is None else client_id.hex


def holding(
    tx: Tx, client_id: UUID, keys: Collection[str]
) -> dict[tuple[str, str, str], StoredQuestion]:
    """The questions about these keys whose answers a client may use, by source, holder and key.

    A question that is too old is among them until the same one is asked.
    """
    found: dict[tuple[str, str, str], StoredQuestion] = {}
    key = source_question_key
    for some in chunks(sorted(set(keys))):
        wanted = (
            COLUMNS.add_columns(key.c.key, key.c.holder)
            .join(key, key.c.question_id == source_question.c.id)
            .where(is_among(tx, key.c.key, some), key.c.holder.in_(("", holder(client_id))))
        )
        for row in tx.execute(wanted):
            found[row.source, row.holder, row.key] = question_of(row)
    return found


def held(tx: Tx, client_id: UUID, keys: Collection[str]) -> dict[tuple[str, str], StoredQuestion]:
    """The same by source and key: what is the client's own counts before what is everybody's."""
    found = holding(tx, client_id, keys)
    return {(source, key): found[source, own, key] for source, own, key in sorted(found)}


def question(tx: Tx, question_id: UUID) -> StoredQuestion | None:
    """One question; None if there is no such."""
    row = tx.execute(COLUMNS.where(source_question.c.id == question_id)).one_or_none()
    return None if row is None else question_of(row)


def open_of_tasks(tx: Tx, task_ids: Sequence[UUID]) -> dict[UUID, StoredQuestion]:
    """The questions that tasks reserved or sent and did not settle, by task."""
    found: dict[UUID, StoredQuestion] = {}
    for some in chunks(list(task_ids)):
        mine = COLUMNS.where(source_question.c.state.in_(OPEN), source_question.c.task_id.in_(some))
        for row in tx.execute(mine):
            assert row.task_id is not None
            found[row.task_id] = question_of(row)
    return found


def question_of(row: Any) -> StoredQuestion:
    """Make a question of a row of `COLUMNS`."""
    return StoredQuestion(**{name: getattr(row, name) for name in _NAMES})


def reserve(tx: Tx, some: Sequence[NewQuestion]) -> None:
    """Store questions, none of whose keys is taken.

    Call it under `seat.lock_spending`. Old questions about the keys must have let go of them.
    """
    at = now()
    insert_many(tx, source_question, {"reserved_at": at}, [_reserved(one) for one in some])
    keys = [
        {"key": key, "source": one.source, "holder": holder(one.client_id), "question_id": one.id}
        for one in some
        for key in sorted({*one.keys, *one.also})
    ]
    insert_many(tx, source_question_key, {}, keys)


def as_reserved(new: NewQuestion, at: datetime) -> StoredQuestion:
    """A new question as it is held once it is reserved."""
    return StoredQuestion(
        id=new.id,
        client_id=new.client_id,
        source=new.source,
        country=new.country,
        attributes=new.attributes,
        state=State.RESERVED.value,
        task_id=new.task_id,
        attempt=new.attempt,
        price_micros=new.price.micros,
        charged_micros=0,
        currency=new.price.currency,
        outcome=None,
        reason="",
        found=[],
        answer=None,
        reserved_at=at,
        sent_at=None,
        settled_at=None,
        fresh_until=None,
    )


def _reserved(one: NewQuestion) -> dict[str, Any]:
    return {
        "id": one.id,
        "client_id": one.client_id,
        "source": one.source,
        "country": one.country,
        "attributes": sorted(one.attributes),
        "state": State.RESERVED.value,
        "budget_id": one.budget_id,
        "task_id": one.task_id,
        "attempt": one.attempt,
        "price_micros": one.price.micros,
        "charged_micros": 0,
        "currency": one.price.currency,
        "reason": "",
        "found": [],
    }


def let_go(tx: Tx, question_ids: Sequence[UUID]) -> None:
    """Let the same questions be asked again."""
    for some in chunks(list(question_ids)):
        tx.execute(delete(source_question_key).where(source_question_key.c.question_id.in_(some)))


def take_over(tx: Tx, question_id: UUID, task_id: UUID, attempt: int) -> None:
    """Let another attempt, or another task, hold a question that is reserved."""
    mine = {"task_id": task_id, "attempt": attempt}
    tx.execute(update(source_question).where(source_question.c.id == question_id).values(mine))


def send(tx: Tx, question_id: UUID, task_id: UUID, attempt: int) -> bool:
    """Note that a question is about to be sent: from now on it may be owed.

    False if another attempt holds it by now: then it must not be sent.
    """
    mine = update(source_question).where(
        source_question.c.id == question_id,
        source_question.c.task_id == task_id,
        source_question.c.attempt == attempt,
        source_question.c.state.in_(OPEN),
    )
    return bool(tx.execute(mine.values(state=State.SENT.value, sent_at=now())).rowcount)


def settle(tx: Tx, said: Mapping[UUID, Settlement]) -> None:
    """Store what came of questions; those without an answer may be asked again."""
    at = now()
    update_many(tx, source_question, [_settled(one, what, at) for one, what in said.items()])
    let_go(tx, [one for one, what in said.items() if not what.answered])


def _settled(question_id: UUID, said: Settlement, at: datetime) -> dict[str, Any]:
    return {
        "id": question_id,
        "state": (State.SETTLED if said.answered else State.REFUNDED).value,
        "outcome": said.outcome,
        "reason": said.reason[:500],
        "charged_micros": said.charged.micros,
        "found": sorted(said.found),
        "answer": None if said.answer is None else list(said.answer),
        "settled_at": at,
        "fresh_until": said.fresh_until,
    }
