"""Every answer of the API is as its description says, for requests that fit it and that do not."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import APIOperation, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from actions.session import open_installation
from console.web.app import make_app
from tests.api.conftest import EVERY
from tests.console.conftest import Sluice

Queued = Callable[..., None]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
#: Requests of each kind to each operation.
REQUESTS = 3


@schemathesis.serializer("application/x-ndjson")
def as_lines(_context: schemathesis.SerializationContext, value: Any) -> bytes:
    """A body of JSON lines, or of whatever was generated instead."""
    if isinstance(value, bytes):
        return value
    rows = value if isinstance(value, list) else [value]
    return "".join(json.dumps(one) + "\n" for one in rows).encode()


@pytest.fixture
def api(sluice: Sluice, queued: Queued) -> Iterator[tuple[FastAPI, dict[str, str]]]:
    """The pages and the API, without a rate, and the headers of an admin's token."""
    queued("Alder GmbH", "Birch GmbH")
    sluice("user", "add", "boss", "--role", "admin")
    wanted = [part for one in EVERY for part in ("--scope", one)]
    token = sluice("token", "add", "all", "--user", "boss", *wanted, "--as", "boss", "--json")
    with open_installation() as installation:
        app = make_app(installation, ["testserver"], api_rate=10**9)
        yield app, {"Authorization": f"Bearer {token.json['token']}"}


def check(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, headers: dict[str, str]
) -> None:
    """Send generated requests to one operation, and compare the answers with the description."""

    @seed(25)
    @settings(
        max_examples=REQUESTS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    send()


def test_answers_are_as_described(api: tuple[FastAPI, dict[str, str]]) -> None:
    app, headers = api
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=headers)
    wrong = []
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        for mode in GenerationMode:
            try:
                check(operation, mode, headers)
            except FailureGroup as error:
                told = [str(one)[:500] for one in error.exceptions]
                wrong.append((operation.label, mode.value, told))
    assert wrong == []
