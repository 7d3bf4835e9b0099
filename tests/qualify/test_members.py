"""What facts of one company say of the company it is counted with: a table of cases, and what must
hold of all.
"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.answers import Answer
from leads.attributes import ATTRIBUTES
from leads.facts import Fact
from leads.values import Range
from qualify.decide.evaluate import evaluate
from qualify.members.combine import Manner, Member, manner_of, rules, together
from qualify.profile.icp import load_icp
from tests.made_facts import TODAY, euros, fact, nace, people, runs, runs_no

OLD = TODAY - timedelta(days=400)


def member(*facts: Fact, name: str = "Brandix", by_sites: bool = False) -> Member:
    return Member(name, facts, by_sites)


def answer(criterion: str, own: list[Fact], *members: Member, company_is: str = "group") -> Answer:
    icp = load_icp(
        f"icp: x\nversion: 1\ncompany_is: {company_is}\nsuspect: [{criterion}]\n", "icp.yaml"
    )
    return evaluate(icp, together(own, members, manner_of(icp)), TODAY).answers[0].answer


def looked(site: str, **kinds: int) -> list[Fact]:
    pages = {"home": 1, "imprint": 1, "pages": 5, "headers": 1, **kinds}
    return [
        fact("domain", site),
        *(
            fact("coverage", f"{kind}:{n}", source=f"site:{site}", method="page")
            for kind, n in pages.items()
            if n
        ),
    ]


A, B = "a.example", "b.example"
FIFTY = "employees: {at_least: 50}"
AT_MOST = "employees: {at_most: 100}"
NO_ERP, NO_WINDOWS = "does_not_use: [erp]", "does_not_use: [windows-estate]"
CASES = [
    (
        "{" + FIFTY + "}",
        [fact("employees", people(10))],
        [member(fact("employees", people(60)))],
        "yes",
        "a part has that many",
    ),
    (
        "{" + FIFTY + "}",
        [],
        [member(fact("employees", people(30))), member(fact("employees", people(30)))],
        "unknown",
        "nothing is added up",
    ),
    (
        "{" + AT_MOST + "}",
        [fact("employees", people(10))],
        [member(fact("employees", people(60)))],
        "unknown",
        "the whole may be larger",
    ),
    (
        "{" + AT_MOST + "}",
        [fact("employees", people(10))],
        [member(fact("employees", people(160)))],
        "no",
        "a part is too large",
    ),
    (
        "{" + AT_MOST + "}",
        [fact("employees", people(10))],
        [member()],
        "unknown",
        "of the member nothing is known",
    ),
    (
        "{" + FIFTY + "}",
        [],
        [member(fact("employees", people(12)), fact("employees", people(85), source="list:b"))],
        "unknown",
        "disputed",
    ),
    (
        "{" + FIFTY + "}",
        [],
        [member(fact("employees", people(90), seen=OLD), fact("employees", people(40)))],
        "unknown",
        "fewer by now",
    ),
    (
        "{" + FIFTY + "}",
        [],
        [member(fact("employees", people(11, 80)), fact("employees", people(60)))],
        "yes",
        "both agree on 60",
    ),
    (
        "{turnover: {more_than: 5_000_000, currency: EUR}}",
        [],
        [member(fact("turnover", euros(6_000_000)))],
        "yes",
        "money is a bound",
    ),
    (
        "{turnover: {less_than: 9_000_000, currency: EUR}}",
        [],
        [member(fact("turnover", euros(6_000_000)))],
        "unknown",
        "no more than that",
    ),
    ("{sites: {at_least: 3}}", [], [member(fact("sites", people(4)))], "yes", "sites are a bound"),
    (
        "{" + AT_MOST + "}",
        [],
        [member(fact("employees", people(60), scope="group"))],
        "yes",
        "it speaks of the group",
    ),
    (
        "{" + AT_MOST + ", scope: group}",
        [],
        [member(fact("employees", people(60), scope="group"))],
        "yes",
        "asked of the group",
    ),
    (
        "{" + AT_MOST + "}",
        [fact("employees", people(50), scope="group")],
        [member(fact("employees", people(160)))],
        "unknown",
        "conflict",
    ),
    (
        "{status: [active]}",
        [],
        [member(fact("status", "active"))],
        "unknown",
        "status is the member's own",
    ),
    ("{legal_form: [GmbH]}", [], [member(fact("legal_form", "GmbH"))], "unknown", "so is its form"),
    (
        "{founded: {at_most: 1990}}",
        [],
        [member(fact("founded", people(1980)))],
        "unknown",
        "and when it was founded",
    ),
    ("{city: [Hagen]}", [], [member(fact("city", "Hagen"))], "unknown", "and where it sits"),
    (
        "{custom:Tier: [gold]}",
        [],
        [member(fact("custom:Tier", "gold"))],
        "unknown",
        "and a column of the client",
    ),
    ("{country: [DE]}", [], [member(fact("country", "DE"))], "yes", "all that is known says so"),
    (
        "{country: [DE]}",
        [fact("country", "DE")],
        [member(fact("country", "AT"))],
        "unknown",
        "the group is in both",
    ),
    (
        "{country: [DE, AT]}",
        [fact("country", "DE")],
        [member(fact("country", "AT"))],
        "yes",
        "both are wanted",
    ),
    (
        "{industry: [manufacturing]}",
        [],
        [member(fact("industry", nace("25.62")))],
        "yes",
        "a member's industry counts",
    ),
    (
        "{uses: [sap-s4hana]}",
        [],
        [member(fact("technology", runs("sap-s4hana")))],
        "yes",
        "what a member runs, the group runs",
    ),
    (
        "{uses: [odoo]}",
        [],
        [member(fact("technology", runs_no("odoo"), method="told"))],
        "unknown",
        "others may run it",
    ),
    (
        "{uses: [odoo]}",
        [fact("technology", runs_no("odoo"), method="told")],
        [member()],
        "unknown",
        "the members may run it",
    ),
    ("{" + NO_ERP + "}", [], [member(fact("technology", runs("odoo")))], "no", "a member runs one"),
    ("{" + NO_ERP + "}", looked(A), [member(*looked(B))], "yes", "both sites were read"),
    ("{" + NO_ERP + "}", looked(A), [member()], "yes", "a member without a site has none to read"),
    (
        "{" + NO_ERP + "}",
        looked(A),
        [member(fact("domain", B))],
        "unknown",
        "the member's site was not read",
    ),
    (
        "{" + NO_ERP + "}",
        [fact("domain", A)],
        [member(*looked(B))],
        "unknown",
        "nor was the company's own",
    ),
    (
        "{" + NO_ERP + "}",
        looked(A),
        [member(*looked(B, pages=3))],
        "unknown",
        "too little was read of one",
    ),
    ("{" + NO_WINDOWS + "}", looked(A), [member(*looked(B))], "yes", "both sent headers"),
    (
        "{" + NO_WINDOWS + "}",
        looked(A),
        [member(*looked(B, pages=9, headers=0))],
        "unknown",
        "one sent no headers of its own",
    ),
    (
        "{" + NO_WINDOWS + "}",
        looked(A, pages=9, headers=0),
        [member(*looked(B))],
        "unknown",
        "whichever it is",
    ),
    (
        "{certificate: [ISO 9001]}",
        [],
        [member(fact("certificate", "ISO 9001"))],
        "yes",
        "open worlds add up",
    ),
]


@pytest.mark.parametrize(
    ("criterion", "own", "members", "expected", "why"), CASES, ids=[case[-1] for case in CASES]
)
def test_what_members_say_of_a_group(
    criterion: str, own: list[Fact], members: list[Member], expected: str, why: str
) -> None:
    assert answer(criterion, own, *members).value == expected, why


OF_SITES = [
    (
        "{" + AT_MOST + "}",
        [fact("employees", people(50))],
        [fact("employees", people(20))],
        "yes",
        "its own headcount stands",
    ),
    (
        "{" + AT_MOST + "}",
        [fact("employees", people(50))],
        [fact("employees", people(70))],
        "unknown",
        "a site has more than the whole",
    ),
    (
        "{" + FIFTY + "}",
        [],
        [fact("employees", people(60), scope="group")],
        "unknown",
        "the group is something else",
    ),
    (
        "{country: [DE]}",
        [fact("country", "DE")],
        [fact("country", "AT")],
        "yes",
        "a site abroad moves no company",
    ),
    (
        "{country: [AT]}",
        [],
        [fact("country", "AT")],
        "yes",
        "of a company that says nothing its sites speak",
    ),
]


@pytest.mark.parametrize(
    ("criterion", "own", "of_site", "expected", "why"),
    OF_SITES,
    ids=[case[-1] for case in OF_SITES],
)
def test_what_sites_say_of_a_legal_entity(
    criterion: str, own: list[Fact], of_site: list[Fact], expected: str, why: str
) -> None:
    assert (
        answer(criterion, own, member(*of_site, by_sites=True), company_is="legal_entity").value
        == expected
    ), why


def test_every_rule_is_about_an_attribute_and_known() -> None:
    assert rules().keys() <= ATTRIBUTES.keys()
    assert set(rules().values()) == {"counts", "bound", "place", "looked", "use"}


def test_without_members_nothing_is_touched() -> None:
    own = [fact("employees", people(10)), fact("status", "active")]
    assert together(own, [], Manner(of_groups=True)) == own


def test_a_fact_of_a_shared_site_counts_once_and_as_the_companys_own() -> None:
    shared = fact("keyword", "pumps", source=f"site:{A}")
    found = together(
        [shared],
        [member(shared, name="Brandix"), member(shared, name="Vandelso")],
        Manner(of_groups=True),
    )
    assert found == [shared]


COUNTS = st.builds(people, st.integers(0, 200))
SPREADS = st.tuples(st.integers(0, 200), st.integers(0, 200)).map(
    lambda pair: people(min(pair), max(pair))
)
SAID = st.builds(
    lambda value, source, days: fact(
        "employees", value, source=source, seen=TODAY - timedelta(days=days)
    ),
    COUNTS | SPREADS,
    st.sampled_from(("list:a", "list:b", "site:a.example")),
    st.integers(0, 900),
)


@given(st.lists(SAID, max_size=4), st.lists(st.lists(SAID, max_size=4), min_size=1, max_size=3))
def test_a_group_is_never_said_to_be_small_nor_larger_than_some_source_says(
    own: list[Fact], others: list[list[Fact]]
) -> None:
    members = [member(*facts, name=f"Member {place}") for place, facts in enumerate(others)]
    assert answer("{" + AT_MOST + "}", own, *members) is not Answer.YES
    headcounts = [one.value for facts in [own, *others] for one in facts]
    largest = max((some.low or 0 for some in headcounts if isinstance(some, Range)), default=0)
    assert answer("{" + FIFTY + "}", own, *members) is not Answer.YES or largest >= 50
