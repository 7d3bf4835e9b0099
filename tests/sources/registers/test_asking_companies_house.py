"""How Companies House is asked: with a key, by number, else by name and city."""

import json
from base64 import b64decode
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sources.answers import Outcome
from sources.registers.companies_house import CompaniesHouse
from sources.registers.companies_house_profile import company_number
from sources.subject import Number, Subject
from tests.sources.conversations import Talk, pages, reply, talk

FILE = Path(__file__).parent / "companies_house.json"
PROFILES: dict[str, Any] = {
    row["record"]["company_number"]: row["record"] for row in json.loads(FILE.read_text("utf-8"))
}


def ask(about: Subject, table: dict[str, Any], key: str = "some-key") -> Talk:
    source = CompaniesHouse()
    return talk(source.ask(about, ("industry",), key, date(2026, 11, 30)), pages(table))


def company(name: str = "Brandix Bakery Ltd", city: str | None = None, number: str = "") -> Subject:
    numbers = (Number("register_number", "GB", number),) if number else ()
    return Subject(names=(name,), country="GB", city=city, numbers=numbers)


def item(title: str, number: str, snippet: str = "") -> dict[str, str]:
    return {"title": title, "company_number": number, "snippet": snippet, "kind": "x"}


def profile(number: str) -> dict[str, Any]:
    return {f"/company/{number}": PROFILES[number]}


def test_without_a_key_nothing_is_asked() -> None:
    asked = ask(company(), {}, key="")
    assert (asked.answer.outcome, asked.urls) == (Outcome.NOT_ALLOWED, [])
    assert "SLUICE_COMPANIES_HOUSE_KEY" in asked.answer.reason


def test_the_key_is_the_user_name_of_http_basic() -> None:
    asked = ask(company(number="941200"), profile("00941200"))
    assert asked.urls == ["https://api.company-information.service.gov.uk/company/00941200"]
    kind, _, basic = asked.requests[0].headers["authorization"].partition(" ")
    assert (kind, b64decode(basic)) == ("Basic", b"some-key:")
    assert asked.answer.entries[0].asked_by_key


def test_a_wrong_number_leads_to_the_name() -> None:
    table = {"/search/": {"items": [item("BRANDIX BAKERY LIMITED", "00941200")]}}
    asked = ask(company(number="99999999"), {**table, **profile("00941200")})
    assert [one.number for one in asked.answer.entries] == ["00941200"]
    assert not asked.answer.entries[0].asked_by_key


def test_only_companies_of_the_name_are_asked_for_their_profile() -> None:
    items = [
        item("BRANDIX BAKERY HOLDINGS (EXTON) LIMITED", "11111111"),
        item("BRANDIX BAKERY LIMITED", "00941200"),
        item("SOMETHING ELSE LTD", "22222222"),
    ]
    asked = ask(company(), {"/search/": {"items": items}, **profile("00941200")})
    assert len(asked.urls) == 2
    assert [one.number for one in asked.answer.entries] == ["00941200"]


def test_a_former_name_is_found_in_the_snippet() -> None:
    items = [item("BRANDIX BAKERY LIMITED", "00941200", "OLD MILL BREAD COMPANY LIMITED")]
    about = company("Old Mill Bread Company")
    asked = ask(about, {"/search/": {"items": items}, **profile("00941200")})
    assert [one.number for one in asked.answer.entries] == ["00941200"]


def test_a_name_that_many_have_is_looked_for_in_the_city() -> None:
    many = [item("BRANDIX BAKERY LTD", f"1000000{at}") for at in range(6)]
    nearer = [{"company_name": "BRANDIX BAKERY LIMITED", "company_number": "00941200"}]
    table = {
        "/advanced-search/": {"items": nearer},
        "/search/": {"items": many},
        "/company/1": PROFILES["SC300417"],
    }
    asked = ask(company(city="Leeds"), {**table, **profile("00941200")})
    assert asked.answer.entries[0].city == "Leeds"
    assert "location=Leeds" in asked.urls[1]
    # One search by name, one by place, and at most three profiles.
    assert len(asked.urls) == 5


def test_no_company_of_the_name() -> None:
    assert ask(company(), {"/search/": {"items": []}}).answer.outcome is Outcome.NO_MATCH


@pytest.mark.parametrize(
    ("status", "outcome"), [(404, Outcome.NO_MATCH), (429, Outcome.RATE_LIMITED)]
)
def test_a_search_by_place_that_finds_nothing(status: int, outcome: Outcome) -> None:
    table = {"/advanced-search/": reply(b"", status), "/search/": {"items": []}}
    assert ask(company(city="Leeds"), table).answer.outcome is outcome


def test_a_profile_that_is_gone_is_erased() -> None:
    answer = ask(company(number="00941200"), {"/company/": reply(b"", 410)}).answer
    assert (answer.outcome, answer.erased) == (Outcome.NO_MATCH, ("00941200",))


def test_the_size_is_inferred_and_says_so() -> None:
    entry = ask(company(number="00941200"), profile("00941200")).answer.entries[0]
    guesses = [one for one in entry.facts if one.inferred]
    assert [(one.attribute, one.as_of, one.confidence) for one in guesses] == [
        ("employees", date(2025, 3, 31), 0.5)
    ]


def test_no_word_of_a_person_is_kept() -> None:
    assert "A Person" not in repr(ask(company(number="00941200"), profile("00941200")).answer)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("941200", "00941200"),
        ("00941200", "00941200"),
        ("sc 300417", "SC300417"),
        ("SC1", "SC000001"),
        ("IP00123R", "IP00123R"),
        ("123456789", ""),
        ("ABC12345", ""),
        ("HRB 4711", ""),
        ("", ""),
    ],
)
def test_company_numbers(written: str, number: str) -> None:
    assert company_number(written) == number
