"""Pairs of records whose match a person must decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, and_, delete, exists, func, insert, or_, select, tuple_

from leads.clock import now
from leads.company_links import LinkKind
from leads.ids import new_id
from leads.store.counted import counted
from leads.store.engine import Tx, chunks
from leads.store.schema import company_link, record, review_pair

#: Doubt and the two records of a pair: where it stands in the list.
Place = tuple[float, UUID, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Two records, and why a person is asked about them."""

    left_id: UUID
    right_id: UUID
    kind: str
    #: Whether both are on one company.
    together: bool
    #: Log-odds; above 0 means a match.
    odds: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    #: What speaks against the pair, and what agrees.
    disagreement: str = ""

    @property
    def place(self) -> Place:
        """Where it stands among the pairs that wait, the most doubtful first."""
        return abs(self.odds), self.left_id, self.right_id


_REVIEW = (
    review_pair.c.left_id,
    review_pair.c.right_id,
    review_pair.c.kind,
    review_pair.c.together,
    review_pair.c.odds,
    review_pair.c.reasons_for,
    review_pair.c.reasons_against,
    review_pair.c.disagreement,
)
_PLACE = (func.abs(review_pair.c.odds), review_pair.c.left_id, review_pair.c.right_id)
_LEFT, _RIGHT = record.alias("left_record"), record.alias("right_record")
_ONE_COMPANY = _LEFT.c.company_id == _RIGHT.c.company_id
_BETWEEN = or_(
    and_(
        company_link.c.company_id == _LEFT.c.company_id, company_link.c.of_id == _RIGHT.c.company_id
    ),
    and_(
        company_link.c.company_id == _RIGHT.c.company_id, company_link.c.of_id == _LEFT.c.company_id
    ),
)
#: The companies are related, so they are two; or a person said that one is no part of the other.
_LINKED = exists().where(
    company_link.c.client_id == review_pair.c.client_id,
    _BETWEEN,
    or_(company_link.c.denied_at.is_(None), review_pair.c.kind == LinkKind.PART_OF.value),
)
#: Both records are live, and on one company or on two as when they were compared.
_OPEN = (
    _LEFT.c.id == review_pair.c.left_id,
    _RIGHT.c.id == review_pair.c.right_id,
    _LEFT.c.ended_at.is_(None),
    _RIGHT.c.ended_at.is_(None),
    or_(review_pair.c.together & _ONE_COMPANY, ~review_pair.c.together & ~_ONE_COMPANY),
    ~_LINKED,
)


def replace(tx: Tx, client_id: UUID, reviews: Sequence[Review]) -> None:
    """Store the pairs of a client in place of those before; equal ones stay as they are."""
    wanted = {(one.left_id, one.right_id): one for one in reviews}
    outdated: list[UUID] = []
    ids = select(review_pair.c.id, review_pair.c.left_id, review_pair.c.right_id)
    stored = {
        (row.left_id, row.right_id): row.id
        for row in tx.execute(ids.where(review_pair.c.client_id == client_id))
    }
    for row in tx.execute(select(*_REVIEW).where(review_pair.c.client_id == client_id)):
        before = _review(row)
        pair = (before.left_id, before.right_id)
        if wanted.get(pair) == before:
            del wanted[pair]
        else:
            outdated.append(stored[pair])

    for some in chunks(outdated):
        tx.execute(delete(review_pair).where(review_pair.c.id.in_(some)))
    add(tx, client_id, list(wanted.values()))


def put(tx: Tx, client_id: UUID, reviews: Sequence[Review]) -> None:
    """Store pairs beside those that wait, in place of the same pairs before."""
    wanted = {(one.left_id, one.right_id): one for one in reviews}
    pair = tuple_(review_pair.c.left_id, review_pair.c.right_id)
    for some in chunks(list(wanted)):
        old = delete(review_pair).where(review_pair.c.client_id == client_id, pair.in_(some))
        tx.execute(old)
    add(tx, client_id, list(wanted.values()))


def add(tx: Tx, client_id: UUID, fresh: Sequence[Review]) -> None:
    """Store pairs beside those that wait."""
    at = now()
    rows = [
        {
            "id": new_id(),
            "client_id": client_id,
            "left_id": one.left_id,
            "right_id": one.right_id,
            "kind": one.kind,
            "together": one.together,
            "odds": one.odds,
            "reasons_for": list(one.reasons_for),
            "reasons_against": list(one.reasons_against),
            "disagreement": one.disagreement,
            "found_at": at,
        }
        for one in fresh
    ]
    for some in chunks(rows):
        tx.execute(insert(review_pair), some)


def of_client(tx: Tx, client_id: UUID, limit: int, *, after: Place | None = None) -> list[Review]:
    """The pairs that wait for a person, the most doubtful first; those after a place."""
    wanted = select(*_REVIEW).where(review_pair.c.client_id == client_id, *_OPEN)
    if after is not None:
        wanted = wanted.where(tuple_(*_PLACE) > tuple_(*after))
    return [_review(row) for row in tx.execute(wanted.order_by(*_PLACE).limit(limit))]


def find(tx: Tx, client_id: UUID, left_id: UUID, right_id: UUID) -> Review | None:
    """The pair of these records, if it waits for a person."""
    wanted = select(*_REVIEW).where(
        review_pair.c.client_id == client_id,
        review_pair.c.left_id == left_id,
        review_pair.c.right_id == right_id,
        *_OPEN,
    )
    row = tx.execute(wanted).first()
    return _review(row) if row else None


def some(tx: Tx, client_id: UUID, most: int) -> int:
    """How many pairs wait for a person, as `counted` counts up to `most`."""
    wanted = select(review_pair.c.id).where(review_pair.c.client_id == client_id, *_OPEN)
    return counted(tx, wanted, most)


def count(tx: Tx, client_id: UUID) -> int:
    """How many pairs wait for a person."""
    wanted = select(func.count(review_pair.c.id))
    found = tx.execute(wanted.where(review_pair.c.client_id == client_id, *_OPEN))
    return found.scalar() or 0


def drop(tx: Tx, client_id: UUID, left_id: UUID, right_id: UUID) -> None:
    """Ask no longer about a pair."""
    this = (review_pair.c.left_id == left_id) & (review_pair.c.right_id == right_id)
    tx.execute(delete(review_pair).where(review_pair.c.client_id == client_id, this))


def _review(row: Row[UUID, UUID, str, bool, float, list[str], list[str], str]) -> Review:
    left_id, right_id, kind, together, odds, reasons_for, reasons_against, disagreement = row
    return Review(
        left_id=left_id,
        right_id=right_id,
        kind=kind,
        together=together,
        odds=odds,
        reasons_for=tuple(reasons_for),
        reasons_against=tuple(reasons_against),
        disagreement=disagreement,
    )
