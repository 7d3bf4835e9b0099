"""What registers and lists call the state of a company."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.lexicon.statuses import STATUSES, parse_status

KNOWN = [
    ("Active", "active"),
    ("ACTIVE", "active"),
    ("Public", "active"),
    ("Active - Proposal to Strike off", "active"),  # proposed is not done
    ("aktiv", "active"),
    ("En activité", "active"),
    ("действующая", "active"),
    ("Inactive", "inactive"),
    ("not active", "inactive"),
    ("cessata", "inactive"),
    ("Dissolved on 12 May 2020", "dissolved"),
    ("Company status: dissolved", "dissolved"),
    ("Radiée", "dissolved"),
    ("Gelöscht", "dissolved"),
    ("slettet", "dissolved"),
    ("In Administration", "insolvent"),
    ("ADMINISTRATION ORDER", "insolvent"),
    ("Voluntary Arrangement", "insolvent"),
    ("RECEIVERSHIP", "insolvent"),
    ("in Insolvenz", "insolvent"),
    ("Konkurs", "insolvent"),
    ("liquidation judiciaire", "insolvent"),
    ("Liquidation", "in_liquidation"),
    ("in Liquidation", "in_liquidation"),
    ("i.L.", "in_liquidation"),
    ("In liquidation since 2020", "in_liquidation"),
    ("w likwidacji", "in_liquidation"),
    ("in_liquidation", "in_liquidation"),
    ("Dormant Company", "dormant"),
    ("ruhend", "dormant"),
    ("Acquired", "acquired"),
    ("verschmolzen", "merged"),
]

UNKNOWN = [
    # In a year to come, in whatever form.
    "Dissolved 2940",
    "Dissolved (2940)",
    "Dissolved 31.12.2090",
    "",
    "-",
    "n/a",
    "no insolvency proceedings",
    "keine Insolvenz",
    "Active/Inactive",
    "Acquired by Example Inc",
    "LAPSED",
    "A",
    "x" * 5000,
]


@pytest.mark.parametrize(("text", "status"), KNOWN)
def test_statuses(text: str, status: str) -> None:
    assert parse_status(text) == status


@pytest.mark.parametrize("text", UNKNOWN)
def test_words_that_are_no_status_or_more_than_one(text: str) -> None:
    assert parse_status(text) is None


@pytest.mark.parametrize("status", sorted(STATUSES))
def test_every_status_is_its_own_word(status: str) -> None:
    assert parse_status(status) == status


@given(st.text(max_size=40))
def test_any_text_is_read_or_left(text: str) -> None:
    assert parse_status(text) in {None, *STATUSES}


def test_the_statuses_of_real_lists(data: Path) -> None:
    for name, column in (("yc.csv", "status"), ("companies-house-sample.csv", "CompanyStatus")):
        with (data / "companies" / name).open(encoding="utf-8", newline="") as file:
            assert {
                row[column] for row in csv.DictReader(file) if parse_status(row[column]) is None
            } == set()
