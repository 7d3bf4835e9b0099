import re
from datetime import date, timedelta

import pytest

from leads.facts import Fact
from leads.stages import Stage, Verdict
from qualify.decision import CriterionAnswer, Decision, Score
from qualify.evaluate import evaluate
from qualify.icp import load_icp
from tests.made_facts import TODAY, euros, fact, nace, people, runs, runs_no, words

OLD = TODAY - timedelta(days=800)
SITE = "site:acme.example"


def decide(sections: str, *facts: Fact) -> Decision:
    return evaluate(load_icp(f"icp: x\nversion: 1\n{sections}", "icp.yaml"), facts, TODAY)


def said(reason: str) -> str:
    """A reason with its sources written out: `@` is the fair's list, `@a` list a, `@ann` what Ann was told."""
    sources = {"": "list fair", "a": "list a", "b": "list b", "ann": "user ann", "site": "site acme.example"}
    return re.sub(r"@(\w*)", lambda match: f"({sources[match[1]]}, 2026-11-20)", reason)


def ask(criterion: str, *facts: Fact) -> CriterionAnswer:
    (answer,) = decide(f"suspect: [{criterion}]", *facts).answers
    return answer


def looked(*counts: str) -> list[Fact]:
    return [fact("coverage", count, source=SITE, method="page") for count in counts]


ENOUGH = looked("home:1", "imprint:1", "pages:5")
A = {"source": "list:a"}
B = {"source": "list:b"}
TOLD = {"source": "user:ann", "method": "told"}
SIZE = "{employees: {at_least: 20}}"
MONEY = "{turnover: {more_than: 5_000_000, currency: EUR}}"
PLACE = "{country: [DE, AT]}"
SECTOR = "{industry: [manufacturing]}"
ALIVE = "{status: [active]}"
SINCE = "{founded: {between: [1990, 2005]}}"
WINDOWS = "{uses: [windows-estate]}"
NO_ERP = "{does_not_use: [management-software]}"


