"""A report is shared by a link: without a login, for one report, until it ends."""

from collections.abc import Callable
from datetime import timedelta

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


def test_who_guesses_links_waits(database: str, address: str) -> None:
    anyone = Browser(address)
    statuses = [anyone.get(f"/shared/{number}").status for number in range(PER_NETWORK + 5)]
    assert statuses[0] == 404
    late = anyone.get("/shared/x")
    assert late.status == 429
    assert int(late.headers["Retry-After"]) > 0
