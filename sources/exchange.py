"""Requests to a source and its responses: values only, so that each source is a pure function."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sources.answers import Answer

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Request:
    """One request of HTTPS; the edge adds the user agent and the limits."""

    url: str
    method: str = "GET"
    #: With a key, so never logged.
    headers: Mapping[str, str] = field(default_factory=lambda: _NONE)
    body: bytes = b""
    #: Seconds for which a GET need not be repeated, for all questions of this machine: of what is
    #: about many companies. 0: it is asked each time.
    reuse_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Response:
    """What came back; status 0: nothing came, and `failure` says why."""

    status: int
    #: Names in lower case.
    headers: Mapping[str, str] = field(default_factory=lambda: _NONE)
    body: bytes = b""
    failure: str = ""
    #: There was no connection: nothing reached the source.
    is_unsent: bool = False
    #: When it came, in UTC; the edge fills it in, so that `Retry-After: 30` becomes a moment.
    received: datetime | None = None

    def header(self, name: str) -> str:
        """The value of a header; empty if it was not sent."""
        return self.headers.get(name.lower(), "")

    def json(self) -> Any:
        """The body as JSON; ValueError if it is not JSON, or nests too deep."""
        try:
            return json.loads(self.body.decode("utf-8-sig"), parse_constant=_refuse)
        except RecursionError:
            raise ValueError("the answer nests too deep") from None


#: One question to a source: it yields requests, is sent their responses, and returns the answer.
Conversation = Generator[Request, Response, Answer]


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number of JSON")
