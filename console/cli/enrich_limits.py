"""`sluice enrich allow`, `forbid`, `cap`, `uncap` and `limits`: what may be spent on sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from actions import spending_limits
from actions.session import open_session
from actions.spending_limits import Limits
from console.cli.enrich_options import Each, InMonth, OfCampaign, OfList, price_of
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import emit, emit_json, plain
from console.cli.tables import table
from leads.prices import Price, parse_price

_COLUMNS = {"what": "LIMIT", "of": "FOR", "amount": "AT MOST", "spent": "SPENT"}
_Amount = Annotated[str, typer.Argument(help="The amount, such as 20.", metavar="AMOUNT")]
_Currency = Annotated[str, typer.Argument(help="Its currency, such as EUR.", metavar="CURRENCY")]


def allow(
    amount: _Amount,
    currency: _Currency,
    max_per_company: Each = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Let the background work ask sources, up to a monthly sum.

    Without it, sources are asked by `sluice enrich run` alone. With 0, the background work asks free
    registers.

    Example: sluice enrich allow 20 EUR --campaign spring
    """
    price = parse_price(f"{amount} {currency}")
    each = price_of(max_per_company, "an amount")
    with open_session(user) as session:
        spending_limits.allow(session, client, campaign, price, each)

    if as_json:
        emit_json({"allowed": True, "amount": str(price), "max_per_company": each and str(each)})
    else:
        emit(f"the background work may spend {price} a month{_each(each)}")


def forbid(
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Let the background work ask no sources.

    Example: sluice enrich forbid --campaign spring
    """
    with open_session(user) as session:
        was = spending_limits.forbid(session, client, campaign)

    if as_json:
        emit_json({"allowed": False, "was_allowed": was})
    else:
        emit("the background work asks no sources now" if was else "it asked none before")


def cap(
    amount: _Amount,
    currency: _Currency,
    per_month: InMonth = False,
    campaign: OfCampaign = None,
    list_name: OfList = None,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Cap what may be spent for a client, campaign or list.

    All caps hold at once, for runs and for the background work. What is set aside for questions
    under way counts.

    Example: sluice enrich cap 100 EUR --per-month --client nordwind
    """
    price = parse_price(f"{amount} {currency}")
    with open_session(user) as session:
        spending_limits.put_cap(
            session, client, price, monthly=per_month, campaign=campaign, raw_list=list_name
        )

    if as_json:
        emit_json({"amount": str(price), **_which(campaign, list_name, per_month=per_month)})
    else:
        emit(f"at most {price}{' a month' if per_month else ''} may be spent")


def uncap(
    per_month: InMonth = False,
    campaign: OfCampaign = None,
    list_name: OfList = None,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Lift a cap.

    Example: sluice enrich uncap --per-month --client nordwind
    """
    with open_session(user) as session:
        spending_limits.lift_cap(
            session, client, monthly=per_month, campaign=campaign, raw_list=list_name
        )

    if as_json:
        emit_json({"lifted": True, **_which(campaign, list_name, per_month=per_month)})
    else:
        emit("the cap is lifted")


def _which(
    campaign: str | None, list_name: str | None, *, per_month: bool
) -> Mapping[str, str | None]:
    period = "month" if per_month else "ever"
    return {"campaign": campaign, "list": list_name, "period": period}


def limits(client: ClientName = "default", user: UserName = None, as_json: AsJson = False) -> None:
    """Show what may be spent, and what is spent.

    Sources that rest, because their limits or quota are used up, are shown too.

    Example: sluice enrich limits --client nordwind
    """
    with open_session(user) as session:
        found = spending_limits.limits(session, client)
        rests = spending_limits.resting(session)
    rows = _rows(found)
    if as_json:
        resting = [
            {"source": one.source, "until": one.until.isoformat(), "reason": one.reason}
            for one in rests
        ]
        emit_json({"limits": rows, "resting": resting})
        return
    table(rows, _COLUMNS, empty="nothing is capped, and the background work asks no sources")
    for one in rests:
        emit(f"{one.source} rests until {one.until:%Y-%m-%d %H:%M} UTC: {one.reason}")


def _rows(found: Limits) -> Sequence[Mapping[str, Any]]:
    automatic = [
        {
            "what": "background work, per month",
            "of": one.campaign,
            "amount": f"{one.budget.amount}{_each(one.budget.for_company)}",
            "spent": str(one.spent),
        }
        for one in found.automatic
    ]
    caps = [
        {
            "what": "cap, per month" if one.cap.period == "month" else "cap",
            "of": one.cap.name or "the client",
            "amount": str(one.cap.amount),
            "spent": " + ".join(str(price) for price in one.spent) or "nothing",
        }
        for one in found.caps
    ]
    return automatic + caps


def wake(
    source: Annotated[
        str, typer.Argument(help="Its name, as in `enrich limits`.", metavar="SOURCE")
    ],
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Let a source that rests be asked again.

    Questions that it failed to answer are asked again, too.

    Example: sluice enrich wake provider:apollo
    """
    with open_session(user) as session:
        spending_limits.wake(session, source)

    if as_json:
        emit_json({"source": source, "resting": False})
    else:
        emit(f"{plain(source)} is asked again")


def _each(most: Price | None) -> str:
    return "" if most is None else f", {most} a company"
