"""The second step of logging in: a code of the second factor, or setting one up."""

from __future__ import annotations

import logging

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import logins, second_factor
from actions.web_sessions import Visitor
from console.web.bounds import sender_address
from console.web.fields import Text
from console.web.logged_in import Half, HalfWriter, NobodyError, installation_of
from console.web.logging_in import (
    WaitError,
    browser_of,
    into,
    keep,
    slowed,
)
from console.web.qr import qr
from console.web.rendering import page, worded
from console.web.throttle import code_key
from console.web.wanted_page import wanted_page
from leads.errors import NotAllowedError

_LOG = logging.getLogger(__name__)
router = APIRouter()


@router.get("/login/code")
def ask(request: Request, half: Half) -> Response:
    """Ask for a code."""
    return _ask(request, half, "")


@router.post("/login/code")
def show_code(request: Request, half: HalfWriter, code: Text = "") -> Response:
    """Log in by a code of the app, or a recovery code."""
    installation, browser = installation_of(request), browser_of(request)
    try:
        done = slowed(
            request,
            code_key(half.user),
            lambda: logins.show_code(installation, half, code, browser),
        )
    except (WaitError, NotAllowedError) as error:
        return _failed(request, half, error)
    return into(request, done)


@router.get("/login/second-factor")
def set_up(request: Request, half: Half) -> Response:
    """Show what an app needs that the user must set up before the login is whole."""
    return _set_up(request, half, "")


@router.post("/login/second-factor")
def confirm(request: Request, half: HalfWriter, code: Text = "") -> Response:
    """Put the app in force by its first code, log in, and show the recovery codes once."""
    installation, browser = installation_of(request), browser_of(request)
    try:
        done, codes = slowed(
            request,
            code_key(half.user),
            lambda: logins.enrol(installation, half, code, browser),
        )
    except (WaitError, NotAllowedError) as error:
        return _failed(request, half, error)
    values = {"codes": codes, "next": wanted_page(request)}
    answer = page(request, "recovery_codes.html", values)
    keep(request, answer, done)
    return answer


def _failed(request: Request, half: Visitor, error: WaitError | NotAllowedError) -> Response:
    _LOG.warning("a wrong code from %s", sender_address(request))
    show = _set_up if half.needs == "enrol" else _ask
    answer = show(request, half, worded(error))
    answer.status_code = 403
    if isinstance(error, WaitError):
        answer.status_code = 429
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _ask(request: Request, half: Visitor, failed: str) -> Response:
    if half.needs != "code":
        raise NobodyError
    return page(request, "login_code.html", {"half": half, "failed": failed})


def _set_up(request: Request, half: Visitor, failed: str) -> Response:
    found = second_factor.enrolment(installation_of(request), half.user)
    if half.needs != "enrol" or found is None:
        raise NobodyError
    values = {"half": half, "failed": failed, "enrolment": found, "picture": qr(found.uri)}
    return page(request, "login_second_factor.html", values)
