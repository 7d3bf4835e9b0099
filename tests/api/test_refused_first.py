"""A request that is refused for its token is answered before its body is sent."""

import json
import socket
from contextlib import closing

import pytest

from tests.api.conftest import MakeProgram, Program


def answer_without_body(program: Program, path: str, *headers: str) -> tuple[int, str]:
    """The status and problem of a POST whose body never comes."""
    host, port = program.at.removeprefix("http://").split(":")
    lines = [
        f"POST /api/v1{path} HTTP/1.1",
        f"Host: {host}:{port}",
        f"Authorization: Bearer {program.token}",
        "Content-Length: 1000000",
        *headers,
    ]
    with closing(socket.create_connection((host, int(port)), 60)) as connection:
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        with connection.makefile("rb") as answer:
            status = int(answer.readline().split()[1])
            length = 0
            while line := answer.readline().strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            return status, json.loads(answer.read(length))["detail"]


@pytest.mark.parametrize(
    ("path", "header"),
    [
        pytest.param("/suppressions", "Content-Type: application/json", id="JSON"),
        pytest.param("/lists/imports?file=x.csv", "Content-Type: text/csv", id="a file"),
        pytest.param("/suppressions", "Idempotency-Key: one", id="a request that may be repeated"),
    ],
)
def test_a_token_without_the_scope_sends_no_body(
    path: str, header: str, program: MakeProgram
) -> None:
    ann = program("ann", "default", role="manager", scopes=["prospects:read"])
    status, detail = answer_without_body(ann, path, header)
    assert status == 403
    assert detail.startswith("this token lacks the scope ")


def test_an_unknown_token_sends_no_body(program: MakeProgram) -> None:
    ann = program("ann", "default")
    assert answer_without_body(Program(ann.at, "slc_wrong"), "/suppressions")[0] == 401
