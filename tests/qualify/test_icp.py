import pytest

from leads.company_kind import CompanyIs
from leads.errors import UsageError
from leads.facts import Scope
from leads.values import Range
from qualify.profile.criteria import (
    Criterion,
    Group,
    IfUnknown,
    Joined,
    Matches,
    Section,
    Terms,
    Uses,
    Within,
)
from qualify.profile.icp import Icp, load_icp

WORKED = """\
icp: management-software-for-manufacturers
version: 3
company_is: legal_entity            # site | legal_entity | brand | group
suspect:                            # all must be yes; one no disqualifies
  - id: sector
    industry: [manufacturing]       # plain names, NACE codes ("C", "25.62"), or naics:31, sic:2834, linkedin:…
  - turnover: {more_than: 5_000_000, currency: EUR}
  - employees: {at_least: 20}
prospect:
  - id: windows
    uses: [windows-estate]          # technologies or categories, any of them
  - does_not_use: [management-software]
    if_unknown: ask                 # wait (default) | ask | accept
must_not:                           # one yes disqualifies; unknown holds nobody back, but stands in decides
  - status: [dissolved, insolvent, in_liquidation]
score:                              # never disqualifies
  - {points: 30, employees: {at_least: 50}}
  - {points: 20, country: [DE, AT, IT]}
"""  # noqa: E501


def load(text: str) -> Icp:
    return load_icp(text, "icp.yaml")


def criteria(section: str) -> tuple[Criterion, ...]:
    return load(f"icp: x\nversion: 1\nsuspect:\n{section}").suspect


def one(text: str) -> Criterion:
    (criterion,) = criteria(f"  - {text}\n")
    return criterion


def refused(text: str) -> str:
    with pytest.raises(UsageError) as error:
        load(text)
    assert error.value.exit_code == 2
    return error.value.message


def test_the_worked_example() -> None:
    icp = load(WORKED)
    assert (icp.name, icp.version, icp.company_is) == (
        "management-software-for-manufacturers",
        3,
        CompanyIs.LEGAL_ENTITY,
    )
    assert icp.suspect == (
        Criterion("sector", Matches("industry", Terms(any_of=("manufacturing",)))),
        Criterion(
            "turnover",
            Within("turnover", Range(500_000_001, None), "more than 5,000,000 EUR", "EUR"),
        ),
        Criterion("employees", Within("employees", Range(20, None), "at least 20")),
    )
    assert icp.prospect == (
        Criterion("windows", Uses(Terms(any_of=("windows-estate",)))),
        Criterion(
            "technology", Uses(Terms(none_of=("management-software",))), if_unknown=IfUnknown.ASK
        ),
    )
    assert icp.must_not == (
        Criterion(
            "status", Matches("status", Terms(any_of=("dissolved", "insolvent", "in_liquidation")))
        ),
    )
    assert icp.score == (
        Criterion("employees-2", Within("employees", Range(50, None), "at least 50"), points=30),
        Criterion("country", Matches("country", Terms(any_of=("DE", "AT", "IT"))), points=20),
    )
    assert [(section, criterion.id) for section, criterion in icp.sections()][:2] == [
        (Section.SUSPECT, "sector"),
        (Section.SUSPECT, "turnover"),
    ]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("country: [DE, AT]", Terms(any_of=("DE", "AT"))),
        # A word alone is a list of one.
        ("country: DE", Terms(any_of=("DE",))),
        ("country: {any_of: [DE, AT]}", Terms(any_of=("DE", "AT"))),
        ("country: {none_of: [CH]}", Terms(none_of=("CH",))),
        ("country: {none_of: CH}", Terms(none_of=("CH",))),
        # Norway, however it is written; Namibia too.
        ("country: [NO]", Terms(any_of=("NO",))),
        ("country: [no]", Terms(any_of=("NO",))),
        ("country: ['NO', Norway, Norwegen]", Terms(any_of=("NO",))),
        ("country: [NA]", Terms(any_of=("NA",))),
        # Names of groups stay as they are written.
        ("country: [dach, NO]", Terms(any_of=("dach", "NO"))),
        ("country: Benelux", Terms(any_of=("benelux",))),
        ("status: [in liquidation, Dissolved]", Terms(any_of=("in_liquidation", "dissolved"))),
        ("industry: [25.62, '62.10', C]", Terms(any_of=("25.62", "62.10", "C"))),
        (
            "industry: {all_of: [manufacturing, software]}",
            Terms(all_of=("manufacturing", "software")),
        ),
        (
            "uses: {all_of: [windows-estate, python], none_of: [management-software]}",
            Terms(all_of=("windows-estate", "python"), none_of=("management-software",)),
        ),
        ("does_not_use: management-software", Terms(none_of=("management-software",))),
    ],
)
def test_terms(text: str, terms: Terms) -> None:
    test = one(text).test
    assert isinstance(test, Matches | Uses)
    assert test.terms == terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("employees: {at_least: 20}\n    if_unknown: accept", {"if_unknown": IfUnknown.ACCEPT}),
        ("employees: {at_least: 20}\n    max_age: 540", {"max_age_days": 540}),
        ("employees: {at_least: 20}\n    max_age: 540 days", {"max_age_days": 540}),
        ("employees: {at_least: 20}\n    max_age: 18 months", {"max_age_days": 558}),
        ("employees: {at_least: 20}\n    max_age: 2 years", {"max_age_days": 732}),
        ("employees: {at_least: 20}\n    min_confidence: 0.7", {"min_confidence": 0.7}),
        ("employees: {at_least: 20}\n    min_confidence: 70%", {"min_confidence": 0.7}),
        ("employees: {at_least: 20}\n    min_confidence: 1", {"min_confidence": 1.0}),
        ("employees: {at_least: 20}\n    scope: group", {"scope": Scope.GROUP}),
        ("employees: {at_least: 20}\n    id: size.2", {"id": "size.2"}),
    ],
)
def test_options(text: str, expected: dict[str, object]) -> None:
    criterion = one(text)
    assert {name: getattr(criterion, name) for name in expected} == expected


