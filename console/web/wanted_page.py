"""The page that somebody asked for before logging in: a cookie keeps it until the login is whole."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import Response

from console.web.cookies import Cookie

#: It lasts as long as a login may take.
_COOKIE = Cookie("sluice_wanted", 600)
#: The longest address that is kept.
_MOST = 1_000
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
        _COOKIE.keep(request, answer, quote(address, safe=""))


def wanted_page(request: Request) -> str:
    """The page that the browser asked for before; `/` when there is none."""
    address = unquote(_COOKIE.sent(request))
    return address if is_own(address) else "/"


def forget_wanted(request: Request, answer: Response) -> None:
    """Let the browser forget the page: it is there."""
    if _COOKIE.sent(request):
        _COOKIE.forget(request, answer)


def is_own(address: str) -> bool:
    """Whether an address is a page of this server, and cannot be one of another host."""
    return len(address) <= _MOST and _OWN.fullmatch(address) is not None
