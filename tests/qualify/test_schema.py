"""The JSON Schema that editors use: it takes what the grammar takes, and most of what the grammar
refuses it refuses too.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from jsonschema import Draft202012Validator

from leads.errors import UsageError
from qualify.profile.icp import Icp, load_icp
from qualify.profile.new_icp import compose, criterion, questions, understood
from qualify.profile.schema import schema
from tests.made_profiles import QUESTIONS

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").rglob("icp.yaml"))
VALIDATOR = Draft202012Validator(schema())


def errors(text: str) -> list[Any]:
    return list(VALIDATOR.iter_errors(yaml.safe_load(text)))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_examples_are_valid(path: Path) -> None:
    assert errors(path.read_text("utf-8")) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_valid(question: str) -> None:
    assert (
        errors(f"icp: x\nversion: 1\nsuspect: [{{{question}}}]\nscore: [{{points: 3, {question}}}]")
        == []
    )


@pytest.mark.parametrize(
    "body",
    [
        "suspect: [{employes: {at_least: 20}}]",
        "suspect: [{employees: 20}]",
        "suspect: [{employees: {atleast: 20}}]",
        "suspect: [{employees: {at_least: 20}, country: [DE]}]",
        "suspect: [{turnover: {at_least: 20}}]",
        "suspect: [{country: {starts_with: [D]}}]",
        "suspect: [{coordinates: {within_km: 5}}]",
        "suspect: [{hiring: {titel: [SDR]}}]",
        "suspect: [{at_least: {n: 2}}]",
        "suspect: [{country: [DE], if_unknown: perhaps}]",
        "score: [{country: [DE]}]",
        "prospects: []",
    ],
)
def test_what_the_grammar_refuses_an_editor_underlines(body: str) -> None:
    assert errors(f"icp: x\nversion: 1\n{body}")


@given(...)
def test_any_name_either_makes_a_profile_or_is_refused(name: str) -> None:
    try:
        made = compose(name, {"industry": "dentists"})
    except UsageError:
        return
    assert isinstance(load_icp(made, "x"), Icp)


@pytest.mark.parametrize(
    ("key", "answer", "line"),
    [
        ("industry", "dentists, 25.62", "industry: [dentists, 25.62]"),
        ("country", " GB ", "country: [GB]"),
        ("employees", "20-250", "employees: {between: [20, 250]}"),
        ("employees", "20+", "employees: {at_least: 20}"),
        ("sites", "3", "sites: {at_least: 3}"),
        ("sites", "at least three practices", "sites: {at_least: 3}"),
        ("sites", "three or more", "sites: {at_least: 3}"),
        ("employees", "more than 20", "employees: {at_least: 21}"),
        ("employees", "20 to 250 people", "employees: {between: [20, 250]}"),
        ("employees", "up to 250", "employees: {at_most: 250}"),
        ("turnover", "over 5 million euros", "turnover: {more_than: 5000000, currency: EUR}"),
        ("turnover", "€1m-€10m", "turnover: {between: [1000000, 10000000], currency: EUR}"),
        (
            "turnover",
            "1 million - 10 million GBP",
            "turnover: {between: [1 million, 10 million], currency: GBP}",
        ),
        ("industry", "dental groups, Bäckereien", "industry: [dentists, bakeries]"),
        ("postcode", "30, SW1", 'postcode: {starts_with: ["30", "SW1"]}'),
        ("turnover", "5 million+ eur", "turnover: {at_least: 5 million, currency: EUR}"),
        ("hiring", 'SDR, "Head"', 'hiring: {title: [SDR, "\\"Head\\""], within_days: 45}'),
        ("uses", "", None),
    ],
)
def test_answers_become_lines(key: str, answer: str, line: str | None) -> None:
    (question,) = (one for one in questions() if one.key == key)
    assert criterion(question, answer) == line


@pytest.mark.parametrize(
    ("key", "answer", "message"),
    [
        ("industry", "dentits", "industry: no such industry: dentits, did you mean dentists"),
        ("sites", "many", "sites: 'many' is not a number"),
        ("turnover", "5 million", "turnover: '5 million' is not an amount with a currency"),
        ("country", "Bayern", "country: Bayern is a region, not a country"),
    ],
)
def test_an_answer_that_is_not_understood_names_its_question_alone(
    key: str, answer: str, message: str
) -> None:
    (question,) = (one for one in questions() if one.key == key)
    with pytest.raises(UsageError) as error:
        criterion(question, answer)
    assert error.value.message == message


def test_no_answers_make_no_profile() -> None:
    with pytest.raises(UsageError, match="every company would fit"):
        compose("x", {"industry": " "})


def test_an_industry_is_told_with_its_code() -> None:
    assert understood(questions()[0], "dental groups, 25.62") == [
        "dentists: all of NACE 2.1 86.23 Dental practice care activities"
    ]
    assert understood(questions()[1], "DE") == []
