"""Who must not be contacted, in the browser."""

from collections.abc import Callable

from tests.console.conftest import Sluice
from tests.web.browser import Browser, Page
from tests.web.conftest import LogIn

ALDER, BIRCH = "Alder Tools GmbH", "Birch Pumps GmbH"
HOSTILE = "<script>alert(1)</script>"
ADD, IMPORT = "/suppressions", "/suppressions/import"

Queued = Callable[..., None]


def add(browser: Browser, whom: str, **fields: str) -> Page:
    return browser.send(browser.get(ADD), ADD, whom=whom, **fields)


def check_says(page: Page, *texts: str) -> None:
    for text in texts:
        assert text in page.text


def test_a_suppression_is_added_found_and_ended(queued: Queued, log_in: LogIn) -> None:
    queued(ALDER, BIRCH)
    browser = log_in("mia", "default", role="manager")
    check_says(browser.get(ADD), "Nobody is suppressed")
    added = add(browser, "alder.example", reason=HOSTILE, until="2099-01-31")
    check_says(
        added, "domain alder.example: suppressed", "1 open card", "2099-02-01 00:00", HOSTILE
    )
    assert HOSTILE not in added.html
    check_says(browser.get(f"{ADD}?whom=alder.example"), "Suppressed: alder.example")
    check_says(browser.get(f"{ADD}?whom=birch.example"), "Not suppressed: birch.example")
    check_says(browser.get(f"{ADD}?level=law"), "Nobody is suppressed at this level")

    slip = add(browser, "GmbH", reason="asked us", level="client")
    assert slip.status == 400
    assert 'value="asked us"' in slip.html

    ended = browser.send(added, "/suppressions/end", reason="asked for an offer")
    check_says(ended, "the suppression is ended", "Nobody is suppressed")


def test_a_list_is_counted_imported_and_exported(queued: Queued, log_in: LogIn) -> None:
    queued(ALDER, BIRCH)
    browser = log_in("mia", "default", role="manager")
    content = b"domain,reason\nalder.example,said no\nbirch.example,\n,empty\n"
    counted = browser.upload(browser.get(IMPORT), IMPORT, "no.csv", content, level="client")
    check_says(counted, "New 2", "Open cards 2", "domain is domain")
    check_says(browser.get(ADD), "Nobody is suppressed")
    (action,) = [one for one in counted.actions if one.startswith(f"{IMPORT}/")]
    stored = browser.send(counted, action)
    check_says(stored, "2 suppressed, 0 known before", "alder.example", "said no")
    file = browser.send(stored, "/suppressions/export")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "birch.example" in file.html


def test_other_clients_suppressions_stay_theirs(sluice: Sluice, log_in: LogIn) -> None:
    for client in ("nordwind", "ostsee"):
        sluice("client", "add", client)
    mia, ole = log_in("mia", "nordwind", role="manager"), log_in("ole", "ostsee", role="manager")
    added = add(mia, "alder.example")
    shown = ole.get(ADD)
    assert "alder.example" not in shown.text
    assert "Not suppressed" in ole.get(f"{ADD}?whom=alder.example").text
    key = shown.hidden("/logout")
    tried = ole.post("/suppressions/end", added.hidden("/suppressions/end") | key)
    assert "is ended" not in tried.text
    assert "alder.example" in mia.get(ADD).text

    ann = log_in("ann", "nordwind")
    assert "Import a list" not in ann.get(ADD).text
    assert ann.get(IMPORT).status == 403
    assert ann.post("/suppressions/export", ann.get(ADD).hidden("/logout")).status == 403
    assert log_in("oda", "nordwind", role="operator").get(ADD).status == 403
