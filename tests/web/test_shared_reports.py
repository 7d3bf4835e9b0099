"""A report is shared by a link: without a login, for one report, until it ends."""

import asyncio
from collections.abc import Callable, MutableMapping
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from actions.session import open_installation
from console.web.app import make_app
from console.web.viewing import PER_NETWORK
from leads.clock import now
from tests.console.conftest import Sluice
from tests.made_clock import MadeClock
from tests.web.browser import Browser, Page
from tests.web.conftest import LogIn

Queued = Callable[..., None]
#: What only users may see: companies, persons, costs, other pages.
HIDDEN = ("Alder", "Birch", "mia", "SDR", "Cost", "/queue", "<script", "form_key")


def check_shown(seen: Page) -> None:
    """What a stranger with a link sees."""
    assert seen.status == 200
    assert "From name to customer" in seen.text
    assert "Since 1 Jan 2020" in seen.text
    assert [one for one in HIDDEN if one in seen.html] == []
    assert seen.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in seen.headers["X-Robots-Tag"]
    assert seen.headers["Cache-Control"] == "no-store"


def test_a_report_is_shared_seen_and_ended(
    queued: Queued, log_in: LogIn, sluice: Sluice, address: str
) -> None:
    queued("Alder <i>Tools</i> GmbH", "Birch Pumps GmbH")
    mia = log_in("mia", "default", role="manager")
    shown = mia.get("/reports/funnel?since=2020-01-01")
    assert 'href="/reports/shares?since=2020-01-01"' in shown.html
    page = mia.get("/reports/shares?since=2020-01-01")
    assert "No report of this client is shared." in page.text
    made = mia.send(page, "/reports/shares", part="funnel", since="2020-01-01", lasts="7d")
    link = made.html.partition('value="http://')[2].partition('"')[0]
    path = "/" + link.partition("/")[2]

    anyone = Browser(address)
    check_shown(anyone.get(path))
    assert not list(anyone.cookies)
    assert anyone.get("/reports/funnel").path == "/login"
    assert anyone.get(path).status == 200

    (share,) = sluice("report", "shares", "--as", "mia", "--json").json
    assert (share["views"], share["state"], share["by"]) == (2, "open", "mia")
    sure = mia.send(mia.get("/reports/shares"), "/reports/shares/end")
    assert "It was opened 2 times" in sure.text
    over = mia.send(sure, "/reports/shares/end")
    assert "The link is over" in over.text
    gone = anyone.get(path)
    assert gone.status == 404
    assert "Ask whoever sent it to you" in gone.text
    assert gone.headers["Referrer-Policy"] == "no-referrer"


def test_who_may_not_share_and_another_client(
    queued: Queued, log_in: LogIn, sluice: Sluice, address: str
) -> None:
    queued("Alder Tools GmbH")
    mia = log_in("mia", "default", role="manager")
    sluice("client", "add", "north", "--as", "boss")
    noa = log_in("noa", "north", role="manager")
    ann = log_in("ann", "default")
    made = sluice("report", "share", "weeks", "--at", address, "--as", "mia", "--json").json
    for browser in (noa, ann):
        key = browser.get("/place").hidden("/logout")
        fields = key | {"share_id": made["share_id"], "sure": "yes", "part": "weeks"}
        assert browser.post("/reports/shares/end", fields).status in (400, 403)
        assert made["share_id"] not in browser.get("/reports/shares").html
    assert ann.get("/reports/shares").status == 403
    assert ann.post("/reports/shares", ann.get("/place").hidden("/logout")).status == 403
    assert "Share by a link" not in ann.get("/reports/funnel").text
    wrong = mia.send(mia.get("/reports/shares"), "/reports/shares", part="cost", lasts="7d")
    assert (wrong.status, "the report 'cost' is not shared" in wrong.text) == (400, True)

    path = made["url"].removeprefix(address)
    seen = Browser(address).get(path)
    assert ("Week by week" in seen.text, "From name" in seen.text) == (True, False)
    # Whoever loses the client, or Sluice altogether, shows nothing of it to others.
    sluice("user", "set", "mia", "--role", "sdr", "--as", "boss")
    assert Browser(address).get(path).status == 404
    sluice("user", "set", "mia", "--role", "manager", "--as", "boss")
    assert Browser(address).get(path).status == 200
    sluice("user", "remove", "mia", "--as", "boss")
    sluice("user", "add", "mia", "--role", "manager", "--client", "default", "--as", "boss")
    assert Browser(address).get(path).status == 404


def test_a_link_ends_by_itself(queued: Queued, sluice: Sluice, address: str) -> None:
    queued("Alder Tools GmbH")
    assert sluice("report", "share", "--expires", "2 years", code=2).err
    made = sluice("report", "share", "--expires", "1h", "--at", address, "--json").json
    path = made["url"].removeprefix(address)
    assert Browser(address).get(path).status == 200
    with MadeClock(now() + timedelta(hours=2)).running():
        assert Browser(address).get(path).status == 404
        (share,) = sluice("report", "shares", "--json").json
        assert (share["state"], share["views"]) == ("expired", 1)
        assert "over already" in sluice("report", "unshare", made["share_id"], code=4).err


async def opened(app: FastAPI, path: str, host: str) -> int:
    """The status of what the server answers a host."""
    statuses = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"here")],
        "client": (host, 1),
        "server": ("here", 80),
        "scheme": "http",
    }
    await app(scope, receive, send)
    return int(statuses[0])


def test_only_what_was_shown_is_a_view(
    queued: Queued, sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.web.viewing.PER_NETWORK", 3)
    monkeypatch.setattr("console.web.viewing.PER_LINK", 2)
    queued("Alder Tools GmbH")
    made = sluice("report", "share", "--at", "http://here", "--json").json
    path = made["url"].removeprefix("http://here")

    async def run(app: FastAPI) -> tuple[list[int], list[int]]:
        guesses = [await opened(app, "/shared/x", "::ffff:203.0.113.5") for _ in range(4)]
        hosts = ("::ffff:198.51.100.7", "2001:db8::1", "2001:db8:1::1", "192.0.2.1")
        return guesses, [await opened(app, path, one) for one in hosts]

    with open_installation() as installation:
        guesses, views = asyncio.run(run(make_app(installation, ["here"])))
    # An IPv4 visitor behind a proxy that speaks IPv6 is counted alone.
    assert guesses == [404, 404, 404, 429]
    assert views == [200, 200, 429, 429]
    (share,) = sluice("report", "shares", "--json").json
    assert share["views"] == 2


def test_an_open_link_is_listed_however_many_are_over(
    queued: Queued, sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leads.store.shared_reports.LISTED", 1)
    queued("Alder Tools GmbH")
    ids = [sluice("report", "share", "--json").json["share_id"] for _ in range(4)]
    for one in ids[2:]:
        sluice("report", "unshare", one)
    listed = sluice("report", "shares", "--json").json
    assert [one["share_id"] for one in listed] == [ids[3], ids[1], ids[0]]


def test_who_guesses_links_waits(database: str, address: str) -> None:
    anyone = Browser(address)
    statuses = [anyone.get(f"/shared/{number}").status for number in range(PER_NETWORK + 5)]
    assert statuses[0] == 404
    late = anyone.get("/shared/x")
    assert late.status == 429
    assert int(late.headers["Retry-After"]) > 0
