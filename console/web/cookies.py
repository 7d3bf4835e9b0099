"""The cookies of the pages: no script reads them, and over TLS they are sent to this host alone."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response

#: Over TLS, browsers take a cookie of this prefix from this very host alone.
_PREFIX = "__Host-"


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie, and how many seconds the browser keeps it."""

    name: str
    seconds: int

    @property
    def names(self) -> tuple[str, str]:
        """Its names without and with TLS."""
        return self.name, f"{_PREFIX}{self.name}"

    def sent(self, request: Request) -> str:
        """What the browser sent; empty when it sent none."""
        return request.cookies.get(self._name(request), "")

    def keep(self, request: Request, answer: Response, text: str) -> None:
        """Let the browser keep a text."""
        answer.set_cookie(
            self._name(request),
            text,
            max_age=self.seconds,
            secure=request.app.state.is_https,
            httponly=True,
            samesite="lax",
        )

    def forget(self, request: Request, answer: Response) -> None:
        """Let the browser forget it."""
        answer.delete_cookie(
            self._name(request), secure=request.app.state.is_https, httponly=True, samesite="lax"
        )

    def _name(self, request: Request) -> str:
        return self.names[bool(request.app.state.is_https)]
