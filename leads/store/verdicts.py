"""Verdicts in force and superseded, relationships, and the counts people ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, insert, select, update

from leads.clock import now
from leads.ids import new_hex, new_id
from leads.stages import Relationship, furthest
from leads.store import driver, lead_rows, scope
from leads.store.bound import CAMPAIGN, COMPANIES, COMPANY
from leads.store.bulk_inserts import for_driver, insert_rows
from leads.store.counted import counted
from leads.store.engine import Tx, chunks
from leads.store.schema import company, relationship, verdict
from leads.store.snapshot import is_about_few
from leads.verdicts import DatedVerdict, NewVerdict, RelationshipRow, VerdictBrief, VerdictRow

#: The stages of open verdicts: the index by stage finds these without a look at the others.
OPEN_STAGES = ("name", "suspect")
#: The stage of a company that becomes a lead with a relationship.
_STAGES = {"lead": "unqualified", "qualified_lead": "sql", "customer": "customer"}
_NAMES = {
    row: tuple(one.name for one in fields(row))
    for row in (VerdictBrief, DatedVerdict, VerdictRow, RelationshipRow)
}
_Row = TypeVar("_Row", VerdictBrief, DatedVerdict, VerdictRow, RelationshipRow)


def _columns(row: type[Any], table: Table) -> tuple[ColumnElement[Any], ...]:
    """The columns that a kind of row is made of."""
    return tuple(table.c[one.name] for one in fields(row))


def _in_force(
    tx: Tx, row: type[_Row], campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, _Row]:
    # A card shows all of a verdict after its parts have decided.
    read = VerdictRow if is_about_few(tx, company_ids) else row
    found = {}
    for some in chunks(list(company_ids)):
        given = {"of_campaign": campaign_id, "of_companies": some}
        for values in driver.read(tx, _IN_FORCE[read], given):
            every = dict(zip(_NAMES[read], values, strict=True))
            made = row(**{name: every[name] for name in _NAMES[row]})
            found[made.company_id] = made
    return found


_IN_FORCE: dict[type[Any], Select[Any]] = {
    row: select(*_columns(row, verdict)).where(
        verdict.c.campaign_id == CAMPAIGN,
        verdict.c.company_id.in_(COMPANIES),
        verdict.c.superseded_at.is_(None),
    )
    for row in (VerdictRow, VerdictBrief, DatedVerdict)
}


def in_force(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, VerdictRow]:
    """The verdict in force for each of the companies that has one."""
    return _in_force(tx, VerdictRow, campaign_id, company_ids)


def brief(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, VerdictBrief]:
    """The verdicts in force without their answers."""
    return _in_force(tx, VerdictBrief, campaign_id, company_ids)


def dated(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, DatedVerdict]:
    """The verdicts in force without their answers, with what they rest on and how long they last."""
    return _in_force(tx, DatedVerdict, campaign_id, company_ids)


def rests_on(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """The facts that each company's verdict in force rests on."""
    if is_about_few(tx, company_ids):
        every = in_force(tx, campaign_id, company_ids)
        return {one: list(map(UUID, row.fact_ids)) for one, row in every.items()}
    found = {}
    for some in chunks(list(company_ids)):
        given = {"of_campaign": campaign_id, "of_companies": some}
        for company_id, fact_ids in driver.read(tx, _RESTS_ON, given):
            found[company_id] = list(map(UUID, fact_ids))
    return found


_RESTS_ON = select(verdict.c.company_id, verdict.c.fact_ids).where(
    verdict.c.campaign_id == CAMPAIGN,
    verdict.c.company_id.in_(COMPANIES),
    verdict.c.superseded_at.is_(None),
)


def keep(tx: Tx, rows: Sequence[tuple[UUID, str | None, date | None]]) -> None:
    """Keep verdicts that say the same as before; each row is an id, the new basis, and the day until
    which the verdict lasts.
    """
    if rows:
        noted = (
            update(verdict)
            .where(verdict.c.id == bindparam("of"))
            .values(basis=bindparam("on"), lasts_until=bindparam("until"))
        )
        tx.execute(noted, [{"of": one, "on": basis, "until": until} for one, basis, until in rows])


def supersede(tx: Tx, ids: Sequence[UUID]) -> None:
    """Put verdicts out of force."""
    for some in chunks(list(ids)):
        tx.execute(update(verdict).where(verdict.c.id.in_(some)).values(superseded_at=now()))


def add(tx: Tx, rows: Sequence[NewVerdict]) -> None:
    """Store verdicts and put them in force."""
    scope.check(tx, "INSERT INTO verdict ", ({"client_id": row.client_id} for row in rows))
    columns = {one.name: [*map(attrgetter(one.name), rows)] for one in fields(NewVerdict)}
    columns["decided_at"] = [now()] * len(rows)
    ready = {name: _ready(for_driver(tx, verdict, name), of) for name, of in columns.items()}
    ready["id"] = [new_hex() for _ in rows]
    insert_rows(tx, verdict, tuple(ready), zip(*ready.values(), strict=True))


def _ready(make: Callable[[Any], Any], values: Sequence[Any]) -> list[Any]:
    """The values of a column as the driver takes them; rows that share a value share what is made of
    it.
    """
    found: list[Any] = []
    before, made = object(), None
    for one in values:
        if one is not before:
            before, made = one, make(one)
        found.append(made)
    return found


