"""`decides` against brute force: every set of attributes with every value, decided anew."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.facts import Fact
from leads.stages import Verdict
from leads.usable import agree
from leads.values import TechnologyUse
from qualify.decide.decisive import MOST
from tests.made_decisions import TOLD, A, B, decide
from tests.made_facts import euros, fact, people, runs, runs_no

#: Values that lie on all sides of every bound below, with the facts that make each of them known.
HEADCOUNTS = (12, 25, 30, 50)
WORLDS: dict[str, list[list[Fact]]] = {
    "employees": [[fact("employees", people(number), **TOLD)] for number in HEADCOUNTS],
    "country": [[fact("country", code, **TOLD)] for code in ("DE", "AT", "PL")],
    "turnover": [[fact("turnover", euros(amount), **TOLD)] for amount in (5e6, 9e6)],
    "technology": [
        [
            fact("technology", (runs if python else runs_no)("python"), **TOLD),
            fact("technology", (runs if odoo else runs_no)("odoo"), **TOLD),
        ]
        for python, odoo in product([True, False], repeat=2)
    ],
}

QUESTIONS = (
    "employees: {at_least: 20}",
    "employees: {less_than: 50}",
    "employees: {between: [30, 49]}",
    "country: [DE]",
    "country: {none_of: [DE]}",
    "turnover: {more_than: 5_000_000, currency: EUR}",
    "uses: [python]",
    "uses: {all_of: [python, odoo]}",
    "does_not_use: [odoo]",
    "does_not_use: [python, odoo]",
)
questions = st.sampled_from(QUESTIONS).map(lambda text: f"{{{text}}}")
accepted = questions.map(lambda text: text.removesuffix("}") + ", if_unknown: accept}")
groups = st.one_of(
    st.lists(questions | accepted, min_size=1, max_size=3).map(
        lambda members: f"{{any: [{', '.join(members)}]}}"
    ),
    st.lists(questions, min_size=1, max_size=3).map(
        lambda members: f"{{all: [{', '.join(members)}]}}"
    ),
    st.lists(questions, min_size=2, max_size=3).map(
        lambda members: f"{{at_least: {{n: 2, of: [{', '.join(members)}]}}}}"
    ),
    questions.map(lambda member: f"{{not: {member}}}"),
)
profiles = st.tuples(
    st.lists(questions | groups | accepted, min_size=1, max_size=3),
    st.lists(questions | groups, max_size=2),
    st.lists(questions | groups, max_size=1),
).map(
    lambda sections: "\n".join(
        f"{name}: [{', '.join(listed)}]"
        for name, listed in zip(("suspect", "prospect", "must_not"), sections, strict=True)
    )
)
known = st.fixed_dictionaries(
    {},
    optional={
        "employees": st.sampled_from(
            [
                [fact("employees", people(11, 50))],
                [fact("employees", people(30))],
                [fact("employees", people(20, None))],
                # Two sources that disagree.
                [
                    fact("employees", people(12), source="list:a"),
                    fact("employees", people(30), source="list:b"),
                ],
            ]
        ),
        "country": st.sampled_from(
            [[fact("country", "DE")], [fact("country", "DE", **A), fact("country", "PL", **B)]]
        ),
        "turnover": st.sampled_from(
            [[fact("turnover", euros(1e6, 9e6))], [fact("turnover", euros(9e6, None))]]
        ),
        "technology": st.sampled_from(
            [
                [fact("technology", runs("python"))],
                [fact("technology", runs_no("odoo"), **TOLD)],
                [
                    fact("technology", runs("odoo"), source="list:a"),
                    fact("technology", runs_no("odoo"), **TOLD),
                ],
            ]
        ),
    },
)


def possible(attribute: str, now: list[Fact]) -> list[list[Fact]]:
    """The worlds of one attribute that contradict nothing known: where two sources disagree, one of
    them is right.
    """
    if attribute == "technology":
        stated = {} if len(now) > 1 else dict(map(_use, now))
        return [
            world
            for world in WORLDS[attribute]
            if all(stated.get(slug, uses) is uses for slug, uses in map(_use, world))
        ]
    return [
        world
        for world in WORLDS[attribute]
        if not now or any(agree(world[0].value, one.value) for one in now)
    ]


def _use(one: Fact) -> tuple[str, bool]:
    assert isinstance(one.value, TechnologyUse)
    return one.value.slug, one.value.uses


def fits(profile: str, facts: dict[str, list[Fact]], chosen: tuple[str, ...]) -> bool:
    """Whether some values of the chosen attributes make the verdict fit, all others staying as they
    are.
    """
    rest = [one for name, listed in facts.items() if name not in chosen for one in listed]
    worlds = product(*(possible(name, facts.get(name, [])) for name in chosen))
    return any(
        decide(profile, *rest, *(one for world in chosen_worlds for one in world)).verdict
        is Verdict.FIT
        for chosen_worlds in worlds
    )


@settings(max_examples=25)
@given(profiles, known)
def test_the_sets_are_all_the_minimal_ones_that_can_make_it_fit(
    profile: str, facts: dict[str, list[Fact]]
) -> None:
    found = decide(profile, *(one for listed in facts.values() for one in listed))
    expected: set[frozenset[str]] = set()
    if found.verdict is Verdict.UNKNOWN:
        expected = minimal_sets(profile, facts)
    held: set[frozenset[str]] = set()
    if found.verdict is not Verdict.NO_FIT:
        held = {
            frozenset({name})
            for one in found.answers
            if one.section == "must_not" and one.answer == "unknown"
            for name in one.attributes
        }
    assert {frozenset(one) for one in found.decides} == expected | held
    assert len(found.decides) == len(set(found.decides)) <= MOST


def minimal_sets(profile: str, facts: dict[str, list[Fact]]) -> set[frozenset[str]]:
    """Every set of attributes that can make the company fit, and of which each part is needed."""
    found: set[frozenset[str]] = set()
    for size in range(1, len(WORLDS) + 1):
        for chosen in map(frozenset, combinations(WORLDS, size)):
            has_smaller = any(smaller <= chosen for smaller in found)
            if not has_smaller and fits(profile, facts, tuple(chosen)):
                found.add(chosen)
    return found


@pytest.mark.parametrize(
    ("sections", "facts", "expected"),
    [
        # Alternatives: either will do.
        (
            "suspect: [{any: [{employees: {at_least: 20}}, {country: [DE]}]}]",
            [],
            [("employees",), ("country",)],
        ),
        (
            (
                "suspect: [{at_least: {n: 2, of: [{employees: {at_least: 20}}, {country: [DE]},"
                " {status: [active]}]}}]"
            ),
            [],
            [("employees", "country"), ("employees", "status"), ("country", "status")],
        ),
        # An attribute that is needed anyway makes the others needless.
        (
            (
                "suspect: [{employees: {at_least: 20}}, {any: [{employees: {at_least: 50}},"
                " {country: [DE]}]}]"
            ),
            [],
            [("employees",)],
        ),
        # What could fill in one gap would close the company elsewhere.
        (
            "suspect: [{employees: {at_least: 20}}]\nmust_not: [{employees: {at_least: 10}}]",
            [],
            [("employees",)],
        ),
        # No headcount is at once at least 20 and less than 15.
        ("suspect: [{employees: {at_least: 20}}, {employees: {less_than: 15}}]", [], []),
        # A company may be in several industries, and in several currencies its turnover is one.
        ("suspect: [{industry: [manufacturing]}, {industry: [software]}]", [], [("industry",)]),
        (
            (
                "suspect: [{turnover: {more_than: 1, currency: EUR}}, {turnover: {more_than: 1,"
                " currency: USD}}]"
            ),
            [],
            [("turnover",)],
        ),
        # What settles one criterion may undo the acceptance of another.
        (
            (
                "suspect: [{does_not_use: [odoo]}, {any: [{employees: {at_least: 20}}, {uses:"
                " [odoo], if_unknown: accept}]}]"
            ),
            [],
            [("technology", "employees")],
        ),
        # An open must_not stands in it too, once, after the rest.
        (
            "suspect: [{status: [active]}]\nmust_not: [{status: [dissolved]}, {country: [PL]}]",
            [],
            [("status",), ("country",)],
        ),
    ],
)
def test_sets_of_attributes(
    sections: str, facts: list[Fact], expected: list[tuple[str, ...]]
) -> None:
    assert decide(sections, *facts).decides == tuple(expected)


def test_at_most_twenty_sets() -> None:
    seven = (
        "{employees: {at_least: 20}}, {founded: {at_least: 1990}}, {industry: [manufacturing]},"
        " {status: [active]}, {uses: [python]}, {country: [DE]}, {turnover: {more_than: 1,"
        " currency: EUR}}"
    )
    found = decide(f"suspect: [{{at_least: {{n: 3, of: [{seven}]}}}}]").decides
    # There are 35 ways to choose three of seven.
    assert len(found) == MOST == len(set(found))
    assert all(len(set(one)) == 3 for one in found)
