"""What users did at their desk: each action with how things stood before, so that it can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store import driver
from leads.store.bound import CAMPAIGN, COMPANIES, COMPANY
from leads.store.engine import Tx, chunks
from leads.store.relationship_before import as_json
from leads.store.schema import company, desk_action, event, lease
from leads.store.seat import Seat
from leads.verdicts import RelationshipRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """One thing that a user did with one company."""

    client_id: UUID
    campaign_id: UUID
    company_id: UUID
    user: str
    #: `done`, `released`, `skipped`, `postponed` or `note`.
    verb: str
    text: str = ""
    #: The lease that the action ended, and its row of the queue.
    lease_id: UUID | None = None
    queue_entry_id: UUID | None = None
    disposition_id: UUID | None = None
    #: The suppression that the action added.
    suppression_id: UUID | None = None
    #: The relationship before; None: the company was untouched.
    relationship: RelationshipRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """One stored action."""

    id: UUID
    client_id: UUID
    campaign_id: UUID
    company_id: UUID
    queue_entry_id: UUID | None
    user: str
    verb: str
    text: str
    at: datetime
    disposition_id: UUID | None
    suppression_id: UUID | None
    before: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OtherAct:
    """What somebody else did with a company."""

    who: str
    verb: str


@dataclass(frozen=True, slots=True)
class _Count:
    """How often somebody did one thing with a company, and when last."""

    who: str
    verb: str
    times: int
    last_at: datetime


def add(tx: Tx, one: NewAction) -> UUID:
    """Store an action; its id."""
    made = new_id()
    others = _acts_of_others(tx, one.company_id, one.user)
    before = {
        "relationship": as_json(one.relationship),
        "lease_id": str(one.lease_id) if one.lease_id else None,
        "others": [[act.who, act.verb, act.times] for act in others],
    }
    row = {
        "id": made,
        "client_id": one.client_id,
        "campaign_id": one.campaign_id,
        "company_id": one.company_id,
        "queue_entry_id": one.queue_entry_id,
        "user": one.user,
        "verb": one.verb,
        "text": one.text,
        "at": now(),
        "disposition_id": one.disposition_id,
        "suppression_id": one.suppression_id,
        "before": before,
        "undone_at": None,
        "undone_why": "",
    }
    driver.add(tx, _INSERT, [row])
    return made


def last_of(tx: Tx, seat: Seat) -> ActionRow | None:
    """The newest action of a user in a campaign that is not undone."""
    wanted = _SELECT.where(
        desk_action.c.campaign_id == seat.campaign_id,
        desk_action.c.user == seat.user,
        desk_action.c.undone_at.is_(None),
    )
    row = tx.execute(wanted.order_by(desk_action.c.id.desc()).limit(1)).mappings().first()
    return ActionRow(**row) if row else None


def of_companies(
    tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, list[ActionRow]]:
    """The actions with each company that are not undone, oldest first."""
    found: dict[UUID, list[ActionRow]] = {}
    for some in chunks(list(company_ids)):
        given = {"of_campaign": campaign_id, "of_companies": some}
        for row in driver.read(tx, _OF_COMPANIES, given):
            made = ActionRow(**dict(zip(ActionRow.__slots__, row, strict=True)))
            found.setdefault(made.company_id, []).append(made)
    return found


def mark_undone(tx: Tx, action: ActionRow, why: str) -> None:
    """Store that an action was undone, and that its lease counts as neither skipped nor done."""
    this = update(desk_action).where(desk_action.c.id == action.id)
    tx.execute(this.values(undone_at=now(), undone_why=why))
    if action.before.get("lease_id"):
        ended = update(lease).where(lease.c.id == UUID(action.before["lease_id"]))
        tx.execute(ended.values(ended_by="undone"))


def acts_of_others(tx: Tx, action: ActionRow) -> list[OtherAct]:
    """What people other than its user did with the company after an action.

    Lines of the log are counted, because clocks may have been set back since.
    """
    acts = _acts_of_others(tx, action.company_id, action.user)
    if "others" not in action.before:
        # Stored by a version that did not count yet.
        return [OtherAct(act.who, act.verb) for act in acts if act.last_at > action.at]
    counted = {(who, verb): times for who, verb, times in action.before["others"]}
    return [
        OtherAct(act.who, act.verb)
        for act in acts
        if act.times > counted.get((act.who, act.verb), 0)
    ]


def _acts_of_others(tx: Tx, company_id: UUID, user: str) -> list[_Count]:
    """What people other than this user did with a company so far, the latest first."""
    given = {"of_thing": str(company_id), "users": [user, "sluice"]}
    return [_Count(*row) for row in driver.run(tx, _OF_OTHERS, given)]


def with_merged(tx: Tx, company_id: UUID) -> list[UUID]:
    """A company and those that were merged into it."""
    merged = driver.read(tx, _MERGED, {"of_company": company_id})
    return [company_id, *(one for (one,) in merged)]


_MERGED = select(company.c.id).where(company.c.merged_into == COMPANY)
_LAST_AT = func.max(event.c.at)
_OF_OTHERS = (
    select(event.c.who, event.c.verb, func.count(), _LAST_AT)
    .where(
        event.c.thing == "company",
        event.c.thing_id == bindparam("of_thing"),
        event.c.who.not_in(bindparam("users", expanding=True)),
    )
    .group_by(event.c.who, event.c.verb)
    .order_by(_LAST_AT.desc())
)
_INSERT = insert(desk_action)
_SELECT = select(*(desk_action.c[name] for name in ActionRow.__slots__))
_OF_COMPANIES = _SELECT.where(
    desk_action.c.company_id.in_(COMPANIES),
    desk_action.c.campaign_id == CAMPAIGN,
    desk_action.c.undone_at.is_(None),
).order_by(desk_action.c.id)
