"""A user's own account: where the user is logged in, the password and the second factor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from actions import factor_rules, logins, second_factor, web_sessions
from actions.session import Installation
from console.cli.output import counted
from console.web.fields import Text
from console.web.logged_in import Here, Reader, Writer, installation_of
from console.web.logging_in import WaitError, in_turn, slowed
from console.web.qr import qr
from console.web.rendering import page, saying, worded
from console.web.throttle import Key, code_key
from leads.errors import SluiceError, UsageError

router = APIRouter()
Done = TypeVar("Done")


@router.get("/account")
def show(request: Request, here: Reader) -> Response:
    """Show the user's sessions, and what the user logs in with."""
    return _page(request, here)


@router.post("/account/sessions/end")
def end(request: Request, here: Writer, session: Text) -> Response:
    """Log out in one other browser."""
    own = here.visitor
    web_sessions.end_sessions(here.session, own.user, session, but=own.token_hash)
    return _to(request, "the session has ended")


@router.post("/account/sessions/end-others")
def end_others(request: Request, here: Writer) -> Response:
    """Log out everywhere else."""
    own = here.visitor
    ended = web_sessions.end_sessions(here.session, own.user, but=own.token_hash)
    return _to(request, f"logged out in {counted(ended, 'other browser')}")


@router.post("/account/password")
async def change_password(
    request: Request, here: Writer, old: Text = "", password: Text = "", again: Text = ""
) -> Response:
    """Change the password."""

    def change() -> Response:
        store, own = installation_of(request).store, here.visitor
        ended = slowed(
            request,
            _password_key(here),
            lambda: logins.change_password(store, own, old, password),
        )
        return _to(request, f"the password is changed; {counted(ended, 'other session')} ended")

    try:
        if password != again:
            raise UsageError("the two new passwords differ", "type the same one twice")
        return await in_turn(request, change, is_known=True)
    except SluiceError as error:
        return await run_in_threadpool(_page, request, here, error)


@router.post("/account/second-factor")
async def set_up(request: Request, here: Writer, password: Text = "") -> Response:
    """Begin to set up an app, by the password."""

    def begin() -> Response:
        installation = installation_of(request)
        name = here.visitor.user
        slowed(
            request,
            _password_key(here),
            lambda: logins.check_own_password(installation.store, name, password),
        )
        second_factor.begin(installation, here.visitor.user)
        return _to(request, "")

    try:
        return await in_turn(request, begin, is_known=True)
    except SluiceError as error:
        return await run_in_threadpool(_page, request, here, error)


@router.post("/account/second-factor/confirm")
def confirm(request: Request, here: Writer, code: Text = "") -> Response:
    """Put the app in force by its first code, and show the recovery codes once."""
    return _codes(request, here, lambda: second_factor.confirm(*_own(request, here), code))


@router.post("/account/second-factor/codes")
def new_codes(request: Request, here: Writer, code: Text = "") -> Response:
    """Replace the recovery codes, and show them once."""
    return _codes(request, here, lambda: second_factor.new_codes(*_own(request, here), code))


@router.post("/account/second-factor/remove")
def remove(request: Request, here: Writer, code: Text = "") -> Response:
    """Remove the second factor, by a code."""
    try:
        _by_code(request, here, lambda: second_factor.remove(*_own(request, here), code))
    except SluiceError as error:
        return _page(request, here, error)
    return _to(request, "the second factor is removed")


def _codes(request: Request, here: Here, make: Callable[[], Sequence[str]]) -> Response:
    try:
        codes = _by_code(request, here, make)
    except SluiceError as error:
        return _page(request, here, error)
    return page(request, "recovery_codes.html", {"codes": codes, "next": "/account"})


def _by_code(request: Request, here: Here, do: Callable[[], Done]) -> Done:
    return slowed(request, code_key(here.visitor.user), do)


def _own(request: Request, here: Here) -> tuple[Installation, str]:
    return installation_of(request), here.visitor.user


def _password_key(here: Here) -> Key:
    return Key(f"own password {here.visitor.user}")


def _page(request: Request, here: Here, error: SluiceError | None = None) -> Response:
    own, installation = here.visitor, installation_of(request)
    enrolment = second_factor.enrolment(installation, own.user)
    values = {
        "sessions": web_sessions.list_sessions(here.session, own.user, own.token_hash),
        "factor": factor_rules.of_user(here.session, own.user),
        "has_password": logins.has_password(installation.store, own.user),
        "enrolment": enrolment,
        "picture": qr(enrolment.uri) if enrolment else "",
        "failed": worded(error) if error else "",
    }
    status = 429 if isinstance(error, WaitError) else 400
    return page(request, "account.html", values, status=status if error else 200)


def _to(request: Request, said: str) -> Response:
    return saying(request, RedirectResponse("/account", 303), said)
