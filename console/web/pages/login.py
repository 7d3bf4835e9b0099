"""Log in, log out, and set a password by a one-time link."""

from __future__ import annotations

import logging
from math import ceil
from threading import BoundedSemaphore

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import logins
from console.web.fields import Text
from console.web.logged_in import (
    Writer,
    cookie_of,
    forget_cookie,
    installation_of,
    set_cookie,
)
from console.web.rendering import page, worded
from console.web.throttle import Throttle
from leads.errors import NotAllowedError, SluiceError

_LOG = logging.getLogger(__name__)
router = APIRouter()

#: Each password takes 64 MB while it is checked.
_CHECKS = BoundedSemaphore(2)


@router.get("/login")
def form(request: Request) -> Response:
    """Ask for name and password."""
    return page(request, "login.html", {"name": "", "message": ""})


@router.post("/login")
def log_in(request: Request, name: Text = "", password: Text = "") -> Response:
    """Log in, and go to the queue."""
    throttle = request.app.state.throttle
    assert isinstance(throttle, Throttle)
    keys = (f"name {name.casefold()[:100]}", f"address {_address(request)}")
    # The wait is read when it is this password's turn: others may have guessed before it.
    with _CHECKS:
        if wait := ceil(throttle.wait(*keys)):
            return _too_many(request, name, wait)
        try:
            cookie = logins.log_in(installation_of(request).store, name, password, _agent(request))
        except NotAllowedError as error:
            throttle.failed(*keys)
            # Without the name: people type their password there.
            _LOG.warning("a wrong name or password from %s", _address(request))
            return page(request, "login.html", {"name": name, "message": error.message}, status=403)
    throttle.succeeded(keys[0])
    return _into(request, cookie)


@router.post("/logout")
def log_out(request: Request, _here: Writer) -> Response:
    """Log out in this browser."""
    logins.log_out(installation_of(request).store, cookie_of(request))
    answer = RedirectResponse("/login", 303)
    forget_cookie(request, answer)
    return answer


@router.get("/link/{token}")
def link(request: Request, token: str) -> Response:
    """Ask for the password that a link sets."""
    user = logins.user_of_link(installation_of(request).store, token)
    values = {"user": user, "token": token, "message": ""}
    return page(request, "link.html", values, status=200 if user else 404)


@router.post("/link/{token}")
def set_password(
    request: Request,
    token: str,
    password: Text = "",
    again: Text = "",
) -> Response:
    """Set the password of a link's user, and log in."""
    store = installation_of(request).store
    message = "the two passwords differ" if password != again else ""
    try:
        if not message:
            with _CHECKS:
                return _into(request, logins.set_password(store, token, password, _agent(request)))
    except SluiceError as error:
        message = worded(error)
    user = logins.user_of_link(store, token)
    values = {"user": user, "token": token, "message": message}
    return page(request, "link.html", values, status=400 if user else 404)


def _too_many(request: Request, name: str, wait: int) -> Response:
    message = f"too many wrong passwords: try again in {wait} s"
    answer = page(request, "login.html", {"name": name, "message": message}, status=429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _into(request: Request, cookie: str) -> Response:
    answer = RedirectResponse("/", 303)
    set_cookie(request, answer, cookie)
    return answer


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")
