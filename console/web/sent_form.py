"""Answer a form that is sent again as it was answered the first time."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from hashlib import sha256
from time import monotonic
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from console.web.kept import kept
from console.web.rendering import SAID
from leads.errors import SluiceError

#: Answers that are remembered, and for how many seconds.
_MOST, _LONG = 5_000, 3600.0
#: A script that sends forms goes to the next page itself: it says so, and gets the address.
BY_SCRIPT, GOES_TO = "x-sent-by-script", "x-goes-to"
#: A script that puts the next page in place gets that page with the answer, where there is one.
SHOWS = "x-shows-page"
NextPage = Callable[[], Response]
Headers = tuple[tuple[bytes, bytes], ...]


class Answered:
    """The answers to forms of this process, by what was sent."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._known: OrderedDict[str, tuple[float, asyncio.Future[Headers | None]]] = OrderedDict()

    async def once(
        self, sent: str, answer: Callable[[], Coroutine[Any, Any, Response]]
    ) -> Response:
        """The first answer to what was sent; one that is being given is waited for.

        Only an answer that something was done is remembered: after an error it may be sent again.
        """
        while (known := self._known.get(sent)) and monotonic() - known[0] < _LONG:
            if headers := await asyncio.shield(known[1]):
                return _redirect(headers)
        future: asyncio.Future[Headers | None] = asyncio.get_running_loop().create_future()
        self._known[sent] = (monotonic(), future)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        done: Headers | None = None
        try:
            made = await answer()
            if made.status_code == 303:
                done = tuple(made.raw_headers)
            return made
        finally:
            if done is None:
                self._known.pop(sent, None)
            future.set_result(done)


class OnceRoute(APIRoute):
    """A route whose forms carry a key: the same form with the same key is one form."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Handle a request, unless it is a form that was handled before."""
        handle = super().get_route_handler()

        async def handle_once(request: Request) -> Response:
            if request.method != "POST":
                return await handle(request)
            form = await request.form()
            if not form.get("once"):
                return await handle(request)
            answered = kept(request, "answered", Answered)
            words = [f"{name}={value}" for name, value in form.multi_items()]
            who = request.headers.get("cookie", "")
            sent = "\0".join([request.url.path, _session_of(who), *words])
            digest = sha256(sent.encode("utf-8", "replace")).hexdigest()
            return await _for_script(request, await answered.once(digest, lambda: handle(request)))

        return handle_once


def _session_of(cookies: str) -> str:
    """The cookies without what the next page says, which differs each time."""
    parts = [one.strip() for one in cookies.split(";")]
    said = tuple(f"{name}=" for name in SAID.names)
    return ";".join(sorted(one for one in parts if not one.startswith(said)))


def leads_to(request: Request, made: NextPage) -> None:
    """Let the answer to a form be followed at once by the page that it leads to."""
    request.state.next_page = made


async def _for_script(request: Request, answer: Response) -> Response:
    if BY_SCRIPT not in request.headers or answer.status_code != 303:
        return answer
    made = await _next_page(request)
    if made is None:
        made = Response(status_code=204)
        made.raw_headers += [one for one in answer.raw_headers if one[0] == b"set-cookie"]
    made.headers[GOES_TO] = answer.headers["location"]
    made.background = answer.background
    return made


async def _next_page(request: Request) -> Response | None:
    """The page that a form leads to; None: the script asks for it.

    Only who sent the form gets it so: a form that was answered before leads to its address.
    """
    wanted: NextPage | None = getattr(request.state, "next_page", None)
    if wanted is None or SHOWS not in request.headers:
        return None
    try:
        return await run_in_threadpool(wanted)
    except SluiceError:
        # The form was taken in: the page itself says what is wrong.
        return None


def _redirect(headers: Headers) -> Response:
    made = Response(status_code=303)
    made.raw_headers[:] = list(headers)
    return made
