"""What holds for every profile and all facts: properties over generated ones."""

import random
from collections.abc import Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from leads.answers import Answer
from leads.facts import Fact, Method, Scope
from leads.values import IndustryCode, Range, TechnologyUse, Value
from qualify.decide.decision import CriterionAnswer, Decision
from qualify.profile.criteria import Section
from tests.made_decisions import decide
from tests.made_facts import TODAY, euros, fact, people

QUESTIONS = (
    "employees: {at_least: 20}",
    "employees: {between: [20, 50], max_age: 300}".replace(", max_age: 300}", "}, max_age: 300"),
    "turnover: {more_than: 5_000_000, currency: EUR}",
    "country: [DE, AT]",
    "country: {none_of: [PL]}",
    "industry: [manufacturing]",
    "status: [active]",
    "founded: {at_least: 1990}",
    "uses: [python]",
    "uses: {all_of: [python, odoo]}",
    "does_not_use: [odoo]",
    "does_not_use: [management-software], min_confidence: 0.3",
)
questions = st.sampled_from(QUESTIONS).map(lambda text: f"{{{text}}}")
listed = st.lists(questions, min_size=1, max_size=3).map(", ".join)
criteria = st.one_of(
    questions,
    listed.map(lambda members: f"{{any: [{members}]}}"),
    listed.map(lambda members: f"{{all: [{members}], if_unknown: ask}}"),
    questions.map(lambda member: f"{{not: {member}}}"),
)
sections = st.lists(criteria, max_size=3).map(", ".join)
scored = st.lists(st.tuples(st.integers(-30, 50), questions), max_size=3).map(
    lambda pairs: ", ".join(f"{{points: {points}, {question[1:]}" for points, question in pairs)
)
profiles = st.tuples(criteria, sections, sections, scored).map(
    lambda parts: "\n".join(
        f"{section}: [{part}]" for section, part in zip(Section, parts, strict=True)
    )
)

values: dict[str, st.SearchStrategy[Value]] = {
    "employees": st.builds(
        lambda low, more: Range(low, low + more), st.integers(0, 60), st.integers(0, 30)
    ),
    "turnover": st.builds(
        lambda low, more, code: euros(low, low + more, code),
        *[st.integers(0, 9_000_000)] * 2,
        st.sampled_from(["EUR", "USD"]),
    ),
    "country": st.sampled_from(["DE", "PL"]),
    "industry": st.sampled_from(
        [
            IndustryCode("nace2.0", "25.62"),
            IndustryCode("nace2.0", "62.01"),
            IndustryCode("text", "Zorbing things"),
        ]
    ),
    "status": st.sampled_from(["active", "dissolved"]),
    "founded": st.builds(people, st.integers(1900, 2026)),
    "technology": st.builds(
        TechnologyUse, st.sampled_from(["python", "odoo", "wordpress"]), st.booleans()
    ),
    "coverage": st.sampled_from(["home:1", "imprint:1", "pages:5", "pages:2"]),
}


def facts_of(*names: str) -> st.SearchStrategy[list[Fact]]:
    one = st.sampled_from(names or tuple(values)).flatmap(
        lambda name: st.builds(
            fact,
            st.just(name),
            values[name],
            source=st.sampled_from(["list:a", "list:b", "site:x.example", "user:ann"]),
            method=st.sampled_from(list(Method)),
            seen=st.dates(date(2024, 6, 1), TODAY),
            confidence=st.sampled_from([0.2, 0.8]),
            scope=st.sampled_from([Scope.COMPANY, Scope.COMPANY, Scope.SITE, Scope.GROUP]),
        )
    )
    return st.lists(one, max_size=7)


@given(profiles, facts_of(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_facts_never_matters(
    profile: str, facts: list[Fact], chance: random.Random
) -> None:
    assert decide(profile, *chance.sample(facts, len(facts))) == decide(profile, *facts)


@given(profiles, facts_of())
@settings(max_examples=30)
def test_a_verdict_follows_from_the_answers_and_says_what_it_rests_on(
    profile: str, facts: list[Fact]
) -> None:
    found = decide(profile, *facts)
    assert found.verdict == verdict_by_answers(found.answers)
    assert 0 <= found.score.worst <= found.score.best <= 100
    given_ids = {one.id for one in facts}
    for one in found.answers:
        assert str(one.reason)
        assert set(one.facts) <= given_ids
        # Silence answers nothing.
        assert one.facts or one.answer is Answer.UNKNOWN


def verdict_by_answers(answers: Sequence[CriterionAnswer]) -> str:
    required = [one.answer for one in answers if one.section in ("suspect", "prospect")]
    ruled_out = [one.answer for one in answers if one.section == "must_not"]
    if Answer.NO in required or Answer.YES in ruled_out:
        return "no_fit"
    return "unknown" if Answer.UNKNOWN in required else "fit"


@given(profiles)
@settings(max_examples=25)
def test_of_a_bare_name_everything_is_unknown(profile: str) -> None:
    found = decide(profile)
    assert found.verdict == "unknown"
    assert all(one.answer is Answer.UNKNOWN for one in found.answers)


def answers(found: Decision) -> dict[str, Answer]:
    return {one.criterion: one.answer for one in found.answers}


@given(facts_of(), st.data())
@settings(max_examples=30)
def test_one_more_source_never_turns_a_settled_answer_around_in_silence(
    facts: list[Fact], data: st.DataObject
) -> None:
    """A yes stays yes or becomes an open disagreement; only seeing what silence had ruled out may
    turn it to no.
    """
    profile = "suspect: [" + ", ".join(f"{{{text}}}" for text in QUESTIONS) + "]"
    name = data.draw(st.sampled_from([name for name in values if name != "coverage"]))
    method = data.draw(st.sampled_from(list(Method)))
    more = fact(
        name,
        data.draw(values[name]),
        source="list:new",
        method=method,
        seen=data.draw(st.dates(date(2024, 6, 1), TODAY)),
    )
    speaks_of_sites_only = not any(
        one.evidence.scope is Scope.COMPANY for one in facts if one.attribute == name
    )
    before, after = decide(profile, *facts), decide(profile, *facts, more)
    for one, then in zip(before.answers, after.answers, strict=True):
        turned = {one.answer, then.answer} == {Answer.YES, Answer.NO}
        if not turned:
            continue
        # What is said of the company itself stands before what is said of its sites.
        ruled_out_by_silence = one.attributes == ("technology",) and "was seen" in str(one.reason)
        assert more.id in then.facts
        assert ruled_out_by_silence or (name == "country" and speaks_of_sites_only)


@given(facts_of("technology", "coverage"), st.data())
@settings(max_examples=30)
def test_knowing_less_never_makes_a_no(facts: list[Fact], data: st.DataObject) -> None:
    """In an open world silence is no evidence: without facts that deny a use, none is denied."""
    profile = (
        "suspect: [{uses: [python]}, {uses: {all_of: [python, odoo]}}, {uses:"
        " [management-software]}, {does_not_use: [odoo]}]"
    )
    stated = [
        one
        for one in facts
        if one.attribute == "coverage" or (isinstance(one.value, TechnologyUse) and one.value.uses)
    ]
    fewer = [one for one in stated if data.draw(st.booleans())]
    before, after = decide(profile, *stated), decide(profile, *fewer)
    *uses, free_of = zip(before.answers, after.answers, strict=True)
    assert all(Answer.NO not in (one.answer, then.answer) for one, then in uses)
    assert (free_of[0].answer, free_of[1].answer) not in {
        (Answer.UNKNOWN, Answer.NO),
        (Answer.UNKNOWN, Answer.YES),
    }
