"""Pairs that must stay apart and pairs that must meet, each as two rows of one list; those by name
alone stand in a table.
"""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from dedupe.engine import Clustering, cluster
from dedupe.explain import explain_pair
from dedupe.record import MatchRecord
from dedupe.review import doubtful

_TABLE = Path(__file__).parent / "hard_pairs.csv"
PAIRS = list(csv.DictReader(_TABLE.read_text(encoding="utf-8").splitlines()))


def of_table(are: str) -> list[object]:
    chosen = [row for row in PAIRS if row["are"] == are]
    return [
        pytest.param(
            row["left"],
            row["right"],
            row["country"],
            id=f"{row['left']} | {row['right']}: {row['remark']}",
        )
        for row in chosen
    ]


def two_rows(left: str, right: str, country: str) -> Clustering:
    return cluster([MatchRecord(1, left, country=country), MatchRecord(2, right, country=country)])


@pytest.mark.parametrize(("left", "right", "country"), of_table("apart"))
def test_different_companies_stay_apart(left: str, right: str, country: str) -> None:
    for found in (two_rows(left, right, country), two_rows(right, left, country)):
        assert len(found.clusters) == 2, found.explain(1, 2)


@pytest.mark.parametrize(("left", "right", "country"), of_table("one company"))
def test_spellings_of_one_company_meet(left: str, right: str, country: str) -> None:
    for found in (two_rows(left, right, country), two_rows(right, left, country)):
        assert len(found.clusters) == 1, found.explain(1, 2)
        assert all(found.reason(key) for key in (1, 2))


def test_every_row_of_the_table_is_tested_once() -> None:
    assert {row["are"] for row in PAIRS} == {"apart", "one company"}
    assert len({frozenset((row["left"], row["right"])) for row in PAIRS}) == len(PAIRS)
    assert all(row["remark"] for row in PAIRS)


#: Pairs that a naive measure calls alike, by what Jaro-Winkler makes of them; nobody is asked to
#: look at them.
NAIVELY_ALIKE = [
    ("Bank of the West", "Bank of the East", 0.975),
    ("Central Park", "Valley Media", 0.897),
    ("Stripe", "Strix", 0.89),
    ("Royal Bank", "Royal Mail", 0.88),
    ("SIA Rimi", "SIA Maxima", 0.87),
    ("ACY Capital", "Soda Capital", 0.82),
    ("OOO Gazprom", "OOO Lukoil", 0.76),
]


@pytest.mark.parametrize(("left", "right", "naive"), NAIVELY_ALIKE)
def test_what_is_naively_alike_is_not_even_doubtful(left: str, right: str, naive: float) -> None:
    assert not doubtful(two_rows(left, right, ""), 10), naive


ACME = MatchRecord(1, "Acme Robotics")

