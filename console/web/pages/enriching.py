"""What sources would be asked about open companies, runs of questions, and limits of spending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import enriching, spending_limits
from actions.actor import Right
from actions.enriching import Outlook, Planned
from actions.session import check_actor
from console.web.fields import Asked, Text
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError, UsageError
from leads.prices import UNIT, Price, parse_budget

router = APIRouter()

#: Companies that are shown.
SHOWN = 20
#: Corners of the curve.
_CORNERS = 60
#: The field of the curve, in units of its picture.
_WIDTH, _HEIGHT = 840.0, 140.0


@dataclass(frozen=True, slots=True)
class Row:
    """A company, and the sources that are asked about it one after the other."""

    id: str
    name: str
    #: Sources with their prices, in this order.
    asked: Sequence[tuple[str, str]]
    attributes: Sequence[str]
    cost: str
    settles: float


@router.get("/enrich")
def show(request: Request, here: Reader, budget: Asked = "", each: Asked = "") -> Response:
    """Show what a run with a budget would ask, cost and settle, and what limits it."""
    check_actor(here.actor, Right.MANAGE)
    failed, found, status = "", None, 200
    try:
        amount, most = parse_budget(budget, each)
        where = here.where
        found = enriching.plan_as_it_stands(
            here.session, where.client, where.campaign, amount, most
        )
    except UsageError as error:
        failed, status = worded(error), 400
    except SluiceError as error:
        failed = worded(error)
    values = {
        "budget": budget,
        "each": each,
        "failed": failed,
        "found": found,
        "rows": _rows(found) if found else [],
        "curve": _curve(found.outlook) if found else "",
        **_limits(here),
    }
    return page(request, "enrich.html", values, status=status)


@router.post("/enrich/runs")
def run(request: Request, here: Writer, budget: Text = "", each: Text = "") -> Response:
    """Let workers ask what is worth its price."""
    where = here.where
    try:
        amount, most = parse_budget(budget, each)
        done = enriching.start_run(here.session, where.client, where.campaign, amount, most)
        said = f"workers ask about {done.asked:,} companies with at most {done.budget}"
        if done.answered:
            said += f"; of {done.answered:,} more the answers are there already"
    except SluiceError as error:
        said = worded(error)
    return _back(request, said)


@router.post("/enrich/wake")
def wake(request: Request, here: Writer, source: Text) -> Response:
    """Let a source be asked again."""
    try:
        spending_limits.wake(here.session, source)
        said = f"{source[:90]} is asked again"
    except SluiceError as error:
        said = worded(error)
    return _back(request, said)


@router.post("/enrich/settle")
def settle(request: Request, here: Writer, question: Text, said: Text) -> Response:
    """Say whether a question whose answer was lost was charged."""
    try:
        spending_limits.settle_unclear(here.session, question, owed=said == "charged")
        told = "it counts as paid" if said == "charged" else "it is given back"
    except SluiceError as error:
        told = worded(error)
    return _back(request, told)


def _back(request: Request, said: str) -> Response:
    return saying(request, RedirectResponse("/enrich", 303), said)


def _limits(here: Here) -> dict[str, Any]:
    # A question may have been asked for several clients together.
    decides = here.actor.may(Right.ADMINISTER) and here.actor.clients is None
    return {
        "limits": spending_limits.limits(here.session, here.where.client),
        "resting": spending_limits.resting(here.session),
        "may_wake": here.actor.may(Right.OPERATE),
        "unclear": spending_limits.unclear(here.session) if decides else [],
    }


def _rows(found: Planned) -> list[Row]:
    names = {str(key): name for key, name in found.names.items()}
    return [
        Row(
            one.key,
            names.get(one.key, one.key),
            [(each.source, _price(each.price)) for each in one.questions],
            list(dict.fromkeys(name for each in one.questions for name in each.attributes)),
            _price(one.cost),
            one.settles,
        )
        for one in found.outlook.companies[:SHOWN]
    ]


def _price(one: Price) -> str:
    return str(one) if one.micros else "free"


def _curve(look: Outlook) -> str:
    """The corners of verdicts over cost, company by company; empty if nothing costs anything."""
    cost, settled = 0, 0.0
    corners = [(0.0, 0.0)]
    for one in look.companies:
        cost += one.cost.micros
        settled += one.settles
        corners.append((cost / UNIT, settled))
    if not cost or not settled:
        return ""
    wide, high = corners[-1]
    every = max(len(corners) // _CORNERS, 1)
    some = [*corners[:-1:every], corners[-1]]
    return " ".join(f"{_WIDTH * x / wide:.1f},{_HEIGHT * (1 - y / high):.1f}" for x, y in some)
