"""What an agency does over the API: companies, suppressions, leads, files, reports and operations."""

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.api.conftest import MakeProgram, Program
from tests.made_site_facts import crawled

Queued = Callable[..., None]


@pytest.fixture
def boss(program: MakeProgram, queued: Queued) -> Program:
    """An admin of one client with two companies in the queue."""
    queued("Alder GmbH", "Birch GmbH", client="north")
    return program("max", "north", role="admin")


def test_a_company_is_found_and_shown_with_its_sources(boss: Program) -> None:
    names = [one["name"] for one in boss.get("/companies").json["items"]]
    assert boss.get("/companies?limit=1").json["items"][0]["name"] == names[0]
    after = boss.get("/companies?limit=1").json["next"]
    assert boss.get(f"/companies?limit=1&cursor={after}").json["items"][0]["name"] == names[1]
    (found,) = boss.get("/companies/find?text=alder.example").json
    shown = boss.get(f"/companies/{found['id']}").json
    assert "alder.example" in {
        one["value"] for one in shown["facts"] if one["attribute"] == "domain"
    }
    assert shown["verdict"]["stage"] == "prospect"
    told = boss.get("/source-of?whom=alder.example").json
    assert told["whom"] == "Alder GmbH"
    assert "Alder.csv" in str(told["sources"])


#: What a form sends beside the name, and the fields that cannot be compared.
FORMS: tuple[tuple[dict[str, str], list[str]], ...] = (
    ({}, []),
    ({"phone": "n/a", "city": "-", "street": "  "}, ["city", "phone"]),
    ({"country": "?", "postcode": "n/a", "domain": "none"}, ["country", "postcode", "domain"]),
    ({"register_number": "unknown", "phone": ""}, ["register_number"]),
)


def test_a_form_is_matched_without_what_cannot_be_compared(boss: Program) -> None:
    for sent, left_out in FORMS:
        found = boss.post("/companies/match", {"name": "Alder GmbH", **sent}).json
        assert [one["name"] for one in found["matches"]] == ["Alder GmbH"]
        assert found["left_out"] == left_out
    assert boss.post("/companies/match", {"name": " ", "phone": "n/a"}).status == 400


def test_duplicates_are_decided_and_the_decision_withdrawn(boss: Program) -> None:
    both = {"company": "Alder GmbH", "other": "Birch GmbH"}
    assert boss.get("/duplicates").json["waiting"] == 0
    made = boss.post("/duplicates/answers", {**both, "answer": "same", "reason": "one house"})
    assert made.status == 200
    assert len(boss.get("/companies").json["items"]) == 1
    assert boss.post("/duplicates/undo", {"company": "alder.example"}).json["withdrawn"] == 1
    assert len(boss.get("/companies").json["items"]) == 2
    assert boss.post("/duplicates/answers", {**both, "answer": "perhaps"}).status == 422


def test_a_suppression_is_added_checked_and_ended(boss: Program) -> None:
    sent = {"whom": "alder.example", "reason": "asked us to stop"}
    tried = boss.post("/suppressions?dry_run=true", sent).json
    assert (tried["is_new"], tried["companies"]) == (True, 1)
    assert boss.get("/suppressions").json["items"] == []
    assert boss.post("/suppressions", sent).status == 201
    assert boss.post("/suppressions", sent).json["is_new"] is False
    (found,) = boss.get("/suppressions/check?whom=alder.example").json
    assert [one["name"] for one in boss.get("/prospects").json["items"]] == ["Birch GmbH"]
    (row, *_) = boss.get("/suppressions", Accept="application/x-ndjson").lines
    assert row["suppression_id"] == found["suppression_id"]
    assert b"alder.example" in boss.post("/suppressions/export").body
    ended = boss.post(f"/suppressions/{row['suppression_id']}/end", {"reason": "a mistake"})
    assert ended.json == {"ended": row["suppression_id"]}
    assert len(boss.get("/prospects").json["items"]) == 2
    file = b"domain\nbirch.example\nbirch.example\n"
    assert boss.post("/suppressions/imports?file=stop.csv", file).json["new"] == 1


