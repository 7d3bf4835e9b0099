"""What every request must meet, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Bytes of a form.
LARGEST = 256 * 1024
#: What other programs and sites send: they show a key of their own, cookies are ignored, and what
#: answers there bounds the size.
FOR_PROGRAMS = ("/api/", "/in/", "/form/")
#: Pages whose address holds a token.
WITH_TOKEN = ("/shared/",)
#: Bytes of a form that sends a file, by its path.
LARGEST_FILES = {
    "/lists/imports": 512 * 1024 * 1024,
    "/suppressions/import": 64 * 1024 * 1024,
    "/outcomes": 64 * 1024 * 1024,
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_FETCHES = frozenset({"same-origin", "none"})
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Refuses requests for other hosts, from other sites, and with too much in them."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], *, is_https: bool) -> None:
        """Let through what asks for one of `hosts`, such as `127.0.0.1:8800`."""
        self._app = app
        self._hosts = frozenset(hosts)
        self._is_https = is_https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        state = scope.setdefault("state", {})

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                self._add_headers(headers, scope["path"])
                if cookie := state.get("new_cookie"):
                    headers.append("set-cookie", cookie)
            await send(message)

        if scope["path"].startswith(FOR_PROGRAMS) and self._is_meant(Headers(scope=scope)):
            await self._app(scope, receive, send_with_headers)
            return
        largest = LARGEST_FILES.get(scope["path"], LARGEST)
        refused = self._refused(scope["method"], Headers(scope=scope), largest)
        if refused:
            await refused(scope, receive, send_with_headers)
        else:
            await self._app(scope, _limited(receive, largest), send_with_headers)

    def _refused(self, method: str, headers: Headers, largest: int) -> PlainTextResponse | None:
        host = headers.get("host", "").lower()
        if not self._is_meant(headers):
            # Another name that leads here: a page elsewhere could use it to read what it must not.
            return PlainTextResponse("This server does not answer for that host.\n", 421)
        if method not in _SAFE and not _is_own(headers, host):
            return PlainTextResponse("This form was sent from another site.\n", 403)
        if _length(headers, largest) > largest:
            return PlainTextResponse("This is too large.\n", 413)
        return None

    def _is_meant(self, headers: Headers) -> bool:
        return headers.get("host", "").lower() in self._hosts

    def _add_headers(self, headers: MutableHeaders, path: str) -> None:
        for name, value in _HEADERS.items():
            headers[name] = value
        if path.startswith(WITH_TOKEN):
            # The address is the key to the page.
            headers["Referrer-Policy"] = "no-referrer"
        if not path.startswith("/static/"):
            headers["Cache-Control"] = "no-store"
        if self._is_https:
            headers["Strict-Transport-Security"] = "max-age=31536000"


def _is_own(headers: Headers, host: str) -> bool:
    """Whether a page of this server sent a form; browsers say so in one of two headers."""
    fetched = headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched in _OWN_FETCHES
    return urlsplit(headers.get("origin", "")).netloc.lower() == host


def _length(headers: Headers, largest: int) -> int:
    text = headers.get("content-length", "0")
    return int(text) if text.isdecimal() and len(text) < 20 else largest + 1


def _limited(receive: Receive, largest: int) -> Receive:
    """Stop reading a body whose length the headers do not say."""
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        return {"type": "http.disconnect"} if read > largest else message

    return limited
