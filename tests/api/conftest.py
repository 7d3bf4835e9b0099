"""A program that uses the API of a server on a loopback port."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from actions.scopes import SCOPES
from tests.console.conftest import Sluice, database, queued, sluice
from tests.web.conftest import address

__all__ = ["address", "database", "queued", "sluice"]


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def lines(self) -> list[Any]:
        assert self.headers["Content-Type"] == "application/x-ndjson"
        return [json.loads(line) for line in self.body.splitlines()]

    @property
    def problem(self) -> Any:
        assert self.headers["Content-Type"] == "application/problem+json", self.body
        assert self.json["status"] == self.status
        return self.json


class Program:
    """One program with its token."""

    def __init__(self, at: str, token: str) -> None:
        self.at, self.token = at, token
        self._opener = build_opener(ProxyHandler({}))

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, None, **headers)

    def post(self, path: str, sent: Any = None, **headers: str) -> Answer:
        """Send JSON, or bytes as they are."""
        return self.send("POST", path, {} if sent is None else sent, **headers)

    def send(self, method: str, path: str, sent: Any = None, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named.setdefault("Authorization", f"Bearer {self.token}")
        body = None
        if sent is not None:
            body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
            kind = "application/octet-stream" if isinstance(sent, bytes) else "application/json"
            named.setdefault("Content-Type", kind)
        url = path if path.startswith("http") else f"{self.at}/api/v1{path}"
        request = Request(url, data=body, headers=named, method=method)
        try:
            with self._opener.open(request, timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())


MakeProgram = Callable[..., Program]

EVERY = list(SCOPES)


@pytest.fixture
def program(address: str, sluice: Sluice) -> MakeProgram:
    """Add a user and a token that acts as the user; the program that has it."""
    added: list[str] = []

    def run(
        name: str, *clients: str, role: str = "sdr", scopes: list[str] | None = None, only: str = ""
    ) -> Program:
        if not added:
            sluice("user", "add", "boss", "--role", "admin")
            added.append("boss")
        named = [part for one in clients for part in ("--client", one)]
        if name not in added:
            sluice("user", "add", name, "--role", role, *named, "--as", "boss")
            added.append(name)
        wanted = [part for one in scopes or EVERY for part in ("--scope", one)]
        held = ["--client", only] if only else []
        title = f"{name}-{len(added)}"
        added.append(title)
        made = sluice(
            "token", "add", title, "--user", name, *wanted, *held, "--as", "boss", "--json"
        ).json
        return Program(address, made["token"])

    return run