@pytest.mark.parametrize(
    ("criterion", "facts", "answer", "reason"),
    [
        # --- a count
        (SIZE, [], "unknown", "no headcount is known"),
        (SIZE, [fact("employees", people(50))], "yes", "headcount 50 @ is at least 20"),
        (SIZE, [fact("employees", people(12))], "no", "headcount 12 @ is not at least 20"),
        # The bound itself belongs to "at least".
        (SIZE, [fact("employees", people(20))], "yes", "headcount 20 @ is at least 20"),
        (SIZE, [fact("employees", people(19))], "no", "headcount 19 @ is not at least 20"),
        # A range is answered when it lies on one side, and unknown when it straddles.
        (SIZE, [fact("employees", people(20, 49))], "yes", "headcount 20 to 49 @ is at least 20"),
        (SIZE, [fact("employees", people(1, 10))], "no", "headcount 1 to 10 @ is not at least 20"),
        (SIZE, [fact("employees", people(11, 50))], "unknown", "headcount 11 to 50 @ may or may not be at least 20"),
        (SIZE, [fact("employees", people(10, None))], "unknown", "headcount 10 or more @ may or may not be at least 20"),
        ("{employees: {less_than: 20}}", [fact("employees", people(20))], "no", "headcount 20 @ is not less than 20"),
        ("{employees: {at_most: 20}}", [fact("employees", people(20))], "yes", "headcount 20 @ is at most 20"),
        ("{employees: {between: [20, 50]}}", [fact("employees", people(50))], "yes", "headcount 50 @ is from 20 to 50"),
        # Sources that agree are one; two that disagree matter only where the answer depends on them.
        (
            SIZE,
            [fact("employees", people(11, 50), **A), fact("employees", people(30, 99), **B)],
            "yes",
            "headcount 30 to 50 (list a, 2026-11-20 and 1 more) is at least 20",
        ),
        (SIZE, [fact("employees", people(30), **A), fact("employees", people(90), **B)], "yes", "headcount 30 @a and 90 @b is at least 20"),
        (
            SIZE,
            [fact("employees", people(12), **A), fact("employees", people(30), **B)],
            "unknown",
            "sources disagree on headcount: 12 @a and 30 @b; asked is at least 20",
        ),
        (
            SIZE,
            [fact("employees", people(30), **TOLD), fact("employees", people(11, 50), **B)],
            "yes",
            "headcount 30 (user ann, 2026-11-20 and 1 more) is at least 20",
        ),
        # Too old, not sure enough, of the group: known, but not what was asked.
        (
            "{employees: {at_least: 20}, max_age: 540}",
            [fact("employees", people(50), seen=OLD)],
            "unknown",
            "no headcount that counts is known: 50 (list fair, 2024-09-11) is older than 540 days",
        ),
        (
            "{employees: {at_least: 20}, min_confidence: 0.9}",
            [fact("employees", people(50))],
            "unknown",
            "no headcount that counts is known: 50 @ is less sure than 0.9",
        ),
        (
            SIZE,
            [fact("employees", people(50), scope="group")],
            "unknown",
            "no headcount that counts is known: 50 @ speaks of the group, not of the company",
        ),
        (
            "{employees: {at_least: 20}, scope: group}",
            [fact("employees", people(50), scope="group")],
            "yes",
            "headcount 50 @ is at least 20",
        ),
        (
            SIZE,
            [fact("employees", people(50), seen=TODAY + timedelta(days=9))],
            "unknown",
            "no headcount that counts is known: 50 (list fair, 2026-11-29) is dated in the future",
        ),
        # --- money
        (MONEY, [fact("turnover", euros(5_000_000.01))], "yes", "turnover 5,000,000 EUR @ is more than 5,000,000 EUR"),
        (MONEY, [fact("turnover", euros(5_000_000))], "no", "turnover 5,000,000 EUR @ is not more than 5,000,000 EUR"),
        (
            MONEY,
            [fact("turnover", euros(1e6, 9e6))],
            "unknown",
            "turnover 1,000,000 to 9,000,000 EUR @ may or may not be more than 5,000,000 EUR",
        ),
        (
            MONEY,
            [fact("turnover", euros(5e6, None))],
            "unknown",
            "turnover 5,000,000 or more EUR @ may or may not be more than 5,000,000 EUR",
        ),
        (
            MONEY,
            [fact("turnover", euros(9e6, currency="USD"), as_of=date(2024, 6, 28))],
            "yes",
            "turnover 8,407,286 EUR (list fair, 2024-06-28; USD to EUR at the ECB rate of 2024-06-28) is more than 5,000,000 EUR",
        ),
        (
            MONEY,
            [fact("turnover", euros(9e6, currency="XTS"))],
            "unknown",
            "no turnover that counts is known: 9,000,000 XTS @ is in XTS, which has no rate to EUR for 2026-11-20",
        ),
        # --- a country
        (PLACE, [fact("country", "AT")], "yes", "country Austria @ is Germany or Austria"),
        (PLACE, [fact("country", "NO")], "no", "country Norway @ is not Germany or Austria"),
        (PLACE, [fact("country", "DE", **A), fact("country", "AT", **B)], "yes", "country Germany @a and Austria @b is Germany or Austria"),
        (
            PLACE,
            [fact("country", "DE", **A), fact("country", "PL", **B)],
            "unknown",
            "sources disagree on country: Germany @a and Poland @b; asked is Germany or Austria",
        ),
        ("{country: {none_of: [CH]}}", [fact("country", "DE")], "yes", "country Germany @ is outside Switzerland"),
        ("{country: {none_of: [CH]}}", [fact("country", "CH")], "no", "country Switzerland @ is not outside Switzerland"),
        ("{country: {none_of: [CH]}}", [], "unknown", "no country is known"),
        # Sites stand for a company of which nothing is said: all inside, none, or mixed.
        (
            PLACE,
            [fact("country", "DE", scope="site"), fact("country", "AT", scope="site")],
            "yes",
            "country Austria @ and Germany @ is Germany or Austria",
        ),
        (PLACE, [fact("country", "US", scope="site")], "no", "country United States @ is not Germany or Austria"),
        (
            PLACE,
            [fact("country", "DE", scope="site"), fact("country", "US", scope="site")],
            "unknown",
            "its sites differ on country: Germany @ and United States @; asked is Germany or Austria",
        ),
        (PLACE, [fact("country", "DE"), fact("country", "US", scope="site")], "yes", "country Germany @ is Germany or Austria"),
        # --- industries
        (SECTOR, [fact("industry", words("Manufacturing"))], "yes", 'industry "Manufacturing" @ is manufacturing'),
        (SECTOR, [fact("industry", nace("25.62"))], "yes", "industry nace2.0:25.62 @ is manufacturing"),
        (SECTOR, [fact("industry", nace("62.01"))], "no", "industry nace2.0:62.01 @ is not manufacturing"),
        (SECTOR, [fact("industry", words("Zorbing things"))], "unknown", 'industry "Zorbing things" @ may or may not be manufacturing'),
        # One source may name several, and a company is in all of them.
        (SECTOR, [fact("industry", nace("62.01")), fact("industry", nace("25.62"))], "yes", "industry nace2.0:25.62 @ is manufacturing"),
        # Two sources contradict each other.
        (
            SECTOR,
            [fact("industry", nace("62.01"), **A), fact("industry", nace("25.62"), **B)],
            "unknown",
            "sources disagree on industry: nace2.0:62.01 @a and nace2.0:25.62 @b; asked is manufacturing",
        ),
        # Words nobody can place contradict nothing.
        (
            SECTOR,
            [fact("industry", words("Zorbing things"), **A), fact("industry", nace("25.62"), **B)],
            "yes",
            "industry nace2.0:25.62 @b is manufacturing",
        ),
        (
            "{industry: {none_of: [manufacturing]}}",
            [fact("industry", nace("62.01"))],
            "yes",
            "industry nace2.0:62.01 @ is outside manufacturing",
        ),
        # --- a status, a year
        (ALIVE, [fact("status", "active")], "yes", "status active @ is active"),
        (ALIVE, [fact("status", "in_liquidation")], "no", "status in liquidation @ is not active"),
        (
            ALIVE,
            [fact("status", "active", seen=OLD)],
            "unknown",
            "no status that counts is known: active (list fair, 2024-09-11) is older than 730 days",
        ),
        (SINCE, [fact("founded", people(2005))], "yes", "founding year 2005 @ is from 1990 to 2005"),
        (SINCE, [fact("founded", people(1989))], "no", "founding year 1989 @ is not from 1990 to 2005"),
        (SINCE, [fact("founded", people(1985, 1995))], "unknown", "founding year 1985 to 1995 @ may or may not be from 1990 to 2005"),
    ],
)
def test_one_question(criterion: str, facts: list[Fact], answer: str, reason: str) -> None:
    found = ask(criterion, *facts)
    assert (found.answer, found.reason) == (answer, said(reason))
    # An answer other than "nothing is known" names facts it rests on, and only facts it was given.
    assert set(found.facts) <= {one.id for one in facts}
    assert bool(found.facts) is not reason.startswith("no ")


