"""An SDR's day over the API."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from leads.clock import now
from tests.api.conftest import MakeProgram

Queued = Callable[..., None]


def test_the_queue_is_listed_page_by_page(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH", "Cedar GmbH", client="north")
    ann = program("ann", "north")
    assert ann.get("/me").json["clients"] == [{"client": "north", "campaigns": ["all"]}]
    first = ann.get("/prospects?limit=2").json
    rest = ann.get(f"/prospects?limit=2&cursor={first['next']}").json
    names = [one["name"] for one in [*first["items"], *rest["items"]]]
    assert sorted(names) == ["Alder GmbH", "Birch GmbH", "Cedar GmbH"]
    assert rest["next"] is None
    streamed = ann.get("/prospects", Accept="application/x-ndjson").lines
    assert [one["name"] for one in streamed] == names


def test_an_sdr_works_prospects_by_program(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH", client="north")
    ann = program("ann", "north")
    (card,) = ann.post("/prospects/next").json
    at = f"/prospects/{card['company_id']}"
    token = card["lease"]["token"]
    late = ann.post(f"{at}/done", {"disposition": "no_answer", "token": token - 1})
    assert (late.status, "earlier lease" in late.problem["detail"]) == (403, True)
    wrong = ann.post(f"{at}/done", {"disposition": "no_anwser"}).problem
    assert "no_answer" in wrong["hint"] + wrong["detail"]

    assert ann.post(f"{at}/notes", {"text": "asks for Kim"}).json["done"] == "noted"
    done = ann.post(f"{at}/done", {"disposition": "not_interested", "token": token, "note": "no"})
    assert done.json["relationship"] == "lost"
    undone = ann.post("/prospects/undo").json
    assert (undone["verb"], undone["held"]) == ("done", True)
    assert ann.post(f"{at}/skip", {"reason": "I know the owner"}).json["done"] == "skipped"


def test_call_backs_are_promised_and_listed(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH", client="north")
    ann = program("ann", "north")
    (card,) = ann.post("/prospects/next").json
    at = f"/prospects/{card['company_id']}"
    far = ann.post(f"{at}/done", {"disposition": "call_back", "at": "2999-01-31T09:00:00+01:00"})
    assert far.status == 400
    later = now().replace(microsecond=0) + timedelta(days=3)
    berlin = later.astimezone(timezone(timedelta(hours=1))).isoformat()
    called = ann.post(f"{at}/done", {"disposition": "call_back", "at": berlin})
    assert datetime.fromisoformat(called.json["again_at"]) == later
    (back,) = ann.get("/call-backs").json
    assert back["name"] == card["name"]
    (card,) = ann.post("/prospects/next").json
    at = f"/prospects/{card['company_id']}"
    assert ann.post(f"{at}/renew").json["lease"]["user"] == "ann"
    assert len(ann.get("/queue/mine").json["held"]) == 1
    assert ann.get("/queue/stats").json["states"] == {"leased": 1, "ready": 1}
    assert ann.post(f"{at}/release").json["done"] == "released"


def test_what_another_sdr_did_meanwhile_is_noticed(program: MakeProgram, queued: Queued) -> None:
    queued("Alder GmbH", client="north")
    ann, bob = program("ann", "north"), program("bob", "north")
    (card,) = ann.post("/prospects/next").json
    at = f"/prospects/{card['company_id']}"
    tag = bob.get(at).headers["ETag"]
    assert tag == ann.get(at).headers["ETag"]

    bob.post(f"{at}/notes", {"text": "called me back"})
    changed = ann.post(f"{at}/done", {"disposition": "no_answer"}, If_Match=tag)
    assert (changed.status, changed.problem["type"]) == (412, "urn:sluice:problem:changed")
    again = ann.get(at)
    assert "called me back" in again.json["history"][0]["note"]
    done = ann.post(f"{at}/done", {"disposition": "no_answer"}, If_Match=again.headers["ETag"])
    assert done.status == 200
