"""Profiles and facts of every kind for property tests: what people write, and what sources say,
contradictions included.
"""

from datetime import date, timedelta

from hypothesis import strategies as st

from leads.facts import Fact, Method, Scope
from leads.values import IndustryCode, Range, TechnologyUse
from qualify.decide.person_answers import answer_attribute
from qualify.profile.criteria import Section
from qualify.profile.icp import Icp, load_icp
from tests.made_facts import TODAY, euros, fact, people

QUESTIONS = (
    "employees: {at_least: 20}",
    "employees: {between: [20, 50]}, max_age: 300",
    "employees: {less_than: 40}, scope: group",
    "turnover: {more_than: 5_000_000, currency: EUR}",
    "turnover: {between: [1_000_000, 6_000_000], currency: GBP}",
    "country: [DE, AT]",
    "country: {none_of: [PL]}, scope: site",
    "country: [dach]",
    "region: {contains: [Sax]}",
    "region: [Bavaria]",
    "region: {none_of: [Bayern, Kent]}",
    "city: [Munich]",
    "city: {starts_with: [Rot], contains: [dam]}",
    "postcode: {starts_with: ['30', SW1]}",
    "postcode: {starts_with: ['03', '10']}",
    "industry: [manufacturing]",
    "industry: {none_of: [manufacturing, dentists]}",
    "industry: {all_of: [manufacturing, software]}",
    "status: [active]",
    "status: {none_of: [dissolved]}, max_age: 200",
    "founded: {at_least: 1990}",
    "legal_form: [GmbH]",
    "sites: {at_least: 3}",
    "uses: [python]",
    "uses: {all_of: [python, odoo]}",
    "uses: {any_of: [wordpress], none_of: [odoo]}",
    "does_not_use: [odoo]",
    "does_not_use: [windows-estate, ats]",
    "does_not_use: [management-software], min_confidence: 0.3",
    "hiring: {title: [SDR, sales development], within_days: 45}",
    "hiring: [engineer]",
    "keyword: {all_of: [golf, polo]}",
    "keyword: {any_of: [golf], none_of: [polo]}",
    "certificate: {none_of: [ISO 9001]}",
    "language: [de], scope: site",
    "'custom:Tier': [gold]",
    "coordinates: {within_km: 30, of: [51.92, 4.48]}",
)
QUESTION = st.sampled_from(QUESTIONS).map(lambda text: f"{{{text}}}")
_LISTED = st.lists(QUESTION, min_size=1, max_size=3)
_IF = st.sampled_from(["wait", "ask", "accept"])
CRITERION = st.one_of(
    QUESTION,
    st.tuples(QUESTION, _IF).map(lambda pair: f"{pair[0][:-1]}, if_unknown: {pair[1]}}}"),
    st.tuples(st.sampled_from(["any", "all"]), _LISTED, _IF).map(
        lambda p: f"{{{p[0]}: [{', '.join(p[1])}], if_unknown: {p[2]}}}"
    ),
    QUESTION.map(lambda member: f"{{not: {member}}}"),
    st.tuples(st.integers(1, 2), st.lists(QUESTION, min_size=2, max_size=3)).map(
        lambda p: f"{{at_least: {{n: {p[0]}, of: [{', '.join(p[1])}]}}}}"
    ),
)
_POINTS = st.lists(st.tuples(st.integers(-30, 50), QUESTION), max_size=3).map(
    lambda pairs: ", ".join(f"{{points: {points}, {question[1:]}" for points, question in pairs)
)
_SECTION = st.lists(CRITERION, max_size=3).map(", ".join)


def _icp(parts: tuple[str, ...]) -> Icp:
    sections = "\n".join(
        f"{section}: [{part}]" for section, part in zip(Section, parts, strict=True)
    )
    return load_icp(f"icp: x\nversion: 1\n{sections}", "icp.yaml")


PROFILE = st.tuples(CRITERION, _SECTION, _SECTION, _POINTS).map(_icp)

