"""Requests that are sent again under one `Idempotency-Key` take effect once."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from tempfile import SpooledTemporaryFile

from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from actions.api_answers import Kept, Replays
from console.api.callers import Caller
from console.api.problems import of_error, problem
from leads.errors import SluiceError

#: Bytes of a request that are kept in memory, and of an answer that is kept at all.
_IN_MEMORY, _LARGEST = 1024 * 1024, 1024 * 1024
_HEADER = "idempotency-key"


class Replay:
    """Answers a repeated POST as it was answered first."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        key = Headers(scope=scope).get(_HEADER)
        if key is None or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        if not (0 < len(key) <= 255 and key.isascii() and key.isprintable()):
            refused = problem(400, "an Idempotency-Key has 1 to 255 printable ASCII characters")
            await refused(scope, receive, send)
            return
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            if (digest := await _read(scope, receive, body)) is not None:
                await self._answer(scope, _replayed(body, receive), send, key, digest)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, key: str, digest: str
    ) -> None:
        caller: Caller = scope["state"]["caller"]
        replays = Replays(caller.session.store, caller.bearer.token_id, key)
        try:
            kept = await run_in_threadpool(replays.begin, digest)
        except SluiceError as error:
            await of_error(error)(scope, _nothing, send)
            return
        if kept is not None:
            await _again(kept)(scope, _nothing, send)
            return
        answer = _Answer(send, replays)
        try:
            await self._app(scope, receive, answer.send)
        finally:
            if not answer.is_whole:
                await run_in_threadpool(replays.end, None)


class _Answer:
    """What is sent, and kept before its last part goes: the caller may ask again at once."""

    def __init__(self, send: Send, replays: Replays) -> None:
        self._send = send
        self._replays = replays
        self._status = 500
        self._headers: Mapping[str, str] = {}
        self._body: bytes | None = b""
        self.is_whole = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = Headers(raw=message["headers"])
        elif message["type"] == "http.response.body":
            self._take(message.get("body", b""))
            if not message.get("more_body", False):
                await run_in_threadpool(self._replays.end, self._kept())
                self.is_whole = True
        await self._send(message)

    def _take(self, part: bytes) -> None:
        if self._body is not None:
            self._body += part
            self._body = None if len(self._body) > _LARGEST else self._body

    def _kept(self) -> Kept | None:
        """The answer; None when nothing was done, or it is too large to be kept."""
        if self._status >= 400 or self._body is None:
            return None
        return Kept(self._status, self._headers.get("content-type", ""), self._body)


async def _read(scope: Scope, receive: Receive, body: SpooledTemporaryFile[bytes]) -> str | None:
    """The hash of a request, whose body is written to a file; None: the caller is gone."""
    found = sha256(f"{scope['path']}?".encode() + scope["query_string"] + b"\n")
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        part = message.get("body", b"")
        found.update(part)
        body.write(part)
        more = message.get("more_body", False)
    body.seek(0)
    return found.hexdigest()


def _replayed(body: SpooledTemporaryFile[bytes], later: Receive) -> Receive:
    """Read a kept body; what comes `later` is that the caller is gone."""
    is_read = False

    async def receive() -> Message:
        nonlocal is_read
        if is_read:
            return await later()
        part = body.read(_IN_MEMORY)
        is_read = len(part) < _IN_MEMORY
        return {"type": "http.request", "body": part, "more_body": not is_read}

    return receive


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def _again(kept: Kept) -> Response:
    headers = {"Idempotency-Replayed": "true"}
    return Response(kept.body, kept.status, headers, media_type=kept.content_type or None)
