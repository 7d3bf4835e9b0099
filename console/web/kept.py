"""What the application keeps between requests, and the address under which it is reached."""

from __future__ import annotations

from typing import TypeVar

from fastapi import Request

Kind = TypeVar("Kind")


def kept(request: Request, name: str, kind: type[Kind]) -> Kind:
    """What the application keeps under a name."""
    found = getattr(request.app.state, name)
    assert isinstance(found, kind)
    return found


def whole_address(request: Request, path: str) -> str:
    """The address of a path of this server, as others can open it."""
    scheme = "https" if request.app.state.is_https else "http"
    return f"{scheme}://{request.headers['host']}{path}"
