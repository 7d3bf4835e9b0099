"""Which methods an address answers, and how much it takes."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from console.api.uploads import LARGEST

#: Bytes of a JSON body.
LARGEST_JSON = 1024 * 1024


class Routes:
    """The routes of the API, to be asked about an address."""

    def __init__(self, routes: Sequence[APIRoute]) -> None:
        """Know these routes."""
        self._routes = routes

    def methods(self, path: str) -> list[str]:
        """The methods that an address answers; none: there is nothing."""
        found = {one for route in self._at(path) for one in route.methods or ()}
        if not found:
            return []
        return sorted(found | {"OPTIONS"} | ({"HEAD"} if "GET" in found else set()))

    def scopes(self, path: str, method: str) -> list[str]:
        """The scopes that a request needs, known before its body is read."""
        found = [route for route in self._at(path) if method in (route.methods or ())]
        return sorted(_scopes(found[0].dependant)) if found else []

    def largest(self, path: str, method: str) -> int:
        """Bytes of a body."""
        found = [route for route in self._at(path) if method in (route.methods or ())]
        takes_file = any((route.openapi_extra or {}).get("x-upload") for route in found)
        return LARGEST if takes_file else LARGEST_JSON

    def _at(self, path: str) -> list[APIRoute]:
        return [route for route in self._routes if route.path_regex.match(path)]


def _scopes(needed: Dependant) -> set[str]:
    found = set(needed.own_oauth_scopes or ())
    for one in needed.dependencies:
        found |= _scopes(one)
    return found
