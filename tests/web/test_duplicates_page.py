"""A manager decides pairs of records in the browser."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice
from tests.web.browser import Browser
from tests.web.conftest import LogIn

NAME = "Quorvian <b>Pumps</b>"
ROWS = f"""name,country,city,domain
{NAME},,,quorvian.example
{NAME},,Exton,quorvian.test
Brandix Bakery,GB,,brandix.example
"""
ANSWER = "/duplicates/answer"


@pytest.fixture
def mia(sluice: Sluice, log_in: LogIn, tmp_path: Path) -> Browser:
    browser = log_in("mia", "default", role="manager")
    file = tmp_path / "fair.csv"
    file.write_text(ROWS, "utf-8")
    sluice("import", file, "--as", "mia")
    return browser


def test_pairs_are_decided_and_answers_undone(mia: Browser, sluice: Sluice) -> None:
    page = mia.get("/duplicates")
    for text in (
        "Left to decide 1",
        "quorvian.example quorvian.test differs",
        "names are the same",
    ):
        assert text in page.text
    assert NAME not in page.html
    assert "for later" in mia.get("/duplicates?skip=1").text

    for said, companies in (("same", 2), ("part_of", 3), ("different", 3)):
        decided = mia.send(page, ANSWER, said=said, reason="a call")
        assert "No pair waits" in decided.text
        found = sluice("dedupe", "run", "--json", "--as", "mia").json
        assert found["companies"] == companies
        assert "this pair waits no longer" in mia.send(page, ANSWER, said="same").text
        undone = mia.send(decided, "/duplicates/undo")
        assert "are open again" in undone.text
        page = mia.get("/duplicates")
        assert "Left to decide 1" in page.text
    assert "you decided nothing" in mia.send(page, "/duplicates/undo").text


def test_a_reason_is_kept_for_its_pair_only(mia: Browser) -> None:
    page = mia.get("/duplicates")
    pair = page.hidden(ANSWER)
    assert f'data-keep="pair {pair["left"]} {pair["right"]}"' in page.html


def test_another_clients_pair_cannot_be_decided(
    mia: Browser, sluice: Sluice, log_in: LogIn
) -> None:
    page = mia.get("/duplicates")
    sluice("client", "add", "ostsee", "--as", "boss")
    ole = log_in("oda", "ostsee", role="manager")
    shown = ole.get("/duplicates")
    assert "Quorvian" not in shown.text
    key = shown.hidden("/duplicates/undo")
    tried = ole.post(ANSWER, page.hidden(ANSWER) | key | {"said": "same"})
    assert "this pair waits no longer" in tried.text
    assert "Left to decide 1" in mia.get("/duplicates").text
    assert log_in("ann", "default").get("/duplicates").status == 403
