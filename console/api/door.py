"""What every request of the API meets first: its token, the token's rate, methods and sizes."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from actions.session import Installation
from actions.tokens import bearer
from console.api.callers import Caller, check_scopes
from console.api.problems import of_error, of_fault, problem
from console.api.rates import Quota, Rates
from console.api.routes import Routes
from leads.errors import NotAllowedError, SluiceError

#: Bytes and seconds of a refused body that are read.
_DROPPED, _DROPPING = 8_000_000, 5.0


class Door:
    """Lets requests in that carry a token which is in force and within its rate."""

    def __init__(
        self, app: ASGIApp, installation: Installation, rates: Rates, routes: Routes
    ) -> None:
        """Guard the application behind."""
        self._app = app
        self._installation = installation
        self._rates = rates
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        found = await run_in_threadpool(self._caller, headers)
        if isinstance(found, Response):
            await found(scope, receive, _bodiless(send) if scope["method"] == "HEAD" else send)
            return
        quota = self._rates.take(found.bearer.token_id)
        told = _telling(send, quota)
        if scope["method"] == "HEAD":
            scope, told = {**scope, "method": "GET"}, _bodiless(told)
        scope.setdefault("state", {})["caller"] = found
        refused = self._refused(scope, headers, quota) or self._lacking(scope, found)
        if refused:
            if quota.allowed:
                await _drop_body(receive)
            await refused(scope, receive, told)
            return
        path = address(scope)
        most = self._routes.largest(path, scope["method"])
        await self._app(scope, _limited(receive, most), told)

    def _caller(self, headers: Headers) -> Caller | JSONResponse:
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return _no_token("no token was sent", "send `Authorization: Bearer TOKEN`")
        try:
            found = bearer(self._installation.store, token.strip())
        except SluiceError as error:
            return of_fault(error)
        if found is None:
            return _no_token(
                "this token is unknown, over or revoked", "`sluice token add NAME` makes a new one"
            )
        return Caller(found, self._installation.session(found.user, only_client=found.client_id))

    def _lacking(self, scope: Scope, caller: Caller) -> Response | None:
        """The answer to a token without the scope: nothing of the body is read before."""
        try:
            check_scopes(caller.bearer, self._routes.scopes(address(scope), scope["method"]))
        except NotAllowedError as error:
            return of_error(error)
        return None

    def _refused(self, scope: Scope, headers: Headers, quota: Quota) -> Response | None:
        if not quota.allowed:
            return problem(
                429,
                f"this token may send {quota.limit} requests a minute",
                f"wait {quota.wait} s",
                code="rate",
            )
        path, method = address(scope), scope["method"]
        methods = self._routes.methods(path)
        if not methods:
            return problem(404, "there is nothing at this address", "see /api/v1/openapi.json")
        allow = {"Allow": ", ".join(methods)}
        if method == "OPTIONS":
            return Response(status_code=204, headers=allow)
        if method not in methods:
            return problem(405, f"{method} is not answered here", allow["Allow"], headers=allow)
        text = headers.get("content-length", "0")
        if not text.isdecimal() or int(text[:20]) > self._routes.largest(path, method):
            return problem(413, "the body is too large")
        return None


def address(scope: Scope) -> str:
    """The path of a request within the API."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def _no_token(detail: str, hint: str) -> JSONResponse:
    return problem(401, detail, hint, headers={"WWW-Authenticate": 'Bearer realm="sluice"'})


def _telling(send: Send, quota: Quota) -> Send:
    """Send answers with the headers of the rate."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(quota.headers)
        await send(message)

    return told


def _bodiless(send: Send) -> Send:
    """Send the head of an answer only."""

    async def head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return head


async def _drop_body(receive: Receive) -> None:
    """Read the rest of a refused body, up to a limit: a client that still sends may miss the answer."""
    left = _DROPPED
    with suppress(TimeoutError):
        async with asyncio.timeout(_DROPPING):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if not message.get("more_body"):
                    return


def _limited(receive: Receive, most: int) -> Receive:
    """Stop reading a body that is larger than its headers may say."""
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        return {"type": "http.disconnect"} if read > most else message

    return limited
