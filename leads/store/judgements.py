"""People's decisions about pairs of records."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.schema import client, judgement, list_import, match_model, record, unsure_pair


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """What one person said about two match keys."""

    left_key: str
    right_key: str
    decision: str
    by: str
    #: Pairs that one word decided have one moment.
    at: datetime


def judgements(tx: Tx, client_id: UUID) -> list[tuple[str, str, str]]:
    """What people decided about pairs: left key, right key, `same` or `different`."""
    wanted = select(judgement.c.left_key, judgement.c.right_key, judgement.c.decision).where(
        judgement.c.client_id == client_id
    )
    return [
        (row.left_key, row.right_key, row.decision)
        for row in tx.execute(wanted.order_by(judgement.c.left_key, judgement.c.right_key))
    ]


def answers(tx: Tx, client_id: UUID) -> list[JudgementRow]:
    """What people decided about pairs, with who and when."""
    columns = [judgement.c[name] for name in JudgementRow.__slots__]
    wanted = select(*columns).where(judgement.c.client_id == client_id)
    rows = tx.execute(wanted.order_by(judgement.c.left_key, judgement.c.right_key)).mappings()
    return [JudgementRow(**row) for row in rows]


def opposed(
    tx: Tx, client_id: UUID, pairs: Iterable[tuple[str, str]], decision: str, by: str
) -> JudgementRow | None:
    """What somebody else decided otherwise about one of these pairs of match keys, if anybody did."""
    wanted = {(min(pair), max(pair)) for pair in pairs}
    return next(
        (
            row
            for row in answers(tx, client_id)
            if row.decision != decision and row.by != by and (row.left_key, row.right_key) in wanted
        ),
        None,
    )


#: Equal as long as nothing changed that it stands for.
Mark = tuple[Any, ...]


def mark_of(tx: Tx, client_id: UUID) -> Mark:
    """A mark of what deduplication rests on: another one as soon as a record comes, ends, is erased
    or counts again, a person decides or cannot, or the client's strictness or its model changes.
    """
    of_records = select(
        func.count(), func.count(record.c.ended_at), func.max(record.c.ended_at)
    ).where(record.c.client_id == client_id)
    # A record may be erased and another one come: then the counts are the same.
    imported = select(func.max(list_import.c.at)).where(list_import.c.client_id == client_id)
    unsure = select(func.count(), func.max(unsure_pair.c.at)).where(
        unsure_pair.c.client_id == client_id
    )
    return (
        *tx.execute(of_records).one(),
        tx.execute(imported).scalar(),
        *tx.execute(unsure).one(),
        *settings_of(tx, client_id),
    )


def settings_of(tx: Tx, client_id: UUID) -> Mark:
    """A mark of what a comparison rests on besides the records: decisions, strictness and model."""
    decided = select(func.count(), func.max(judgement.c.at)).where(
        judgement.c.client_id == client_id
    )
    strictness = select(client.c.strictness).where(client.c.id == client_id)
    model = select(match_model.c.version).where(
        match_model.c.client_id == client_id,
        match_model.c.used_at.is_not(None),
        match_model.c.ended_at.is_(None),
    )
    return (
        *tx.execute(decided).one(),
        tx.execute(strictness).scalar(),
        tx.execute(model).scalar(),
    )


def judge(
    tx: Tx, client_id: UUID, pairs: Iterable[tuple[str, str]], decision: str, by: str, reason: str
) -> int:
    """Write down a person's word about pairs of match keys; the newest word counts."""
    kept, at = 0, now()
    for left, right in sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}):
        same = (
            (judgement.c.client_id == client_id)
            & (judgement.c.left_key == left)
            & (judgement.c.right_key == right)
        )
        tx.execute(delete(judgement).where(same))
        row = {
            "left_key": left,
            "right_key": right,
            "decision": decision,
            "by": by,
            "reason": reason,
            # One moment for all pairs, by which they are withdrawn together.
            "at": at,
        }
        tx.execute(insert(judgement).values(id=new_id(), client_id=client_id, **row))
        kept += 1
    return kept


def withdraw(tx: Tx, client_id: UUID, lefts: Collection[str], rights: Collection[str]) -> int:
    """Forget what people said about pairs with one key on each side; how many pairs it was."""
    wanted = select(judgement.c.id, judgement.c.left_key, judgement.c.right_key)
    ended = [
        row.id
        for row in tx.execute(wanted.where(judgement.c.client_id == client_id))
        if (row.left_key in lefts and row.right_key in rights)
        or (row.left_key in rights and row.right_key in lefts)
    ]
    for some in chunks(ended):
        tx.execute(delete(judgement).where(judgement.c.id.in_(some)))
    return len(ended)


def last_at(tx: Tx, client_id: UUID, by: str) -> datetime | None:
    """When a person decided last."""
    own = (judgement.c.client_id == client_id) & (judgement.c.by == by)
    return tx.execute(select(func.max(judgement.c.at)).where(own)).scalar()


def withdraw_last(tx: Tx, client_id: UUID, by: str) -> list[tuple[str, str]]:
    """Forget what a person said last, and give the pairs of keys that it was about."""
    own = (judgement.c.client_id == client_id) & (judgement.c.by == by)
    last = tx.execute(select(func.max(judgement.c.at)).where(own)).scalar()
    if last is None:
        return []
    said = own & (judgement.c.at == last)
    wanted = select(judgement.c.left_key, judgement.c.right_key).where(said)
    pairs = [(row.left_key, row.right_key) for row in tx.execute(wanted)]
    tx.execute(delete(judgement).where(said))
    return pairs
