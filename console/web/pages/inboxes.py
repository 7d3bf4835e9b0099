"""Inboxes: addresses for programs and web forms, and what came in there."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import inboxes
from actions.actor import Right
from actions.inbox_forms import form_of
from actions.inbox_rules import AN_HOUR, fields_of
from actions.inboxes import AddedInbox, InboxRules, path_of
from actions.session import check_actor
from console.web.confirming import Question, ask
from console.web.fields import Asked, Text
from console.web.incoming import incoming_of
from console.web.kept import whole_address
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError, UsageError
from leads.inboxes import BECOMES, FORM, KINDS, Delivery

router = APIRouter()

_SIZE = 50
_BLANK = dict.fromkeys(
    (
        "name",
        "kind",
        "becomes",
        "signal_kind",
        "list_name",
        "types",
        "fields",
        "origins",
        "thanks",
        "consent",
        "an_hour",
    ),
    "",
)


@router.get("/inboxes")
def show(request: Request, here: Reader) -> Response:
    """Show the inboxes, and the form that adds one."""
    return _list(request, here, {})


@router.post("/inboxes")
def add(
    request: Request,
    here: Writer,
    name: Text,
    kind: Text,
    becomes: Text = "signal",
    signal_kind: Text = "",
    list_name: Text = "",
    types: Text = "",
    fields: Text = "",
    origins: Text = "",
    thanks: Text = "",
    consent: Text = "",
    an_hour: Text = "",
    secret: Text = "",
) -> Response:
    """Add an inbox, and show its secret or its form this once."""
    typed = {
        "name": name,
        "kind": kind,
        "becomes": becomes,
        "signal_kind": signal_kind,
        "list_name": list_name,
        "types": types,
        "fields": fields,
        "origins": origins,
        "thanks": thanks,
        "consent": consent,
        "an_hour": an_hour,
    }
    try:
        rules = InboxRules(
            becomes=becomes,
            signal_kind=signal_kind.strip(),
            list_name=list_name.strip(),
            types=tuple(types.split()),
            fields=fields_of(fields.split()),
            origins=tuple(origins.split()),
            thanks=thanks.strip(),
            consent=consent.strip(),
            an_hour=_number(an_hour) if an_hour.strip() else AN_HOUR.get(kind, 1),
        )
        made = inboxes.add_inbox(here.session, here.where, name.strip(), kind, rules, secret)
    except SluiceError as error:
        return _list(request, here, typed, error)
    return _one(request, here, made.inbox.name, made=made)


@router.get("/inboxes/inbox")
def show_one(
    request: Request, here: Reader, name: Asked, after: Asked = "", last: Asked = ""
) -> Response:
    """Show an inbox with what came in last."""
    return _one(request, here, name, after=_key(after, last))


@router.post("/inboxes/rotate")
def rotate(
    request: Request, here: Writer, name: Text, overlap: Text = "24h", secret: Text = ""
) -> Response:
    """Give a webhook another secret, which is shown this once."""
    try:
        made = inboxes.rotate_secret(
            here.session, here.where.client, name, overlap=overlap.strip(), secret=secret
        )
    except SluiceError as error:
        return _one(request, here, name, error=error)
    return _one(request, here, name, made=made)


@router.post("/inboxes/remove")
def remove(request: Request, here: Writer, name: Text, sure: Text = "") -> Response:
    """Remove an inbox, once it is plain what that means."""
    found = inboxes.remove_inbox(here.session, here.where.client, name, dry_run=not sure)
    if sure:
        return saying(request, RedirectResponse("/inboxes", 303), f"{name} is removed")
    question = Question(
        title=f"Remove {name}?",
        lines=(
            f"Nothing is taken at {path_of(found)} any more.",
            "What came in stays: signals, outcomes, companies and consents.",
        ),
        action="/inboxes/remove",
        fields=(("name", name),),
        label="Remove the inbox",
        back=_address(name),
    )
    return ask(request, question)


def _list(
    request: Request, here: Here, typed: dict[str, str], error: SluiceError | None = None
) -> Response:
    check_actor(here.actor, Right.MANAGE)
    values = {
        "inboxes": inboxes.list_inboxes(here.session, here.where.client),
        "path_of": path_of,
        "kinds": KINDS,
        "becomes": BECOMES,
        "usual": AN_HOUR,
        "typed": _BLANK | typed,
        "failed": worded(error) if error else "",
    }
    return page(request, "inboxes.html", values, status=400 if error else 200)


def _one(
    request: Request,
    here: Here,
    name: str,
    *,
    after: tuple[datetime, str] | None = None,
    made: AddedInbox | None = None,
    error: SluiceError | None = None,
) -> Response:
    check_actor(here.actor, Right.MANAGE)
    incoming_of(request).turned_away.write()
    found = inboxes.show_inbox(here.session, here.where.client, name, after=after, size=_SIZE + 1)
    more = len(found.deliveries) > _SIZE
    address = whole_address(request, path_of(found.inbox))
    values: dict[str, Any] = {
        "inbox": found.inbox,
        "address": address,
        "form": form_of(found.inbox, address) if found.inbox.kind == FORM else "",
        "deliveries": found.deliveries[:_SIZE],
        "turned": () if after else found.turned,
        "first": _address(name) if after else None,
        "next": _following(name, found.deliveries[_SIZE - 1]) if more else None,
        "made": made,
        "failed": worded(error) if error else "",
    }
    return page(request, "inbox.html", values, status=400 if error else 200)


def _address(name: str) -> str:
    return f"/inboxes/inbox?name={quote(name, safe='')}"


def _following(name: str, last: Delivery) -> str:
    at = quote(last.at.isoformat(), safe="")
    return f"{_address(name)}&after={at}&last={quote(last.message_id, safe='')}"


def _key(after: str, last: str) -> tuple[datetime, str] | None:
    if not after:
        return None
    try:
        at = datetime.fromisoformat(after)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise UsageError("the address of this page is not complete", "go back to the first page")
    return at, last


def _number(text: str) -> int:
    number = text.strip()
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise UsageError(f"{text[:60]!r} is not a whole number", "such as 600")
    return int(number)
