"""Hold a conversation with a source: answer its requests from a table, without any network."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sources.answers import Answer
from sources.exchange import Conversation, Request, Response

#: When the responses come.
RECEIVED = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
_MOST = 50


@dataclass(frozen=True, slots=True)
class Talk:
    """What a source asked, and what it answered in the end."""

    answer: Answer
    requests: list[Request] = field(default_factory=list)

    @property
    def urls(self) -> list[str]:
        return [one.url for one in self.requests]


def reply(body: Any = b"", status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A response with a body of JSON, or with bytes as they are."""
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Response(status, headers or {}, sent, received=RECEIVED)


def talk(conversation: Conversation, answered: Callable[[Request], Response]) -> Talk:
    """Answer every request of a conversation until it ends."""
    requests: list[Request] = []
    sent = None
    while True:
        try:
            request = conversation.send(sent)  # type: ignore[arg-type]
        except StopIteration as ended:
            return Talk(ended.value, requests)
        requests.append(request)
        assert len(requests) <= _MOST, "the source asks without end"
        sent = answered(request)


def pages(table: Mapping[str, Any]) -> Callable[[Request], Response]:
    """Answer by the first part of the URL that a table holds; nothing else is there (404)."""

    def answered(request: Request) -> Response:
        for part, body in table.items():
            if part in request.url:
                return body if isinstance(body, Response) else reply(body)
        return reply(b"", 404)

    return answered
