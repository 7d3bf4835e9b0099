"""Draws of facts and how people judge them: appended, never edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, insert, select

from leads.clock import now
from leads.errors import NotFoundError, UsageError
from leads.facts import Fact
from leads.ids import new_id
from leads.store.audits.frame import Picked
from leads.store.engine import Tx, chunks
from leads.store.facts import facts
from leads.store.schema import company, fact_audit, fact_audit_item, fact_judgement

TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One draw."""

    id: UUID
    client_id: UUID
    attribute: str
    #: Empty: every source, every list.
    source: str
    list: str
    wanted: int
    #: How many facts there were to draw from, in how many strata.
    frame: int
    strata: int
    seed: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DrawnFact:
    """A fact to be judged, with the company it is shown with."""

    id: UUID
    audit_id: UUID
    number: int
    fact: Fact
    company_id: UUID
    company: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How many facts were drawn, and how many of them are judged."""

    drawn: int
    judged: int


#: A row that takes a judgement back.
_BACK = fact_judgement.alias("back")
#: Whether a judgement stands.
STANDS = and_(
    fact_judgement.c.said != TAKEN_BACK,
    ~exists().where(_BACK.c.takes_back == fact_judgement.c.id),
)
_IS_JUDGED = exists().where(fact_judgement.c.item_id == fact_audit_item.c.id, STANDS)

#: The company that a fact was drawn with.
_DRAWN = company.alias("drawn")


def add(tx: Tx, audit: AuditRow, picked: Sequence[Picked]) -> None:
    """Store a draw; its facts are judged in this order."""
    tx.execute(insert(fact_audit).values(asdict(audit)))
    rows = [
        {
            "id": new_id(),
            "client_id": audit.client_id,
            "audit_id": audit.id,
            "number": number,
            "fact_id": one.fact_id,
            "company_id": one.company_id,
            "source": one.source,
        }
        for number, one in enumerate(picked, 1)
    ]
    for some in chunks(rows):
        tx.execute(insert(fact_audit_item), some)


def every(tx: Tx, client_id: UUID) -> list[tuple[AuditRow, Progress]]:
    """The draws of a client, the newest first, each with its progress."""
    drawn = func.count(fact_audit_item.c.id)
    judged = func.count(fact_judgement.c.id)
    columns = [fact_audit.c[name] for name in AuditRow.__slots__]
    wanted = (
        select(*columns, drawn, judged)
        .outerjoin(fact_audit_item, fact_audit_item.c.audit_id == fact_audit.c.id)
        .outerjoin(fact_judgement, and_(fact_judgement.c.item_id == fact_audit_item.c.id, STANDS))
        .where(fact_audit.c.client_id == client_id)
        .group_by(*columns)
        .order_by(fact_audit.c.id.desc())
    )
    found = []
    for *row, drawn_facts, judged_facts in tx.execute(wanted):
        audit = AuditRow(**dict(zip(AuditRow.__slots__, row, strict=True)))
        found.append((audit, Progress(drawn_facts, judged_facts)))
    return found


def find(tx: Tx, client_id: UUID, audit_id: UUID) -> UUID:
    """The id of a draw; NotFoundError unless it is of the client."""
    mine = (fact_audit.c.client_id == client_id, fact_audit.c.id == audit_id)
    if tx.execute(select(fact_audit.c.id).where(*mine)).first() is None:
        raise NotFoundError(f"there is no draw {audit_id}", "see `sluice audit report`")
    return audit_id


def open_fact(tx: Tx, client_id: UUID, audit_id: UUID | None, skip: int = 0) -> DrawnFact | None:
    """The first fact without a judgement, after `skip` others; of one draw, or of all."""
    wanted = _items(_of(client_id, audit_id)).where(~_IS_JUDGED)
    ordered = wanted.order_by(fact_audit_item.c.audit_id, fact_audit_item.c.number)
    return _one(tx, ordered.offset(skip).limit(1))


def progress(tx: Tx, client_id: UUID, audit_id: UUID | None) -> Progress:
    """How far a draw is judged, or all of them."""
    mine = select(func.count(fact_audit_item.c.id)).where(_of(client_id, audit_id))
    return Progress(tx.execute(mine).scalar_one(), tx.execute(mine.where(_IS_JUDGED)).scalar_one())


def judge(tx: Tx, client_id: UUID, item_id: UUID, said: str, by: str) -> DrawnFact:
    """Judge a drawn fact; NotFoundError if it is in no draw, UsageError if it has a judgement."""
    this = and_(fact_audit_item.c.client_id == client_id, fact_audit_item.c.id == item_id)
    # Locked: when two people judge at once, the second is refused.
    locked = select(fact_audit_item.c.id).where(this).with_for_update()
    if tx.execute(locked).first() is None:
        raise NotFoundError("this fact is in no draw", "open the next one")
    before = tx.execute(
        select(fact_judgement.c.by).where(fact_judgement.c.item_id == item_id, STANDS)
    ).scalar()
    if before is not None:
        raise UsageError(f"{before} has judged this fact", "open the next one")
    _append(tx, client_id, item_id, said, by)
    found = _one(tx, _items(this))
    assert found is not None
    return found


def undo(tx: Tx, client_id: UUID, by: str) -> DrawnFact:
    """Take back the last judgement of a person; NotFoundError when there is none."""
    mine = (fact_judgement.c.client_id == client_id, fact_judgement.c.by == by, STANDS)
    wanted = select(fact_judgement.c.id, fact_judgement.c.item_id).where(*mine)
    last = tx.execute(wanted.order_by(fact_judgement.c.id.desc()).limit(1)).first()
    if last is None:
        raise NotFoundError("you judged no fact that could be taken back", "judge one first")
    _append(tx, client_id, last.item_id, TAKEN_BACK, by, last.id)
    found = _one(tx, _items(fact_audit_item.c.id == last.item_id))
    assert found is not None
    return found


def _append(
    tx: Tx, client_id: UUID, item_id: UUID, said: str, by: str, takes_back: UUID | None = None
) -> None:
    row = {
        "id": new_id(),
        "client_id": client_id,
        "item_id": item_id,
        "said": said,
        "takes_back": takes_back,
        "by": by,
        "at": now(),
    }
    tx.execute(insert(fact_judgement), [row])


def _of(client_id: UUID, audit_id: UUID | None) -> ColumnElement[bool]:
    mine = fact_audit_item.c.client_id == client_id
    return mine if audit_id is None else and_(mine, fact_audit_item.c.audit_id == audit_id)


def _items(which: ColumnElement[bool]) -> Select[UUID, UUID, int, UUID, UUID, str]:
    return (
        select(
            fact_audit_item.c.id,
            fact_audit_item.c.audit_id,
            fact_audit_item.c.number,
            fact_audit_item.c.fact_id,
            company.c.id,
            company.c.name,
        )
        .select_from(fact_audit_item)
        .join(_DRAWN, _DRAWN.c.id == fact_audit_item.c.company_id)
        # A company that was merged since is shown by the name that it has now.
        .join(company, company.c.id == func.coalesce(_DRAWN.c.merged_into, _DRAWN.c.id))
        .where(which)
    )


def _one(tx: Tx, wanted: Select[UUID, UUID, int, UUID, UUID, str]) -> DrawnFact | None:
    row = tx.execute(wanted).first()
    if row is None:
        return None
    item_id, audit_id, number, fact_id, company_id, name = row
    found = facts.by_ids(tx, [fact_id])[fact_id]
    return DrawnFact(item_id, audit_id, number, found, company_id, name)
