"""A person's answer to a question stands above what machines found, until it is taken back, too
old, or the question changes.
"""

from datetime import timedelta

import pytest

from leads.answers import Answer
from leads.errors import NotFoundError, UsageError
from leads.facts import Fact
from qualify.decide.answer_values import answers_to_questions, criterion_named
from qualify.decide.person_answers import answer_attribute
from qualify.profile.icp import load_icp
from tests.made_decisions import B, ask, decide
from tests.made_facts import TODAY, euros, fact, people, runs, runs_no


def icp(criterion: str) -> str:
    return f"icp: x\nversion: 1\nsuspect: [{criterion}]"


def said(criterion: str, answer: str, **options: object) -> Fact:
    (one,) = load_icp(icp(criterion), "icp.yaml").suspect
    ((member, leaf),) = one.leaves()
    return fact(answer_attribute(member, leaf), answer, source="user:ann", method="told", **options)  # type: ignore[arg-type]


SIZE = "{employees: {at_least: 20}}"
NO_ERP = "{does_not_use: [management-software]}"


@pytest.mark.parametrize(
    ("criterion", "facts", "answer"),
    [
        pytest.param(SIZE, [said(SIZE, "yes")], "yes", id="where nothing else is known"),
        pytest.param(
            SIZE, [said(SIZE, "no"), fact("employees", people(85))], "no", id="above a list"
        ),
        pytest.param(
            NO_ERP,
            [said(NO_ERP, "yes"), fact("technology", runs("odoo"))],
            "yes",
            id="above a page",
        ),
        pytest.param(
            "{keyword: {none_of: [golf]}}",
            [said("{keyword: {none_of: [golf]}}", "yes")],
            "yes",
            id="where no machine could say",
        ),
        pytest.param(
            "{not: {employees: {at_least: 20}}}", [said(SIZE, "yes")], "no", id="inside a group"
        ),
        pytest.param(
            "{employees: {at_least: 50}}",
            [said(SIZE, "yes")],
            "unknown",
            id="another bound is another question",
        ),
        pytest.param(
            "{employees: {at_least: 20}, scope: group}",
            [said(SIZE, "yes")],
            "unknown",
            id="another scope is another question",
        ),
        pytest.param(
            SIZE,
            [said(SIZE, "yes", seen=TODAY - timedelta(days=3)), said(SIZE, "no")],
            "no",
            id="the newest word counts",
        ),
        pytest.param(
            NO_ERP,
            [said(NO_ERP, "yes", seen=TODAY - timedelta(days=800))],
            "unknown",
            id="too old for a technology",
        ),
        pytest.param(
            "{employees: {at_least: 20}, max_age: 30}",
            [said(SIZE, "yes", seen=TODAY - timedelta(days=31))],
            "unknown",
            id="too old as asked",
        ),
        pytest.param(
            SIZE,
            [fact(said(SIZE, "yes").attribute, "yes", **B)],
            "unknown",
            id="a column of that name is nobody's word",
        ),
    ],
)
def test_what_a_person_said(criterion: str, facts: list[Fact], answer: str) -> None:
    assert ask(criterion, *facts).answer == answer


def test_what_stands_against_it_is_shown() -> None:
    found = ask(SIZE, said(SIZE, "no"), fact("employees", people(85)))
    assert str(found.reason).startswith(
        "ann was told no on 2026-11-20; against that stands: headcount 85 "
    )


def test_a_settled_question_decides_no_more() -> None:
    found = decide(f"suspect: [{SIZE}, {NO_ERP}]", said(SIZE, "yes"))
    assert found.decides == (("technology",),)
    assert found.fact_ids


@pytest.mark.parametrize(
    ("criterion", "answer", "value", "values"),
    [
        (SIZE, "yes", None, [people(20, None)]),
        (SIZE, "no", None, [people(0, 19)]),
        (SIZE, "yes", "c. 85", [people(76, 94)]),
        ("{employees: {between: [20, 50]}}", "no", None, []),
        (
            "{turnover: {more_than: 5_000_000, currency: EUR}}",
            "yes",
            "6 Mio. EUR",
            [euros(5_500_000, 6_500_000)],
        ),
        ("{uses: [odoo]}", "yes", None, [runs("odoo")]),
        ("{uses: [odoo, python]}", "yes", None, []),
        ("{uses: [odoo, python]}", "no", None, [runs_no("odoo"), runs_no("python")]),
        (NO_ERP, "yes", None, [runs_no("management-software")]),
        (NO_ERP, "no", "SAP Business One", [runs("sap-business-one")]),
        ("{country: [DE]}", "yes", None, ["DE"]),
        ("{country: [DE, AT]}", "yes", None, []),
        ("{country: [dach]}", "yes", None, []),
        ("{country: [DE, AT]}", "no", "France", ["FR"]),
    ],
)
def test_the_values_that_follow_from_an_answer(
    criterion: str, answer: str, value: str | None, values: list[object]
) -> None:
    (one,) = answers_to_questions(load_icp(icp(criterion), "x").suspect[0], Answer(answer), value)
    assert list(one.values) == values


@pytest.mark.parametrize(
    ("criterion", "answer", "value"),
    [
        (SIZE, "yes", "12"),
        (SIZE, "yes", "many"),
        ("{country: [DE]}", "yes", "Atlantis"),
        ("{any: [{country: [DE]}, {uses: [odoo]}]}", "yes", None),
    ],
)
def test_an_answer_that_says_nothing_clear_is_refused(
    criterion: str, answer: str, value: str | None
) -> None:
    with pytest.raises(UsageError):
        answers_to_questions(load_icp(icp(criterion), "x").suspect[0], Answer(answer), value)


def test_a_no_to_any_of_several_is_a_no_to_each() -> None:
    given = answers_to_questions(
        load_icp(icp("{any: [{country: [DE]}, {not: {uses: [odoo]}}]}"), "x").suspect[0],
        Answer.NO,
        None,
    )
    assert [one.answer for one in given] == [Answer.NO, Answer.YES]


def test_a_criterion_is_found_by_its_id_and_the_nearest_is_named() -> None:
    profile = load_icp(icp("{any: [{id: at-home, country: [DE]}, {uses: [odoo]}]}"), "x")
    assert criterion_named(profile, "at-home").id == "at-home"
    with pytest.raises(NotFoundError, match="did you mean at-home"):
        criterion_named(profile, "at_home")
