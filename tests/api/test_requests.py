"""What holds for every request: methods, sizes, rates, keys and problems."""

import json
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy import text as sql

from console.api.app import bare_api
from console.api.cursors import Cursors
from console.api.description import described
from console.api.problems import StateError, problem
from console.api.rates import Rates
from tests.api.conftest import MakeProgram
from tests.console.conftest import Sluice

Queued = Callable[..., None]
ONE, TWO = UUID(int=1), UUID(int=2)


def test_a_token_has_so_many_requests_a_minute() -> None:
    at = [0.0]
    rates = Rates(3, clock=lambda: at[0])
    assert [rates.take(ONE).allowed for _ in range(4)] == [True, True, True, False]
    refused = rates.take(ONE)
    assert refused.headers["Retry-After"] == "20"
    assert refused.headers["RateLimit-Remaining"] == "0"
    assert rates.take(TWO).allowed
    at[0] = 20.0
    assert rates.take(ONE).allowed
    assert not rates.take(ONE).allowed
    at[0] = 1000.0
    assert rates.take(ONE).remaining == 2


@pytest.mark.parametrize("key", [[1, "a"], [None], ["ü", 2.5]])
def test_a_cursor_is_read_as_it_was_written_and_not_otherwise(key: list[object]) -> None:
    mine, other = Cursors(b"x" * 32), Cursors(b"y" * 32)
    cursor = mine.write("/lists", key)
    assert mine.read("/lists", cursor) == key
    changed = ("A" if cursor[0] != "A" else "B") + cursor[1:]
    for cursors, of, text in (
        (other, "/lists", cursor),
        (mine, "/leads", cursor),
        (mine, "/lists", changed),
        (mine, "/lists", cursor[:-3]),
        (mine, "/lists", "nonsense ü"),
        (mine, "/lists", ""),
    ):
        with pytest.raises(StateError):
            cursors.read(of, text)


def test_every_operation_needs_one_known_scope_and_describes_itself() -> None:
    document = described(bare_api())
    ids = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            ids.append(operation["operationId"])
            (need,) = operation["security"]
            scopes = need["token"]
            assert scopes == [] if path in ("/me", "/openapi.json") else len(scopes) == 1, path
            assert set(scopes) <= set(document["x-scopes"]), path
            assert operation["description"].endswith("."), path
            is_read = not scopes or scopes[0].endswith(":read") or path == "/exports"
            assert is_read or method != "get", path
    assert len(ids) == len(set(ids))
    assert json.dumps(document).count("HTTPValidationError") == 0


#: Requests that are refused, each with its status.
REFUSED: Sequence[tuple[str, str, Any, int]] = (
    ("GET", "/nothing", None, 404),
    ("GET", "/prospects/not-an-id", None, 422),
    ("GET", f"/prospects/{uuid4()}", None, 404),
    ("GET", "/prospects?limit=0", None, 422),
    ("GET", "/prospects?cursor=made-up", None, 400),
    ("GET", "/lists?client=%00", None, 422),
    ("GET", "/lists/a%00b", None, 422),
    ("POST", "/signals", {"company": "a", "kind": "b", "unknown": 1}, 422),
    ("POST", "/signals", {"company": "a\0b", "kind": "b"}, 422),
    ("POST", "/signals", {"company": "a\ud800", "kind": "b"}, 422),
    ("POST", "/signals", b"{", 422),
    ("POST", "/signals", b" " * 2_000_000, 413),
    ("DELETE", "/lists/x", None, 405),
)


def test_what_is_refused_is_told_as_a_problem(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    ann = program("ann", "north")
    for method, path, sent, status in REFUSED:
        answer = ann.send(method, path, sent, Content_Type="application/json")
        assert answer.problem["status"] == status, (method, path, answer.body)
    wrong = ann.get("/prospects/not-an-id").problem
    assert wrong["errors"][0]["field"] == "path.company_id"


def test_methods_are_answered_right(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    ann = program("ann", "north")
    whole, head = ann.get("/prospects"), ann.send("HEAD", "/prospects")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]
    options = ann.send("OPTIONS", "/signals")
    assert (options.status, options.headers["Allow"]) == (204, "OPTIONS, POST")
    refused = ann.send("DELETE", "/lists/x")
    assert (refused.status, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    left = int(ann.get("/me").headers["RateLimit-Remaining"])
    assert left < int(whole.headers["RateLimit-Remaining"])


def test_a_page_elsewhere_reaches_nothing_and_another_host_is_refused(
    program: MakeProgram, queued: Queued
) -> None:
    queued("Alder GmbH", client="north")
    ann = program("ann", "north")
    assert ann.get("/me", Host="elsewhere.example").status == 421
    # A token is no cookie: whoever has it may call from anywhere, and nobody is told that.
    far = ann.post("/prospects/next", Origin="https://elsewhere.example")
    assert far.status == 200
    assert far.headers["Access-Control-Allow-Origin"] is None


def test_a_repeated_request_takes_effect_once(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    ann, bob = program("ann", "north"), program("bob", "north")
    sent = {"company": "Alder GmbH", "kind": "demo_requested"}
    first = ann.post("/signals", sent, Idempotency_Key="one")
    again = ann.post("/signals", sent, Idempotency_Key="one")
    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    assert again.headers["Idempotency-Replayed"] == "true"
    assert first.headers["Idempotency-Replayed"] is None

    other = ann.post("/signals", {**sent, "kind": "webinar"}, Idempotency_Key="one")
    assert (other.status, other.problem["type"]) == (422, "urn:sluice:problem:key_reused")
    elsewhere = ann.post("/signals?client=north", sent, Idempotency_Key="one")
    assert elsewhere.status == 422
    assert bob.post("/signals", sent, Idempotency_Key="one").body != first.body


def test_what_failed_frees_its_key(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    ann = program("ann", "north")
    sent = {"company": "Alder GmbH", "kind": "demo_requested"}
    assert ann.post("/signals", {"kind": "x"}, Idempotency_Key="two").status == 422
    assert ann.post("/signals", sent, Idempotency_Key="two").status == 201
    for key in ("", "x" * 256, "a\tb"):
        assert ann.post("/signals", sent, Idempotency_Key=key).status == 400
    company = ann.get("/prospects").json["items"][0]["company_id"]
    assert len(ann.get(f"/companies/{company}/signals").json["signals"]) == 1


@pytest.mark.parametrize("whom", ["Alder GmbH", "kim@alder.example"])
def test_an_answer_that_may_name_who_is_erased_is_kept_no_longer(
    program: MakeProgram, queued: Queued, sluice: Sluice, database: str, whom: str
) -> None:
    queued("Alder GmbH", client="north")
    ann = program("ann", "north")
    card = ann.post("/prospects/next", Idempotency_Key="one")
    assert card.json[0]["name"] == "Alder GmbH"
    sluice("forget", whom, "--client", "north", "--yes", "--as", "boss")
    engine = create_engine(database)
    with engine.connect() as found:
        assert found.execute(sql("select count(*) from api_answer")).scalar() == 0
    engine.dispose()


def test_a_problem_is_sent_whatever_a_file_left_in_it() -> None:
    assert b"??" in problem(400, "\udcff\ud800").body
