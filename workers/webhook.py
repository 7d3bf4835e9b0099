"""Post one message to an address outside, with the crawler's guard: never to this machine or a
private network.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from leads.errors import ServiceDownError, UsageError
from spiders.guard import Allowed, Attempt, BlockedAddressError, Guard, attempt_under_way

SECONDS = 10
_NOWHERE: Allowed = MappingProxyType({})


def post(url: str, document: Mapping[str, Any], allowed: Allowed = _NOWHERE) -> int:
    """The HTTP status of the answer. UsageError when nothing may be posted there, ServiceDownError
    when it does not take it.

    Redirects are not followed. `allowed` is for tests (see `spiders/guard.py`).
    """
    guard = Guard(allowed)
    try:
        origin = guard.admit(url)
    except BlockedAddressError as error:
        raise UsageError(
            f"nothing is posted to that address: {error}", "give a public https address on port 443"
        ) from None
    attempt = Attempt(origin)
    status = asyncio.run(_post(guard, attempt, url, json.dumps(document, default=str)))
    if attempt.refused:
        raise UsageError(
            f"nothing is posted to that address: {attempt.refused}", "give a public address"
        )
    if not 200 <= status < 300:
        raise ServiceDownError(
            f"the webhook answered {status}" if status else "the webhook does not answer",
            "check its address",
        )
    return status


async def _post(guard: Guard, attempt: Attempt, url: str, body: str) -> int:
    from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

    from spiders.handler import GuardedResolver

    attempt_under_way.set(attempt)
    connector = TCPConnector(resolver=GuardedResolver(guard), socket_factory=guard.open_socket)
    headers = {"Content-Type": "application/json"}
    try:
        async with (
            ClientSession(
                connector=connector, trust_env=False, timeout=ClientTimeout(total=SECONDS)
            ) as session,
            session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status
    except (ClientError, OSError, TimeoutError):
        return 0
