"""A guessed industry answers only when it is sure, and never against what another source states."""

import pytest

from leads.answers import Answer
from leads.facts import Fact
from leads.values import IndustryCode
from qualify.decide.evaluate import evaluate
from qualify.profile.icp import load_icp
from tests.made_facts import TODAY, fact

MAKERS = "icp: makers\nversion: 1\nsuspect:\n  - industry: [manufacturing]\n"
SOME_SURE = (
    "icp: makers\nversion: 1\nsuspect:\n  - {industry: [manufacturing], min_confidence: 0.5}\n"
)


def guess(division: str, probability: float) -> Fact:
    return fact(
        "industry",
        IndustryCode("nace2.0", division),
        source="site:acme.example",
        method="inferred",
        confidence=probability,
    )


def stated(division: str) -> Fact:
    return fact("industry", IndustryCode("nace2.0", division))


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ([guess("28", 0.9)], Answer.YES),
        ([guess("62", 0.9)], Answer.NO),
        ([guess("28", 0.7), guess("62", 0.2)], Answer.UNKNOWN),
        ([guess("62", 0.7), guess("28", 0.2)], Answer.UNKNOWN),
        # The likeliest alone counts.
        ([guess("62", 0.85), guess("28", 0.1)], Answer.NO),
        # What a list states outweighs a guess, on either side.
        ([stated("28"), guess("62", 0.95)], Answer.YES),
        ([stated("62"), guess("28", 0.95)], Answer.NO),
    ],
)
def test_a_guess_answers_when_it_is_sure_and_nothing_is_stated(
    facts: list[Fact], answer: Answer
) -> None:
    assert evaluate(load_icp(MAKERS, "makers.yaml"), facts, TODAY).answers[0].answer is answer


def test_a_criterion_may_ask_for_less() -> None:
    facts = [guess("28", 0.7), guess("62", 0.2)]
    assert (
        evaluate(load_icp(SOME_SURE, "makers.yaml"), facts, TODAY).answers[0].answer is Answer.YES
    )


def test_the_reason_says_why_a_guess_does_not_count() -> None:
    decision = evaluate(load_icp(MAKERS, "makers.yaml"), [guess("28", 0.7)], TODAY)
    assert "is a guess and less sure than 0.8" in str(decision.answers[0].reason)
