"""What every way to log in shares: turns, the waits of who guesses, and the cookies of who is in."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import TypeVar

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from actions.networks import wide
from actions.web_sessions import Browser, LoggedIn
from console.web.bounds import sender_address
from console.web.devices import Devices
from console.web.kept import kept
from console.web.logged_in import SESSION
from console.web.login_gate import BusyError, Gate
from console.web.throttle import Key, Throttle
from console.web.wanted_page import forget_wanted, wanted_page
from leads.errors import NotAllowedError, SluiceError

Done = TypeVar("Done")

#: Where a user goes who must still show something.
_NEXT = {"code": "/login/code", "enrol": "/login/second-factor"}
#: Seconds after which who was turned away may try again.
_BUSY_WAIT = 10


class WaitError(SluiceError):
    """A try that is not read: there were too many before it, or many others wait."""

    code = "wait"

    def __init__(self, message: str, seconds: int) -> None:
        """`seconds` is how long to wait."""
        super().__init__(message, f"try again in {seconds} s")
        self.seconds = seconds


async def in_turn(request: Request, check: Callable[[], Response], *, is_known: bool) -> Response:
    """Check a password when it is this network's turn; WaitError when too many wait."""
    gate = kept(request, "gate", Gate)
    try:
        async with gate.turn(wide(sender_address(request)), is_known=is_known):
            return await run_in_threadpool(check)
    except BusyError:
        raise busy() from None


def busy() -> WaitError:
    """The error for who is turned away because too many wait."""
    return WaitError("many people log in just now", _BUSY_WAIT)


def throttle_of(request: Request) -> Throttle:
    """What counts wrong passwords and codes."""
    return kept(request, "throttle", Throttle)


def devices_of(request: Request) -> Devices:
    """What knows browsers again."""
    return kept(request, "devices", Devices)


def check_wait(seconds: float) -> None:
    """WaitError while a wait lasts."""
    if seconds > 0:
        raise WaitError("too many wrong tries", ceil(seconds))


def slowed(request: Request, key: Key, do: Callable[[], Done]) -> Done:
    """Do what a password or code allows: wrong ones are counted, and slow the next try down."""
    throttle = throttle_of(request)
    check_wait(throttle.wait([key]))
    try:
        done = do()
    except NotAllowedError:
        throttle.failed([key])
        raise
    throttle.succeeded(key)
    return done


def into(request: Request, done: LoggedIn) -> Response:
    """Let the browser in, or on to what the user must still show."""
    to = _NEXT[done.needs] if done.needs else wanted_page(request)
    answer = RedirectResponse(to, 303)
    keep(request, answer, done)
    return answer


def keep(request: Request, answer: Response, done: LoggedIn) -> None:
    """Let the browser keep a session; one that lacks nothing makes it a known browser."""
    SESSION.keep(request, answer, done.cookie)
    if not done.needs:
        forget_wanted(request, answer)
        devices_of(request).remember(request, answer, done.user)


def browser_of(request: Request) -> Browser:
    """What the browser calls itself, and its network: whole addresses are not kept."""
    return Browser(request.headers.get("user-agent", ""), wide(sender_address(request)))
