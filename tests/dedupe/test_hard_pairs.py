"""Pairs that must stay apart and pairs that must meet, each as two rows of one list."""

from dataclasses import replace

import pytest

from dedupe.engine import cluster
from dedupe.explain import explain_pair
from dedupe.record import MatchRecord

# left, right, what is known besides, why
APART = [
    ("Bank of the West", "Bank of the East", {}, "only common words are shared"),
    ("Central Park", "Valley Media", {}, "nothing is shared"),
    ("Royal Bank", "Royal Mail", {}, "royal is common"),
    ("SIA Rimi", "SIA Maxima", {}, "a legal form is no name"),
    ("OOO Gazprom", "OOO Lukoil", {}, "a legal form is no name"),
    ("Stripe", "Strix", {}, "short words that look alike"),
    ("ACY Capital", "Soda Capital", {}, "capital is common"),
    ("National Traders", "National Agency", {}, "national is common"),
    ("Acme Inc", "Acme GmbH", {}, "two legal entities"),
    ("Acme GmbH", "Acme AG", {}, "two legal entities"),
    ("Acme Fund II LP", "Acme Fund III LP", {}, "numbers"),
    ("Acme Fund 2", "Acme Fund 3", {"country": "US"}, "numbers"),
    ("Hotel Adler Musterstadt", "Hotel Krone Musterstadt", {"country": "DE"}, "two hotels of a town"),
    ("Sparkasse Ahausen", "Sparkasse Behausen", {}, "two savings banks"),
    ("Volksbank Nord eG", "Volksbank Süd eG", {}, "two cooperative banks"),
    ("First National Bank of Springfield", "First National Bank of Shelbyville", {"country": "US"}, "places differ"),
    ("Smith Consulting", "Smith Plumbing", {"country": "GB"}, "a family name and two trades"),
    ("Green Energy Solutions", "Green Energy Systems", {}, "nothing but common words"),
    ("Global Logistics Services", "Global Logistics Solutions", {}, "nothing but common words"),
    ("Digital Media Group", "Digital Marketing Group", {}, "nothing but common words"),
    ("University of Northtown", "University of Southtown", {}, "the places differ"),
    ("St. Mary's Hospital", "St. Mark's Hospital", {}, "two saints"),
    ("Alpha Trading", "Beta Trading", {}, "different first words"),
    ("Maritime Export", "Maritime Import", {}, "two trades"),
    ("Nordic Paper", "Nordic Steel", {}, "two trades"),
    ("Müller Bau", "Müller Backwaren", {"country": "DE"}, "a family name and two trades"),
    ("Delta Airfreight", "Delta Dental", {}, "two trades"),
    ("Apex Roofing", "Apex Plumbing", {"country": "US"}, "two trades"),
    ("Sunrise Bakery", "Sunset Bakery", {}, "words that look alike"),
    ("Unit 4", "Unit 5", {}, "numbers"),
    ("Channel 4 Television", "Channel 5 Television", {"country": "GB"}, "numbers"),
    ("Borough of Eastham", "Borough of Westham", {"country": "GB"}, "two boroughs"),
    ("American Steel", "American Water", {"country": "US"}, "american is common"),
    ("Blue Ocean Shipping", "Blue Ocean Dental", {}, "two trades"),
    ("TCS", "TCL", {}, "three letters that differ"),
    ("ABC Ltd", "ABD Ltd", {}, "three letters that differ"),
    ("Premier Foods", "Premier Farnell", {}, "a common first word"),
    ("General Motors", "General Mills", {}, "a common first word"),
    ("Standard Chartered", "Standard Life", {}, "a common first word"),
    ("Deutsche Bank", "Deutsche Post", {"country": "DE"}, "a common first word"),
]


@pytest.mark.parametrize(("left", "right", "known", "why"), APART)
def test_different_companies_stay_apart(left: str, right: str, known: dict[str, str], why: str) -> None:
    found = cluster([MatchRecord(1, left, **known), MatchRecord(2, right, **known)])
    assert len(found.clusters) == 2, f"{why}: {found.explain(1, 2)}"


