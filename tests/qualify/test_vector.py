"""The two evaluators agree, whatever the profile and whatever the facts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from leads.facts import Fact
from qualify.bulk.counts import counts
from qualify.bulk.frames import frames_of
from qualify.bulk.vector import Outcome, evaluate_all, outcomes
from qualify.decide.evaluate import evaluate
from qualify.profile.icp import Icp, load_icp
from tests.made_facts import TODAY, fact, people
from tests.made_profiles import FACTS, PROFILE, answers_to


def expected(icp: Icp, facts: list[Fact]) -> tuple[object, ...]:
    found = evaluate(icp, facts, TODAY)
    return (
        found.verdict,
        found.stage,
        found.score,
        tuple(one.answer for one in found.answers),
        found.asks,
    )


@given(
    PROFILE,
    st.lists(FACTS, min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["yes", "no"])), max_size=1),
)
@settings(max_examples=120)
def test_both_evaluators_agree(
    icp: Icp, companies: list[list[Fact]], told: list[tuple[int, str]]
) -> None:
    companies[0] = companies[0] + answers_to(icp, told)
    found = evaluate_all(icp, frames_of(companies), TODAY)
    assert [found.of(number) for number in range(len(companies))] == [
        expected(icp, facts) for facts in companies
    ]


@given(st.lists(FACTS, max_size=7), st.integers(1, 3))
@settings(max_examples=30)
def test_chunks_change_nothing(companies: list[list[Fact]], chunk: int) -> None:
    icp = load_icp(
        "icp: x\nversion: 1\nsuspect: [{employees: {at_least: 20}}, {country: [DE]}]", "icp.yaml"
    )
    frames = frames_of(companies)
    whole, parts = evaluate_all(icp, frames, TODAY), evaluate_all(icp, frames, TODAY, chunk=chunk)
    assert [whole.of(one) for one in range(len(companies))] == [
        parts.of(one) for one in range(len(companies))
    ]


def test_no_company_at_all() -> None:
    icp = load_icp("icp: x\nversion: 1\nsuspect: [{employees: {at_least: 20}}]", "icp.yaml")
    assert evaluate_all(icp, frames_of([]), TODAY).answers.shape == (1, 0)
    assert list(outcomes(icp, frames_of([]), TODAY)) == []


def test_companies_of_which_nothing_is_known() -> None:
    icp = load_icp(
        "icp: x\nversion: 1\nsuspect: [{employees: {at_least: 20}}]\nprospect: [{does_not_use:"
        " [odoo], if_unknown: ask}]",
        "icp.yaml",
    )
    found: Outcome = evaluate_all(icp, frames_of([[], [fact("employees", people(30))]]), TODAY)
    assert [found.of(one)[1].value for one in (0, 1)] == ["name", "suspect"]
    assert found.asks.tolist() == [False, True]


@given(PROFILE, st.lists(FACTS, min_size=1, max_size=5))
@settings(max_examples=30)
def test_counts_are_those_of_the_answers(icp: Icp, companies: list[list[Fact]]) -> None:
    # In two parts, as a sample is.
    parts = [frames_of(companies[:2]), frames_of(companies[2:])]
    found = counts(icp, parts, TODAY)
    each = [evaluate(icp, facts, TODAY) for facts in companies]
    assert found.companies == len(companies)
    for verdict, count in found.verdicts.items():
        assert count == sum(one.verdict is verdict for one in each)
    for place, said in enumerate(found.criteria):
        answers = [one.answers[place].answer.value for one in each]
        wanted = tuple(answers.count(name) for name in ("yes", "unknown", "no"))
        assert (said.yes, said.unknown, said.no) == wanted
