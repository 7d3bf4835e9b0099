"""Post a message to a public address; never to this machine or a private network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from ipaddress import ip_address
from types import MappingProxyType
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from leads.errors import ServiceDownError, UsageError
from spiders.addresses import denial
from spiders.guard import Allowed, Attempt, BlockedAddressError, Guard, attempt_under_way
from spiders.resolver import GuardedResolver

TIMEOUT_SECONDS = 10
_NO_EXCEPTIONS: Allowed = MappingProxyType({})


def post(url: str, document: Mapping[str, Any], allowed: Allowed = _NO_EXCEPTIONS) -> int:
    """Post JSON; the HTTP status of the answer.

    UsageError for an address that is not public, ServiceDownError when the message is not accepted.
    """
    status = send(url, json.dumps(document, default=str), {}, allowed)
    if not 200 <= status < 300:
        raise ServiceDownError(
            f"the webhook answered {status}" if status else "the webhook does not answer",
            "check its address",
        )
    return status


def send(url: str, body: str, headers: Mapping[str, str], allowed: Allowed = _NO_EXCEPTIONS) -> int:
    """Post a body of JSON; the HTTP status of the answer, 0 without one.

    UsageError for an address that is not public. Redirects are not followed. `allowed` is for
    tests (see `spiders/guard.py`).
    """
    guard = Guard(allowed)
    attempt = Attempt(_admitted(guard, url))
    status = asyncio.run(_post(guard, attempt, url, body, headers))
    if attempt.refused:
        raise UsageError(
            f"the webhook address is not allowed: {attempt.refused}", "give a public address"
        )
    return status


def check_address(url: str, allowed: Allowed = _NO_EXCEPTIONS) -> None:
    """UsageError for an address that is not public, as far as it can be seen without a look-up."""
    host, port = _admitted(Guard(allowed), url)
    try:
        ip_address(host)
    except ValueError:
        return
    why = denial(host)
    if why and (host, port) not in allowed:
        raise UsageError(
            f"the webhook address is not allowed: {host}: {why}", "give a public address"
        )


def _admitted(guard: Guard, url: str) -> tuple[str, int]:
    try:
        return guard.admit(url)
    except BlockedAddressError as error:
        raise UsageError(
            f"the webhook address is not allowed: {error}",
            "give a public https address on port 443",
        ) from None


async def _post(
    guard: Guard, attempt: Attempt, url: str, body: str, headers: Mapping[str, str]
) -> int:
    """The HTTP status; 0 without an answer."""
    attempt_under_way.set(attempt)
    connector = TCPConnector(resolver=GuardedResolver(guard), socket_factory=guard.open_socket)
    sent = {"Content-Type": "application/json", **headers}
    timeout = ClientTimeout(total=TIMEOUT_SECONDS)
    try:
        async with (
            ClientSession(connector=connector, trust_env=False, timeout=timeout) as session,
            session.post(url, data=body, headers=sent, allow_redirects=False) as answer,
        ):
            return answer.status
    except (ClientError, OSError, TimeoutError):
        return 0
