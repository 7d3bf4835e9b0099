"""An operator sees how the background work is doing, and steers it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from leads.clock import now
from leads.ids import new_id
from leads.store import Store, clients, pages
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.ledger import crews, failures
from leads.store.ledger import tasks as ledger
from leads.store.ledger.crews import SupervisorReport
from leads.store.ledger.tasks import Wanted
from leads.store.migrate import open_store
from leads.store.pages import Visit
from tests.console.conftest import Sluice
from tests.made_facts import fact
from tests.web.browser import Browser
from tests.web.conftest import LogIn

PATHS = ("work", "failures", "workers", "crawl", "spend", "log")
HOSTILE = "<script>alert(1)</script> \u202egnal"
#: No machine of a test's is called so, or its dead processes would be told from living ones.
ELSEWHERE = "machine-of-no-test:5:9"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """Six crawls of nordwind and one of ostsee that were given up, and visits."""
    made = open_store(database)
    with made.write() as tx:
        for client, count in (("nordwind", 6), ("ostsee", 1)):
            client_id = clients.make_client(tx, client).id
            asked = [
                Wanted(kind="crawl", key=f"{client}{n}.example", queue="crawl", client_id=client_id)
                for n in range(count)
            ]
            ledger.ask(tx, asked)
        for one in ledger.claim(tx, ["crawl"], 10, ELSEWHERE, timedelta(minutes=1)):
            failures.fail(tx, [one], f"OSError: disk full {HOSTILE}", wait=None, host=ELSEWHERE)
        for site, outcome in (("shut", "robots_denied"), ("inner", "blocked_address"), ("a", "ok")):
            visit = Visit(site=f"{site}.example", outcome=outcome, reason=HOSTILE, started_at=now())
            pages.add_visit(tx, visit)
        report = SupervisorReport(host=ELSEWHERE, workers=2, started_at=now(), memory=321)
        crews.report(tx, report)
    yield made
    made.close()


def group_of(browser: Browser) -> str:
    """The address of the one group of failures."""
    listed = browser.get("/operations/failures")
    assert listed.html.count('href="/operations/failures/') == 1
    return "/operations/failures/" + listed.html.split('href="/operations/failures/')[1][:8]


def test_an_operator_looks_and_decides(store: Store, log_in: LogIn, sluice: Sluice) -> None:
    olga = log_in("olga", role="operator")
    work = olga.get("/")
    assert work.path == "/operations/work"
    assert "given up 7" in work.text
    assert "OSError: disk full" in work.text

    group = group_of(olga)
    shown = olga.get(group)
    assert "Retry 7 tasks" in shown.text
    one = shown.html.split("/requeue?task=")[1].partition('"')[0]
    to = f"{group}/requeue"
    assert "1 task will be retried" in olga.send(shown, f"{to}?task={one}").text
    late = olga.send(shown, to, shown="3")
    assert (late.status, "there are 6 tasks now, not 3" in late.text) == (400, True)
    found = sluice("ops", "status", "--json", "--as", "olga").json["kinds"]
    assert {(one["waiting"], one["given_up"]) for one in found} == {(1, 6), (0, 0)}


def test_who_discards_gives_a_reason_and_is_named(store: Store, log_in: LogIn) -> None:
    olga = log_in("olga", role="operator")
    group = group_of(olga)
    shown = olga.get(group)
    assert olga.send(shown, f"{group}/discard", reason=" ").status == 400
    assert "7 tasks discarded" in olga.send(shown, f"{group}/discard", reason=HOSTILE).text
    assert "No open task has failed" in olga.get("/operations/failures").text
    assert olga.get(group).status == 404
    assert "olga discarded" in olga.get("/operations/log").text


def test_pauses_are_set_watched_and_ended(store: Store, log_in: LogIn, sluice: Sluice) -> None:
    olga = log_in("olga", role="operator")
    work = olga.get("/operations/work")
    paused = olga.send(work, "/operations/pause", what="queue:crawl", reason="new proxy")
    assert "queue crawl is paused" in paused.text
    assert "drained" in paused.text
    assert "was paused already" in olga.send(paused, "/operations/pause", what="queue:crawl").text
    drained = olga.send(paused, "/operations/pause", what="client:nordwind", drain="yes")
    assert "client nordwind" in drained.text
    wrong = olga.send(paused, "/operations/pause", what="moon:1", reason="kept words")
    assert wrong.status == 400
    assert 'value="kept words"' in wrong.html

    found = sluice("ops", "status", "--json", "--as", "olga").json["paused"]
    assert {(one["thing"], one["who"], one["reason"]) for one in found} == {
        ("queue", "olga", "new proxy"),
        ("client", "olga", "drain"),
    }
    for what in ("queue:crawl", "client:nordwind"):
        assert "takes new tasks again" in olga.send(drained, "/operations/resume", what=what).text
    assert sluice("ops", "status", "--json", "--as", "olga").json["paused"] == []


def test_a_pause_of_everything_is_asked_about(store: Store, log_in: LogIn, sluice: Sluice) -> None:
    olga = log_in("olga", role="operator")
    work = olga.get("/operations/work")
    asked = olga.send(work, "/operations/pause", what="everything:", reason="new disk")
    assert "No import, visit, verdict or export of any client starts" in asked.text
    assert sluice("ops", "status", "--json", "--as", "olga").json["paused"] == []
    paused = olga.send(asked, "/operations/pause")
    assert "everything is paused" in paused.text
    (one,) = sluice("ops", "status", "--json", "--as", "olga").json["paused"]
    assert (one["thing"], one["reason"]) == ("everything", "new disk")
    assert "takes new tasks" in olga.send(paused, "/operations/resume", what="everything:").text


def test_workers_and_visits_are_shown(store: Store, log_in: LogIn) -> None:
    olga = log_in("olga", role="operator")
    workers = olga.get("/operations/workers").text
    assert "machine-of-no-test" in workers
    assert "321 MB" in workers
    assert "side by side" not in workers
    with store.write() as tx:
        old = SupervisorReport(host="old:1:1", workers=1, started_at=now(), skew=9.0, version="0.0")
        crews.report(tx, old)
    workers = olga.get("/operations/workers").text
    assert "side by side: stop the older ones" in workers
    assert "+9.0 s" in workers

    assert "alert(1)" not in olga.get("/operations/crawl").text
    for cause, why in (("blocked", "blocked address"), ("robots", "robots denied")):
        assert f"{why} <script>alert(1)" in olga.get(f"/operations/crawl?cause={cause}").text
    assert olga.get("/operations/crawl?cause=moon").status == 404
    for path in PATHS:
        page = olga.get(f"/operations/{path}").html
        assert "<script>alert" not in page


@pytest.mark.parametrize("role", ["sdr", "manager"])
def test_others_neither_see_nor_steer_it(store: Store, log_in: LogIn, role: str) -> None:
    ann = log_in("ann", "nordwind", role=role)
    form = ann.get("/place").hidden("/logout")
    for path in PATHS:
        refused = ann.get(f"/operations/{path}")
        assert refused.status == 403
        assert "disk full" not in refused.text
    for path in ("pause", "resume", "failures/12345678/requeue", "failures/12345678/discard"):
        assert ann.post(f"/operations/{path}", form | {"what": "everything:"}).status == 403
    assert "Operations" not in ann.get("/place").text


def test_an_operator_of_one_client_sees_that_one(store: Store, log_in: LogIn) -> None:
    olga, oskar = (
        log_in("olga", role="operator"),
        log_in("oskar", "ostsee", role="operator"),
    )
    olga.send(olga.get("/operations/work"), "/operations/pause", what="client:nordwind")
    for path in PATHS:
        assert "nordwind" not in oskar.get(f"/operations/{path}").text
    assert "sees the counts only" in oskar.get("/operations/crawl").text

    group = group_of(oskar)
    shown = oskar.get(group)
    assert "Retry 1 task" in shown.text
    theirs = olga.get(group).html.split("/requeue?task=")[1].partition('"')[0]
    assert oskar.send(shown, f"{group}/requeue", f"{group}/requeue?task={theirs}").status == 400
    own = shown.html.split("/requeue?task=")[1].partition('"')[0]
    assert "1 task will be retried" in oskar.send(shown, f"{group}/requeue?task={own}").text


def test_spend_is_shown_by_group(
    store: Store, log_in: LogIn, sluice: Sluice, tmp_path: Path
) -> None:
    path = tmp_path / "fair.csv"
    path.write_text("company\nAlder GmbH\n")
    sluice("import", path, "--client", "nordwind", "--name", HOSTILE[:25], "--cost", "900 EUR")
    olga = log_in("olga", role="operator")
    shown = olga.get("/operations/spend?by=list")
    assert "nordwind: <script>alert(1)</script>" in shown.text
    assert "<script>alert" not in shown.html
    assert "900.00 EUR" in shown.text
    assert "No list was added" in olga.get("/operations/spend?until=2020-01-01").text
    assert olga.get("/operations/spend?by=moon").status == 404
    wrong = olga.get("/operations/spend?since=%22moon")
    assert (wrong.status, 'value="&#34;moon"' in wrong.html) == (400, True)


def test_every_page_says_that_everything_is_paused(log_in: LogIn, sluice: Sluice) -> None:
    olga, max_ = log_in("olga", role="operator"), log_in("max", role="manager")
    said = "All background work is paused"
    assert said not in max_.get("/lists").text
    sluice("ops", "pause", "--reason", "a backup", "--as", "olga")
    shown = max_.get("/lists")
    assert said in shown.text
    assert "An operator resumes it" in shown.text
    assert 'href="/operations/work">Resume it' in olga.get("/operations/crawl").html
    sluice("ops", "resume", "--as", "olga")
    assert said not in max_.get("/lists").text


def test_the_operator_sees_why_pages_were_not_read(store: Store, log_in: LogIn) -> None:
    olga = log_in("olga", role="operator")
    assert "Pages that were not read" not in olga.get("/operations/crawl").text
    looks = {
        "a": ("home:1", "unread_login_wall:2"),
        "b": ("unread_login_wall:1", "needs_browser:3", "rendered:2"),
        "c": ("pages:5", "unread_challenge:1"),
    }
    with store.write() as tx:
        for site, some in looks.items():
            made = [replace(fact("coverage", look), id=new_id()) for look in some]
            facts.add(tx, [(Subject(site=f"{site}.example"), one) for one in made])
        facts.retract_of_site(tx, "c.example", "a newer visit to the site")
    html = olga.get("/operations/crawl").html
    assert "2 pages that scripts fill were read in a browser" in html
    shown = html.split("Pages that were not read")[1]
    rows = re.findall(r"<tr><td>([a-z ]+)</td><td[^>]*>(\d+)</td><td[^>]*>(\d+)", shown)
    assert rows[:2] == [("login wall", "2", "3"), ("scripts fill them in a browser", "1", "3")]
    assert "challenge" not in shown
