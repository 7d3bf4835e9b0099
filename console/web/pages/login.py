"""Log in, log out, and set a password by a one-time link."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from actions import logins, web_sessions
from console.web.bounds import sender_address
from console.web.fields import Named, Text
from console.web.logged_in import SESSION, Writer, installation_of
from console.web.logging_in import (
    WaitError,
    browser_of,
    check_wait,
    devices_of,
    in_turn,
    into,
    throttle_of,
)
from console.web.rendering import page, worded
from console.web.throttle import Key, login_keys
from leads.errors import NotAllowedError, SluiceError

_LOG = logging.getLogger(__name__)
router = APIRouter()


@router.get("/login")
def form(request: Request) -> Response:
    """Ask for name and password."""
    return _form(request)


@router.post("/login")
async def log_in(request: Request, name: Text = "", password: Text = "") -> Response:
    """Log in, and go to the first page."""
    device = devices_of(request).known(request, name)
    keys = login_keys(name, sender_address(request), device)

    def check() -> Response:
        # The wait is read when it is this password's turn: others may have guessed before it.
        check_wait(throttle_of(request).wait(keys))
        return _check(request, name, password, keys)

    try:
        check_wait(throttle_of(request).wait(keys))
        return await in_turn(request, check, is_known=bool(device))
    except WaitError as error:
        answer = _form(request, name, worded(error), status=429)
        answer.headers["Retry-After"] = str(error.seconds)
        return answer


@router.post("/logout")
def log_out(request: Request, here: Writer) -> Response:
    """Log out in this browser."""
    web_sessions.log_out(installation_of(request).store, here.visitor.token_hash)
    request.state.new_cookie = ""
    answer = RedirectResponse("/login", 303)
    SESSION.forget(request, answer)
    return answer


@router.get("/link/{token}")
def link(request: Request, token: Named) -> Response:
    """Ask for the password that a link sets."""
    return _link(request, token, "", 200)


@router.post("/link/{token}")
async def set_password(
    request: Request, token: Named, password: Text = "", again: Text = ""
) -> Response:
    """Set the password of a link's user, and log in."""
    store = installation_of(request).store

    def check() -> Response:
        return into(request, logins.set_password(store, token, password, browser_of(request)))

    message = "the two passwords differ" if password != again else ""
    user = await run_in_threadpool(logins.user_of_link, store, token)
    try:
        # A valid link goes first in line; an invalid one is refused at once.
        if user and not message:
            return await in_turn(request, check, is_known=True)
    except SluiceError as error:
        message = worded(error)
    return await run_in_threadpool(_link, request, token, message, 400)


def _check(request: Request, name: str, password: str, keys: Sequence[Key]) -> Response:
    store = installation_of(request).store
    try:
        done = logins.log_in(store, name, password, browser_of(request))
    except NotAllowedError as error:
        throttle_of(request).failed(keys)
        # Without the name: people type their password there.
        _LOG.warning("a wrong name or password from %s", sender_address(request))
        return _form(request, name, error.message, status=403)
    throttle_of(request).succeeded(keys[0])
    return into(request, done)


def _form(request: Request, name: str = "", message: str = "", *, status: int = 200) -> Response:
    return page(request, "login.html", {"name": name, "message": message}, status=status)


def _link(request: Request, token: str, message: str, status: int) -> Response:
    user = logins.user_of_link(installation_of(request).store, token)
    values = {"user": user, "token": token, "message": message}
    return page(request, "link.html", values, status=status if user else 404)