# left, right, company_is, together, why
ATTRIBUTES = [
    (
        replace(ACME, domains=("acme.example",)),
        MatchRecord(2, "Blue Whale Catering", domains=("acme.example",)),
        "legal_entity",
        False,
        "a shared domain alone",
    ),
    (
        replace(ACME, register_number="HRB 1"),
        MatchRecord(2, "Blue Whale Catering", register_number="HRB 1"),
        "legal_entity",
        False,
        "a shared number alone",
    ),
    (
        replace(ACME, phones=("+49301234567",)),
        MatchRecord(2, "Blue Whale Catering", phones=("+49301234567",)),
        "legal_entity",
        False,
        "a shared phone alone",
    ),
    (
        replace(ACME, register_number="HRB 111"),
        replace(ACME, key=2, register_number="HRB 222"),
        "legal_entity",
        False,
        "two register entries",
    ),
    (
        replace(ACME, register_number="HRB 111"),
        replace(ACME, key=2, register_number="HRB 222"),
        "group",
        True,
        "one group",
    ),
    (
        replace(ACME, country="DE"),
        replace(ACME, key=2, country="FR"),
        "legal_entity",
        False,
        "two countries are two legal entities",
    ),
    (replace(ACME, country="DE"), replace(ACME, key=2, country="FR"), "group", True, "one group"),
    (
        replace(ACME, name="Acme Robotics GmbH"),
        replace(ACME, key=2, name="Acme Robotics AG"),
        "brand",
        True,
        "one brand",
    ),
    (
        replace(ACME, street="12 High St", city="Exton"),
        replace(ACME, key=2, street="98 Low Rd", city="Wyeford"),
        "site",
        False,
        "two sites",
    ),
    (
        replace(ACME, street="12 High St"),
        MatchRecord(2, "Acme Robotic Ltd", street="12 High Street"),
        "site",
        True,
        "one site",
    ),
    (
        replace(ACME, domains=("acme.example",)),
        replace(ACME, key=2, domains=("getacme.example",)),
        "legal_entity",
        False,
        "one name, two sites: a name many take",
    ),
    (
        replace(ACME, domains=("acme.example",)),
        replace(ACME, key=2, domains=("acme.test",)),
        "legal_entity",
        True,
        "one name, the same site under another ending",
    ),
    (
        MatchRecord(1, "Parcel", domains=("parcel.dev",), city="Exton"),
        MatchRecord(2, "Parcel", domains=("parcel.space",)),
        "legal_entity",
        False,
        "a short word that two took under different endings",
    ),
    (
        MatchRecord(1, "Parcel", domains=("parcel.com",)),
        MatchRecord(2, "Parcel", domains=("parcel.de",)),
        "legal_entity",
        True,
        "the site for one country",
    ),
    (
        MatchRecord(1, "Quorvian", aliases=("Stealth Co",), city="Exton"),
        MatchRecord(2, "Brandix", aliases=("In Stealth",), city="Exton"),
        "legal_entity",
        False,
        "a name that startups have before they have one",
    ),
    (
        MatchRecord(1, "Quorvian", aliases=("Lumen",), domains=("quorvian.example",)),
        MatchRecord(2, "Lumen", domains=("lumen.example",)),
        "legal_entity",
        False,
        "a former name that another took",
    ),
    (
        MatchRecord(1, "Quorvian", aliases=("Inc.",)),
        MatchRecord(2, "Brandix", aliases=("Inc.",)),
        "legal_entity",
        False,
        "a legal form is no alias",
    ),
    (
        replace(ACME, aliases=("Zyxwell Ltd",)),
        MatchRecord(2, "Zyxwell Ltd"),
        "legal_entity",
        True,
        "an alias in full",
    ),
    (
        replace(ACME, aliases=("Zyxwell",), domains=("acme.example",)),
        MatchRecord(2, "Zyxwell", domains=("acme.example",)),
        "legal_entity",
        True,
        "an alias and the domain",
    ),
    (
        replace(ACME, aliases=("Zyxwell",), country="US", city="Exton"),
        MatchRecord(2, "Zyxwell", country="US", city="Exton"),
        "legal_entity",
        False,
        "an alias of one word and the place, as another company may have",
    ),
    (
        MatchRecord(1, "Widgetry", city="Exton", domains=("widgetry.example",)),
        MatchRecord(2, "Widgetry Partners", city="Exton", domains=("widgetry.example",)),
        "legal_entity",
        True,
        "name, city and domain",
    ),
    (
        MatchRecord(
            1, "Widgetry Ltd", street="4 Mill Lane, Exton", postcode="EX4 1AB", legal_form="ltd"
        ),
        MatchRecord(
            2,
            "Widgetry Group Ltd",
            street="4 Mill Lane, Exton",
            postcode="EX4 1AB",
            legal_form="ltd",
        ),
        "legal_entity",
        False,
        "full names of one group at one address",
    ),
    (
        MatchRecord(1, "Widgetry Ltd", street="4 Mill Lane, Exton", postcode="EX4 1AB"),
        MatchRecord(2, "Widgetry Group Ltd", street="4 Mill Lane, Exton", postcode="EX4 1AB"),
        "group",
        True,
        "the same two where a group counts as one",
    ),
    (
        MatchRecord(1, "Widgetry", street="4 Mill Lane, Exton", postcode="EX4 1AB"),
        MatchRecord(2, "Widgetry Group", street="4 Mill Lane, Exton", postcode="EX4 1AB"),
        "legal_entity",
        True,
        "a short name and a longer one at one address",
    ),
    (
        MatchRecord(1, "Widgetry", domains=("widgetry.example",), country="US", city="Exton"),
        MatchRecord(2, "Widgetry", domains=("widgetry.example",), country="IN", city="Puna"),
        "legal_entity",
        True,
        "one name and one site: a city abroad does not contradict twice",
    ),
    (
        MatchRecord(
            1,
            "Nordwind Shipping GmbH",
            domains=("nordwind.example",),
            street="Hafenstr. 1",
            postcode="20457",
        ),
        MatchRecord(
            2,
            "Nordwind Logistik GmbH",
            domains=("nordwind.example",),
            street="Hafenstr. 1",
            postcode="20457",
        ),
        "legal_entity",
        False,
        "two firms of one house share address and domain",
    ),
    (
        MatchRecord(
            1,
            "Nordwind Shipping GmbH",
            domains=("nordwind.example",),
            street="Hafenstr. 1",
            postcode="20457",
        ),
        MatchRecord(
            2,
            "Nordwind Logistik GmbH",
            domains=("nordwind.example",),
            street="Hafenstr. 1",
            postcode="20457",
        ),
        "group",
        True,
        "the same two where a group counts as one",
    ),
    (
        MatchRecord(1, "Smith Plumbing", city="Leeds", country="GB"),
        MatchRecord(2, "Smith Plumbing", city="Bristol", country="GB"),
        "legal_entity",
        False,
        "a name that every town has",
    ),
]


@pytest.mark.parametrize(("left", "right", "company_is", "together", "why"), ATTRIBUTES)
def test_attributes_weigh_for_and_against(
    left: MatchRecord, right: MatchRecord, company_is: str, together: bool, why: str
) -> None:
    found = cluster([left, right], company_is=company_is)
    assert (len(found.clusters) == 1) is together, f"{why}: {found.explain(1, 2)}"


def test_a_pair_is_explained_feature_by_feature() -> None:
    explanation = explain_pair(
        MatchRecord(1, "Acme Fund II", country="DE"), MatchRecord(2, "Acme Fund III", country="FR")
    )
    assert not explanation.together
    assert explanation.kept_apart_by == ("the numbers in the names differ", "DE is not FR")
    assert abs(sum(line.odds for line in explanation.lines) - explanation.odds) < 0.05
