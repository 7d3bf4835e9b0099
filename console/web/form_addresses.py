"""Addresses that take forms alone: a person who opens one goes to the page that the form is on."""

from __future__ import annotations

from pathlib import PurePosixPath

from fastapi import Request
from starlette.routing import Match, Mount

from console.web.wanted_page import is_own


def page_of_form(request: Request) -> str | None:
    """The page above an address that takes forms alone; None when the request is not for one."""
    path = request.scope["path"]
    if request.method != "GET" or not _takes(request, path, "POST"):
        return None
    for above in PurePosixPath(path).parents:
        if is_own(str(above)) and _takes(request, str(above), "GET"):
            return str(above)
    return None


def _takes(request: Request, path: str, method: str) -> bool:
    scope = {**request.scope, "path": path, "method": method, "path_params": {}}
    return any(
        not isinstance(route, Mount) and route.matches(scope)[0] is Match.FULL
        for route in request.app.routes
    )
