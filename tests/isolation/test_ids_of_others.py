"""An id, a name or a text of another client opens nothing: every operation and every page."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.routing import APIRoute

from console.api.app import bare_api
from console.api.description import described
from console.web.later_pages import every_page
from tests.api.conftest import MakeProgram, Program
from tests.api.test_every_endpoint import fitting
from tests.console.conftest import Sluice
from tests.isolation.south import MARK, South, make_south, stored
from tests.web.conftest import LogIn

Queued = Callable[..., None]
AddSouth = Callable[[], South]
DOCUMENT = described(bare_api())
#: The field of `South` that each parameter of a path is; None: it names nothing of a client.
PATHS: Mapping[str, str | None] = {
    "company_id": "company_id",
    "signal_id": "signal_id",
    "suppression_id": "suppression_id",
    "question_id": None,
    "/lists": "list_name",
    "/campaigns": "campaign",
    "/clients": "south",
    "/reports": None,
    "/sites": None,
}
#: The field of `South` that each field of a body is; others get any value that fits.
BODIES: Mapping[str, str] = {
    "client": "south",
    "company": "company_id",
    "answer": "yes",
    "criterion": "country",
    "kind": "part_of",
    "disposition": "interested",
    "stage": "nurture",
    "at": "2030-01-05T10:00:00+01:00",
    "of": "other_id",
    "other": "other_id",
    "list": "list_name",
    "whom": "contact",
}
#: Draws of a body, of which one must be understood.
DRAWS = 60

#: What a query or form field of a page is, by the beginning of the address; others get an x.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "": {
        "client": "south",
        "clients": "south",
        "campaign": "campaign",
        "company": "company_id",
        "after": "company_id",
        "left": "company_id",
        "right": "other_id",
        "name": "contact",
        "sure": "yes",
    },
    "/campaigns": {"name": "campaign"},
    "/clients": {"name": "south"},
    "/lists": {"name": "list_name"},
    "/sites": {"name": "list_name", "said": "yes", "odds": "0.5"},
    "/suppressions": {"id": "suppression_id", "request_id": "suppression_id"},
    "/users": {"name": "sue", "role": "admin"},
}
#: What a part of a page's address is; None: nothing of a client.
PARTS: Mapping[str, str | None] = {
    "company_id": "company_id",
    "fact_id": "fact_id",
    "upload_id": "other_id",
    "number": "0",
    "fingerprint": None,
    "name": None,
    "token": None,
}
#: Pages of nobody, of the user's own login, and for programs.
LEFT_OUT = ("/login", "/logout", "/link", "/account", "/live", "/shared", "/in/", "/form/")


def _operations() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, some in DOCUMENT["paths"].items():
        for method, operation in some.items():
            yield method.upper(), path, operation


def _parameters(operation: Mapping[str, Any], place: str) -> list[str]:
    return [one["name"] for one in operation.get("parameters", ()) if one["in"] == place]


def _pages() -> list[tuple[str, APIRoute]]:
    return [
        (method, route)
        for one in every_page()
        for route in one.router.routes
        if isinstance(route, APIRoute) and not route.path.startswith(LEFT_OUT)
        for method in sorted((route.methods or set()) - {"HEAD"})
    ]


def _value(south: South, what: str) -> str:
    return str(getattr(south, what, what))


def _filled(path: str, names: list[str], south: South) -> str | None:
    """The address with ids of the other client; None when the path names nothing of a client."""
    for name in names:
        what = PATHS[name if name in PATHS else "/" + path.split("/")[1]]
        if what is None:
            return None
        path = path.replace(f"{{{name}}}", _value(south, what))
    return path


def _body(operation: Mapping[str, Any], south: South, draw: Random) -> Any:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return b"name\nAlder GmbH\n" if content else None
    made = fitting(content["application/json"]["schema"], draw)
    return made | {name: _value(south, what) for name, what in BODIES.items() if name in made}


@pytest.fixture
def add_south(queued: Queued, sluice: Sluice, database: str, tmp_path: Path) -> Callable[[], South]:
    """Add the other client, once there is an admin."""
    queued("North GmbH", client="north")

    def run() -> South:
        made = make_south(sluice, database, tmp_path)
        sluice("user", "add", "sue", "--client", "south", "--as", "boss")
        return made

    return run


def test_each_operation_of_the_api_refuses(
    add_south: AddSouth, program: MakeProgram, database: str
) -> None:
    nora = program("nora", "north", role="admin")
    south = add_south()
    before, draw = stored(database), Random(26)
    unclear = [
        (method, path)
        for method, path, operation in _operations()
        if not _refuses(nora, south, draw, (method, path, operation))
    ]
    # A body that was never understood would hide whether the id is refused.
    assert unclear == []
    assert stored(database) == before


def _refuses(
    nora: Program, south: South, draw: Random, what: tuple[str, str, Mapping[str, Any]]
) -> bool:
    """Whether an operation refuses ids and the name of the other client; it shows nothing of it."""
    method, path, operation = what
    names = _parameters(operation, "path")
    filled = _filled(path, names, south)

    def status(address: str) -> int:
        answer = nora.send(method, address, _body(operation, south, draw))
        sent = [_value(south, one) for one in BODIES.values()]
        _shows_nothing(south, answer.body.decode(), address.partition("?")[0], *sent)
        return answer.status

    status((filled or path).replace("{name}", "funnel"))
    if filled and "client" in _parameters(operation, "query"):
        assert status(f"{filled}?client=south") in (400, 403, 404, 422), (method, path)
    if not (names and filled):
        return True
    tried = (status(filled) for _ in range(DRAWS))
    seen = list(takewhile(lambda one: one not in (403, 404), tried))
    assert set(seen) <= {400, 409, 422}, (method, path, seen)
    return len(seen) < DRAWS


def _asked(route: APIRoute, south: South) -> tuple[str, dict[str, str]]:
    """The address of a page, and its fields, with what is the other client's."""
    path = route.path
    for name in re.findall(r"{(\w+)}", path):
        path = path.replace(f"{{{name}}}", _value(south, PARTS[name] or "x"))
    known = dict(FIELDS[""])
    for beginning, some in FIELDS.items():
        known |= some if path.startswith(beginning) else {}
    named = [*route.dependant.query_params, *route.dependant.body_params]
    return path, {one.alias: _value(south, known.get(one.alias, "x")) for one in named}


def test_each_page_refuses(add_south: AddSouth, log_in: LogIn, database: str) -> None:
    browser = log_in("nora", "north", role="admin")
    south = add_south()
    key = browser.get("/place").hidden("/logout")["form_key"]
    before = stored(database)
    for method, route in _pages():
        path, fields = _asked(route, south)
        if method == "GET":
            page = browser.get(f"{path}?{urlencode(fields)}")
        else:
            page = browser.post(path, fields | {"form_key": key})
        if "_id}" in route.path:
            assert page.status in (400, 403, 404, 422), (method, path, page.text)
        assert page.status < 500, (method, path, page.text)
        _shows_nothing(south, page.text, path, *fields.values())
    assert stored(database) == before


def _shows_nothing(south: South, text: str, *asked: str) -> None:
    """What the request said itself may come back."""
    for one in sorted({*asked, *asked[0].split("/")} - {""}, key=len, reverse=True):
        text = text.replace(one, "").replace(one.lower(), "") if len(one) > 3 else text
    for word in south.words:
        assert word not in text, (asked, text[:2_000])
    assert MARK not in text
