"""Clients: add one, and set how its lists are read."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import clients, contacts, hour_costs, notices, strictness
from actions.actor import Right
from actions.session import check_actor
from console.web.confirming import Question, ask
from console.web.fields import Asked, Text
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError

router = APIRouter()

LEVELS = ("careful", "balanced", "greedy")


@router.get("/clients")
def show(request: Request, here: Reader) -> Response:
    """Show the clients that the user works for."""
    return _list(request, here)


@router.post("/clients")
def add(request: Request, here: Writer, name: Text) -> Response:
    """Add a client."""
    try:
        made = clients.add_client(here.session, name.strip())
    except SluiceError as error:
        return _list(request, here, name, error)
    return _to(request, made.name, f"{made.name} is added")


@router.get("/clients/client")
def show_one(request: Request, here: Reader, name: Asked) -> Response:
    """Show a client's settings, campaigns and lists."""
    check_actor(here.actor, Right.MANAGE)
    return _one(request, here, name)


@router.post("/clients/country")
def set_country(request: Request, here: Writer, name: Text, country: Text = "") -> Response:
    """Set the country of lists that state none."""
    try:
        code = clients.set_country(here.session, name, country.strip() or None)
    except SluiceError as error:
        return _one(request, here, name, error, {"country": country})
    return _to(request, name, f"default country: {code or 'none'}")


@router.post("/clients/costs")
def set_costs(
    request: Request, here: Writer, name: Text, hour: Text = "", controller: Text = ""
) -> Response:
    """Set what an hour of an SDR costs, and who answers for the contacts' data."""
    try:
        if hour.strip():
            hour_costs.set_hour_cost(here.session, name, hour)
        notices.set_controller(here.session, name, controller)
    except SluiceError as error:
        return _one(request, here, name, error, {"hour": hour, "controller": controller})
    return _to(request, name, "saved")


@router.post("/clients/contacts")
def keep_contacts(
    request: Request, here: Writer, name: Text, kept: Text, sure: Text = ""
) -> Response:
    """Set which contacts are kept; those that are kept no more are erased, once the user is sure."""
    try:
        done = contacts.keep_contacts(here.session, name, kept, dry_run=not sure)
        if done.erased and not sure:
            return ask(
                request,
                Question(
                    title=f"Erase {done.erased:,} contacts of {name}?",
                    lines=(f"The client will keep: {kept}.", "Nothing brings them back."),
                    action="/clients/contacts",
                    fields=(("name", name), ("kept", kept)),
                    label="Erase them",
                    back=_address(name),
                ),
            )
        if not sure:
            contacts.keep_contacts(here.session, name, kept)
    except SluiceError as error:
        return _one(request, here, name, error)
    return _to(request, name, f"contacts: {kept}, {done.erased:,} erased")


@router.post("/clients/strictness")
def set_strictness(
    request: Request, here: Writer, name: Text, level: Text, sure: Text = ""
) -> Response:
    """Set how sure a merge must be, once the user has seen how many companies change."""
    try:
        done = strictness.set_strictness(here.session, name, level, dry_run=not sure)
    except SluiceError as error:
        return _one(request, here, name, error)
    if done.effect:
        lines = (
            f"{done.effect.merged:,} companies would be merged into others.",
            f"{done.effect.split:,} companies would be split.",
            f"It is {done.before} now. Setting it back undoes the change.",
        )
        question = Question(
            title=f"Match the companies of {name} {level}?",
            lines=lines,
            action="/clients/strictness",
            fields=(("name", name), ("level", level)),
            label="Set it",
            back=_address(name),
        )
        return ask(request, question)
    return _to(request, name, f"strictness: {done.after}, before {done.before}")


def _list(
    request: Request, here: Here, typed: str = "", error: SluiceError | None = None
) -> Response:
    check_actor(here.actor, Right.MANAGE)
    values = {
        "clients": clients.list_clients(here.session),
        "may_add": here.actor.may(Right.ADMINISTER) and here.actor.clients is None,
        "typed": typed,
        "failed": worded(error) if error else "",
    }
    return page(request, "clients.html", values, status=400 if error else 200)


def _one(
    request: Request,
    here: Here,
    name: str,
    error: SluiceError | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    client = clients.show_client(here.session, name)
    kept = {"country": client.country or "", "hour": "", "controller": client.controller or ""}
    values = {
        "client": client,
        "typed": {**kept, **(typed or {})},
        "levels": LEVELS,
        "keeps": tuple(contacts.KEEPS),
        "failed": worded(error) if error else "",
    }
    return page(request, "client.html", values, status=400 if error else 200)


def _address(name: str) -> str:
    return f"/clients/client?name={quote(name, safe='')}"


def _to(request: Request, name: str, said: str) -> Response:
    return saying(request, RedirectResponse(_address(name), 303), said)
