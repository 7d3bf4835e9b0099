"""Where a user works: the client and the campaign that every page is about."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions.own_defaults import NewDefaults, change_defaults
from actions.own_place import choices
from console.web.fields import Text
from console.web.logged_in import Reader, Writer
from console.web.navigation import first_page
from console.web.rendering import page, saying

router = APIRouter()


@router.get("/")
def start(here: Reader) -> Response:
    """Go to the first page that the user may open."""
    return RedirectResponse(first_page(here.actor), 303)


@router.get("/place")
def show(request: Request, here: Reader) -> Response:
    """Show the clients and campaigns that the user sees."""
    return page(request, "place.html", {"choices": choices(here.session)})


@router.post("/place")
def choose(request: Request, here: Writer, client: Text, campaign: Text = "") -> Response:
    """Work for another client or campaign from now on."""
    change_defaults(here.session, NewDefaults(client=client, campaign=campaign or None))
    said = f"you work for {client}" + (f", campaign {campaign}" if campaign else "")
    return saying(request, RedirectResponse(first_page(here.actor), 303), said)
