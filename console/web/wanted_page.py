"""The page that somebody asked for before logging in: a cookie keeps it until the login is whole."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import Response

#: Seconds that a login may take, and the longest address that is kept.
_LONG, _MOST = 600, 1_000
#: Steps of a login, and what scripts read.
_NO_PAGES = ("/login", "/live")
_PART = r"[\w.~!$&'()*+,;=:@%-]+"
#: An address of this server alone: with two slashes, or a backslash, it could name another host.
_OWN = re.compile(rf"/(?:{_PART}(?:/{_PART})*/?)?(?:\?[\x21-\x5b\x5d-\x7e]*)?", re.ASCII)


def keep_wanted(request: Request, answer: Response) -> None:
    """Let the browser remember the page that it asked for."""
    dest = request.headers.get("sec-fetch-dest", "document")
    if request.method != "GET" or dest != "document" or "x-reads-again" in request.headers:
        # What a script reads is no page to go to.
        return
    path: bytes = request.scope.get("raw_path") or request.url.path.encode()
    query: bytes = request.scope["query_string"]
    address = (path + b"?" + query if query else path).decode("latin-1")
    is_page = not request.url.path.startswith(_NO_PAGES)
    if is_page and is_own(address):
        answer.set_cookie(
            _cookie(request),
            quote(address, safe=""),
            max_age=_LONG,
            secure=request.app.state.is_https,
            httponly=True,
            samesite="lax",
        )


def wanted_page(request: Request) -> str:
    """The page that the browser asked for before; `/` when there is none."""
    address = unquote(request.cookies.get(_cookie(request), ""))
    return address if is_own(address) else "/"


def forget_wanted(request: Request, answer: Response) -> None:
    """Let the browser forget the page: it is there."""
    if _cookie(request) in request.cookies:
        answer.delete_cookie(_cookie(request), secure=request.app.state.is_https)


def is_own(address: str) -> bool:
    """Whether an address is a page of this server, and cannot be one of another host."""
    return len(address) <= _MOST and _OWN.fullmatch(address) is not None


def _cookie(request: Request) -> str:
    """The cookie's name; over TLS no other host of the domain can set it."""
    return "__Host-sluice_wanted" if request.app.state.is_https else "sluice_wanted"
