"""A manager decides found sites in the browser."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice
from tests.made_findings import hold, ids_of
from tests.web.browser import Browser
from tests.web.conftest import LogIn

NAME, OTHER = "Quorvian <b>Pumps</b>", "Brandix Bakery"
ROWS = f"name,country,city,phone\n{NAME},DE,Kassel,+49 561 123456\n{OTHER},GB,Exton,\n"
ANSWER = "/sites/answer"


@pytest.fixture
def mia(sluice: Sluice, log_in: LogIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Browser:
    monkeypatch.setenv("SLUICE_USER", "boss")
    browser = log_in("mia", "default", role="manager")
    (tmp_path / "fair.csv").write_text(ROWS, "utf-8")
    sluice("import", tmp_path / "fair.csv")
    return browser


def test_a_site_is_shown_beside_what_the_list_says(mia: Browser) -> None:
    hold(NAME)
    page = mia.get("/sites")
    for text in (
        "Left to decide 1",
        "Is quorvian.example the site of",
        "+49561123456",
        "Kassel",
        "+3.0",
        "Quorvian Pumpen AG Hauptstraße 5",
        "a city in the list",
    ):
        assert text in page.text
    for html in (NAME, "<i>not", "<script>alert"):
        assert html not in page.html
    # The words of one mark are on the page that was read; those of the other are in its title.
    assert page.html.count("on the saved page") == 1


def test_the_saved_page_is_shown_as_text_with_the_words_marked(mia: Browser) -> None:
    company = hold(NAME)
    shown = mia.get(f"/sites/{company}/pages/0?mark=legal_same")
    assert '<mark id="quote">Quorvian Pumpen AG\nHauptstraße 5</mark>' in shown.html
    assert "<script>alert" not in shown.html
    assert "<b>Quorvian</b>" not in shown.html
    hidden = mia.get(f"/sites/{company}/pages/0?mark=other_form")
    assert "not in the visible text" in hidden.text
    assert mia.get(f"/sites/{company}/pages/1").status == 404


def test_sites_are_decided_one_after_the_other_and_undone(mia: Browser) -> None:
    hold(NAME, odds=0.4)
    hold(OTHER, odds=0.3, domain="brandix.example")
    first = mia.get("/sites")
    second = mia.send(first, ANSWER, said="yes", reason="a call")
    assert "quorvian.example. the site is visited by the next run" in second.text
    assert "Is brandix.example the site of" in second.text
    done = mia.send(second, ANSWER, said="no")
    assert "Brandix Bakery: not that site" in done.text
    assert "No found site waits" in done.text
    undone = mia.send(done, "/sites/undo")
    assert "undone: the site of Brandix Bakery is open again" in undone.text
    undone = mia.send(undone, "/sites/undo")
    assert "Is quorvian.example the site of" in undone.text
    assert "you said nothing" in mia.send(undone, "/sites/undo").text


def test_the_right_domain_is_named(mia: Browser, sluice: Sluice) -> None:
    hold(NAME)
    page = mia.get("/sites")
    sent = page.hidden(ANSWER) | {"domain": "https://www.right.example/about"}
    assert "right.example" in mia.post(ANSWER, sent).text
    shown = sluice("sites", "show", NAME, "--as", "boss", "--json").json
    assert (shown["domain"], shown["said_by"]) == ("right.example", "mia")


def test_an_answer_about_another_site_than_the_one_shown_changes_nothing(mia: Browser) -> None:
    hold(NAME)
    page = mia.get("/sites")
    hold(NAME, domain="newer.example")
    assert (
        "quorvian.example waits for no answer any more" in mia.send(page, ANSWER, said="yes").text
    )
    assert "Is newer.example the site of" in mia.get("/sites").text


def test_sites_are_left_for_later(mia: Browser) -> None:
    hold(NAME, odds=0.4)
    hold(OTHER, odds=0.3, domain="brandix.example")
    assert 'href="/sites?skip=1"' in mia.get("/sites").html
    assert "brandix.example" in mia.get("/sites?skip=1").text
    assert "You left 2 sites for later" in mia.get("/sites?skip=2").text


def test_the_sites_of_a_list_are_searched(mia: Browser) -> None:
    empty = mia.get("/sites")
    assert "Search the sites of a list" in empty.text
    asked = mia.send(empty, "/sites/search", name="fair")
    assert "2 without a site: workers search 2 of them now" in asked.text
    assert "there is no list" in mia.send(empty, "/sites/search", name="gone").text


def test_another_clients_site_is_neither_shown_nor_decided(
    mia: Browser, sluice: Sluice, log_in: LogIn
) -> None:
    company = hold(NAME)
    page = mia.get("/sites")
    sluice("client", "add", "ostsee")
    oda = log_in("oda", "ostsee", role="manager")
    shown = oda.get("/sites")
    assert "quorvian" not in shown.text
    assert "Import a list" in shown.text
    assert oda.get(f"/sites/{company}/pages/0").status == 404
    key = shown.hidden("/sites/undo")
    tried = oda.post(ANSWER, page.hidden(ANSWER) | key | {"said": "yes"})
    assert "Left to decide 1" in mia.get("/sites").text
    assert "quorvian.example." not in tried.text
    ann = log_in("ann", "default")
    assert ann.get("/sites").status == 403
    assert ann.get(f"/sites/{company}/pages/0").status == 403
    assert ids_of()[NAME] == company
