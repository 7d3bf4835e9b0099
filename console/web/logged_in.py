"""Who sends a request: the cookie of a browser, and the key that its forms send back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from secrets import compare_digest
from typing import Annotated

from fastapi import Depends, Form, Request
from fastapi.responses import Response

from actions.actor import Actor
from actions.own_place import own_place
from actions.session import Installation, Session
from actions.web_sessions import Visitor, half_visitor, visitor
from actions.where import Where
from console.web.cookies import Cookie
from console.web.kept import kept
from leads.errors import NotAllowedError

#: The cookie of a session.
SESSION = Cookie("sluice", 7 * 24 * 3600)


class NobodyError(Exception):
    """Nobody is logged in."""


@dataclass(frozen=True, slots=True)
class Here:
    """A user on a page, and the queue that the user works."""

    visitor: Visitor
    session: Session
    actor: Actor
    where: Where
    #: None: that of the machine.
    zone: str | None
    #: Whether all background work is paused.
    is_paused: bool = False

    @property
    def place(self) -> str:
        """The client and the campaign of a page, as its forms send them back."""
        named = json.dumps([self.where.client, self.where.campaign])
        return sha256(named.encode()).hexdigest()[:16]


def installation_of(request: Request) -> Installation:
    """The installation that this application serves."""
    return kept(request, "installation", Installation)


def here(request: Request) -> Here:
    """The user of a request; NobodyError when nobody is logged in."""
    installation = installation_of(request)
    cookie = SESSION.sent(request)
    found = visitor(installation.store, cookie, is_use=_is_use(request))
    if found is None:
        raise NobodyError
    if found.new_cookie:
        keep_cookie(request, found.new_cookie)
    session = installation.session(found.user)
    own = own_place(session)
    made = Here(found, session, own.actor, own.where, own.zone, own.is_paused)
    request.state.here = made
    return made


def half_here(request: Request) -> Visitor:
    """The user of a request who must still show a second factor; NobodyError without one."""
    found = half_visitor(installation_of(request).store, SESSION.sent(request))
    if found is None:
        raise NobodyError
    return found


def half_with_form(request: Request, form_key: Annotated[str, Form()] = "") -> Visitor:
    """The same for a form of that session; NotAllowedError when it is not one."""
    found = half_here(request)
    _check_form(found, form_key)
    return found


def here_with_form(
    request: Request,
    form_key: Annotated[str, Form()] = "",
    form_place: Annotated[str, Form()] = "",
) -> Here:
    """The user of a form; NotAllowedError unless it is one of this session and place."""
    found = here(request)
    check_key(found, form_key, form_place)
    return found


def check_key(found: Here, form_key: str, form_place: str) -> None:
    """Check that a form is one of this session and place; NotAllowedError otherwise."""
    _check_form(found.visitor, form_key)
    # A form that names no place, such as that of a password, is the same for every client.
    if form_place and form_place != found.place:
        raise NotAllowedError(
            "this form is about another client or campaign than you work for now",
            "choose where to work, open the page again, and send the form again",
        )


def _check_form(visitor: Visitor, form_key: str) -> None:
    if not compare_digest(form_key.encode(), visitor.form_key.encode()):
        raise NotAllowedError(
            "this form is from an earlier login", "go back, reload the page, and send it again"
        )


def _is_use(request: Request) -> bool:
    """Whether a person asked; a page that is open follows what others do, and reads itself again."""
    return request.url.path != "/live" and "x-reads-again" not in request.headers


Reader = Annotated[Here, Depends(here)]
Writer = Annotated[Here, Depends(here_with_form)]
Half = Annotated[Visitor, Depends(half_here)]
HalfWriter = Annotated[Visitor, Depends(half_with_form)]


def keep_cookie(request: Request, cookie: str) -> None:
    """Let the browser keep another cookie of its session, with whatever is answered."""
    made = Response()
    SESSION.keep(request, made, cookie)
    request.state.new_cookie = made.headers["set-cookie"]
