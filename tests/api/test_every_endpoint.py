"""Every endpoint of the description: none fails on hostile requests, none shows another client."""

import re
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from console.api.app import bare_api
from console.api.description import described
from tests.api.conftest import MakeProgram
from tests.console.conftest import Sluice

Queued = Callable[..., None]
DOCUMENT = described(bare_api())
#: Planted with the client that the token must not see.
MARKER = "Zanzibarquelle"
NAUGHTY = (
    "",
    "x" * 600,
    "\0",
    "'; drop table company; --",
    "../../etc/passwd",
    "\u202egnp.exe",
    "💥" * 5,
    "-1",
    "9" * 40,
    "NaN",
    "1e999",
    "%00",
    "{{7*7}}",
    "=cmd|' /C calc'!A0",
    "null",
    "\ud800",
)
VALUES: tuple[Any, ...] = (None, True, -1, 2**70, 0.5, [], {}, [[]], {"a": 1}, *NAUGHTY)
#: Cases of each operation.
CASES = 4


def operations() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, some in DOCUMENT["paths"].items():
        for method, operation in some.items():
            yield method.upper(), path, operation


def fitting(schema: Mapping[str, Any], draw: Random) -> Any:
    """A value that a schema allows, or nearly."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return fitting(DOCUMENT["components"]["schemas"][name], draw)
    if "anyOf" in schema:
        return fitting(draw.choice(schema["anyOf"]), draw)
    if "enum" in schema:
        return draw.choice(schema["enum"])
    if schema.get("type") == "object":
        fields = schema.get("properties", {})
        return {name: fitting(one, draw) for name, one in fields.items() if draw.random() < 0.8}
    return of_type(schema, draw)


def of_type(schema: Mapping[str, Any], draw: Random) -> Any:
    made: dict[str, Callable[[], Any]] = {
        "array": lambda: [fitting(schema["items"], draw) for _ in range(draw.randrange(3))],
        "integer": lambda: draw.choice([0, 1, 7, 200]),
        "boolean": lambda: draw.random() < 0.5,
        "null": lambda: None,
        "string": lambda: text(schema, draw),
    }
    return made.get(schema.get("type", "string"), made["string"])()


def text(schema: Mapping[str, Any], draw: Random) -> str:
    by_format = {
        "uuid": str(UUID(int=draw.getrandbits(128))),
        "date-time": "2026-01-05T10:00:00+01:00",
        "date": "2026-01-05",
    }
    usual = ["Alder GmbH", "alder.example", "ann", "all", "kim@alder.example", *NAUGHTY]
    return by_format.get(schema.get("format", "")) or draw.choice(usual)


def request_of(
    path: str, operation: Mapping[str, Any], draw: Random, *, hostile: bool
) -> tuple[str, Any, dict[str, str]]:
    """An address, a body and headers that nearly fit, or do not."""
    query, headers = [], {}
    for one in operation.get("parameters", ()):
        value = str(draw.choice(VALUES) if hostile else fitting(one["schema"], draw))
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", escaped(value) or "x")
        elif one["in"] == "query" and draw.random() < 0.4:
            query.append((one["name"], value))
        elif one["in"] == "header" and draw.random() < 0.2:
            headers[one["name"]] = re.sub(r"[^ -~]", "?", value)
    body = body_of(operation, draw, hostile=hostile)
    pairs = [(name, value.encode("utf-8", "replace")) for name, value in query]
    return f"{path}?{urlencode(pairs)}", body, headers


def body_of(operation: Mapping[str, Any], draw: Random, *, hostile: bool) -> Any:
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return None
    if "application/json" not in content:
        files = [b"", b"name,country\nAlder GmbH,DE\n", b"a: [", b"\xff\xfe\0", b"{}\n[]\n"]
        return draw.choice(files)
    schema = content["application/json"]["schema"]
    return draw.choice(VALUES) if hostile else fitting(schema, draw)


def escaped(value: str) -> str:
    return quote(value.encode("utf-8", "replace"), safe="")


def test_no_request_makes_an_endpoint_fail(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    draw = Random(25)
    seen: set[int] = set()
    for case in range(CASES):
        boss = program("boss", role="admin")
        for method, path, operation in operations():
            address, body, headers = request_of(path, operation, draw, hostile=case % 2 == 1)
            answer = boss.send(method, address, body, **headers)
            told = (method, address, body, headers, answer.body)
            assert answer.status < 500, told
            assert answer.status < 400 or answer.problem["status"] == answer.status, told
            seen.add(answer.status)
    assert {200, 400, 404, 422} <= seen


def test_no_endpoint_shows_what_another_client_has(
    program: MakeProgram, queued: Queued, sluice: Sluice
) -> None:
    queued("Alder GmbH", client="north")
    queued(f"{MARKER} GmbH", client="south")
    sluice("suppress", "add", f"{MARKER.lower()}x.example", "--client", "south")
    sluice("signal", "add", f"{MARKER} GmbH", "demo_requested", "--client", "south")
    sluice("client", "set", "south", "--contacts", "persons")
    hidden = sluice("queue", "show", "--client", "south", "--json").json[0]["company_id"]
    reached = 0
    for clients, only in ((("north",), ""), ((), "north")):
        spy = program(f"spy{only}", *clients, role="admin", only=only)
        for client in ("", "south", "north"):
            for method, path, operation in operations():
                answer = spy.send(method, *naming(path, operation, client, hidden))
                told = (method, path, client, answer.status, answer.body[:300])
                assert MARKER.lower() not in answer.body.decode().lower(), told
                assert answer.status < 500, told
                reached += answer.status == 200
    assert reached > 100


def naming(path: str, operation: Mapping[str, Any], client: str, company: str) -> tuple[str, Any]:
    """A request that names the hidden company wherever it can; only its text is not ours."""
    for one in re.findall(r"{(\w+)}", path):
        path = path.replace(f"{{{one}}}", company if one.endswith("_id") else client or "x")
    asked = {"client": client, "text": company, "whom": company, "limit": "500"}
    named = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
    query = urlencode({name: value for name, value in asked.items() if name in named})
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return f"{path}?{query}", None
    if "application/json" not in content:
        return f"{path}?{query}", b"company\n" + company.encode() + b"\n"
    schema = content["application/json"]["schema"]
    fields = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["properties"]
    named_fields = ("company", "other", "whom", "of")
    return f"{path}?{query}", {one: company for one in fields if one in named_fields}
