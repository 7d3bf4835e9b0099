"""What may be spent on sources, which of them rest, and questions whose answer was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter

from actions import spending_limits
from console.api.callers import Caller, Campaign, Client, needs
from console.api.resources.enriching import money
from console.api.resources.spending import Money
from console.api.words import Body, Word
from leads.prices import parse_price

router = APIRouter(prefix="/enrich", tags=["enrich"])
Reader = Annotated[Caller, needs("enrich:read")]
Writer = Annotated[Caller, needs("enrich:write")]


class Allowance(Body):
    """What the background work of a campaign may spend in a month, such as `20 EUR`."""

    amount: Word
    max_per_company: Word = ""


class WhichCap(Body):
    """A cap: of the client, or of one campaign or list of it."""

    campaign: Word | None = None
    list: Word | None = None
    period: Literal["month", "ever"] = "ever"


class CapSent(WhichCap):
    """A cap and its amount, such as `100 EUR`."""

    amount: Word


class Woken(Body):
    """A source that rests, such as `provider:apollo`."""

    source: Word


class Settled(Body):
    """Whether the source charged the question."""

    charged: bool


@dataclass(frozen=True, slots=True)
class Automatic:
    """What the background work of a campaign may spend in a month, and what it spent in this one."""

    campaign: str
    amount: Money
    max_per_company: Money | None
    spent: Money


@dataclass(frozen=True, slots=True)
class Cap:
    """A cap: of the client, or of the campaign or list of this name; and what is spent under it."""

    of: str | None
    period: str
    amount: Money
    spent: Sequence[Money]


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits of a client."""

    automatic: Sequence[Automatic]
    caps: Sequence[Cap]


@dataclass(frozen=True, slots=True)
class Resting:
    """A source that is asked nothing for now, and why."""

    source: str
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A paid question whose answer was lost."""

    id: UUID
    source: str
    price: Money
    sent_at: datetime | None
    reason: str


@router.get("/limits")
def limits(caller: Reader, client: Client) -> Limits:
    """Show what may be spent for a client, and what is spent or set aside."""
    found = spending_limits.limits(caller.session, client)
    automatic = [
        Automatic(
            one.campaign,
            money(one.budget.amount),
            money(one.budget.for_company) if one.budget.for_company else None,
            money(one.spent),
        )
        for one in found.automatic
    ]
    caps = [
        Cap(
            one.cap.name or None,
            one.cap.period,
            money(one.cap.amount),
            [money(price) for price in one.spent],
        )
        for one in found.caps
    ]
    return Limits(automatic, caps)


@router.post("/allowance")
def allow(caller: Writer, where: Campaign, sent: Allowance) -> dict[str, bool]:
    """Let the background work of a campaign ask sources, up to a monthly sum."""
    amount = parse_price(sent.amount)
    each = parse_price(sent.max_per_company) if sent.max_per_company else None
    spending_limits.allow(caller.session, where.client, where.campaign, amount, each)
    return {"allowed": True}


@router.post("/allowance/end")
def forbid(caller: Writer, where: Campaign) -> dict[str, bool]:
    """Let the background work of a campaign ask no sources."""
    was = spending_limits.forbid(caller.session, where.client, where.campaign)
    return {"allowed": False, "was_allowed": was}


@router.post("/caps")
def cap(caller: Writer, client: Client, sent: CapSent) -> dict[str, bool]:
    """Cap what may be spent for a client, or for one campaign or list of it."""
    spending_limits.put_cap(
        caller.session,
        client,
        parse_price(sent.amount),
        monthly=sent.period == "month",
        campaign=sent.campaign,
        raw_list=sent.list,
    )
    return {"capped": True}


@router.post("/caps/end")
def uncap(caller: Writer, client: Client, sent: WhichCap) -> dict[str, bool]:
    """Lift a cap."""
    spending_limits.lift_cap(
        caller.session,
        client,
        monthly=sent.period == "month",
        campaign=sent.campaign,
        raw_list=sent.list,
    )
    return {"capped": False}


@router.get("/resting")
def resting(caller: Reader) -> Sequence[Resting]:
    """List the sources that are asked nothing for now, and why."""
    found = spending_limits.resting(caller.session)
    return [Resting(one.source, one.until, one.reason) for one in found]


@router.post("/wake")
def wake(caller: Writer, sent: Woken) -> dict[str, str]:
    """Let a source that rests be asked again."""
    spending_limits.wake(caller.session, sent.source)
    return {"source": sent.source}


@router.get("/unclear")
def unclear(caller: Reader) -> Sequence[Unclear]:
    """List paid questions whose answer was lost: a person knows whether they were charged."""
    found = spending_limits.unclear(caller.session)
    return [Unclear(one.id, one.source, money(one.price), one.sent_at, one.reason) for one in found]


@router.post("/unclear/{question_id}/settle")
def settle(caller: Writer, question_id: UUID, sent: Settled) -> dict[str, bool]:
    """Say whether the source charged a question; one that was not charged is given back."""
    spending_limits.settle_unclear(caller.session, str(question_id), owed=sent.charged)
    return {"charged": sent.charged}
