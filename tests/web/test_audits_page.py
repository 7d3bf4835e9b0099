"""A manager draws and judges facts in the browser."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice
from tests.made_site_facts import crawled
from tests.web.browser import Browser
from tests.web.conftest import LogIn

NAME = "Quorvian <b>Pumps</b>"
ROWS = f"""name,country,domain,phone
{NAME},DE,quorvian.example,+493012345600
Brandix Bakery,GB,brandix.example,+442071838750
"""
JUDGE = "/audits/judge"


@pytest.fixture
def mia(sluice: Sluice, log_in: LogIn, tmp_path: Path) -> Browser:
    browser = log_in("mia", "default", role="manager")
    file = tmp_path / "fair.csv"
    file.write_text(ROWS, "utf-8")
    sluice("import", file, "--as", "mia")
    sluice("dedupe", "run", "--as", "mia")
    sluice("campaign", "add", "autumn", "--as", "mia")
    return browser


def test_facts_are_drawn_judged_and_counted(mia: Browser) -> None:
    page = mia.get("/audits")
    assert "No fact was drawn yet" in page.text
    shown = mia.send(page, "/audits/draw", attribute="phone", sample="5", list_name="fair")
    assert "2 of 2 facts about phone drawn" in shown.text
    assert "Judged 0 of 2" in shown.text
    assert NAME not in shown.html

    later = mia.get(f"{shown.path}&skip=1")
    assert "Judged 0 of 2" in later.text
    assert "You left 2 facts for later" in mia.get("/audits/judge?skip=2").text
    second = mia.send(shown, JUDGE, said="wrong")
    assert "Judged 1 of 2" in second.text
    assert "mia has judged this fact" in mia.send(shown, JUDGE, said="right").text
    undone = mia.send(second, "/audits/undo")
    assert "waits again" in undone.text
    assert "Judged 0 of 2" in undone.text


def test_the_counts_stand_on_the_page_and_before_exports(mia: Browser) -> None:
    shown = mia.send(mia.get("/audits"), "/audits/draw", attribute="phone")
    mia.send(mia.send(shown, JUDGE, said="right"), JUDGE, said="unclear")
    page = mia.get("/audits")
    for text in ("By list", "fair", "list:fair", "100.0 %", "not shown 148 more right"):
        assert text in page.text
    assert "No drawn fact waits" in mia.get(JUDGE).text
    assert (
        "every fact about phone is drawn" in mia.send(page, "/audits/draw", attribute="phone").text
    )
    flagged = mia.get("/exports").text
    assert "Below the promised accuracy fair: phone, 1 of 1 right" in flagged


def test_a_fact_of_a_site_shows_where_it_is_from(mia: Browser) -> None:
    crawled("quorvian.example", "+493099999999")
    page = mia.send(mia.get("/audits"), "/audits/draw", attribute="phone", source="site")
    for text in ("Call us", "https://quorvian.example/contact", "confidence 0.80"):
        assert text in page.text
    assert 'rel="noreferrer noopener nofollow"' in page.html
    sources = mia.get("/sources?attribute=phone")
    assert "phone site 1 100 % 0 0 0" in sources.text


def test_other_clients_and_roles_judge_nothing(mia: Browser, sluice: Sluice, log_in: LogIn) -> None:
    page = mia.send(mia.get("/audits"), "/audits/draw", attribute="phone")
    sluice("client", "add", "ostsee", "--as", "boss")
    oda = log_in("oda", "ostsee", role="manager")
    assert "Quorvian" not in oda.get(JUDGE).text
    assert oda.get(page.path).status == 404
    key = oda.get(JUDGE).hidden("/audits/undo")
    tried = oda.post(JUDGE, page.hidden(JUDGE) | key | {"said": "wrong"})
    assert "Judged 0 of 2" in mia.get(JUDGE).text
    assert tried.status in (200, 404)
    ann = log_in("ann", "default")
    assert ann.get("/audits").status == 403
    assert ann.get(JUDGE).status == 403
    assert ann.get("/sources").status == 200