VALUES = {
    "employees": (
        st.builds(lambda low, more: Range(low, low + more), st.integers(0, 60), st.integers(0, 30))
        | st.just(Range(20, None))
    ),
    "turnover": st.builds(
        lambda low, more, code: euros(low, low + more, code),
        st.integers(0, 9_000_000),
        st.integers(0, 9_000_000),
        st.sampled_from(["EUR", "USD", "GBP", "XTS"]),
    ),
    "country": st.sampled_from(["DE", "PL", "CH", " "]),
    "region": st.sampled_from(["Saxony", "Sachsen", "Bayern", "Kent"]),
    "city": st.sampled_from(["Rotterdam", "Rotenburg", "München", "Munich Riem"]),
    "postcode": st.sampled_from(["3011 AB", "SW1A 1AA", "1010", "3011", "310"]),
    "industry": st.sampled_from(
        [
            IndustryCode("nace2.0", "25.62"),
            IndustryCode("nace2.0", "62.01"),
            IndustryCode("text", "Zorbing things"),
            IndustryCode("text", "Dentist"),
        ]
    ),
    "status": st.sampled_from(["active", "dissolved"]),
    "founded": (
        st.builds(people, st.integers(1980, 2000))
        | st.just(Range(-5, -1))
        | st.just(Range(None, None))
    ),
    "legal_form": st.sampled_from(["GmbH", "Ltd"]),
    "sites": st.builds(people, st.integers(1, 5)),
    "technology": (
        st.builds(
            TechnologyUse,
            st.sampled_from(["python", "odoo", "wordpress", "management-software"]),
            st.booleans(),
        )
        | st.builds(TechnologyUse, st.sampled_from(["python", "odoo", "wordpress", "iis"]))
    ),
    "coverage": st.sampled_from(
        [
            "home:1",
            "imprint:1",
            "pages:5",
            "pages:2",
            "other:4",
            "headers:1",
            "careers:1",
            "careers:2",
            "nonsense",
        ]
    ),
    "job_opening": st.sampled_from(["Senior SDR (m/f/d)", "Engineer", "Head of sales-development"]),
    "keyword": st.sampled_from(["golf", "Polo"]),
    "certificate": st.just("ISO 9001"),
    "language": st.sampled_from(["de", "en"]),
    "custom:Tier": st.sampled_from(["gold", "Silver"]),
    "latitude": st.sampled_from(["51.92", "52.5", "north", "48.0"]),
    "longitude": st.sampled_from(["4.48", "4.9", "11.5", "400"]),
}


def _facts(names: tuple[str, ...], at_most: int) -> st.SearchStrategy[list[Fact]]:
    one = st.sampled_from(names).flatmap(
        lambda name: st.builds(
            fact,
            st.just(name),
            VALUES[name],
            source=st.sampled_from(["list:a", "list:b", "site:x.example", "user:ann"]),
            method=st.sampled_from([Method.COLUMN, Method.PAGE, Method.TOLD]),
            seen=st.sampled_from(
                [
                    TODAY,
                    TODAY - timedelta(days=9),
                    TODAY - timedelta(days=250),
                    date(2024, 6, 3),
                    TODAY + timedelta(days=9),
                ]
            ),
            as_of=st.none()
            | st.sampled_from([date(2024, 2, 1), date(2026, 12, 31), date(2029, 1, 1)]),
            confidence=st.sampled_from([0.2, 0.8]),
            scope=st.sampled_from(
                [Scope.COMPANY, Scope.COMPANY, Scope.COMPANY, Scope.SITE, Scope.GROUP]
            ),
        )
    )
    return st.lists(one, max_size=at_most)


#: The facts of one company: about a few attributes, so that sources meet and contradict each other.
FACTS = st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=4).flatmap(
    lambda names: _facts((*names, "coverage") if "technology" in names else tuple(names), 7)
)


def answers_to(icp: Icp, chosen: list[tuple[int, str]]) -> list[Fact]:
    """A person's answers to some of a profile's questions, by their place."""
    leaves = [pair for _, criterion in icp.sections() for pair in criterion.leaves()]
    return [
        fact(answer_attribute(*leaves[place % len(leaves)]), said, source="user:ann", method="told")
        for place, said in chosen
    ]