def test_groups_and_what_their_members_take_over() -> None:
    criterion = one(
        "{max_age: 90, if_unknown: ask, at_least: {n: 2, of: [{employees: {at_least: 20}},"
        " {country: DE, max_age: 30}, {not: {any: [{status: active}]}}]}}"
    )
    assert isinstance(criterion.test, Group)
    assert (criterion.id, criterion.test.joined, criterion.test.n) == (
        "at_least",
        Joined.AT_LEAST,
        2,
    )
    assert [
        (leaf.attribute, member.max_age_days, member.if_unknown)
        for member, leaf in criterion.leaves()
    ] == [
        ("employees", 90, IfUnknown.WAIT),
        ("country", 30, IfUnknown.WAIT),
        ("status", 90, IfUnknown.WAIT),
    ]
    assert criterion.attributes == ("employees", "country", "status")


def test_ids_are_the_attribute_numbered_when_repeated_and_leave_given_ones_alone() -> None:
    listed = criteria(
        "  - employees: {at_least: 20}\n  - employees: {at_most: 500}\n  - employees: {at_most:"
        " 400}\n  - id: employees-2\n    country: DE\n  - not: {employees: {between: [30, 40]}}\n "
        " - any: [{country: DE}, {status: active}]\n"
    )
    assert [criterion.id for criterion in listed] == [
        "employees",
        "employees-3",
        "employees-4",
        "employees-2",
        "employees-5",
        "any",
    ]


