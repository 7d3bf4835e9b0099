"""The lists of a client: what each holds, its imports, and what it was worth."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import clients, import_jobs, lists
from actions.actor import Right
from actions.undo_import import undo_import
from console.web.fields import Asked, Text
from console.web.logged_in import Reader, Writer
from console.web.rendering import page, saying

router = APIRouter()


@router.get("/lists")
def show(request: Request, here: Reader) -> Response:
    """Show the client's lists with their counts."""
    client, may_change = here.where.client, here.actor.may(Right.MANAGE)
    values = {
        "lists": lists.list_sizes(here.session, client),
        "sent": import_jobs.unfinished(here.session, client) if may_change else (),
        "may_change": may_change,
    }
    return page(request, "lists.html", values)


@router.get("/lists/list")
def show_one(request: Request, here: Reader, name: Asked) -> Response:
    """Show one list, its imports, and its columns as the last import read them."""
    client = here.where.client
    values = {
        "found": lists.show_list(here.session, client, name),
        "may_change": here.actor.may(Right.MANAGE),
    }
    return page(request, "list.html", values)


@router.get("/lists/worth")
def worth(
    request: Request, here: Reader, name: Asked | None = None, campaign: Asked | None = None
) -> Response:
    """Show what the lists were worth to a campaign."""
    client = here.where.client
    every = [one.name for one in clients.list_campaigns(here.session, client)]
    usual = here.where.campaign if here.where.campaign in every else next(iter(every), None)
    chosen = campaign or usual
    cards = lists.show_scorecards(here.session, client, chosen, name) if chosen else []
    values = {"cards": cards, "name": name or "", "campaign": chosen, "campaigns": every}
    return page(request, "lists_worth.html", values)


@router.post("/lists/undo")
def undo(request: Request, here: Writer, name: Text) -> Response:
    """Undo the last import of a list."""
    done = undo_import(here.session, here.where.client, name)
    said = f"{name}: import undone, {done.ended:,} records ended, {done.restored:,} restored"
    return saying(request, RedirectResponse("/lists", 303), said)
