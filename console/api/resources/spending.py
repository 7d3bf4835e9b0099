"""What was paid for lists, and for questions to sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter

from actions.spending import Period, Price, SourceSpent, Spent, spending
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
class Questions:
    """What some questions to sources cost; what is set aside or unclear is no part of the cost.

    Facts and what they cost are counted by source alone; `checked` of the facts were judged or
    doubted, and `right` of these are right.
    """

    group: str
    questions: int
    answered: int
    found: int
    hit_rate: float | None
    reused: int
    cost: Sequence[Money]
    set_aside: Sequence[Money]
    unclear: Sequence[Money]
    facts: int | None
    checked: int | None
    right: int | None
    per_fact: Sequence[Money] | None
    per_correct_fact: Sequence[Money] | None


@dataclass(frozen=True, slots=True)
class Sources:
    """What questions to sources cost, by group, and all together."""

    allocated: str
    groups: Sequence[Questions]
    all: Questions


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid for lists and for questions, by group, and all together."""

    by: str
    groups: Sequence[Group]
    all: Group
    sources: Sources


@router.get("/spend")
def spend(
    caller: Reader,
    by: Literal["client", "campaign", "source", "vendor", "list", "week"] = "client",
    since: datetime | None = None,
    until: datetime | None = None,
    client: Asked = "",
    allocate: Literal["first", "equal", "none"] = "first",
) -> Paid:
    """Count what lists cost that were added in a period, and questions that were asked in it: of
    one client, or of all. `allocate` says who bears an answer that several clients used.
    """
    period = Period(since and aware(since), until and aware(until))
    found = spending(caller.session, by, period, client or None, allocate)
    asked = found.sources
    return Paid(
        found.by,
        [_group(one) for one in found.groups],
        _group(found.whole),
        Sources(
            asked.allocated, [_questions(one) for one in asked.groups], _questions(asked.whole)
        ),
    )


def _group(one: Spent) -> Group:
    cost = [Money(**amount) for amount in one.cost.as_json()]
    return Group(one.group, one.lists, one.unstated, cost)


def _questions(one: SourceSpent) -> Questions:
    worth = one.worth
    return Questions(
        group=one.group,
        questions=one.questions,
        answered=one.answered,
        found=one.found,
        hit_rate=one.hit_rate,
        reused=one.reused,
        cost=_money(one.cost),
        set_aside=_money(one.set_aside),
        unclear=_money(one.unclear),
        facts=None if worth is None else worth.facts,
        checked=None if worth is None else worth.checked,
        right=None if worth is None else worth.right,
        per_fact=None if one.per_fact is None else _money(one.per_fact),
        per_correct_fact=None if one.per_correct_fact is None else _money(one.per_correct_fact),
    )


def _money(prices: Sequence[Price]) -> list[Money]:
    return [Money(str(one.units), one.currency) for one in prices]
