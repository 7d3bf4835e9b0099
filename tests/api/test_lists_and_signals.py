"""Lists and signals in bulk."""

import json
from collections.abc import Callable

from tests.api.conftest import MakeProgram

Queued = Callable[..., None]


SENT = b"firm,site,country\nBirch GmbH,birch.example,DE\nCedar GmbH,cedar.example,DE\n,,\n"
AT = "/lists/imports?name=fair&file=fair.csv&map=name=firm&map=website=site"
PARTS = ("imported", "updated", "duplicate", "rejected", "blank", "erased")


def test_a_list_is_imported_once(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    max_ = program("max", "north", role="manager")
    tried = max_.post(f"{AT}&dry_run=true", SENT).json
    assert (tried["counts"]["imported"], tried["dry_run"]) == (2, True)
    assert [one["name"] for one in max_.get("/lists").json["items"]] == ["Alder"]

    made = max_.post(AT, SENT, Idempotency_Key="fair")
    assert made.status == 201
    counts = made.json["counts"]
    assert counts["rows"] == sum(counts[one] for one in PARTS) == 3
    assert max_.post(AT, SENT, Idempotency_Key="fair").body == made.body
    assert max_.post(AT, SENT).json["counts"]["imported"] == 0
    (shown,) = max_.get("/lists/fair").json["imports"]
    assert (shown["file_name"], shown["counts"]["imported"]) == ("fair.csv", 2)

    empty = max_.post("/lists/imports?file=list.csv", b"")
    assert empty.status == 400
    assert "sluice-upload" not in str(empty.problem)
    assert max_.post("/lists/imports?file=../x.csv", SENT).status == 422


def test_lists_are_paged_weighed_and_undone(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    max_ = program("max", "north", role="manager")
    max_.post(AT, SENT)
    assert max_.get("/lists/fair/scorecard").json["list"] == "fair"
    assert len(max_.get("/lists/scorecards").json) == 2
    first = max_.get("/lists?limit=1").json
    second = max_.get(f"/lists?limit=1&cursor={first['next']}").json
    assert [one["name"] for page in (first, second) for one in page["items"]] == ["Alder", "fair"]
    assert second["next"] is None
    assert max_.get(f"/prospects?cursor={first['next']}").status == 400
    assert max_.post("/lists/fair/undo").status == 200
    assert max_.get("/lists/nothing").status == 404


def test_each_line_of_signals_is_answered_by_one(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    max_ = program("max", "north", role="manager")
    rows = [
        {"company": "alder.example", "kind": "webinar", "at": "2026-01-05T10:00", "id": "1"},
        {"company": "nobody.example", "kind": "webinar", "at": "2026-01-05T10:00", "id": "2"},
        {"company": "alder.example", "kind": "webinar", "at": "never", "id": "3"},
    ]
    sent = b"\n".join(json.dumps(one).encode() for one in rows) + b"\n[]\n"
    *answers, counts = max_.post("/signals/bulk?file=signals.jsonl", sent).lines
    assert [one["result"] for one in answers] == ["accepted", "unmatched", "rejected", "rejected"]
    assert [one["line"] for one in answers] == [1, 2, 3, 4]
    assert all(one["why"] for one in answers[1:])
    assert (counts["recorded"], counts["rejected"], counts["known"]) == (1, 2, 0)
    again = [max_.post("/signals/bulk", sent, Idempotency_Key="one").lines[-1] for _ in "12"]
    assert [(one["recorded"], one["known"]) for one in again] == [(0, 1), (0, 1)]


def test_a_signal_is_taken_back(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    max_ = program("max", "north", role="manager")
    at = "2026-01-05T11:00:00+01:00"
    max_.post("/signals", {"company": "alder.example", "kind": "webinar", "at": at})
    company = max_.get("/prospects").json["items"][0]["company_id"]
    (signal,) = max_.get(f"/companies/{company}/signals").json["signals"]
    assert signal["at"] == "2026-01-05T10:00:00Z"
    assert max_.send("DELETE", f"/signals/{signal['id']}").status == 204
    assert max_.get(f"/companies/{company}/signals").json["signals"] == []
    assert max_.send("DELETE", f"/signals/{signal['id']}").status == 404
    assert "webinar" in str(max_.get("/signals/kinds").json)