@pytest.mark.parametrize(
    ("criterion", "facts", "answer", "reason"),
    [
        # --- what is in use: seen is yes, silence is never no
        (WINDOWS, [], "unknown", "no page was read"),
        (WINDOWS, [fact("technology", runs("windows-server"))], "yes", "Windows Server @ is in use"),
        (
            WINDOWS,
            [fact("technology", runs("wordpress"))],
            "unknown",
            "no page was read; known in use is only WordPress @, which leaves windows estate open",
        ),
        (WINDOWS, ENOUGH, "unknown", "5 pages were read on 2026-11-20, and no windows estate was seen"),
        (WINDOWS, [fact("technology", runs_no("windows-estate"), **TOLD)], "no", "windows estate @ann is not in use"),
        (WINDOWS, [fact("technology", runs("windows-estate"), **TOLD)], "yes", "windows estate @ann is in use"),
        # A denial of one member leaves the others open.
        (WINDOWS, [fact("technology", runs_no("windows-server"), **TOLD)], "unknown", "no page was read"),
        (
            WINDOWS,
            [fact("technology", runs("windows-server"), **A), fact("technology", runs_no("windows-estate"), **TOLD)],
            "unknown",
            "sources disagree: Windows Server @a is in use, windows estate @ann is not",
        ),
        (
            WINDOWS,
            [fact("technology", runs("windows-server"), seen=OLD)],
            "unknown",
            "no page was read; Windows Server (list fair, 2024-09-11) is older than 730 days",
        ),
        (
            "{uses: {all_of: [python, wordpress]}}",
            [fact("technology", runs("python"))],
            "unknown",
            "Python @ is in use, and nobody knows about WordPress",
        ),
        (
            "{uses: {all_of: [python, wordpress]}}",
            [fact("technology", runs("python")), fact("technology", runs("wordpress"))],
            "yes",
            "Python @ and WordPress @ are in use",
        ),
        ("{uses: [python, wordpress]}", [fact("technology", runs("python"))], "yes", "Python @ is in use"),
        # A person may change an answer.
        (
            WINDOWS,
            [
                fact("technology", runs_no("windows-estate"), seen=TODAY - timedelta(days=9), **TOLD),
                fact("technology", runs("windows-server"), **TOLD),
            ],
            "yes",
            "Windows Server @ann is in use",
        ),
        # --- what is not in use: a list never says so, a site may once enough of it was read
        (NO_ERP, [], "unknown", "no page was read"),
        (
            NO_ERP,
            [fact("technology", runs("wordpress"))],
            "unknown",
            "no page was read; known in use is only WordPress @, which leaves management software open",
        ),
        (
            NO_ERP,
            looked("home:1", "pages:3"),
            "unknown",
            (
                "3 pages were read on 2026-11-20 and no management software was seen, "
                "but only the home page and 4 more with an imprint or contact page among them can tell"
            ),
        ),
        (NO_ERP, ENOUGH, "yes", "5 pages were read on 2026-11-20 and no management software was seen"),
        (NO_ERP, [*ENOUGH, fact("technology", runs("odoo"), source=SITE, method="page")], "no", "Odoo @site is in use"),
        (NO_ERP, [fact("technology", runs("odoo"))], "no", "Odoo @ is in use"),
        (NO_ERP, [fact("technology", runs_no("management-software"), **TOLD)], "yes", "management software @ann is not in use"),
        (
            NO_ERP,
            [*ENOUGH, fact("technology", runs("odoo"), **A), fact("technology", runs_no("odoo"), **TOLD)],
            "unknown",
            "sources disagree: Odoo @a is in use, Odoo @ann is not",
        ),
        (
            "{uses: {any_of: [python], none_of: [odoo]}}",
            [*ENOUGH, fact("technology", runs("python"))],
            "yes",
            "Python @ is in use; 5 pages were read on 2026-11-20 and no Odoo was seen",
        ),
    ],
)
def test_one_question_about_technologies(criterion: str, facts: list[Fact], answer: str, reason: str) -> None:
    found = ask(criterion, *facts)
    assert (found.answer, found.reason) == (answer, said(reason))
    assert set(found.facts) <= {one.id for one in facts}
    assert found.attributes == ("technology",)


