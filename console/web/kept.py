"""What the application keeps between requests, and the address under which it is reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fastapi import Request

Kind = TypeVar("Kind")


def kept(request: Request, name: str, kind: type[Kind]) -> Kind:
    """What the application keeps under a name."""
    found = getattr(request.app.state, name)
    assert isinstance(found, kind)
    return found


def kept_from_first_use(request: Request, name: str, make: Callable[[], Kind]) -> Kind:
    """What the application keeps under a name, made when it is asked for first."""
    # One call of a dictionary: two threads that ask at once get the same.
    found: Kind = request.app.state._state.setdefault(name, make())
    return found


def whole_address(request: Request, path: str) -> str:
    """The address of a path of this server, as others can open it."""
    scheme = "https" if request.app.state.is_https else "http"
    return f"{scheme}://{request.headers['host']}{path}"
