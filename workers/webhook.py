"""Post a message to a public address; never to this machine or a private network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from leads.errors import ServiceDownError, UsageError
from spiders.guard import Allowed, Attempt, BlockedAddressError, Guard, attempt_under_way
from spiders.handler import GuardedResolver

TIMEOUT_SECONDS = 10
_NO_EXCEPTIONS: Allowed = MappingProxyType({})


def post(url: str, document: Mapping[str, Any], allowed: Allowed = _NO_EXCEPTIONS) -> int:
    """Post JSON; the HTTP status of the answer.

    UsageError for an address that is not public, ServiceDownError when the message is not accepted.
    Redirects are not followed. `allowed` is for tests (see `spiders/guard.py`).
    """
    guard = Guard(allowed)
    try:
        origin = guard.admit(url)
    except BlockedAddressError as error:
        raise UsageError(
            f"the webhook address is not allowed: {error}",
            "give a public https address on port 443",
        ) from None

    attempt = Attempt(origin)
    status = asyncio.run(_post(guard, attempt, url, json.dumps(document, default=str)))
    if attempt.refused:
        raise UsageError(
            f"the webhook address is not allowed: {attempt.refused}", "give a public address"
        )
    if not 200 <= status < 300:
        raise ServiceDownError(
            f"the webhook answered {status}" if status else "the webhook does not answer",
            "check its address",
        )
    return status


async def _post(guard: Guard, attempt: Attempt, url: str, body: str) -> int:
    """The HTTP status; 0 without an answer."""
    attempt_under_way.set(attempt)
    connector = TCPConnector(resolver=GuardedResolver(guard), socket_factory=guard.open_socket)
    headers = {"Content-Type": "application/json"}
    timeout = ClientTimeout(total=TIMEOUT_SECONDS)
    try:
        async with (
            ClientSession(connector=connector, trust_env=False, timeout=timeout) as session,
            session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status
    except (ClientError, OSError, TimeoutError):
        return 0
