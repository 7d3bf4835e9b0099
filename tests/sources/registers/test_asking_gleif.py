"""How GLEIF is asked: by LEI, by national numbers in all their spellings, by name; then parents."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sources.answers import Outcome
from sources.registers.gleif import Gleif
from sources.registers.gleif_records import written_ways
from sources.subject import Number, Subject
from tests.sources.conversations import Talk, pages, reply, talk

ROWS: list[Any] = json.loads((Path(__file__).parent / "gleif.json").read_text("utf-8"))
RECORDS = {row["record"]["id"]: row["record"] for row in ROWS}
BRITISH, FRENCH, PERSON = "529900BRANDIXBAKER21", "969500PLINTHORPE0012", "894500SOLETRADERX022"
NAMED = "filter%5Bfulltext%5D"
NUMBERED = "filter%5Bentity.registeredAs%5D"


def ask(about: Subject, table: dict[str, Any], *wanted: str) -> Talk:
    return talk(Gleif().ask(about, wanted or ("status",), "", date(2026, 11, 30)), pages(table))


def company(*numbers: Number, country: str | None = "GB") -> Subject:
    return Subject(names=("Brandix Bakery Ltd",), country=country, numbers=numbers)


def found(*ids: str) -> dict[str, Any]:
    return {"meta": {}, "data": [RECORDS[one] for one in ids]}


def test_the_lei_comes_first() -> None:
    asked = ask(company(Number("lei", "", BRITISH)), {BRITISH: {"data": RECORDS[BRITISH]}})
    entry = asked.answer.entries[0]
    assert (entry.country, entry.number, entry.asked_by_key) == ("GB", "00941200", True)
    assert asked.urls == [f"https://api.gleif.org/api/v1/lei-records/{BRITISH}"]


def test_a_number_is_asked_for_as_issuers_write_it() -> None:
    about = company(Number("SIREN", "FR", "542051999"), country="FR")
    asked = ask(about, {f"{NUMBERED}=542+051+999": found(FRENCH), "lei-records?": found()})
    assert [one.number for one in asked.answer.entries] == ["542051999"]
    assert len(asked.urls) == 2


@pytest.mark.parametrize(
    ("country", "number", "ways"),
    [
        ("GB", "941200", ["00941200"]),
        ("NO", "923 609 999", ["923609999", "923 609 999"]),
        ("FI", "0112038-9", ["0112038-9"]),
        ("SE", "5565792248", ["5565792248", "556579 2248"]),
        # Each court and each state issues its own numbers: HRB 4711 is a hundred companies.
        ("DE", "HRB 4711", []),
        ("US", "7650099", []),
        ("", "7650099", []),
    ],
)
def test_the_ways_to_write_a_number(country: str, number: str, ways: list[str]) -> None:
    assert written_ways(country, number) == ways


def test_a_number_of_another_country_is_another_company() -> None:
    about = company(Number("register_number", "GB", "542051999"))
    asked = ask(about, {NUMBERED: found(FRENCH), NAMED: found()})
    assert asked.answer.outcome is Outcome.NO_MATCH


def test_a_name_is_asked_for_in_the_country() -> None:
    asked = ask(company(), {NAMED: found(BRITISH)})
    assert "Brandix+Bakery&filter%5Bentity.legalAddress.country%5D=GB" in asked.urls[0]
    assert not asked.answer.entries[0].asked_by_key


PARENT = {"data": {"attributes": {"entity": {"legalName": {"name": "Orven Group plc"}}}}}
BY_LEI = company(Number("lei", "", BRITISH))


@pytest.mark.parametrize(
    ("table", "parents"),
    [
        ({"direct-parent": PARENT}, ["direct-parent: Orven Group plc"]),
        ({"ultimate-parent": PARENT}, ["ultimate-parent: Orven Group plc"]),
        ({}, []),
        ({"direct-parent": {"data": None}}, []),
    ],
)
def test_the_parent_is_stated_by_name(table: dict[str, Any], parents: list[str]) -> None:
    record = {BRITISH: {"data": RECORDS[BRITISH]}}
    asked = ask(BY_LEI, {**table, "-parent": reply(b"", 404), **record}, "parent", "status")
    facts = asked.answer.entries[0].facts
    assert [one.quote for one in facts if one.attribute == "parent"] == parents


@pytest.mark.parametrize("wanted", [("parent",), ("parent", "status")])
def test_a_parent_that_cannot_be_read_now_is_asked_for_again(wanted: tuple[str, ...]) -> None:
    table = {"-parent": reply(b"", 429), BRITISH: {"data": RECORDS[BRITISH]}}
    answer = ask(BY_LEI, table, *wanted).answer
    assert answer.outcome is Outcome.RATE_LIMITED
    assert "wants fewer questions" in answer.reason


def test_nothing_is_read_of_a_person_in_business() -> None:
    asked = ask(
        company(Number("lei", "", PERSON)), {PERSON: {"data": RECORDS[PERSON]}, NAMED: found()}
    )
    assert asked.answer.outcome is Outcome.NOT_COVERED


def test_a_record_that_is_gone_is_erased() -> None:
    answer = ask(BY_LEI, {BRITISH: reply(b"", 410)}).answer
    assert (answer.outcome, answer.erased) == (Outcome.NO_MATCH, (BRITISH,))
