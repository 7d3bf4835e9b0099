"""What is known of the outcome of each company that a campaign has worked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, or_, select

from leads.store.companies import survivors
from leads.store.engine import Tx
from leads.store.schema import company, disposition, event, lead, relationship, signal

#: Rows taken from the database at a time.
_FETCH = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedRow:
    """A company that a campaign has worked, and how it stands."""

    company_id: UUID
    #: Of the relationship; `untouched` without one.
    state: str = "untouched"
    since: datetime | None = None
    reason: str = ""
    #: Of a lead: its stage, since when it has that, and when it became a lead, if that was kept.
    lead_stage: str | None = None
    lead_since: datetime | None = None
    entered_at: datetime | None = None
    #: When it came by itself, by the log.
    came_at: datetime | None = None
    #: The first disposition.
    first_at: datetime | None = None


#: One signal as texts: company, kind, contact, channel, source, link, agent, id, and when it happened
#: in UTC; then its value, and whether its source says that a machine caused it.
SignalTexts = tuple[str, str, str, str, str, str, str, str, str, int | None, bool | None]


def worked(tx: Tx, client_id: UUID, campaign_id: UUID, came: str) -> list[WorkedRow]:
    """The companies of a campaign with a relationship, a lead or a disposition, by id; the
    dispositions of merged companies count for the one that is left. `came` is the verb of the log
    for companies that came by themselves.
    """
    states = {row.company_id: row for row in tx.execute(_states(campaign_id))}
    leads = {row.company_id: row for row in tx.execute(_leads(campaign_id))}
    firsts = {row.of: row.first for row in tx.execute(_firsts(campaign_id))}
    arrivals = _arrivals(tx, client_id, campaign_id, came)
    return [
        WorkedRow(
            company_id=one,
            state=states[one].state if one in states else "untouched",
            since=states[one].since if one in states else None,
            reason=states[one].reason if one in states else "",
            lead_stage=leads[one].stage if one in leads else None,
            lead_since=leads[one].since if one in leads else None,
            entered_at=leads[one].entered_at if one in leads else None,
            came_at=arrivals.get(str(one)),
            first_at=firsts.get(one),
        )
        for one in sorted({*states, *leads, *firsts})
    ]


def _states(campaign_id: UUID) -> Any:
    return (
        select(
            relationship.c.company_id,
            relationship.c.state,
            relationship.c.since,
            relationship.c.reason,
        )
        .join(company, company.c.id == relationship.c.company_id)
        .where(relationship.c.campaign_id == campaign_id, company.c.merged_into.is_(None))
    )


def _leads(campaign_id: UUID) -> Any:
    return (
        select(lead.c.company_id, lead.c.stage, lead.c.since, lead.c.entered_at)
        .join(company, company.c.id == lead.c.company_id)
        .where(lead.c.campaign_id == campaign_id, company.c.merged_into.is_(None))
    )


def _arrivals(tx: Tx, client_id: UUID, campaign_id: UUID, came: str) -> dict[str, datetime]:
    """When companies last came by themselves; those of merged ones count for the one left."""
    owners = {str(one): str(to) for one, to in survivors(tx, client_id).items()}
    wanted = select(event.c.thing_id, event.c.at, event.c.data).where(
        event.c.thing == "lead", event.c.verb == came, event.c.client_id == client_id
    )
    found: dict[str, datetime] = {}
    for row in tx.execute(wanted):
        if row.data.get("campaign_id") == str(campaign_id):
            one = owners.get(row.thing_id, row.thing_id)
            found[one] = max(row.at, found.get(one, row.at))
    return found


def _firsts(campaign_id: UUID) -> Any:
    owner = func.coalesce(company.c.merged_into, company.c.id)
    return (
        select(owner.label("of"), func.min(disposition.c.at).label("first"))
        .join(company, company.c.id == disposition.c.company_id)
        .where(disposition.c.campaign_id == campaign_id, disposition.c.undone_at.is_(None))
        .group_by(owner)
    )


def key(tx: Tx, company_id: UUID) -> str:
    """The text by which `signal_texts` names a company."""
    return company_id.hex if tx.dialect.name == "sqlite" else str(company_id)


def signal_texts(
    tx: Tx, client_id: UUID, campaign_id: UUID, kinds: Sequence[str] | None = None
) -> Iterator[list[SignalTexts]]:
    """The signals in force that count for a campaign: its own, and those of no campaign; of some
    kinds alone, unless it is None.
    """
    back = signal.alias("back")
    owner = func.coalesce(company.c.merged_into, company.c.id)
    wanted: Any = (
        select(
            cast(owner, String),
            signal.c.kind,
            func.coalesce(cast(signal.c.contact_id, String), ""),
            signal.c.channel,
            signal.c.source,
            func.coalesce(signal.c.link, ""),
            func.coalesce(signal.c.agent, ""),
            cast(signal.c.id, String),
            _moment(tx, signal.c.happened_at),
            signal.c.value_minor,
            signal.c.machine,
        )
        .join(company, company.c.id == signal.c.company_id)
        .where(
            signal.c.client_id == client_id,
            or_(signal.c.campaign_id.is_(None), signal.c.campaign_id == campaign_id),
            signal.c.retracts.is_(None),
            ~select(back.c.id).where(back.c.retracts == signal.c.id).exists(),
        )
    )
    if kinds is not None:
        wanted = wanted.where(signal.c.kind.in_(kinds))
    for some in tx.execution_options(yield_per=_FETCH).execute(wanted).partitions(_FETCH):
        yield [(*row,) for row in some]


def _moment(tx: Tx, column: ColumnElement[datetime]) -> ColumnElement[str]:
    """A time as ISO text in UTC, which costs less to read than a datetime."""
    if tx.dialect.name == "sqlite":
        return cast(column, String)
    return func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US')
