"""Lists and signals in bulk."""

import json
from collections.abc import Callable

from tests.api.conftest import MakeProgram

Queued = Callable[..., None]


def test_a_list_is_imported_weighed_and_undone(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    max_ = program("max", "north", role="manager")
    sent = b"firm,site,country\nBirch GmbH,birch.example,DE\nCedar GmbH,cedar.example,DE\n,,\n"
    at = "/lists/imports?name=fair&file=fair.csv&map=name=firm&map=website=site"
    tried = max_.post(f"{at}&dry_run=true", sent).json
    assert (tried["counts"]["imported"], tried["dry_run"]) == (2, True)
    assert [one["name"] for one in max_.get("/lists").json["items"]] == ["Alder"]

    made = max_.post(at, sent, Idempotency_Key="fair")
    assert made.status == 201
    counts = made.json["counts"]
    parts = ("imported", "updated", "duplicate", "rejected", "blank", "erased")
    assert counts["rows"] == sum(counts[one] for one in parts) == 3
    assert max_.post(at, sent, Idempotency_Key="fair").body == made.body
    assert max_.post(at, sent).json["counts"]["imported"] == 0

    (shown,) = max_.get("/lists/fair").json["imports"]
    assert shown["file_name"] == "fair.csv"
    assert shown["counts"]["imported"] == 2
    assert max_.get("/lists/fair/scorecard").json["list"] == "fair"
    assert len(max_.get("/lists/scorecards").json) == 2
    pages, path = [], "/lists?limit=1"
    while path:
        page = max_.get(path).json
        pages += [one["name"] for one in page["items"]]
        path = page["next"] and f"/lists?limit=1&cursor={page['next']}"
    assert pages == ["Alder", "fair"]
    stolen = max_.get("/lists?limit=1").json["next"]
    assert max_.get(f"/prospects?cursor={stolen}").status == 400
    assert max_.post("/lists/fair/undo").status == 200
    assert max_.get("/lists/nothing").status == 404

    wrong = max_.post("/lists/imports?file=list.xlsx", b"no workbook")
    assert wrong.status == 400
    assert "no workbook" in wrong.problem["detail"]
    empty = max_.post("/lists/imports?file=list.csv", b"")
    assert empty.status == 400
    assert "sluice-upload" not in str(empty.problem)
    assert max_.post("/lists/imports?file=../x.csv", sent).status == 422


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
    *_, counts = max_.post("/signals/bulk", sent).lines
    assert (counts["recorded"], counts["known"]) == (0, 1)

    company = max_.get("/prospects").json["items"][0]["company_id"]
    (signal,) = max_.get(f"/companies/{company}/signals").json["signals"]
    assert signal["at"] == "2026-01-05T10:00:00Z"
    assert max_.send("DELETE", f"/signals/{signal['id']}").status == 204
    assert max_.get(f"/companies/{company}/signals").json["signals"] == []
    assert max_.send("DELETE", f"/signals/{signal['id']}").status == 404
    assert "webinar" in str(max_.get("/signals/kinds").json)
