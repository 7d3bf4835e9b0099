"""How much strangers may send."""

import asyncio
from typing import Any

import pytest
from starlette.requests import Request

from console.web.bounds import (
    TooLargeError,
    TooMuchError,
    TooSlowError,
    Turns,
    body_of,
    sender_of,
)


def request(
    *parts: bytes, length: str = "", host: str = "192.0.2.1", stops: bool = True
) -> Request:
    left = list(parts)

    async def receive() -> dict[str, Any]:
        if not left and not stops:
            await asyncio.Event().wait()
        body = left.pop(0) if left else b""
        return {"type": "http.request", "body": body, "more_body": bool(left) or not stops}

    headers = [(b"content-length", length.encode())] if length else []
    return Request({"type": "http", "headers": headers, "client": (host, 1)}, receive)


@pytest.mark.parametrize(
    ("host", "sender"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_who_sends(host: str, sender: str) -> None:
    assert sender_of(request(host=host)) == sender


def test_a_body_is_read_as_far_as_it_may_be() -> None:
    assert asyncio.run(body_of(request(b"ab", b"cd"), 4)) == b"abcd"
    for large in (request(b"ab", b"cde"), request(b"", length="5"), request(b"", length="x")):
        with pytest.raises(TooLargeError):
            asyncio.run(body_of(large, 4))
    with pytest.raises(TooSlowError):
        asyncio.run(body_of(request(b"ab", stops=False), 4, patience=0.01))


def test_a_few_take_their_turn_and_a_few_wait() -> None:
    async def run() -> list[str]:
        turns, go = Turns(1, 1), asyncio.Event()

        async def one() -> str:
            try:
                async with turns.turn():
                    await go.wait()
                    return "done"
            except TooMuchError:
                return "refused"

        tasks = [asyncio.create_task(one()) for _ in range(4)]
        await asyncio.sleep(0)
        go.set()
        return [*await asyncio.gather(*tasks), await one()]

    assert asyncio.run(run()) == ["done", "done", "refused", "refused", "done"]
