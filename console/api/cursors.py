"""Cursors: where a page of a list ended, signed so that nobody can make one up."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from hmac import compare_digest, digest
from typing import Any

from console.api.problems import StateError

_SIGNATURE = 16


class Cursors:
    """Makes and reads the cursors of one installation."""

    def __init__(self, secret: bytes) -> None:
        """Sign with a key that is derived from the installation's."""
        self._key = digest(secret, b"cursors of the api", "sha256")

    def write(self, of: str, key: Sequence[Any]) -> str:
        """The cursor after a row with that key, for the list `of`."""
        text = json.dumps(list(key), separators=(",", ":"), default=str).encode()
        return urlsafe_b64encode(self._sign(of, text) + text).decode().rstrip("=")

    def read(self, of: str, cursor: str) -> list[Any]:
        """The key in a cursor; StateError when it is none of that list."""
        try:
            whole = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        except ValueError:
            raise _no_cursor() from None
        signature, text = whole[:_SIGNATURE], whole[_SIGNATURE:]
        if not compare_digest(signature, self._sign(of, text)):
            raise _no_cursor()
        found: list[Any] = json.loads(text)
        return found

    def _sign(self, of: str, text: bytes) -> bytes:
        return digest(self._key, of.encode() + b"\0" + text, "sha256")[:_SIGNATURE]


def _no_cursor() -> StateError:
    return StateError(
        400, "cursor", "the cursor is not of this list", "start without one, or send it unchanged"
    )
