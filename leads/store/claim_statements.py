"""The statements of a claim, each made once.

No parameter is named like a column: an UPDATE would set that column to it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    String,
    Uuid,
    bindparam,
    cast,
    func,
    insert,
    literal_column,
    or_,
    select,
    true,
    type_coerce,
    update,
)
from sqlalchemy.sql.elements import Grouping

from leads.store import seat, supply
from leads.store.among import ID_LIST
from leads.store.bound import CAMPAIGN, CLIENT
from leads.store.queue import ORDER
from leads.store.schema import campaign, event, lease, queue_entry
from leads.store.unindexed import unindexed

#: Statements of one kind: each number of rows and of calendars has its own.
_KEPT = 128
_ROW, _OF = queue_entry.alias("held_row"), campaign.alias("of_lease")
# In any campaign of the client: a join would read all rows of the queue in SQLite. What is not
# indexed here is written so, or the index of the few expired leases would not be used.
_HAS_EXPIRED = (
    select(lease.c.id)
    .where(
        lease.c.ended_at.is_(None),
        lease.c.until <= bindparam("now", type_=lease.c.until.type),
        unindexed(lease.c.client_id) == CLIENT,
    )
    .exists()
)
# Joined so that no database looks for the few leases among all rows of the campaign. The client is
# named because an index begins with it.
_HOLDS_SOME = (
    select(lease.c.id)
    .where(
        lease.c.ended_at.is_(None),
        lease.c.user == bindparam("for_user"),
        lease.c.client_id == CLIENT,
        unindexed(lease.c.queue_entry_id) == _ROW.c.id,
        unindexed(_ROW.c.campaign_id) == CAMPAIGN,
    )
    .correlate(None)
    .exists()
)

# Constants are part of the statement: each value that is sent costs time.
_ONE = literal_column("1", Integer())
_TAKE = update(queue_entry).values(
    state=literal_column("'leased'"),
    token=queue_entry.c.token + _ONE,
    attempts=queue_entry.c.attempts + _ONE,
)
_TAKEN = (queue_entry.c.id, queue_entry.c.company_id, queue_entry.c.token)
_CLIENT = bindparam("of_client", type_=Uuid())
_USER = bindparam("for_user", type_=String())
_SINCE = bindparam("begins", type_=lease.c.since.type)


#: What a claim must do first.
BEFORE = select(
    _HAS_EXPIRED,
    _HOLDS_SOME,
    supply.COME.exists(),
    or_(supply.OWN_PROMISES.exists(), supply.SHARED_PROMISES.exists()),
    campaign.c.daily_cap,
    campaign.c.user_daily_cap,
).where(campaign.c.id == CAMPAIGN)
#: Lets a server plan the next statement once for each connection: it is the same each time. The
#: first one may run while the tables are small, and the plan must not read all of them later.
LOCK_AND_PLAN_ONCE = seat.LOCK.add_columns(
    func.set_config("plan_cache_mode", "force_generic_plan", true()),
    func.set_config("enable_seqscan", "off", true()),
)


def _lease(
    lease_id: ColumnElement[Any], row_id: ColumnElement[Any], token: ColumnElement[int]
) -> dict[str, ColumnElement[Any]]:
    return {
        "id": lease_id,
        "client_id": _CLIENT,
        "queue_entry_id": row_id,
        "user": _USER,
        "token": token,
        "since": _SINCE,
        "until": bindparam("ends", type_=lease.c.until.type),
    }


def _line(event_id: ColumnElement[Any], company_id: ColumnElement[str]) -> dict[str, Any]:
    return {
        "id": event_id,
        "at": _SINCE,
        "who": _USER,
        "client_id": _CLIENT,
        "verb": literal_column("'leased'"),
        "thing": literal_column("'company'"),
        "thing_id": company_id,
        "reason": bindparam("said", type_=String()),
        "data": literal_column("'{}'"),
        "trace_id": literal_column("''"),
    }


def _own(name: str) -> BindParameter[Any]:
    """What each row has of its own, as SQLite stores it."""
    return bindparam(name, type_=String())


#: Adds a lease on SQLite, and a line to the log.
LEASE = insert(lease).values(_lease(_own("lease_id"), _own("row_id"), _own("its_token")))
LOG = insert(event).values(_line(_own("event_id"), _own("of_company")))


@lru_cache(maxsize=_KEPT)
def undisturbed(rows: Select[Any], *, same_hours: bool) -> Select[Any]:
    """Select the rows to lease where a claim has nothing to do first: else none; `same_hours`: nor
    where other call hours are set by now.

    A call-back that is due counts even if the user skipped it: to look that up costs more.
    """
    uncapped = select(_OF.c.id).where(
        _OF.c.id == CAMPAIGN,
        _OF.c.daily_cap.is_(None),
        _OF.c.user_daily_cap.is_(None),
    )
    if same_hours:
        hours = bindparam("hours", type_=String())
        uncapped = uncapped.where(_OF.c.call_hours.is_not_distinct_from(hours))
    to_do = (
        _HAS_EXPIRED,
        _HOLDS_SOME,
        supply.COME.correlate(None).exists(),
        supply.OWN_DUE.correlate(None).exists(),
        supply.SHARED_DUE.correlate(None).exists(),
        ~uncapped.exists(),
    )
    return rows.where(*(~one for one in to_do))


@lru_cache(maxsize=_KEPT)
def to_lease(rows: Select[Any], *, alone: bool) -> Select[Any]:
    """Select the rows to lease; `alone`: none for a user who holds some already."""
    return rows.where(~_HOLDS_SOME) if alone else rows


@lru_cache(maxsize=_KEPT)
def take(rows: Select[Any]) -> Any:
    """Mark rows as leased; each with its ids, its token and what it is ordered by."""
    ids = rows.with_only_columns(queue_entry.c.id).correlate(None)
    return _TAKE.where(queue_entry.c.id.in_(ids)).returning(*_TAKEN, *ORDER)


@lru_cache(maxsize=_KEPT)
def take_at_once(rows: Select[Any]) -> Select[Any]:
    """Mark rows as leased, add the leases and log them; each row with its place among them.

    One statement, as each one costs a way to the server and back.
    """
    locked = rows.with_for_update(skip_locked=True, of=queue_entry)
    picked = locked.with_only_columns(*ORDER).cte("picked")
    place = func.row_number().over(order_by=[picked.c[one.name] for one in ORDER]).label("place")
    placed = select(picked.c.id, place).cte("placed")
    of_row = _TAKE.where(queue_entry.c.id == placed.c.id)
    taken = of_row.returning(*_TAKEN, placed.c.place).cte("taken")
    wanted: Select[Any] = select(taken).order_by(taken.c.place)
    return wanted.add_cte(_begin(taken), _log(taken))


def _begin(taken: CTE) -> CTE:
    columns = _lease(_nth("lease_ids", taken), taken.c.id, taken.c.token)
    return insert(lease).from_select(list(columns), select(*columns.values())).cte("leased")


def _log(taken: CTE) -> CTE:
    columns = _line(_nth("event_ids", taken), cast(taken.c.company_id, String))
    # In a SELECT, a server would take it for a text.
    columns["data"] = cast(columns["data"], event.c.data.type)
    return insert(event).from_select(list(columns), select(*columns.values())).cte("logged")


def _nth(ids: str, taken: CTE) -> ColumnElement[Any]:
    """The new id for each row, of a list sent as one text: to send a list costs more."""
    listed = cast(bindparam(ids, type_=ID_LIST), ID_LIST)
    # PostgreSQL wants brackets around what is indexed.
    return Grouping(type_coerce(listed, ARRAY(Uuid())))[taken.c.place]
