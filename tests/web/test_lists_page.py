"""A manager imports lists in the browser."""

from tests.console.conftest import Sluice
from tests.web.browser import Browser, Page
from tests.web.conftest import LogIn

HOSTILE = "<script>alert(1)</script> GmbH"
FAIR = (
    "Firma;Ort;Stand\n"
    f"Alder Tools GmbH;Bremen;A1\n{HOSTILE};Kiel;B2\n;Ulm;C3\n\nBirch Pumps GmbH;Kiel;D4\n"
)


def send(browser: Browser, content: str, name: str = "fair.csv") -> Page:
    return browser.upload(browser.get("/lists/imports"), "/lists/imports", name, content.encode())


def follow(browser: Browser, page: Page, then: str, **fields: str) -> Page:
    path = page.path
    browser.send(page, path, then=then, **fields)
    return browser.until(path, gone="This page loads itself again")


def check_says(page: Page, *texts: str) -> None:
    for text in texts:
        assert text in page.text


def test_a_list_is_checked_tried_imported_and_undone(sluice: Sluice, log_in: LogIn) -> None:
    sluice("client", "add", "nordwind")
    browser = log_in("mia", "nordwind", role="manager")
    page = send(browser, FAIR)
    check_says(page, "Check before importing", "separated by semicolons", HOSTILE)
    check_says(browser.get("/lists"), "not imported yet", "sent by mia")
    assert HOSTILE not in page.html

    tried = follow(browser, page, "try", column_2="custom:stand", was_2="keep")
    check_says(tried, "What an import would do", "your choice")
    check_says(browser.get("/lists"), "no list yet")

    done = follow(browser, tried, "start", name="Fair 2026", vendor="Expo", cost="250 EUR")
    check_says(done, "Rows 5", "New 3", "Rejected 1", "Blank 1")
    rejects = browser.get(f"{done.path}/rejects")
    assert rejects.headers["Content-Disposition"].startswith("attachment")
    assert "Ulm" in rejects.html

    shown = browser.get("/lists/list?name=Fair+2026")
    check_says(shown, "fair.csv", "Stand custom:stand told", "Records 3", "from Expo")
    listed = sluice("lists", "show", "Fair 2026", "--client", "nordwind", "--as", "mia", "--json")
    assert listed.json["list"]["cost_minor"] == 25_000
    check_says(browser.send(shown, "/lists/undo"), "import undone, 3 records ended")


def test_a_slip_in_a_plan_is_said_and_a_second_import_is_refused(log_in: LogIn) -> None:
    browser = log_in("mia", "default", role="manager")
    page = send(browser, FAIR)
    slip = browser.send(page, page.path, then="start", cost="a fortune", vendor="Expo")
    assert slip.status == 400
    assert "'a fortune' is not an amount" in slip.text
    assert 'value="Expo"' in slip.html

    page = browser.get(page.path)
    follow(browser, page, "start")
    key = browser.get("/lists").hidden("/logout")
    again = browser.post(page.path, {**key, "then": "start"})
    assert "this file was imported already" in again.text


def test_a_file_that_is_no_list_is_explained(log_in: LogIn) -> None:
    browser = log_in("mia", "default", role="manager")
    umlauts = "Firma;Ort\nMüller GmbH;Köln\nJäger AG;Zürich\n".encode("cp1252")
    page = browser.upload(browser.get("/lists/imports"), "/lists/imports", "alt.csv", umlauts)
    assert "Choose the encoding" in page.text
    assert "/uploads/" not in page.html
    read = browser.send(page, page.path, then="read", encoding="cp1252")
    assert "Müller GmbH" in read.text

    nameless = send(browser, "Ort,Land\nBremen,DE\nKiel,DE\n")
    assert "no column has company names" in nameless.text
    chosen = browser.send(nameless, nameless.path, then="read", column_0="name", was_0="keep")
    assert "no column has company names" not in chosen.text

    empty = send(browser, "")
    assert empty.status == 400
    assert "is empty" in empty.text


def test_another_clients_upload_and_lists_are_not_shown(sluice: Sluice, log_in: LogIn) -> None:
    for client in ("nordwind", "ostsee"):
        sluice("client", "add", client)
    mia, ole = log_in("mia", "nordwind", role="manager"), log_in("ole", "ostsee", role="manager")
    page = send(mia, FAIR)
    for path in (page.path, f"{page.path}/rejects"):
        refused = ole.get(path)
        assert refused.status == 403
        assert "Alder" not in refused.text
    key = ole.get("/lists/imports").hidden("/lists/imports")
    assert ole.post(page.path, {**key, "then": "start"}).status == 403
    assert ole.post(f"{page.path}/drop", key).status == 403
    follow(mia, page, "start")
    assert ole.get("/lists/list?name=fair").status == 404
    assert ole.post("/lists/undo", {**key, "name": "fair"}).status == 404


def test_an_sdr_sees_lists_and_imports_none(log_in: LogIn) -> None:
    browser = log_in("ann", "default")
    assert "A manager imports one" in browser.get("/lists").text
    assert browser.get("/lists/imports").status == 403
    key = browser.get("/lists").hidden("/logout")
    assert browser.post("/lists/imports", key).status in (400, 403)
