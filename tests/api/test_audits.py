"""A program draws and judges facts, asks about sources, and lets pages be read again."""

from collections.abc import Callable

from tests.api.conftest import MakeProgram
from tests.made_site_facts import crawled


def test_an_audit_over_the_api(queued: Callable[..., None], program: MakeProgram) -> None:
    queued("Alder GmbH", "Birch GmbH")
    crawled("alder.example", "+493012345600", "+493012345601")
    made = program("mia", "default", role="manager")
    drawn = made.post("/audits", {"attribute": "phone", "sample": 5, "seed": 3})
    assert (drawn.status, drawn.json["drawn"], drawn.json["frame"]) == (201, 2, 2)
    first = made.get("/audits/next").json
    assert first["progress"] == {"drawn": 2, "judged": 0}
    assert (first["fact"]["quote"], first["fact"]["around"]) == ("Call us", None)
    sent = {"id": first["fact"]["id"], "said": "wrong"}
    assert made.post("/audits/judgements", sent).json["said"] == "wrong"
    again = made.post("/audits/judgements", sent)
    assert (again.status, again.problem["detail"]) == (400, "mia has judged this fact")
    found = made.get("/audits/report?attribute=phone&list=Alder").json
    (one,) = found["lists"]
    assert (one["checked"], one["wrong"], one["state"]) == (1, 1, "broken")
    (site,) = made.get("/sources?source=site&attribute=phone").json
    assert (site["facts"], site["disagreed"]) == (2, 1)
    assert made.post("/audits/undo").json["id"] == sent["id"]
    assert made.get("/audits/report").json["all"][0]["wrong"] == 0
    assert made.post("/audits", {"attribute": "phone"}).status == 404
    sdr = program("ann", "default")
    assert sdr.post("/audits", {"attribute": "city"}).status == 403


def test_pages_are_read_again_by_workers(program: MakeProgram) -> None:
    made = program("max", role="admin")
    assert made.get("/rereads/last").status == 404
    started = made.post("/rereads")
    assert (started.status, started.json["sites"]) == (202, 0)
    assert made.get("/rereads/last").json["changes"] == []
