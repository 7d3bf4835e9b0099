"""What was paid for lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter

from actions.spending import Period, Spent, spending
from console.api.callers import Caller, needs
from console.api.moments import aware
from console.api.words import Asked

router = APIRouter(tags=["reports"])
Reader = Annotated[Caller, needs("lists:read")]


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount, such as `12.50`."""

    amount: str
    currency: str


@dataclass(frozen=True, slots=True)
class Group:
    """What some lists cost; `unstated` of them state no cost."""

    group: str
    lists: int
    unstated: int
    cost: Sequence[Money]


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid, by group, and all together."""

    by: str
    groups: Sequence[Group]
    all: Group


@router.get("/spend")
def spend(
    caller: Reader,
    by: Literal["client", "vendor", "list", "week"] = "client",
    since: datetime | None = None,
    until: datetime | None = None,
    client: Asked = "",
) -> Paid:
    """Count what lists cost that were added in a period: of one client, or of all."""
    period = Period(since and aware(since), until and aware(until))
    found = spending(caller.session, by, period, client or None)
    return Paid(found.by, [_group(one) for one in found.groups], _group(found.whole))


def _group(one: Spent) -> Group:
    cost = [Money(**amount) for amount in one.cost.as_json()]
    return Group(one.group, one.lists, one.unstated, cost)
