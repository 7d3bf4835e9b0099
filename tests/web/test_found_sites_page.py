"""A manager decides found sites in the browser."""

import re
from pathlib import Path
from typing import Any

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


@pytest.mark.parametrize("odds", [(0.4, 0.3, 0.1 + 0.2), (0.3, 0.3, 0.3)])
def test_every_site_can_be_left_for_later(
    mia: Browser, sluice: Sluice, tmp_path: Path, odds: tuple[float, ...]
) -> None:
    (tmp_path / "more.csv").write_text("name,country\nThird Mill,DE\n", "utf-8")
    sluice("import", tmp_path / "more.csv")
    domains = ["one.example", "two.example", "three.example"]
    for name, domain, one in zip((NAME, OTHER, "Third Mill"), domains, odds, strict=True):
        hold(name, odds=one, domain=domain)
    page, seen = mia.get("/sites"), []
    while "Is " in page.text:
        seen += re.findall(r"Is (\S+) the site of", page.text)
        page = mia.get(page.link_of("u"))
    assert sorted(seen) == sorted(domains)
    assert "You left 3 sites for later" in page.text


def test_no_site_is_passed_over_when_a_colleague_decides_one_that_was_left(
    mia: Browser, sluice: Sluice
) -> None:
    hold(NAME, odds=0.4)
    hold(OTHER, odds=0.3, domain="brandix.example")
    following = mia.get("/sites").link_of("u")
    sluice("sites", "answer", NAME, "no", "--as", "boss")
    page = mia.get(following)
    assert "Is brandix.example the site of" in page.text
    # An answer leads to the next one after the same place.
    assert mia.send(page, ANSWER, said="no").text.count("No found site waits") == 1


def test_the_place_is_kept_by_an_answer(mia: Browser) -> None:
    hold(NAME, odds=0.4)
    hold(OTHER, odds=0.3, domain="brandix.example")
    done = mia.send(mia.get(mia.get("/sites").link_of("u")), ANSWER, said="no")
    assert "You left 1 site for later" in done.text


@pytest.mark.parametrize("query", ["odds=nan&after=ID", "odds=0.4&after=x", "odds=x"])
def test_a_place_that_is_none_is_refused(mia: Browser, query: str) -> None:
    company = hold(NAME)
    assert mia.get("/sites?" + query.replace("ID", str(company))).status == 422


@pytest.mark.parametrize(
    ("before", "said", "holds"),
    [
        ({"band": "accept"}, ["no"], "the site of Brandix Bakery is quorvian.example"),
        ({"band": "abstain", "domain": None}, ["a.example"], "Brandix Bakery has no known site"),
        ({}, ["a.example", "b.example"], "the site of Brandix Bakery is a.example"),
    ],
)
def test_an_undo_says_what_holds_again(
    mia: Browser, sluice: Sluice, before: dict[str, Any], said: list[str], holds: str
) -> None:
    hold(OTHER, **before)
    for one in said:
        sluice("sites", "answer", OTHER, one, "--as", "mia")
    undone = mia.send(mia.get("/sites"), "/sites/undo")
    assert f"undone, and what held before holds again: {holds}" in undone.text
    assert "open again" not in undone.text


def test_the_word_of_a_colleague_is_not_withdrawn(mia: Browser, sluice: Sluice) -> None:
    for name, answer in ((OTHER, "boss.example"), (NAME, "no")):
        hold(name)
        sluice("sites", "answer", name, answer, "--as", "boss" if name == OTHER else "mia")
    # Now both words are about one company, and the one that names a site counts.
    sluice("dedupe", "merge", OTHER, NAME, "--as", "boss")
    undone = mia.send(mia.get("/sites"), "/sites/undo")
    assert "the word of boss counts, and not yours" in undone.text
    shown = sluice("sites", "show", OTHER, "--as", "boss", "--json").json
    assert (shown["domain"], shown["said_by"]) == ("boss.example", "boss")


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
