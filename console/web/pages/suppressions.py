"""Who must not be contacted: search, add and end suppressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from actions import suppression_table, suppressions
from actions.actor import Right
from actions.session import check_actor
from actions.suppressions import Hits, Scope
from actions.where import Where
from console.cli.moments import future_moment
from console.cli.suppress import hit
from console.web.fields import Asked, Text
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError

router = APIRouter()

KINDS = ("company", "domain", "email", "phone")
_NOTHING = {
    "whom": "",
    "kind": "",
    "level": "client",
    "reason": "",
    "until": "",
    "channel": "",
    "country": "",
}


@router.get("/suppressions")
def show(
    request: Request,
    here: Reader,
    level: Asked = "",
    before: Annotated[UUID | None, Query()] = None,
    whom: Asked = "",
) -> Response:
    """Show who is suppressed, the newest first, or what suppresses one."""
    return _page(request, here, {**_NOTHING, "level": "client"}, level, before, whom)


@router.post("/suppressions")
def add(
    request: Request,
    here: Writer,
    whom: Text,
    kind: Text = "",
    level: Text = "client",
    reason: Text = "",
    until: Text = "",
    channel: Text = "",
    country: Text = "",
) -> Response:
    """Suppress a company, domain, e-mail address or phone number."""
    try:
        moment = future_moment(until, here.zone) if until.strip() else None
        done = suppressions.add(
            here.session,
            Scope(_where(here, level), level),
            whom,
            kind=kind or None,
            country=country or None,
            reason=reason,
            until=(moment.day_ends or moment.at) if moment else None,
            channel=channel or None,
        )
    except SluiceError as error:
        typed = {
            "whom": whom,
            "kind": kind,
            "level": level,
            "reason": reason,
            "until": until,
            "channel": channel,
            "country": country,
        }
        return _page(request, here, typed, error=error)
    result = "suppressed" if done.is_new else "was suppressed already"
    said = f"{done.kind} {whom[:80]}: {result}; {hit(done.hits)}{_nearest(done.hits)}"
    return saying(request, RedirectResponse("/suppressions", 303), said)


@router.post("/suppressions/end")
def end(
    request: Request, here: Writer, request_id: Text, level: Text, reason: Text = ""
) -> Response:
    """End a suppression."""
    try:
        scope = Scope(_where(here, level), level)
        suppressions.end(here.session, scope, request_id, reason=reason)
        said = "the suppression is ended; others of the same company stay"
    except SluiceError as error:
        said = worded(error)
    return saying(request, RedirectResponse("/suppressions", 303), said)


def _where(here: Here, level: str) -> Where:
    return here.where if level == "campaign" else Where(here.where.client)


def _nearest(hits: Hits) -> str:
    near = ", ".join(hits.nearest[:3])
    return f"; the nearest names are {near}" if near and not hits.companies else ""


def _page(
    request: Request,
    here: Here,
    typed: Mapping[str, str],
    level: str = "",
    before: UUID | None = None,
    whom: str = "",
    error: SluiceError | None = None,
) -> Response:
    check_actor(here.actor, Right.SUPPRESS)
    client = here.where.client
    found = suppression_table.show_page(here.session, client, level or None, before)
    matching = None
    failed = worded(error) if error else ""
    try:
        if whom:
            matching = suppressions.check(here.session, Where(client), whom)
    except SluiceError as unclear:
        failed = worded(unclear)
    values: dict[str, Any] = {
        "found": found,
        "matching": matching,
        "whom": whom,
        "level": level,
        "first": f"/suppressions?level={level}" if before else None,
        "next": f"/suppressions?level={level}&before={found.next}" if found.next else None,
        "typed": typed,
        "failed": failed,
        "kinds": KINDS,
        "levels": suppression_table.LEVELS,
        "channels": suppression_table.CHANNELS,
        "may": {one.name.lower(): here.actor.may(one) for one in Right},
    }
    return page(request, "suppressions.html", values, status=400 if failed else 200)
