"""How Wikidata is asked: by numbers, else by name; only items that are companies count."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from leads.facts import Scope
from sources.answers import Outcome
from sources.exchange import Request, Response
from sources.registers.wikidata import Wikidata
from sources.subject import Number, Subject
from tests.sources.conversations import RECEIVED, Talk, reply, talk

HERE = Path(__file__).parent
ITEMS: dict[str, Any] = {
    row["record"]["id"]: row["record"]
    for row in json.loads((HERE / "wikidata.json").read_text("utf-8"))
}
NAMES: dict[str, str] = json.loads((HERE / "wikidata_names.json").read_text("utf-8"))[0]
TOWN = {"id": "Q77", "labels": {"en": {"value": "Vellmoor"}}, "claims": {}}


def wikidata(found: list[str], named: list[str]) -> Any:
    """A Wikidata that finds items by number and by name."""
    items = {**ITEMS, "Q77": TOWN}
    labels = {one: {"labels": {"en": {"value": name}}} for one, name in NAMES.items()}

    def answered(request: Request) -> Response:
        asked = {key: one[0] for key, one in parse_qs(urlsplit(request.url).query).items()}
        if asked["action"] == "query":
            return reply({"query": {"search": [{"title": one} for one in found]}})
        if asked["action"] == "wbsearchentities":
            return reply({"search": [{"id": one} for one in named], "success": 1})
        known = items if "claims" in asked["props"] else labels
        return reply({"entities": {one: known.get(one) for one in asked["ids"].split("|")}})

    return answered


def ask(about: Subject, answered: Any) -> Talk:
    return talk(Wikidata().ask(about, ("employees",), "", date(2026, 11, 30)), answered)


def test_all_numbers_are_asked_for_at_once() -> None:
    numbers = (Number("register_number", "GB", "00941200"), Number("lei", "", "5299" * 5))
    about = Subject(names=("Brandix",), country="GB", numbers=numbers)
    asked = ask(about, wikidata(["Q9000002"], []))
    assert "haswbstatement%3AP1278%3D52995299529952995299%7CP2622%3D00941200" in asked.urls[0]
    entry = asked.answer.entries[0]
    assert (entry.country, entry.number, entry.asked_by_key) == ("GB", "00941200", True)
    assert len(asked.urls) == 3


@pytest.mark.parametrize(
    ("number", "asked"),
    [
        (Number("register_number", "GB", "941200"), "P2622=00941200"),
        (Number("register_number", "GB", "SC300417"), "P2622=SC300417"),
        (Number("CIK", "US", "1999001"), "P5531=0001999001"),
        (Number("ORGNR", "NO", "923 609 999"), "P2333=923609999"),
        (Number("KVK", "NL", "24.00.01.11"), "P3220=24000111"),
    ],
)
def test_numbers_are_asked_for_as_wikidata_writes_them(number: Number, asked: str) -> None:
    url = ask(Subject(names=("Brandix",), numbers=(number,)), wikidata([], [])).urls[0]
    assert parse_qs(urlsplit(url).query)["srsearch"] == [f"haswbstatement:{asked}"]


@pytest.mark.parametrize(("country", "language"), [("DE", "de"), ("NO", "nb"), (None, "en")])
def test_a_name_is_looked_for_in_the_language_of_its_country(
    country: str | None, language: str
) -> None:
    asked = ask(Subject(names=("Vellmoor",), country=country), wikidata([], ["Q9000001"]))
    assert parse_qs(urlsplit(asked.urls[0]).query)["language"] == [language]
    assert asked.answer.outcome is Outcome.FOUND


def test_an_item_without_the_number_leads_to_the_name() -> None:
    about = Subject(names=("Vellmoor",), numbers=(Number("lei", "", "5299" * 5),))
    asked = ask(about, wikidata(["Q9000001"], ["Q9000001"]))
    assert len(asked.urls) == 5
    assert not asked.answer.entries[0].asked_by_key


def test_of_the_items_of_a_name_only_companies_count() -> None:
    asked = ask(Subject(names=("Vellmoor GmbH",)), wikidata([], ["Q77", "Q9000001", "Q9000009"]))
    assert [one.name for one in asked.answer.entries] == ["Vellmoor"]
    assert asked.answer.entries[0].url == "https://www.wikidata.org/wiki/Q9000001"


@pytest.mark.parametrize("named", [[], ["Q77"], ["odd", "Q0"]])
def test_no_company_of_the_name(named: list[str]) -> None:
    assert ask(Subject(names=("Vellmoor",)), wikidata([], named)).answer.outcome is Outcome.NO_MATCH


def test_sizes_are_those_of_the_group_at_their_time() -> None:
    entry = ask(Subject(names=("Vellmoor",)), wikidata([], ["Q9000001"])).answer.entries[0]
    sizes = {one.attribute: one for one in entry.facts if one.scope is Scope.GROUP}
    assert set(sizes) == {"employees", "turnover"}
    assert sizes["employees"].as_of == date(2024, 12, 31)
    assert sizes["employees"].confidence == 0.8


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("maxlag", Outcome.RATE_LIMITED),
        ("ratelimited", Outcome.RATE_LIMITED),
        ("badvalue", Outcome.FAILED),
    ],
)
def test_errors_come_with_status_200(code: str, outcome: Outcome) -> None:
    response = reply({"error": {"code": code, "info": "x"}}, 200, {"retry-after": "5"})
    answer = ask(Subject(names=("Vellmoor",)), lambda _: response).answer
    assert answer.outcome is outcome
    assert code in answer.reason
    assert (answer.not_before is None) == (outcome is Outcome.FAILED)
    assert answer.not_before is None or (answer.not_before - RECEIVED).seconds == 5
