"""One company becomes the cells of a profile: exact, mapped, cut, sourced, or left out."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from leads.errors import UsageError
from leads.facts import Fact
from leads.known import Policy
from leads.stages import Stage
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse
from outreach.contact import Barrier, ContactDecision
from outreach.exports.channels import denied_in, denied_row, usable
from outreach.exports.company import ExportCompany, known_of
from outreach.exports.conditions import read_conditions
from outreach.exports.fields import FIELDS
from outreach.exports.profile import PROFILES
from outreach.exports.rows import Layout
from outreach.exports.selection import Only, Selection, must_stop, read_stages
from outreach.policy import CHANNELS, Ruling, Says
from tests.made_facts import TODAY, fact

Known = dict[str, Any]


def company(stage: Stage = Stage.PROSPECT, **known: Any) -> ExportCompany:
    facts: list[Fact] = []
    for name, values in known.items():
        for value in values if isinstance(values, list) else [values]:
            facts.append(fact(name, value))
    return ExportCompany(
        company_id=facts[0].id if facts else fact("name", "x").id,
        name="Acme Ltd",
        stage=stage,
        reason="it fits the profile",
        known=known_of(facts, Policy(today=TODAY)),
    )


@pytest.mark.parametrize(
    ("field", "known", "cell"),
    [
        ("employees_number", {"employees": Range(140, 140)}, 140),
        ("employees_number", {"employees": Range(51, 200)}, None),
        ("employees_low", {"employees": Range(51, 200)}, 51),
        ("employees_high", {"employees": Range(51, None)}, None),
        ("employees_band", {"employees": Range(60, 120)}, "51-200"),
        ("employees_band", {"employees": Range(51, 200)}, "51-200"),
        ("employees_band", {"employees": Range(100, 300)}, None),
        ("employees_band", {"employees": Range(20_000, None)}, "10001+"),
        ("employees_band", {"employees": Range(50, None)}, None),
        ("turnover_number", {"turnover": MoneyRange(Range(500_00, 500_00), "EUR")}, 500),
        ("turnover_low", {"turnover": MoneyRange(Range(500_00, 900_00), "EUR")}, 500),
        ("currency", {"turnover": MoneyRange(Range(1, 1), "GBP")}, "GBP"),
        ("country_name", {"country": "DE"}, "Germany"),
        ("website", {"domain": "acme.example"}, "https://acme.example/"),
        ("website", {"website": "http://www.acme.example/de"}, "http://www.acme.example/de"),
        ("phone", {"phone": "+4930123"}, "+4930123"),
        ("industry", {"industry": IndustryCode("text", "Machinery")}, ("Machinery",)),
        ("industry", {"industry": IndustryCode("nace2.0", "28.15")}, None),
        ("industry_code", {"industry": IndustryCode("nace2.0", "28.15")}, ("nace2.0:28.15",)),
        (
            "technologies",
            {"technology": [TechnologyUse("shopify"), TechnologyUse("magento", uses=False)]},
            ("shopify",),
        ),
        (
            "linkedin",
            {"social": "https://www.linkedin.com/company/acme"},
            "https://www.linkedin.com/company/acme",
        ),
        ("facebook", {"social": "https://www.linkedin.com/company/acme"}, None),
        ("email", {}, None),
        ("engagement", {}, None),
    ],
)
def test_fields(field: str, known: Known, cell: object) -> None:
    assert FIELDS[field].read(company(**known)) == cell


def test_hubspot_takes_its_own_industries_and_statuses_only() -> None:
    layout = Layout(PROFILES.find("hubspot"))
    known = company(industry=IndustryCode("text", "machinery"), domain="acme.example")
    row = layout.document(layout.cells(known))
    assert row["Industry"] == "MACHINERY"
    assert row["Lead Status"] == "NEW"
    assert row["Lifecycle Stage"] is None

    other = company(industry=IndustryCode("text", "Wind chimes"))
    assert layout.document(layout.cells(other))["Industry"] is None


def test_a_required_column_that_is_empty_is_named() -> None:
    layout = Layout(PROFILES.find("hubspot"))
    missing = layout.missing(layout.cells(company()))
    assert missing is not None
    assert missing.column == "Company Domain Name"
    assert layout.missing(layout.cells(company(domain="acme.example"))) is None


def test_texts_are_cut_joined_and_mapped() -> None:
    profile = PROFILES.read(
        "export: x\nversion: 1\ncolumns:\n"
        "  - {column: a, from: name, longest: 4}\n"
        "  - {column: b, from: technologies, joined_by: comma}\n"
        "  - {column: c, from: technologies, first: true}\n"
        "  - {column: d, from: country, values: {de: Deutschland}}\n"
        "  - {column: e, text: Sluice}\n",
        "x.yaml",
    )
    known = company(technology=[TechnologyUse("a1"), TechnologyUse("b2")], country="DE")
    assert Layout(profile).cells(known) == ["Acme", "a1, b2", "a1", "Deutschland", "Sluice"]


def test_sources_stand_behind_the_columns() -> None:
    layout = Layout(PROFILES.find("instantly"), with_sources=True)
    row = layout.document(layout.cells(company(phone="+4930123")))
    assert row["phone source"].startswith("list:")
    assert date.fromisoformat(row["phone as of"])
    assert row["website source"] is None


def test_a_dot_nests_in_json() -> None:
    layout = Layout(PROFILES.find("plain"))
    row = layout.document(layout.cells(company()))
    assert row["fit"] == {"worst": 0, "best": 0, "grade": None}


@pytest.mark.parametrize(
    ("text", "known", "meets"),
    [
        ("country=DE", {"country": "DE"}, True),
        ("country = germany", {"country": "DE"}, True),
        ("country!=DE", {"country": "FR"}, True),
        ("country!=DE", {}, False),
        ("employees_low>=50", {"employees": Range(51, 200)}, True),
        ("employees_high<=100", {"employees": Range(51, 200)}, False),
        ("employees_low>=1,000", {"employees": Range(51, 200)}, False),
        ("technologies=shopify", {"technology": [TechnologyUse("shopify")]}, True),
    ],
)
def test_conditions(text: str, known: Known, meets: bool) -> None:
    (condition,) = read_conditions([text])
    assert condition.meets(company(**known)) is meets


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("country", "is no condition"),
        ("contry=DE", "there is no field 'contry', did you mean country"),
        ("name>=5", "name is no number"),
        ("employees_low>=many", "'many' is not a whole number"),
    ],
)
def test_a_bad_condition_is_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        read_conditions([text])
    assert message in error.value.message


BARRED = {barrier: ContactDecision(barrier, "because") for barrier in Barrier}


@pytest.mark.parametrize(
    ("decision", "stage", "refusal"),
    [
        (ContactDecision(), Stage.PROSPECT, None),
        (ContactDecision(), Stage.SUSPECT, ""),
        (BARRED[Barrier.SUPPRESSED], Stage.PROSPECT, "suppressed"),
        (BARRED[Barrier.LEFT], Stage.PROSPECT, "no list names it any more, or it was merged"),
        (BARRED[Barrier.EXCLUDED], Stage.DISQUALIFIED, ""),
    ],
)
def test_what_is_selected(decision: ContactDecision, stage: Stage, refusal: str | None) -> None:
    selection = Selection(stages=read_stages(["prospect"]))
    assert selection.refusal(company(stage), decision) == refusal


def test_a_suppressed_company_is_refused_at_every_stage() -> None:
    every = Selection(stages=read_stages(["all"]))
    for stage in Stage:
        assert every.refusal(company(stage), BARRED[Barrier.SUPPRESSED]) == "suppressed"


@pytest.mark.parametrize(
    ("only", "before", "stays"),
    [
        (Only.ALL, "a", None),
        (Only.NEW, None, None),
        (Only.NEW, "b", "exported before"),
        (Only.CHANGED, "b", None),
        (Only.CHANGED, "a", "unchanged since the last export"),
        (Only.CHANGED, None, None),
    ],
)
def test_what_was_written_before(only: Only, before: str | None, stays: str | None) -> None:
    assert Selection(stages=None, only=only).stays(before, "a") == stays


@pytest.mark.parametrize(
    ("barrier", "stops"),
    [
        (None, False),
        (Barrier.LEFT, True),
        (Barrier.SUPPRESSED, True),
        (Barrier.EXCLUDED, True),
        (Barrier.HANDED_OVER, False),
        (Barrier.CLOSED, True),
    ],
)
def test_who_must_stop(barrier: Barrier | None, stops: bool) -> None:
    decision = BARRED[barrier] if barrier else ContactDecision()
    assert (must_stop(company(), decision) is not None) is stops


def test_one_that_no_longer_fits_must_stop() -> None:
    assert must_stop(company(Stage.DISQUALIFIED), ContactDecision()) == "it fits the profile"


def test_a_hash_changes_with_the_cells_only() -> None:
    layout = Layout(PROFILES.find("plain"))
    one = company(city="Leeds")
    assert layout.hash_of(layout.cells(one)) == layout.hash_of(layout.cells(replace(one)))
    assert layout.hash_of(["a", None]) != layout.hash_of(["a", ""])


@pytest.mark.parametrize(
    ("profile", "says", "known", "denied", "row"),
    [
        ("lemlist", Says.DENY, {"email": "info@acme.example"}, {"email"}, "no"),
        ("lemlist", Says.REVIEW, {"email": "info@acme.example"}, set(), None),
        ("lemlist", Says.DENY, {"phone": "+4930123"}, {"phone"}, None),
        ("apollo", Says.DENY, {"email": "info@acme.example", "phone": "+4930123"}, {"phone"}, None),
        ("outreach", Says.DENY, {"email": "info@acme.example"}, set(), None),
        ("plain", Says.DENY, {"phone": "+4930123"}, set(), None),
        ("hubspot", Says.DENY, {"phone": "+4930123", "email": "a@b.example"}, {"phone"}, None),
    ],
)
def test_denied_contact_points_stay_out_of_the_files_of_tools_that_use_them(
    profile: str, says: Says, known: Known, denied: set[str], row: str | None
) -> None:
    found = PROFILES.find(profile)
    acme = replace(company(**known), rulings=dict.fromkeys(CHANNELS, Ruling(says, "x", "no")))
    assert set(denied_in(found, acme)) == denied
    assert set(usable(found, acme, denied_in(found, acme)).known) == set(known) - denied
    assert denied_row(found, denied_in(found, acme)) == row
