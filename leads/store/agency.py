"""What the agency has set for all of its clients."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from leads.store import driver
from leads.store.engine import Tx
from leads.store.inserts import insert_or_update
from leads.store.schema import agency_setting
from leads.store.snapshot import once

_SECOND_FACTOR = "second_factor_roles"
_DAYS, _GROUPS = "days_between_clients", "groups_between_clients"
#: The days where the agency has set none.
DAYS = 14


_SETTINGS = select(agency_setting.c.name, agency_setting.c.value)
#: What is set, for a statement that asks for more; NULL: nothing.
DAYS_SET, GROUPS_SET = (
    select(agency_setting.c.value)
    .where(agency_setting.c.name == name)
    .correlate(None)
    .scalar_subquery()
    for name in (_DAYS, _GROUPS)
)


@dataclass(frozen=True, slots=True)
class BetweenClients:
    """How long a company that was worked for one client is held for all others."""

    #: 0: it is not held.
    days: int = DAYS
    #: Whether companies of the same group are held too.
    groups: bool = False


def between_clients(tx: Tx) -> BetweenClients:
    """How long a worked company is held for other clients."""
    return once(tx, between_clients, lambda: _between_clients(tx))


def _between_clients(tx: Tx) -> BetweenClients:
    given = driver.pairs(tx, _SETTINGS, {})
    return as_set(given.get(_DAYS), given.get(_GROUPS))


def as_set(days: str | None, groups: str | None) -> BetweenClients:
    """What the stored values mean; None: nothing is stored."""
    return BetweenClients(DAYS if days is None else int(days), groups == "yes")


def set_between_clients(tx: Tx, wanted: BetweenClients) -> None:
    """Set how long a worked company is held for other clients."""
    rows = [
        {"name": _DAYS, "value": str(wanted.days)},
        {"name": _GROUPS, "value": "yes" if wanted.groups else "no"},
    ]
    tx.execute(insert_or_update(tx, agency_setting, "name", "value"), rows)


def second_factor_roles(tx: Tx) -> frozenset[str]:
    """The roles whose users must show a second factor when they log in."""
    wanted = select(agency_setting.c.value).where(agency_setting.c.name == _SECOND_FACTOR)
    return frozenset((tx.execute(wanted).scalar_one_or_none() or "").split())


def set_second_factor_roles(tx: Tx, roles: Collection[str]) -> None:
    """Set the roles whose users must show a second factor."""
    row = {"name": _SECOND_FACTOR, "value": " ".join(sorted(roles))}
    tx.execute(insert_or_update(tx, agency_setting, "name", "value"), [row])