YES_SIZE = fact("employees", people(50))
NO_SIZE = fact("employees", people(5))
YES_PLACE = fact("country", "DE")
NO_PLACE = fact("country", "PL")


@pytest.mark.parametrize(
    ("criterion", "facts", "answer", "reason"),
    [
        (f"{{any: [{SIZE}, {PLACE}]}}", [YES_SIZE], "yes", "headcount 50 @ is at least 20"),
        (f"{{any: [{SIZE}, {PLACE}]}}", [NO_SIZE], "unknown", "no country is known"),
        (
            f"{{any: [{SIZE}, {PLACE}]}}",
            [NO_SIZE, NO_PLACE],
            "no",
            "headcount 5 @ is not at least 20; country Poland @ is not Germany or Austria",
        ),
        (f"{{all: [{SIZE}, {PLACE}]}}", [YES_SIZE], "unknown", "no country is known"),
        (f"{{all: [{SIZE}, {PLACE}]}}", [NO_SIZE], "no", "headcount 5 @ is not at least 20"),
        (f"{{not: {SIZE}}}", [NO_SIZE], "yes", "headcount 5 @ is not at least 20"),
        (f"{{not: {SIZE}}}", [YES_SIZE], "no", "headcount 50 @ is at least 20"),
        (f"{{not: {SIZE}}}", [], "unknown", "no headcount is known"),
        # `not uses` is no `does_not_use`: however much was read, silence about a use stays unknown.
        (f"{{not: {WINDOWS}}}", ENOUGH, "unknown", "5 pages were read on 2026-11-20, and no windows estate was seen"),
        (
            f"{{at_least: {{n: 2, of: [{SIZE}, {PLACE}, {ALIVE}]}}}}",
            [YES_SIZE, YES_PLACE],
            "yes",
            "2 of 3 hold and 2 must: headcount 50 @ is at least 20; country Germany @ is Germany or Austria",
        ),
        (
            f"{{at_least: {{n: 2, of: [{SIZE}, {PLACE}, {ALIVE}]}}}}",
            [YES_SIZE, NO_PLACE],
            "unknown",
            "1 of 3 hold and 2 must: no status is known",
        ),
        (
            f"{{at_least: {{n: 2, of: [{SIZE}, {PLACE}, {ALIVE}]}}}}",
            [NO_SIZE, NO_PLACE],
            "no",
            "0 of 3 hold and 2 must: headcount 5 @ is not at least 20; country Poland @ is not Germany or Austria",
        ),
        # What stands on the group holds for its members.
        (
            f"{{any: [{ALIVE}], max_age: 9}}",
            [fact("status", "active", seen=TODAY - timedelta(days=10))],
            "unknown",
            "no status that counts is known: active (list fair, 2026-11-10) is older than 9 days",
        ),
    ],
)
def test_groups(criterion: str, facts: list[Fact], answer: str, reason: str) -> None:
    found = ask(criterion, *facts)
    assert (found.answer, found.reason) == (answer, said(reason))


