"""What a program does about sites: find them, decide the doubtful ones, leave hosts alone."""

from pathlib import Path

import pytest

from leads.clock import now
from leads.store import Store, pages
from leads.store.pages import StoredPage, Visit
from tests.api.conftest import MakeProgram, Program
from tests.api.test_long_lists import walked, whole
from tests.console.conftest import Sluice
from tests.made_findings import hold, ids_of

NAMES = ["Quorvian Pumpen", "Alder Mills", "Brandix Bakery", "Cedar Tools", "Dune Optics"]


@pytest.fixture
def boss(
    sluice: Sluice, program: MakeProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Program:
    """An admin; a list names five companies without a site."""
    monkeypatch.setenv("SLUICE_USER", "boss")
    made = program("boss", role="admin")
    path = tmp_path / "fair.csv"
    path.write_text("name,country\n" + "".join(f"{one},DE\n" for one in NAMES), "utf-8")
    sluice("import", path)
    return made


def test_findings_are_listed_part_by_part_the_likeliest_first(boss: Program) -> None:
    for place, name in enumerate(NAMES):
        hold(name, odds=round(0.5 + place % 2 / 10, 2), domain=f"site{place}.example")
    path = "/sites/findings?client=default"
    found = boss.get(path).json["items"]
    assert [one["odds"] for one in found] == [0.6, 0.6, 0.5, 0.5, 0.5]
    assert found[0]["reasons"][1]["mark"] == "legal_same"
    assert walked(boss, path) == walked(boss, path, limit=1000)
    assert len(set(walked(boss, path))) == len(whole(boss, path)) == len(NAMES)


def test_a_site_is_confirmed_denied_and_the_word_withdrawn(boss: Program) -> None:
    hold(NAMES[0])
    hold(NAMES[1], domain="other.example")
    said = boss.post("/sites/answers", {"company": NAMES[0], "answer": "yes"}).json
    assert (said["domain"], said["answer"]) == ("quorvian.example", "yes")
    denied = boss.post("/sites/answers", {"company": str(ids_of()[NAMES[1]]), "answer": "no"}).json
    assert denied["domain"] is None
    assert boss.get("/sites/findings").json["items"] == []
    back = boss.post("/sites/undo", {"company": NAMES[1]}).json
    assert (back["domain"], back["answer"]) == ("other.example", "withdrawn")
    assert boss.post("/sites/undo", {"company": NAMES[2]}).status == 404
    assert boss.post("/sites/answers", {"company": NAMES[0], "answer": "perhaps"}).status == 400


def test_workers_are_asked_to_search_a_list(
    boss: Program, monkeypatch: pytest.MonkeyPatch, sluice: Sluice
) -> None:
    hold(NAMES[0])
    asked = boss.post("/sites/find", {"list": "fair"})
    assert asked.status == 202
    assert asked.json == {"without_site": 5, "asked": 4}
    assert boss.post("/sites/find", {"list": "fair", "again": True}).json["asked"] == 5
    assert boss.post("/sites/find", {"list": "no such list"}).status == 404
    waiting = sluice("ops", "status", "--json").json
    assert "find_site" in str(waiting)


def test_hosts_are_left_alone_until_they_may_be_visited_again(
    boss: Program, program: MakeProgram
) -> None:
    sent = {"host": "Shop.Acme.example", "reason": "by letter"}
    assert boss.post("/sites/opt-outs", sent).json == {"host": "shop.acme.example", "is_new": True}
    assert boss.post("/sites/opt-outs", sent).json["is_new"] is False
    (one,) = boss.get("/sites/opt-outs").json["items"]
    assert (one["host"], one["reason"], one["who"]) == ("shop.acme.example", "by letter", "boss")
    # It counts for every client: who sees one alone does not decide it.
    mia = program("mia", "default", role="manager")
    assert mia.post("/sites/opt-outs", {"host": "b.example"}).status == 403
    assert mia.post("/sites/opt-outs/end", {"host": "shop.acme.example"}).status == 403
    assert boss.post("/sites/opt-outs/end", {"host": "shop.acme.example"}).status == 200
    assert boss.post("/sites/opt-outs/end", {"host": "shop.acme.example"}).status == 404


def test_a_site_is_shown_with_why_each_page_was_fetched(boss: Program, database: str) -> None:
    home = StoredPage(
        url="https://acme.example/",
        kind="home",
        status=200,
        headers=(),
        body=b"<p>Acme",
        fetched_at=now(),
        robots="allowed",
    )
    store = Store(database)
    with store.write() as tx:
        visit = Visit(site="acme.example", outcome="ok", started_at=now(), pages=(home,))
        pages.add_visit(tx, visit)
    store.close()
    shown = boss.get("/sites/acme.example").json
    assert shown["state"] == "answers"
    assert [(one["robots"], one["why"]) for one in shown["pages"]] == [("allowed", "")]
    assert boss.get("/sites/never.example").status == 404
    assert boss.get("/sites/dead").json == {"items": [], "next": None}