def end_of_gone(tx: Tx, client_id: UUID) -> list[tuple[UUID, UUID]]:
    """Put the verdicts of merged and vanished companies out of force; campaign and company ids of
    each.
    """
    gone = select(company.c.id).where(
        company.c.client_id == client_id,
        company.c.merged_into.is_not(None) | company.c.gone_at.is_not(None),
    )
    ended = update(verdict).where(
        verdict.c.client_id == client_id,
        verdict.c.superseded_at.is_(None),
        verdict.c.company_id.in_(gone),
    )
    rows = tx.execute(
        ended.values(superseded_at=now()).returning(verdict.c.campaign_id, verdict.c.company_id)
    )
    return [(row.campaign_id, row.company_id) for row in rows]


_RELATED = select(*_columns(RelationshipRow, relationship)).where(
    relationship.c.campaign_id == CAMPAIGN, relationship.c.company_id.in_(COMPANIES)
)


def relationships(
    tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, RelationshipRow]:
    """The relationships of the companies that are no longer untouched."""
    found = {}
    for some in chunks(list(company_ids)):
        given = {"of_campaign": campaign_id, "of_companies": some}
        for values in driver.read(tx, _RELATED, given):
            made = RelationshipRow(**dict(zip(_NAMES[RelationshipRow], values, strict=True)))
            found[made.company_id] = made
    return found


_RELATE = (
    update(relationship)
    .where(relationship.c.campaign_id == CAMPAIGN, relationship.c.company_id == COMPANY)
    .values(
        {
            name: bindparam(f"to_{name}")
            for name in ("state", "reason", "since", "reopens_at", "promised_by", "shared_at")
        }
    )
)
_ADD_RELATED = insert(relationship)


def relate(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    company_id: UUID,
    state: str,
    reason: str,
    reopens_at: datetime | None = None,
    promised_by: str | None = None,
    shared_at: datetime | None = None,
) -> None:
    """Store how a company stands with the campaign from now on."""
    named = {"of_campaign": campaign_id, "of_company": company_id}
    values = {
        "state": state,
        "reason": reason,
        "since": now(),
        "reopens_at": reopens_at,
        "promised_by": promised_by,
        "shared_at": shared_at,
    }
    changed = {f"to_{name}": value for name, value in values.items()}
    if not driver.change(tx, _RELATE, named | changed):
        ids = {"id": new_id(), "client_id": client_id}
        ids |= {"campaign_id": campaign_id, "company_id": company_id}
        driver.add(tx, _ADD_RELATED, [ids | values])
    if state in _STAGES:
        lead_rows.ensure(tx, client_id, campaign_id, company_id, _STAGES[state])


def move_relationships(tx: Tx, merges: Sequence[tuple[UUID, UUID]]) -> None:
    """Give the survivors of merges the relationships of the merged companies, where those are
    further.
    """
    columns = _columns(RelationshipRow, relationship)
    for gone, to in merges:
        wanted = select(*columns).where(relationship.c.company_id == gone)
        moved = [RelationshipRow(**values) for values in tx.execute(wanted).mappings().all()]
        for row in moved:
            own = relationships(tx, row.campaign_id, [to]).get(to)
            before = Relationship(own.state) if own else Relationship.UNTOUCHED
            if own is None or furthest(before, Relationship(row.state)) is not before:
                relate(
                    tx,
                    row.client_id,
                    row.campaign_id,
                    to,
                    row.state,
                    row.reason,
                    row.reopens_at,
                    row.promised_by,
                    row.shared_at,
                )


def all_of(tx: Tx, campaign_id: UUID, *, every: bool) -> Iterator[VerdictRow]:
    """The verdicts of a campaign, oldest first: those in force, or with `every` the superseded ones
    too.
    """
    wanted = select(*_columns(VerdictRow, verdict)).where(verdict.c.campaign_id == campaign_id)
    if not every:
        wanted = wanted.where(verdict.c.superseded_at.is_(None))
    for values in tx.execute(wanted.order_by(verdict.c.id)).mappings():
        yield VerdictRow(**values)


def some_by_stage(tx: Tx, campaign_id: UUID, stages: Iterable[str]) -> dict[str, int]:
    """The same for these stages, as `counted` counts: what is above its most is not read."""
    rows = select(verdict.c.company_id).where(
        verdict.c.campaign_id == campaign_id, verdict.c.superseded_at.is_(None)
    )
    # In the order of the index by stage: SQLite would read all of a campaign for a rare stage.
    ordered = rows.order_by(verdict.c.score_worst, verdict.c.company_id)
    return {one: counted(tx, ordered.where(verdict.c.fit_stage == one)) for one in stages}


def count_by_stage(tx: Tx, campaign_id: UUID) -> dict[str, int]:
    """How many companies the profile alone puts at each stage."""
    wanted = select(verdict.c.fit_stage, func.count().label("n")).where(
        verdict.c.campaign_id == campaign_id, verdict.c.superseded_at.is_(None)
    )
    return {row.fit_stage: row.n for row in tx.execute(wanted.group_by(verdict.c.fit_stage))}


def open_companies(tx: Tx, client_id: UUID, campaign_id: UUID) -> list[UUID]:
    """The companies of a campaign whose verdict is open, but those that only a person can settle."""
    wanted = select(verdict.c.company_id).where(
        verdict.c.client_id == client_id,
        verdict.c.campaign_id == campaign_id,
        verdict.c.superseded_at.is_(None),
        verdict.c.fit_stage.in_(OPEN_STAGES),
        verdict.c.verdict == "unknown",
        verdict.c.asks.is_(False),
    )
    # Sorted here: for an order SQLite would read all verdicts.
    return sorted(tx.execute(wanted).scalars())