PROFILE = f"""\
suspect: [{SIZE}]
prospect: [{{id: windows, uses: [windows-estate]}}, {{does_not_use: [management-software], if_unknown: ask}}]
must_not: [{{status: [dissolved]}}]
score: [{{points: 30, employees: {{at_least: 50}}}}, {{points: 20, country: [DE]}}]
"""
USES = fact("technology", runs("windows-server"))
FREE = fact("technology", runs_no("management-software"), **TOLD)
DEAD = fact("status", "dissolved")
LIVE = fact("status", "active")


@pytest.mark.parametrize(
    ("facts", "verdict", "stage", "score", "decides", "waits_for", "asks"),
    [
        # A name, and what could make it a prospect.
        ([], "unknown", "name", (0, 100), [("employees", "technology"), ("status",)], ("employees", "technology"), False),
        ([YES_SIZE], "unknown", "suspect", (60, 100), [("technology",), ("status",)], ("technology",), False),
        # Everything that waits is to be asked: the questions are for a person now.
        ([YES_SIZE, USES], "unknown", "suspect", (60, 100), [("technology",), ("status",)], ("technology",), True),
        ([YES_SIZE, USES, FREE], "fit", "prospect", (60, 100), [("status",)], (), False),
        ([YES_SIZE, USES, FREE, LIVE, YES_PLACE], "fit", "prospect", (100, 100), [], (), False),
        # One no is enough, whatever else is open, and then nothing decides.
        ([NO_SIZE], "no_fit", "disqualified", (0, 40), [], ("technology",), False),
        ([NO_SIZE, USES, FREE], "no_fit", "disqualified", (0, 40), [], (), False),
        ([YES_SIZE, USES, fact("technology", runs("odoo"))], "no_fit", "disqualified", (60, 100), [], (), False),
        # One yes to a must_not is enough too.
        ([YES_SIZE, USES, FREE, DEAD], "no_fit", "disqualified", (60, 100), [], (), False),
        ([DEAD], "no_fit", "disqualified", (0, 100), [], ("employees", "technology"), False),
        # A prospect criterion may be settled before the suspect ones: still a name.
        ([USES, FREE, LIVE], "unknown", "name", (0, 100), [("employees",)], ("employees",), False),
    ],
)
def test_verdicts(
    facts: list[Fact],
    verdict: str,
    stage: str,
    score: tuple[int, int],
    decides: list[tuple[str, ...]],
    waits_for: tuple[str, ...],
    asks: bool,
) -> None:
    found = decide(PROFILE, *facts)
    assert (found.verdict, found.stage, found.score) == (verdict, stage, Score(*score))
    assert found.decides == tuple(decides)
    assert found.waits_for == waits_for
    assert found.asks is asks


def test_accept_counts_as_yes_and_says_so() -> None:
    found = decide("suspect: [{employees: {at_least: 20}, if_unknown: accept}]")
    assert (found.verdict, found.stage) == (Verdict.FIT, Stage.PROSPECT)
    assert (found.answers[0].answer, found.answers[0].reason) == ("yes", "accepted although it is not known: no headcount is known")
    assert found.decides == ()
    # What is known stands before what is accepted.
    assert decide("suspect: [{employees: {at_least: 20}, if_unknown: accept}]", NO_SIZE).verdict is Verdict.NO_FIT


@pytest.mark.parametrize(
    ("sections", "verdict"),
    [
        # Accepting an unknown must never close a company or earn it points.
        ("suspect: [{not: {employees: {at_least: 500}, if_unknown: accept}}]", "unknown"),
        ("must_not: [{status: [dissolved], if_unknown: accept}]", "fit"),
        ("must_not: [{any: [{status: [dissolved], if_unknown: accept}]}]", "fit"),
        # In a group it is heard.
        (f"suspect: [{{any: [{{employees: {{at_least: 20}}, if_unknown: accept}}, {PLACE}]}}]", "fit"),
    ],
)
def test_accept_is_heard_only_where_a_yes_helps(sections: str, verdict: str) -> None:
    assert decide(sections).verdict == verdict
    assert decide("score: [{points: 9, employees: {at_least: 20}, if_unknown: accept}]").score == Score(0, 100)


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
            "How many people work at your company? (looked for: at least 20) Is your company still trading? (looked for: active)",
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
    assert decide(asking, NO_SIZE).questions == ("Is your company still trading? (looked for: active)",)
    assert decide(asking, YES_SIZE).questions == ()


def test_a_suspect_with_one_question_that_waits_is_not_asked_yet() -> None:
    found = decide(f"prospect: [{{{SIZE[1:-1]}, if_unknown: ask}}, {PLACE}]")
    assert (found.stage, found.asks, len(found.questions)) == (Stage.SUSPECT, False, 1)