OTHER_LAYOUT = WORKED.replace("[DE, AT, IT]}", "[DE, 'AT', \"IT\"]}   # three").replace(
    "{points: 30, employees: {at_least: 50}}",
    "points:   30\n    employees:\n        at_least:  '50'",
)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        # What a reader sees the same is the same: spacing, comments, quotes, the order of keys.
        (OTHER_LAYOUT, True),
        (WORKED.replace("version: 3\n", "") + "version: 3\n", True),
        # What it does not, is not.
        (WORKED.replace("at_least: 20", "at_least: 21"), False),
        (WORKED.replace("version: 3", "version: 4"), False),
        (WORKED.replace("if_unknown: ask", "if_unknown: wait"), False),
        (WORKED.replace("[DE, AT, IT]", "[DE, AT]"), False),
    ],
)
def test_the_hash_speaks_of_the_content_alone(text: str, same: bool) -> None:
    assert text != WORKED
    assert (load(text).content_hash == load(WORKED).content_hash) is same


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "employees: {at_least: 20}",
            "employes: {at_least: 20}",
            "icp.yaml:8: suspect[3].employes: no such criterion, did you mean employees",
        ),
        (
            "employees: {at_least: 20}",
            "headcount: {at_least: 20}",
            "suspect[3].headcount: no such criterion, did you mean employees",
        ),
        (
            "turnover: {",
            "revenue: {",
            "icp.yaml:7: suspect[2].revenue: no such criterion, did you mean turnover",
        ),
        (
            "employees: {at_least: 20}",
            "employees: {at_last: 20}",
            "icp.yaml:8: suspect[3].employees.at_last: no such bound, did you mean at_least",
        ),
        (
            "prospect:",
            "prospects:",
            "icp.yaml:9: prospects: no such part of a profile, did you mean prospect",
        ),
        ("[manufacturing]", "[manufactoring]", "icp.yaml:6: suspect[1].industry[1]: "),
        ("[windows-estate]", "[windows-estat]", "icp.yaml:11: prospect[1].uses[1]: "),
        (
            "[DE, AT, IT]",
            "[DE, Austira]",
            "icp.yaml:18: score[2].country[2]: no such country: Austira, did you mean Austria",
        ),
        (
            "[DE, AT, IT]",
            "[Nordicss]",
            "score[2].country[1]: no such country: Nordicss, did you mean nordics",
        ),
        (
            "[dissolved,",
            "[disolved,",
            "icp.yaml:15: must_not[1].status[1]: no such status: disolved, did you mean dissolved",
        ),
        (
            "if_unknown: ask ",
            "if_unknown: aks ",
            (
                "icp.yaml:13: prospect[2].if_unknown: aks is not one of wait, ask, accept, did you"
                " mean ask"
            ),
        ),
        (
            "if_unknown: ask ",
            "points: 3 ",
            "icp.yaml:13: prospect[2].points: points belong to the score section only",
        ),
        (
            "points: 30",
            "points: many",
            "icp.yaml:17: score[1].points: points are missing or no whole number",
        ),
        ("{points: 20, ", "{", "icp.yaml:18: score[2]: points are missing or no whole number"),
        (
            "legal_entity ",
            "company ",
            "icp.yaml:3: company_is: company is not one of site, legal_entity, brand, group",
        ),
        (
            "version: 3",
            "version: 0",
            "icp.yaml:2: version: the version is missing or no whole number from 1",
        ),
        (
            "version: 3",
            "version: 1.2",
            "icp.yaml:2: version: the version is missing or no whole number from 1",
        ),
        ("version: 3\n", "", "icp.yaml:1: the version is missing"),
        ("icp: management-software-for-manufacturers\n", "", "the profile has no name"),
        (
            "icp: management-software-for-manufacturers",
            "icp: ../x",
            "icp.yaml:1: icp: the profile has no name, or one with odd characters",
        ),
        (
            "  - employees: {at_least: 20}",
            "    employees: {at_least: 20}",
            "icp.yaml:8: suspect[2].employees: one criterion asks for both turnover and employees",
        ),
        (
            "  - employees: {at_least: 20}",
            "  - if_unknown: ask",
            "icp.yaml:8: suspect[3]: the question is missing",
        ),
        (
            "  - employees: {at_least: 20}",
            "  - employees",
            "icp.yaml:8: suspect[3]: a criterion belongs here",
        ),
        (
            "id: sector",
            "id: windows",
            "icp.yaml:10: prospect[1].id: the id windows is used on line 5 already",
        ),
        ("id: sector", "id: two words", "icp.yaml:5: suspect[1].id: an id is one word"),
        ("[manufacturing]", "[]", "icp.yaml:6: suspect[1].industry: the words are missing"),
        ("[manufacturing]", "", "icp.yaml:6: suspect[1].industry: the words are missing"),
        (
            "[manufacturing]",
            "[[manufacturing]]",
            "icp.yaml:6: suspect[1].industry[1]: a plain word belongs here",
        ),
        (
            "[manufacturing]",
            "{any: [manufacturing]}",
            "icp.yaml:6: suspect[1].industry.any: no such list, did you mean any_of",
        ),
        ("[manufacturing]", "{}", "icp.yaml:6: suspect[1].industry: the words are missing"),
        (
            "[DE, AT, IT]",
            "{all_of: [DE, AT]}",
            "score[2].country: a company has one country, so it can never be all of these",
        ),
        (
            "[management-software]",
            "{all_of: [management-software]}",
            "prospect[2].does_not_use: does_not_use takes a plain list",
        ),
        (
            "employees: {at_least: 20}",
            "at_least: 20",
            "suspect[3].at_least: at_least takes n and of",
        ),
        (
            "employees: {at_least: 20}",
            "at_least: {n: 2, of: [{country: DE}]}",
            "suspect[3].at_least: 2 of 1 can never be yes",
        ),
        (
            "employees: {at_least: 20}",
            "at_least: {n: 0, of: [{country: DE}]}",
            "suspect[3].at_least.n: n is a whole number from 1",
        ),
        (
            "employees: {at_least: 20}",
            "at_least: {n: 1}",
            "suspect[3].at_least: the list under of is missing",
        ),
        (
            "employees: {at_least: 20}",
            "at_least: {n: 1, off: []}",
            "suspect[3].at_least.off: does not belong here, did you mean of",
        ),
        ("employees: {at_least: 20}", "any: []", "suspect[3].any: a list of criteria belongs here"),
        (
            "employees: {at_least: 20}",
            "any: {country: DE}",
            "suspect[3].any: a list of criteria belongs here",
        ),
        (
            "employees: {at_least: 20}",
            "not: [{country: DE}]",
            "suspect[3].not: a criterion belongs here",
        ),
        (
            "employees: {at_least: 20}",
            "not: {" * 9 + "country: DE" + "}" * 9,
            "groups are nested more than 8 deep",
        ),
        ("id: sector", "max_age: soon", "icp.yaml:5: suspect[1].max_age: is not an age"),
        (
            "id: sector",
            "min_confidence: 7",
            "icp.yaml:5: suspect[1].min_confidence: is not a number from 0 to 1",
        ),
        (
            "id: sector",
            "scope: world",
            "icp.yaml:5: suspect[1].scope: world is not one of company, group, site",
        ),
        (
            "id: sector",
            "id: sector\n    id: other",
            "icp.yaml:6: id is given twice (first on line 5)",
        ),
    ],
)
def test_mistakes_are_named_by_line_path_and_nearest_word(old: str, new: str, message: str) -> None:
    assert old in WORKED
    assert message in refused(WORKED.replace(old, new, 1))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("plain text", "icp.yaml:1: a profile starts with its name"),
        ("icp: x\nversion: 1\n", "icp.yaml:1: the profile asks nothing"),
        ("icp: x\nversion: 1\nsuspect: []\n", "icp.yaml:1: the profile asks nothing"),
        (
            "icp: x\nversion: 1\nsuspect:\n  employees: {at_least: 20}\n",
            "icp.yaml:4: suspect: a list of criteria belongs here",
        ),
        (
            "icp: x\nversion: 1\nsuspect:\n" + "  - country: DE\n" * 201,
            "icp.yaml: asks 201 questions; 200 are the most",
        ),
    ],
)
def test_files_that_are_no_profile_are_refused(text: str, message: str) -> None:
    assert message in refused(text)