def test_a_lead_is_qualified_and_moved(boss: Program) -> None:
    company = boss.get("/companies/find?text=alder.example").json[0]["id"]
    told = {"answers": {"need": "yes", "budget": "partly"}, "words": "from January on"}
    made = boss.post(f"/leads/{company}/qualify", told).json
    assert made["stage"]
    (lead,) = boss.get("/leads").json["items"]
    assert lead["company"] == "Alder GmbH"
    moved = boss.post(f"/leads/{company}/move", {"stage": "mql", "reason": "well known"}).json
    assert (moved["before"], moved["stage"]) == (made["stage"], "mql")
    assert boss.get("/handovers").json == []
    assert boss.post(f"/handovers/{company}/accept").problem["status"] in (403, 404)
    consent = {"whom": "kim@alder.example", "words": "may write", "source": "the fair"}
    assert boss.post("/consents", consent).status == 201
    assert boss.get("/consents").json["items"][0]["point"] == "kim@alder.example"
    assert boss.post("/consents/withdraw", {"whom": "kim@alder.example"}).status == 200
    assert boss.get("/contacts").json["items"] == []


def test_leads_are_listed_page_by_page(boss: Program) -> None:
    for domain in ("alder.example", "birch.example"):
        company = boss.get(f"/companies/find?text={domain}").json[0]["id"]
        boss.post(f"/leads/{company}/qualify", {"answers": {"need": "yes"}})
    whole = boss.get("/leads").json
    assert [one["company"] for one in whole["items"]] == ["Alder GmbH", "Birch GmbH"]
    assert whole["next"] is None

    first = boss.get("/leads?limit=1").json
    second = boss.get(f"/leads?limit=1&cursor={first['next']}").json
    assert [*first["items"], *second["items"]] == whole["items"]
    assert second["next"] is None
    lines = boss.get("/leads", Accept="application/x-ndjson").lines
    assert [one["company"] for one in lines] == ["Alder GmbH", "Birch GmbH"]
    assert boss.get("/leads?stage=customer").json["items"] == []


def test_profiles_exports_and_reports(boss: Program, tmp_path: Path) -> None:
    profile = (tmp_path / "icp.yaml").read_bytes()
    checked = boss.post("/profiles/check", profile).json
    assert (checked["name"], checked["version"]) == ("all", 1)
    wrong = boss.post("/profiles/check", profile.replace(b"suspect", b"suspekt"))
    assert wrong.status == 400
    assert "sluice-upload" not in str(wrong.problem)
    used = boss.post("/profiles/use", profile.replace(b"version: 1", b"version: 2"))
    assert (used.json["version"], used.json["changed"]) == (2, True)
    assert boss.get("/campaigns/all").json["profile_version"] == 2

    whole = boss.post("/exports?format=csv&stage=prospect")
    assert (whole.status, whole.body.count(b"\n")) == (200, 3)
    assert "companies.csv" in whole.headers["Content-Disposition"]
    assert "X-Attribution" not in whole.headers
    assert [one["rows"] for one in boss.get("/exports").json] == [2]
    check_licences(boss)
    assert boss.get("/reports/funnel").json["campaign"] == "all"
    assert boss.get("/reports/nothing").status == 422


def check_licences(boss: Program) -> None:
    """An export says by which licences its values came."""
    crawled("alder.example", "+493012345600", licence="CC BY 4.0")
    credited = boss.post("/exports?format=csv&stage=prospect").headers["X-Attribution"]
    assert [one["licence"] for one in json.loads(credited)] == ["CC BY 4.0"]


def test_a_profile_is_named_and_never_a_path(boss: Program, tmp_path: Path) -> None:
    for path in ("/etc/other.yaml", "../icp.yaml", str(tmp_path / "icp.yaml")):
        assert boss.post(f"/exports?profile={quote(path, safe='')}").status == 404
        assert boss.post(f"/outcomes?profile={quote(path, safe='')}", b"a").status == 404


def test_clients_and_operations(boss: Program) -> None:
    assert [one["name"] for one in boss.get("/clients").json] == ["north"]
    assert boss.get("/clients/north").json["campaigns"] == ["all"]
    assert boss.post("/clients", {"name": "south"}).status == 403
    assert boss.post("/campaigns", {"name": "autumn"}).status == 201
    assert "no_answer" in {one["name"] for one in boss.get("/dispositions").json}


def test_operations_and_the_log(boss: Program) -> None:
    assert boss.post("/ops/pause", {"client": "north", "reason": "fair"}).json == {"paused": 1}
    assert boss.get("/ops/status").json["paused"][0]["name"] == "north"
    assert boss.post("/ops/resume", {"client": "north"}).json == {"resumed": 1}
    assert boss.get("/ops/failures").json == []
    events = boss.get("/events", Accept="application/x-ndjson").lines
    assert {"imported", "decided"} & {one["verb"] for one in events}
    assert [one["id"] for one in events] == sorted((one["id"] for one in events), reverse=True)
    first = boss.get("/events?limit=1").json
    assert first["items"][0]["id"] == events[0]["id"]
