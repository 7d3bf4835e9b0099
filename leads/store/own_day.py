"""What one user reported in a campaign since a moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select

from leads.clock import now
from leads.store import driver, queue_lines
from leads.store.bound import CAMPAIGN, COMPANIES
from leads.store.engine import Tx, chunks
from leads.store.ledger.statements import in_state
from leads.store.schema import disposition, queue_entry
from leads.store.seat import Seat


@dataclass(frozen=True, slots=True)
class CallBacksDue:
    """How many promised calls were due, and how many of those the user made."""

    due: int
    kept: int


_SINCE: BindParameter[datetime] = bindparam("since")
_UNTIL: BindParameter[datetime] = bindparam("until")
_USER: BindParameter[str] = bindparam("of_user")
_OF_DAY = (
    disposition.c.campaign_id == CAMPAIGN,
    disposition.c.at >= _SINCE,
    disposition.c.user == _USER,
    disposition.c.undone_at.is_(None),
)
_REPORTS = (
    select(disposition.c.kind, func.count().label("n")).where(*_OF_DAY).group_by(disposition.c.kind)
)
_WORKED = (
    select(disposition.c.company_id, func.max(disposition.c.at).label("last"))
    .where(*_OF_DAY)
    .group_by(disposition.c.company_id)
)
_PROMISED = select(disposition.c.company_id, disposition.c.at).where(
    disposition.c.company_id.in_(COMPANIES),
    disposition.c.campaign_id == CAMPAIGN,
    disposition.c.user == _USER,
    disposition.c.kind.in_(bindparam("kinds", expanding=True)),
    disposition.c.again_at.between(_SINCE, _UNTIL),
    disposition.c.undone_at.is_(None),
)
_FREE = select(func.count()).where(
    in_state("ready", of=queue_entry),
    queue_entry.c.campaign_id == CAMPAIGN,
    queue_entry.c.promised_by == _USER,
    queue_entry.c.not_before.between(_SINCE, _UNTIL),
)


def reports_of(tx: Tx, seat: Seat, since: datetime) -> Mapping[str, int]:
    """How often the user reported each result since then; those taken back are left out."""
    return driver.pairs(tx, _REPORTS, _given(seat, since))


def call_backs_due(tx: Tx, seat: Seat, kinds: Collection[str], since: datetime) -> CallBacksDue:
    """The calls that the user promised by results of these kinds for a time between then and now.

    It starts from the few companies of the day: an index finds what was promised to each.
    """
    given = _given(seat, since) | {"until": now()}
    worked = driver.pairs(tx, _WORKED, _given(seat, since))
    kept = 0
    for some in chunks(list(worked)):
        rows = driver.read(tx, _PROMISED, given | {"of_companies": some, "kinds": list(kinds)})
        kept += sum(1 for company_id, at in rows if at < worked[company_id])
    return CallBacksDue(kept + _open(tx, seat, given), kept)


def _open(tx: Tx, seat: Seat, given: Mapping[str, Any]) -> int:
    """How many of the user's promises of that time are still open, on free rows and on held ones."""
    held = [
        one
        for one in queue_lines.held(tx, seat)
        if one.promised_by == seat.user
        and one.not_before
        and given["since"] <= one.not_before <= given["until"]
    ]
    return int(driver.value(tx, _FREE, given) or 0) + len(held)


def _given(seat: Seat, since: datetime) -> dict[str, Any]:
    return {"of_campaign": seat.campaign_id, "of_user": seat.user, "since": since}
