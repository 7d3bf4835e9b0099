"""A manager decides pairs of records in the browser."""

import re
from pathlib import Path

import pytest

from tests.console.conftest import Sluice
from tests.web.browser import Browser, Page
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


def pairs(sluice: Sluice, folder: Path, *names: str) -> None:
    """Import two records of each name, which may be one company."""
    rows = [f"{name},,,{name}.example\n{name},,Exton,{name}.test\n" for name in names]
    (folder / "pairs.csv").write_text("name,country,city,domain\n" + "".join(rows), "utf-8")
    sluice("import", folder / "pairs.csv", "--as", "mia")


def shown(page: Page) -> str:
    """The company of the pair that a page asks about."""
    found = re.search(r"(\w+)\.example", page.text)
    assert found
    return found[1]


def test_every_pair_can_be_left_for_later(mia: Browser, sluice: Sluice, tmp_path: Path) -> None:
    pairs(sluice, tmp_path, "brodex", "calvion")
    page, seen = mia.get("/duplicates"), []
    while "Left to decide" in page.text:
        seen.append(shown(page))
        page = mia.get(page.link_of("u"))
    assert sorted(seen) == ["brodex", "calvion", "quorvian"]
    assert "You left 3 pairs for later" in page.text


def test_no_pair_is_passed_over_when_a_pair_that_was_left_is_decided(
    mia: Browser, sluice: Sluice, tmp_path: Path
) -> None:
    pairs(sluice, tmp_path, "brodex", "calvion")
    first = mia.get("/duplicates")
    second = mia.get(first.link_of("u"))
    mia.send(first, ANSWER, said="different")
    assert shown(mia.get(first.link_of("u"))) == shown(second)
    third = mia.send(second, ANSWER, said="different")
    assert len({shown(one) for one in (first, second, third)}) == 3


@pytest.mark.parametrize("query", ["doubt=nan", "doubt=x", "doubt=0.4&left=x"])
def test_a_place_that_is_none_is_refused(mia: Browser, query: str) -> None:
    assert mia.get(f"/duplicates?{query}").status == 422


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
