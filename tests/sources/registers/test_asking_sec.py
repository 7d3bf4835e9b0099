"""How the SEC is asked: by CIK, else by the names of all listed companies; then for turnover."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from leads.facts import Scope
from sources.answers import Outcome
from sources.registers.sec import Sec
from sources.subject import Number, Subject
from tests.sources.conversations import RECEIVED, Talk, pages, reply, talk

FILE = Path(__file__).parent / "sec.json"
MOTORS: Any = json.loads(FILE.read_text("utf-8"))[0]["record"]
PERSON: Any = json.loads(FILE.read_text("utf-8"))[6]["record"]
LISTED = {
    "0": {"cik_str": 1999001, "ticker": "ZYXM", "title": "ZYXWELL MOTORS, INC."},
    "1": {"cik_str": 1999001, "ticker": "ZYXMP", "title": "ZYXWELL MOTORS, INC."},
    "2": {"cik_str": 1999003, "ticker": "ZYXR", "title": "Zyxwell Robotics Corp"},
    "3": {"cik_str": "odd", "ticker": "", "title": "Zyxwell Motors"},
}
BY_CIK = Subject(names=("Zyxwell",), country="US", numbers=(Number("CIK", "US", "1999001"),))
BY_NAME = Subject(names=("Zyxwell Motors",), country="US")


def ask(about: Subject, table: dict[str, Any], *wanted: str) -> Talk:
    return talk(Sec().ask(about, wanted or ("industry",), "", date(2026, 11, 30)), pages(table))


def test_the_cik_comes_first() -> None:
    asked = ask(BY_CIK, {"CIK0001999001": MOTORS})
    assert asked.urls == ["https://data.sec.gov/submissions/CIK0001999001.json"]
    entry = asked.answer.entries[0]
    # A CIK is no number of a register that lists hold: the facts are the company's own.
    assert (entry.country, entry.number, entry.asked_by_key) == ("US", "", True)


def test_a_name_is_found_among_the_listed_companies_once() -> None:
    asked = ask(BY_NAME, {"company_tickers": LISTED, "CIK0001999001": MOTORS})
    assert [one.name for one in asked.answer.entries] == ["Zyxwell Motors, Inc."]
    assert len(asked.urls) == 2


def test_a_name_that_nobody_listed_has() -> None:
    asked = ask(Subject(names=("Unheard Of",)), {"company_tickers": LISTED})
    assert asked.answer.outcome is Outcome.NO_MATCH


def test_nothing_is_read_of_a_person() -> None:
    asked = ask(BY_CIK, {"CIK0001999001": PERSON})
    assert (asked.answer.outcome, asked.answer.entries) == (Outcome.NOT_COVERED, ())


def test_who_asks_too_fast_is_shut_out_for_ten_minutes() -> None:
    page = b"<html><title>SEC.gov | Request Rate Threshold Exceeded</title></html>"
    answer = ask(BY_CIK, {"": reply(page, 403)}).answer
    assert answer.outcome is Outcome.RATE_LIMITED
    assert answer.not_before == RECEIVED + timedelta(minutes=10)
    assert ask(BY_CIK, {"": reply(b"", 403)}).answer.outcome is Outcome.NOT_ALLOWED


def year(end: str, value: Any, **more: Any) -> dict[str, Any]:
    start = f"{int(end[:4]) - (0 if end[5:] == '12-31' else 1)}-01-01"
    said = {"start": start, "end": end, "val": value, "fy": 2024, "fp": "FY", "form": "10-K"}
    return {**said, "filed": "2025-02-01", **more}


def us(**concepts: Any) -> dict[str, Any]:
    return {"us-gaap": {name: {"units": {"USD": found}} for name, found in concepts.items()}}


EXCLUDING = "RevenueFromContractWithCustomerExcludingAssessedTax"


@pytest.mark.parametrize(
    ("facts", "turnover"),
    [
        (us(Revenues=[year("2023-12-31", 90), year("2024-12-31", 100)]), "100 USD 2024-12-31"),
        # A filer that changed to another concept.
        (
            us(SalesRevenueNet=[year("2016-12-31", 70)], **{EXCLUDING: [year("2024-12-31", 120)]}),
            "120 USD 2024-12-31",
        ),
        # Both concepts for one year: all revenues count.
        (
            us(Revenues=[year("2024-12-31", 100)], **{EXCLUDING: [year("2024-12-31", 80)]}),
            "100 USD 2024-12-31",
        ),
        # A year that was corrected, quarters, and a report about the future.
        (
            us(
                Revenues=[
                    year("2024-12-31", 100),
                    year("2024-12-31", 101, filed="2025-06-01", form="10-K/A"),
                    year("2025-12-31", 30, start="2025-10-01"),
                    year("2025-12-31", 31, form="10-Q"),
                    year("2031-12-31", 9),
                ]
            ),
            "101 USD 2024-12-31",
        ),
        # A filer of a foreign country.
        (
            {"ifrs-full": {"Revenue": {"units": {"EUR": [year("2024-12-31", 55, form="20-F")]}}}},
            "55 EUR 2024-12-31",
        ),
        (us(Revenues=[year("2024-12-31", -5), year("2023-12-31", 10**400)]), None),
        (us(Revenues=[year("2024-12-31", None), year("2024", 5, start="x")]), None),
        ({"us-gaap": {"Revenues": {"units": {"shares": [year("2024-12-31", 5)]}}}}, None),
        ({"us-gaap": []}, None),
    ],
)
def test_the_turnover_of_the_latest_year(facts: Any, turnover: str | None) -> None:
    asked = ask(BY_CIK, {"submissions": MOTORS, "companyfacts": {"facts": facts}}, "turnover")
    found = [one for one in asked.answer.entries[0].facts if one.attribute == "turnover"]
    assert [f"{one.value} {one.as_of}" for one in found] == ([turnover] if turnover else [])
    assert all(one.scope is Scope.GROUP for one in found)


@pytest.mark.parametrize(
    ("response", "outcome"),
    [
        (reply(b"", 404), Outcome.FOUND),
        (reply(b"", 500), Outcome.FAILED),
        (reply([]), Outcome.FAILED),
    ],
)
def test_a_turnover_that_cannot_be_read(response: Any, outcome: Outcome) -> None:
    table = {"submissions": MOTORS, "companyfacts": response}
    assert ask(BY_CIK, table, "turnover").answer.outcome is outcome
    # Half an answer would say that there is no turnover.
    assert ask(BY_CIK, table, "turnover", "industry").answer.outcome is outcome


@pytest.mark.parametrize("subject", [BY_CIK, BY_NAME])
def test_a_filer_that_is_gone_is_erased_as_its_facts_name_it(subject: Subject) -> None:
    table = {"company_tickers": LISTED, "CIK0001999001": reply(b"", 410)}
    answer = ask(subject, table).answer
    assert (answer.outcome, answer.erased) == (Outcome.NO_MATCH, ("CIK 0001999001",))


def test_turnover_that_is_gone_is_no_turnover() -> None:
    table = {"submissions": MOTORS, "companyfacts": reply(b"", 410)}
    answer = ask(BY_CIK, table, "turnover").answer
    assert answer.outcome is Outcome.FOUND
    assert not [one for one in answer.entries[0].facts if one.attribute == "turnover"]
