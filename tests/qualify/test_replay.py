"""What a decision names as its facts is enough to decide it again."""

from hypothesis import given, settings

from leads.facts import Fact
from qualify.decide.evaluate import evaluate
from qualify.profile.icp import Icp
from tests.made_facts import TODAY
from tests.made_profiles import FACTS, PROFILE


@given(PROFILE, FACTS)
@settings(max_examples=60)
def test_the_facts_named_give_the_same_answers(icp: Icp, facts: list[Fact]) -> None:
    whole = evaluate(icp, facts, TODAY)
    again = evaluate(icp, [one for one in facts if one.id in set(whole.fact_ids)], TODAY)
    assert (again.verdict, again.stage, again.score, again.asks) == (
        whole.verdict,
        whole.stage,
        whole.score,
        whole.asks,
    )
    assert [one.answer for one in again.answers] == [one.answer for one in whole.answers]