# left, right, what is known besides, why
MEET = [
    ("OOO Romashka", "Romashka", {}, "the bare brand"),
    ("Romashka OOO", "ООО Ромашка", {}, "transliterated"),
    ("Acme GmbH", "ACME Gesellschaft mit beschränkter Haftung", {}, "the form spelled out"),
    ("Acme Robotics Ltd", "Acme Robotics Limited", {}, "the form spelled out"),
    ("Muster systemtechnikGmbH", "Muster Systemtechnik GmbH", {}, "a glued form"),
    ("Marks & Example", "Marks and Example plc", {}, "&"),
    ("Łódzka Fabryka Wzorcowa", "Lodzka Fabryka Wzorcowa Sp. z o.o.", {}, "accents"),
    ("株式会社サンプル", "サンプル", {}, "a form of another script"),
    ("Acme Fund II", "Acme Fund 2 LP", {}, "roman numerals"),
    ("Zyxwell Technologies Inc", "Zyxwell Technology", {}, "a plural"),
    ("Zyxwell Intl.", "Zyxwell International", {}, "an abbreviation"),
    ("Quorvian Pharmaceuticals", "Quorvian Pharma GmbH", {}, "an abbreviation"),
    ("Brandix Software", "Brandxi Software", {}, "letters swapped"),
    ("Hallbergmoos Maschinenbau", "Hallbergmos Maschinenbau", {"country": "DE"}, "a letter missing"),
    ("The Quibbleton Company", "Quibbleton", {}, "article and company"),
    ("I.B.X. Corporation", "IBX", {}, "initials with dots"),
    ("Institut Zyxwell", "Zyxwell Institute", {"country": "FR"}, "order and language"),
    ("Soft Vortex", "SoftVortex", {}, "a space"),
    ("Vortexa-Soft", "Vortexa Soft", {}, "a hyphen"),
    ("Zyxwell (Deutschland) GmbH", "Zyxwell GmbH", {"country": "DE"}, "the country in brackets"),
    ("Zyxwell GmbH i.L.", "Zyxwell GmbH", {}, "in liquidation"),
    ("Quorvian Ltd (formerly Brandix Ltd)", "Brandix Ltd", {}, "the former name"),
    ("Quorvian Ltd t/a Brandix", "Brandix", {}, "the trading name"),
    ("L'Exemplaire SA", "LExemplaire", {}, "an apostrophe"),
    ("Müllerei Beispiel", "Muellerei Beispiel", {"country": "DE"}, "ue for ü"),
]


@pytest.mark.parametrize(("left", "right", "known", "why"), MEET)
def test_spellings_of_one_company_meet(left: str, right: str, known: dict[str, str], why: str) -> None:
    found = cluster([MatchRecord(1, left, **known), MatchRecord(2, right, **known)])
    assert len(found.clusters) == 1, f"{why}: {found.explain(1, 2)}"
    assert all(found.reason(key) for key in (1, 2))


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
    (replace(ACME, register_number="HRB 111"), replace(ACME, key=2, register_number="HRB 222"), "group", True, "one group"),
    (replace(ACME, country="DE"), replace(ACME, key=2, country="FR"), "legal_entity", False, "two countries are two legal entities"),
    (replace(ACME, country="DE"), replace(ACME, key=2, country="FR"), "group", True, "one group"),
    (replace(ACME, name="Acme Robotics GmbH"), replace(ACME, key=2, name="Acme Robotics AG"), "brand", True, "one brand"),
    (
        replace(ACME, street="12 High St", city="Exton"),
        replace(ACME, key=2, street="98 Low Rd", city="Wyeford"),
        "site",
        False,
        "two sites",
    ),
    (replace(ACME, street="12 High St"), MatchRecord(2, "Acme Robotic Ltd", street="12 High Street"), "site", True, "one site"),
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
    (replace(ACME, aliases=("Zyxwell",)), MatchRecord(2, "Zyxwell"), "legal_entity", True, "an alias"),
    (
        MatchRecord(1, "Widgetry", city="Exton", domains=("widgetry.example",)),
        MatchRecord(2, "Widgetry Partners", city="Exton", domains=("widgetry.example",)),
        "legal_entity",
        True,
        "name, city and domain",
    ),
]


@pytest.mark.parametrize(("left", "right", "company_is", "together", "why"), ATTRIBUTES)
def test_attributes_weigh_for_and_against(left: MatchRecord, right: MatchRecord, company_is: str, together: bool, why: str) -> None:
    found = cluster([left, right], company_is=company_is)
    assert (len(found.clusters) == 1) is together, f"{why}: {found.explain(1, 2)}"


def test_a_pair_is_explained_feature_by_feature() -> None:
    explanation = explain_pair(MatchRecord(1, "Acme Fund II", country="DE"), MatchRecord(2, "Acme Fund III", country="FR"))
    assert not explanation.together
    assert explanation.kept_apart_by == ("the numbers in the names differ", "DE is not FR")
    assert abs(sum(line.odds for line in explanation.lines) - explanation.odds) < 0.05
