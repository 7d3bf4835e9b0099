"""Browsers in which a user logged in before: a cookie says so, signed with the installation's key."""

from __future__ import annotations

import hmac
from hashlib import sha256
from secrets import token_urlsafe

from fastapi import Request, Response

from console.web.cookies import Cookie

_COOKIE = Cookie("sluice_device", 365 * 24 * 3600)


class Devices:
    """Signs and checks the cookies of known browsers."""

    def __init__(self, key: bytes) -> None:
        """Sign with a key."""
        self._key = key

    def known(self, request: Request, name: str) -> str:
        """The id of a browser in which this user logged in before; empty: none."""
        device, _, signature = _COOKIE.sent(request).partition(".")
        is_right = hmac.compare_digest(self._sign(device, name).encode(), signature.encode())
        return device if is_right and device else ""

    def remember(self, request: Request, answer: Response, name: str) -> None:
        """Let the browser show later that this user logged in with it."""
        device = self.known(request, name) or token_urlsafe(16)
        _COOKIE.keep(request, answer, f"{device}.{self._sign(device, name)}")

    def _sign(self, device: str, name: str) -> str:
        text = f"known browser\0{device}\0{name.casefold()[:100]}"
        return hmac.new(self._key, text.encode("utf-8", "replace"), sha256).hexdigest()
