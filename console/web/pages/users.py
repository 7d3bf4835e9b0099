"""Users: add one, make a login link, change rights, remove one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import clients, factor_rules, logins, users, web_sessions
from actions.actor import Right, Role
from actions.session import check_actor
from actions.users import Left, NewRights
from console.web.confirming import Question, ask
from console.web.fields import Asked, Text, Texts
from console.web.kept import whole_address
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from leads.errors import NotAllowedError, SluiceError, UsageError

router = APIRouter()

#: The form that adds a user, before anything is typed.
_NOTHING_TYPED: Mapping[str, object] = {
    "name": "",
    "role": Role.SDR.value,
    "clients": (),
    "every": "",
}


@router.get("/users")
def show(request: Request, here: Reader) -> Response:
    """Show the users, and the form that adds one."""
    return _list(request, here)


@router.post("/users")
def add(
    request: Request,
    here: Writer,
    name: Text,
    role: Text,
    client: Texts = None,
    every_client: Text = "",
) -> Response:
    """Add a user."""
    try:
        if not client and not every_client:
            raise _no_client()
        scope = [] if every_client else client or []
        made = users.add_user(here.session, name.strip(), role, scope)
    except SluiceError as error:
        typed = {"name": name, "role": role, "clients": client or [], "every": every_client}
        return _list(request, here, typed, error)
    return _to(request, made.name, f"{made.name} is added; make a login link")


@router.get("/users/user")
def show_one(request: Request, here: Reader, name: Asked) -> Response:
    """Show a user, with what can be changed."""
    return _one(request, here, name)


@router.post("/users/link")
def make_link(request: Request, here: Writer, name: Text) -> Response:
    """Make a link with which a user sets a password; it is shown once."""
    try:
        made = logins.make_link(here.session, name)
    except SluiceError as error:
        return _one(request, here, name, error)
    link = whole_address(request, f"/link/{made.token}")
    return _one(request, here, name, link=(link, made))


@router.post("/users/rights")
def change(
    request: Request,
    here: Writer,
    name: Text,
    role: Text,
    client: Texts = None,
    every_client: Text = "",
    sure: Text = "",
) -> Response:
    """Give a user another role or other clients, once it is plain what is given back."""
    try:
        if not client and not every_client:
            raise _no_client()
        scope = [] if every_client else client or []
        wanted = NewRights(role=role, clients=scope, every_client=bool(every_client))
        tried = users.change_user(here.session, name, wanted, dry_run=True)
        if not sure and (tried.left.released or tried.left.shared):
            return _ask_rights(request, wanted, name, tried.left)
        users.change_user(here.session, name, wanted)
    except SluiceError as error:
        return _one(request, here, name, error)
    return _to(request, name, f"{name}: {role}")


@router.post("/users/remove")
def remove(request: Request, here: Writer, name: Text, sure: Text = "") -> Response:
    """Remove a user, once it is plain what is given back."""
    try:
        done = users.remove_user(here.session, name, dry_run=not sure)
    except SluiceError as error:
        return _one(request, here, name, error)
    if not sure:
        lines = (*_given_back(done.left), "What the user did stays in the log.")
        question = Question(
            title=f"Remove {name}?",
            lines=lines,
            action="/users/remove",
            fields=(("name", name),),
            label="Remove the user",
            back=_address(name),
        )
        return ask(request, question)
    return saying(request, RedirectResponse("/users", 303), f"{name} is removed")


def _ask_rights(request: Request, wanted: NewRights, name: str, left: Left) -> Response:
    fields = [("name", name), ("role", wanted.role or "")]
    fields += [("client", one) for one in wanted.clients]
    if wanted.every_client:
        fields.append(("every_client", "yes"))
    question = Question(
        title=f"Change the rights of {name}?",
        lines=_given_back(left),
        action="/users/rights",
        fields=fields,
        label="Change them",
        back=_address(name),
    )
    return ask(request, question)


def _given_back(left: Left) -> tuple[str, ...]:
    return (
        f"{left.released:,} prospects return to the queue.",
        f"{left.shared:,} promised call-backs become anybody's at their time.",
    )


def _no_client() -> UsageError:
    return UsageError("no client is chosen", "tick the user's clients, or every client")


def _list(
    request: Request,
    here: Here,
    typed: Mapping[str, object] = _NOTHING_TYPED,
    error: SluiceError | None = None,
) -> Response:
    check_actor(here.actor, Right.ADMINISTER)
    values = _choices(here) | {
        "users": users.list_users(here.session),
        "needing": factor_rules.required_roles(here.session),
        "factors": {one.user: one for one in factor_rules.list_factors(here.session)},
        "typed": typed,
        "failed": worded(error) if error else "",
    }
    return page(request, "users.html", values, status=400 if error else 200)


def _one(
    request: Request,
    here: Here,
    name: str,
    error: SluiceError | None = None,
    link: tuple[str, logins.Link] | None = None,
) -> Response:
    check_actor(here.actor, Right.ADMINISTER)
    values = _choices(here) | {
        "user": users.show_user(here.session, name),
        "link": link,
        "failed": worded(error) if error else "",
        **_logins(here, name),
    }
    return page(request, "user.html", values, status=400 if error else 200)


def _logins(here: Here, name: str) -> dict[str, Any]:
    """Where and how a user logs in; nothing of a user beyond the actor's own clients."""
    try:
        return {
            "sessions": web_sessions.list_sessions(here.session, name, here.visitor.token_hash),
            "factor": factor_rules.of_user(here.session, name),
        }
    except NotAllowedError:
        return {"sessions": [], "factor": None}


def _choices(here: Here) -> dict[str, Any]:
    return {
        "roles": tuple(Role),
        "clients": [one.name for one in clients.list_clients(here.session)],
        "sees_all": here.actor.clients is None,
    }


def _address(name: str) -> str:
    return f"/users/user?name={quote(name, safe='')}"


def _to(request: Request, name: str, said: str) -> Response:
    return saying(request, RedirectResponse(_address(name), 303), said)
