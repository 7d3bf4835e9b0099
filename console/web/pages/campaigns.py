"""Campaigns of a client: add one, and set its caps, call hours and script."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import clients
from actions.actor import Right
from actions.session import check_actor
from console.web.fields import Asked, Text
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError, UsageError

router = APIRouter()


@router.get("/campaigns")
def show(request: Request, here: Reader, client: Asked, name: Asked) -> Response:
    """Show a campaign's settings, its companies by stage, and its queue."""
    return _page(request, here, client, name)


@router.post("/campaigns/add")
def add(request: Request, here: Writer, client: Text, name: Text) -> Response:
    """Add a campaign to a client."""
    if not name.strip():
        raise UsageError("the campaign has no name", "go back, and name it")
    made = clients.add_campaign(here.session, client, name.strip())
    return _to(request, client, made.name, f"{made.name} is added; put a profile in force for it")


@router.post("/campaigns")
def change(
    request: Request,
    here: Writer,
    client: Text,
    name: Text,
    everybody: Text = "",
    each: Text = "",
    call_hours: Text = "",
    script: Text = "",
) -> Response:
    """Set a campaign's caps, call hours and script."""
    try:
        clients.change_campaign(
            here.session,
            client,
            name,
            everybody=_cap(everybody),
            each=_cap(each),
            call_hours=call_hours.strip() or clients.USUAL_HOURS,
            script_text=script.replace("\r\n", "\n"),
        )
    except SluiceError as error:
        typed = {"everybody": everybody, "each": each, "call_hours": call_hours, "script": script}
        return _page(request, here, client, name, typed, error)
    return _to(request, client, name, "saved")


def _cap(text: str) -> int:
    """The cap that is typed; empty: none."""
    if not text.strip():
        return 0
    if not text.strip().isdecimal() or len(text.strip()) > 9:
        raise UsageError(f"{text[:30]!r} is not a number of prospects", "leave it empty for no cap")
    return int(text)


def _page(
    request: Request,
    here: Here,
    client: str,
    name: str,
    typed: Mapping[str, str] | None = None,
    error: SluiceError | None = None,
) -> Response:
    check_actor(here.actor, Right.MANAGE)
    found = clients.show_campaign(here.session, client, name)
    stored = {
        "everybody": str(found.caps.everybody or ""),
        "each": str(found.caps.each or ""),
        "call_hours": "" if found.usual_hours else found.call_hours,
        "script": found.script or "",
    }
    values = {
        "client": client,
        "campaign": found,
        "typed": typed or stored,
        "failed": worded(error) if error else "",
    }
    return page(request, "campaign.html", values, status=400 if error else 200)


def _to(request: Request, client: str, name: str, said: str) -> Response:
    address = f"/campaigns?{urlencode({'client': client, 'name': name})}"
    return saying(request, RedirectResponse(address, 303), said)
