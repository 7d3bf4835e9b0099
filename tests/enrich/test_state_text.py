"""A page that scripts fill is read by what its state says, with that as the place; others are not."""

import json
import time
from typing import Any

import pytest

from enrich.extract import try_extract
from enrich.parked import parked
from enrich.state_text import state_text
from tests.made_pages import document

IMPRINT = (
    "<h1>Impressum</h1><p>Kerbholz GmbH<br>Beispielweg 5<br>10115 Berlin</p><p>Tel. 030 901820</p>"
)
SHELL = '<html lang=de><title>Kerbholz</title><div id="__next"></div><script src=/a.js></script>'


def shell(state: Any, opening: str = '<script id="__NEXT_DATA__" type="application/json">') -> str:
    return f"{SHELL}{opening}{json.dumps(state)}</script>"


def read(html: str) -> dict[str, tuple[Any, str]]:
    page = document(html, "https://www.kerbholz.example/impressum", "imprint")
    return {one.attribute: (one.value, one.method) for one in try_extract(page).facts}


@pytest.mark.parametrize(
    "opening",
    [
        '<script id="__NEXT_DATA__" type="application/json">',
        '<script type="application/json" data-page>',
        "<script>window.__NUXT__=",
        "<script>window.__INITIAL_STATE__ = ",
        '<script>window["__PRELOADED_STATE__"] = ',
        "<script>var __APP_DATA__ = ",
        "<script>self.__remixContext__ = ",
        "<script>window.APP_STATE=",
    ],
)
def test_the_text_of_a_shell_is_in_its_state(opening: str) -> None:
    page = shell({"props": {"page": {"blocks": [{"body": IMPRINT}]}}}, opening)
    found = read(page)
    assert found["legal_name"] == ("Kerbholz GmbH", "state_text")
    assert found["postcode"] == ("10115", "state_text")
    assert found["phone"] == ("+4930901820", "state_text")
    assert parked(document(page)) == ("needs_browser",)


def test_a_page_with_text_of_its_own_is_read_as_it_shows() -> None:
    text = "<p>" + "Wir fertigen Ventile und Klappen für Schüttgut in eigener Werkstatt. " * 6
    found = read(shell({"page": IMPRINT}) + text)
    assert "legal_name" not in found


@pytest.mark.parametrize(
    "state",
    [
        {"customer": {"name": "Anders AG", "phone": "+49 30 111111", "city": "Bonn"}},
        {"className": "a very long list of names of classes", "href": IMPRINT},
        {"code": "function f(a) { return a => b of all of them }"},
        {"menu": ["Impressum", "Kontakt", "Anders GmbH"]},
        [],
        None,
        "text",
    ],
)
def test_records_labels_and_code_are_no_text(state: Any) -> None:
    assert state_text([json.dumps(state)]) == ""


@pytest.mark.parametrize(
    "state", ["{", "(function(a){return {a:a}})(1)", "[" * 50_000, '{"a":' * 50_000, "\0", ""]
)
def test_a_broken_state_is_none(state: str) -> None:
    assert state_text([state]) == ""


def test_a_huge_state_takes_no_time() -> None:
    many = json.dumps([{"body": f"{IMPRINT}{number}"} for number in range(20_000)])[:990_000] + "]"
    deep = json.dumps({"a": [["one two three four five six seven"] * 400] * 400})
    before = time.process_time()
    assert len(state_text([deep, many])) <= 60_000
    assert time.process_time() - before < 3
