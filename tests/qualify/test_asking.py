import pytest

from leads.stages import Stage
from tests.made_decisions import ALIVE, MONEY, NO_ERP, PLACE, SECTOR, SINCE, SIZE, WINDOWS, decide
from tests.made_facts import fact, people

YES_SIZE = fact("employees", people(50))
NO_SIZE = fact("employees", people(5))
YES_PLACE = fact("country", "DE")
NO_PLACE = fact("country", "PL")


@pytest.mark.parametrize(
    ("criterion", "question"),
    [
        (SIZE, "How many people work at your company? (looked for: at least 20)"),
        (MONEY, "What is your yearly turnover? (looked for: more than 5,000,000 EUR)"),
        (PLACE, "In which country is your company registered? (looked for: Germany or Austria)"),
        (SECTOR, "What does your company make or do? (looked for: manufacturing)"),
        (ALIVE, "Is your company still trading? (looked for: active)"),
        (SINCE, "In which year was your company founded? (looked for: from 1990 to 2005)"),
        (WINDOWS, "Which of your servers and PCs run Windows?"),
        (NO_ERP, "Which software do you run the business with, from orders to accounts?"),
        ("{uses: [python, wordpress]}", "Do you use Python or WordPress?"),
        (
            f"{{any: [{SIZE}, {ALIVE}]}}",
            (
                "How many people work at your company? (looked for: at least 20) Is your company"
                " still trading? (looked for: active)"
            ),
        ),
    ],
)
def test_questions_for_the_company(criterion: str, question: str) -> None:
    asking = criterion.removesuffix("}") + ", if_unknown: ask}"
    found = decide(f"prospect: [{asking}]")
    assert found.asks
    assert found.questions == (question,)
    # Nothing is asked that nobody wants asked.
    assert decide(f"prospect: [{criterion}]").questions == ()


def test_only_what_is_still_open_is_asked() -> None:
    asking = f"prospect: [{{any: [{SIZE}, {ALIVE}], if_unknown: ask}}]"
    assert decide(asking, NO_SIZE).questions == (
        "Is your company still trading? (looked for: active)",
    )
    assert decide(asking, YES_SIZE).questions == ()


def test_a_suspect_with_one_question_that_waits_is_not_asked_yet() -> None:
    found = decide(f"prospect: [{{{SIZE[1:-1]}, if_unknown: ask}}, {PLACE}]")
    assert (found.stage, found.asks, len(found.questions)) == (Stage.SUSPECT, False, 1)
