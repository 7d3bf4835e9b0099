"""Log in at a provider of single sign-on, and come back."""

from __future__ import annotations

import hmac
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_urlsafe
from time import time

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from actions import sso
from actions.sso import Attempt, Provider
from console.api.rates import Rates
from console.web.bounds import TooMuchError, Turns, sender_address, sender_of
from console.web.cookies import Cookie
from console.web.fields import Asked
from console.web.kept import kept, whole_address
from console.web.logged_in import installation_of
from console.web.logging_in import (
    WaitError,
    browser_of,
    busy,
    check_wait,
    into,
    throttle_of,
)
from console.web.rendering import page, worded
from console.web.throttle import FREE_OF_NETWORK, Key
from leads.errors import NotAllowedError, NotFoundError, SluiceError

_LOG = logging.getLogger(__name__)
router = APIRouter()
#: Seconds for a login at the provider, and states that are remembered as used.
_LASTS, _MOST = 600, 10_000
#: Requests that may ask the provider at once, and that wait for it.
_AT_ONCE, _WAITING = 2, 64
#: Logins that one network may begin in a minute: an office has one address.
STARTS = 60
_BACK = "/login/sso/back"
_COOKIE = Cookie("sluice_sso", _LASTS)


@dataclass(slots=True)
class Places:
    """How many logins at the provider go on at once: a slow one must not hold every page."""

    turns: Turns = field(default_factory=lambda: Turns(_AT_ONCE, _WAITING))
    starts: Rates = field(default_factory=lambda: Rates(STARTS))
    #: Kept, as it knows the provider's description; None: nobody has logged in yet.
    provider: Provider | None = None


class Attempts:
    """Logins at the provider that are under way: the browser keeps each in a signed cookie."""

    def __init__(self, key: bytes) -> None:
        """Sign with a key."""
        self._key = key
        self._used: OrderedDict[str, None] = OrderedDict()

    def begin(self) -> str:
        """What a browser keeps."""
        text = f"{token_urlsafe(32)}.{int(time())}"
        return f"{text}.{self._made('cookie', text)}"

    def attempt(self, kept: str, back_to: str) -> Attempt:
        """The login that a browser began; nonce and verifier never leave the server by it."""
        text, _, signature = kept.rpartition(".")
        state, _, began = text.partition(".")
        if not hmac.compare_digest(self._made("cookie", text).encode(), signature.encode()):
            raise _gone()
        if time() - int(began) > _LASTS:
            raise _gone()
        return Attempt(state, self._made("nonce", state), self._made("verifier", state), back_to)

    def use(self, state: str) -> None:
        """Use a login up; NotAllowedError when it was."""
        if state in self._used:
            raise _gone()
        self._used[state] = None
        while len(self._used) > _MOST:
            self._used.popitem(last=False)

    def _made(self, what: str, text: str) -> str:
        said = f"sso {what}\0{text}".encode("utf-8", "replace")
        return hmac.new(self._key, said, sha256).hexdigest()


@router.get("/login/sso")
async def begin(request: Request) -> Response:
    """Send the browser to the provider."""
    try:
        if wait := _places(request).starts.take(sender_of(request)).wait_if_refused:
            raise WaitError("too many logins began", wait)
        return await _in_turn(request, lambda: _begin(request))
    except SluiceError as error:
        return _failed(request, error)


def _begin(request: Request) -> Response:
    kept_text = _attempts(request).begin()
    attempt = _attempts(request).attempt(kept_text, whole_address(request, _BACK))
    answer = RedirectResponse(_provider(request).address(attempt), 303)
    _COOKIE.keep(request, answer, kept_text)
    return answer


@router.get(_BACK)
async def come_back(
    request: Request, state: Asked = "", code: Asked = "", error: Asked = ""
) -> Response:
    """Log in whom the provider knows, and an admin linked."""
    key = Key(f"sso {sender_of(request)}", FREE_OF_NETWORK)
    try:
        check_wait(throttle_of(request).wait([key]))
        answer = await _in_turn(request, lambda: _come_back(request, state, code, error))
    except SluiceError as found:
        if isinstance(found, NotAllowedError):
            throttle_of(request).failed([key])
        answer = _failed(request, found)
    _COOKIE.forget(request, answer)
    return answer


def _come_back(request: Request, state: str, code: str, error: str) -> Response:
    attempts = _attempts(request)
    attempt = attempts.attempt(_COOKIE.sent(request), whole_address(request, _BACK))
    if not hmac.compare_digest(attempt.state.encode(), state.encode()):
        raise _gone()
    attempts.use(state)
    if error or not code:
        raise NotAllowedError("the provider did not log you in", "log in again")
    claims = _provider(request).claims(attempt, code)
    return into(request, sso.log_in(installation_of(request), claims, browser_of(request)))


async def _in_turn(request: Request, act: Callable[[], Response]) -> Response:
    """Ask the provider when it is this request's turn; WaitError when too many wait."""
    try:
        async with _places(request).turns.turn():
            return await run_in_threadpool(act)
    except TooMuchError:
        raise busy() from None


def _places(request: Request) -> Places:
    return kept(request, "sso_places", Places)


def _provider(request: Request) -> Provider:
    found, places = request.app.state.sign_on, _places(request)
    if not isinstance(found, sso.SignOn):
        raise NotFoundError("no single sign-on is set up", "log in with your password")
    places.provider = places.provider or sso.provider(found)
    return places.provider


def _attempts(request: Request) -> Attempts:
    return kept(request, "attempts", Attempts)


def _failed(request: Request, error: SluiceError) -> Response:
    _LOG.warning("single sign-on from %s: %s", sender_address(request), error.message)
    known = {"not_allowed": 403, "wait": 429, "not_found": 404}
    status = known.get(error.code, 503)
    message = worded(error) if status != 503 else "the provider of single sign-on does not answer"
    return page(request, "login.html", {"name": "", "message": message}, status=status)


def _gone() -> NotAllowedError:
    return NotAllowedError("this login took too long, or was used already", "log in again")
