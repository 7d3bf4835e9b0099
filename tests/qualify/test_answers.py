from datetime import date, timedelta

import pytest

from leads.facts import Fact
from tests.made_decisions import (
    ALIVE,
    MONEY,
    OLD,
    PLACE,
    SECTOR,
    SINCE,
    SIZE,
    TOLD,
    A,
    B,
    ask,
    said,
)
from tests.made_facts import TODAY, euros, fact, nace, people, words


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
        (
            SIZE,
            [fact("employees", people(11, 50))],
            "unknown",
            "headcount 11 to 50 @ may or may not be at least 20",
        ),
        (
            SIZE,
            [fact("employees", people(10, None))],
            "unknown",
            "headcount 10 or more @ may or may not be at least 20",
        ),
        (
            "{employees: {less_than: 20}}",
            [fact("employees", people(20))],
            "no",
            "headcount 20 @ is not less than 20",
        ),
        (
            "{employees: {at_most: 20}}",
            [fact("employees", people(20))],
            "yes",
            "headcount 20 @ is at most 20",
        ),
        (
            "{employees: {between: [20, 50]}}",
            [fact("employees", people(50))],
            "yes",
            "headcount 50 @ is from 20 to 50",
        ),
        # Sources that agree are one; two that disagree matter only where the answer depends on
        # them.
        (
            SIZE,
            [fact("employees", people(11, 50), **A), fact("employees", people(30, 99), **B)],
            "yes",
            "headcount 30 to 50 (list a, 2026-11-20 and 1 more) is at least 20",
        ),
        (
            SIZE,
            [fact("employees", people(30), **A), fact("employees", people(90), **B)],
            "yes",
            "headcount 30 @a and 90 @b is at least 20",
        ),
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
        (
            MONEY,
            [fact("turnover", euros(5_000_000.01))],
            "yes",
            "turnover 5,000,000 EUR @ is more than 5,000,000 EUR",
        ),
        (
            MONEY,
            [fact("turnover", euros(5_000_000))],
            "no",
            "turnover 5,000,000 EUR @ is not more than 5,000,000 EUR",
        ),
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
            (
                "turnover 8,407,286 EUR (list fair, 2024-06-28; USD to EUR at the ECB rate of"
                " 2024-06-28) is more than 5,000,000 EUR"
            ),
        ),
        (
            MONEY,
            [fact("turnover", euros(9e6, currency="XTS"))],
            "unknown",
            (
                "no turnover that counts is known: 9,000,000 XTS @ is in XTS, which has no rate to"
                " EUR for 2026-11-20"
            ),
        ),
        # --- a country
        (PLACE, [fact("country", "AT")], "yes", "country Austria @ is Germany or Austria"),
        (PLACE, [fact("country", "NO")], "no", "country Norway @ is not Germany or Austria"),
        (
            PLACE,
            [fact("country", "DE", **A), fact("country", "AT", **B)],
            "yes",
            "country Germany @a and Austria @b is Germany or Austria",
        ),
        (
            PLACE,
            [fact("country", "DE", **A), fact("country", "PL", **B)],
            "unknown",
            "sources disagree on country: Germany @a and Poland @b; asked is Germany or Austria",
        ),
        (
            "{country: {none_of: [CH]}}",
            [fact("country", "DE")],
            "yes",
            "country Germany @ is outside Switzerland",
        ),
        (
            "{country: {none_of: [CH]}}",
            [fact("country", "CH")],
            "no",
            "country Switzerland @ is not outside Switzerland",
        ),
        ("{country: {none_of: [CH]}}", [], "unknown", "no country is known"),
        # The name of a group stands for all its countries.
        (
            "{country: [nordics, DE]}",
            [fact("country", "NO")],
            "yes",
            "country Norway @ is a Nordic country or Germany",
        ),
        (
            "{country: {none_of: [dach]}}",
            [fact("country", "AT")],
            "no",
            "country Austria @ is not outside a country of DACH",
        ),
        # Long lists are cut short.
        (
            "{country: [FR, ES, IT, PT, GR, MT, CY, DE]}",
            [fact("country", "DE")],
            "yes",
            "country Germany @ is France, Spain, Italy, Portugal, Greece or 3 more",
        ),
        # Sites stand for a company of which nothing is said: all inside, none, or mixed.
        (
            PLACE,
            [fact("country", "DE", scope="site"), fact("country", "AT", scope="site")],
            "yes",
            "country Austria @ and Germany @ is Germany or Austria",
        ),
        (
            PLACE,
            [fact("country", "US", scope="site")],
            "no",
            "country United States @ is not Germany or Austria",
        ),
        (
            PLACE,
            [fact("country", "DE", scope="site"), fact("country", "US", scope="site")],
            "unknown",
            (
                "its sites differ on country: Germany @ and United States @; asked is Germany or"
                " Austria"
            ),
        ),
        (
            PLACE,
            [fact("country", "DE"), fact("country", "US", scope="site")],
            "yes",
            "country Germany @ is Germany or Austria",
        ),
        # --- industries
        (
            SECTOR,
            [fact("industry", words("Manufacturing"))],
            "yes",
            'industry "Manufacturing" @ is manufacturing',
        ),
        (
            SECTOR,
            [fact("industry", nace("25.62"))],
            "yes",
            "industry nace2.0:25.62 @ is manufacturing",
        ),
        (
            SECTOR,
            [fact("industry", nace("62.01"))],
            "no",
            "industry nace2.0:62.01 @ is not manufacturing",
        ),
        (
            SECTOR,
            [fact("industry", words("Zorbing things"))],
            "unknown",
            'industry "Zorbing things" @ may or may not be manufacturing',
        ),
        # One source may name several, and a company is in all of them.
        (
            SECTOR,
            [fact("industry", nace("62.01")), fact("industry", nace("25.62"))],
            "yes",
            "industry nace2.0:25.62 @ is manufacturing",
        ),
        # Two sources contradict each other.
        (
            SECTOR,
            [fact("industry", nace("62.01"), **A), fact("industry", nace("25.62"), **B)],
            "unknown",
            (
                "sources disagree on industry: nace2.0:62.01 @a and nace2.0:25.62 @b; asked is"
                " manufacturing"
            ),
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
        (
            SINCE,
            [fact("founded", people(2005))],
            "yes",
            "founding year 2005 @ is from 1990 to 2005",
        ),
        (
            SINCE,
            [fact("founded", people(1989))],
            "no",
            "founding year 1989 @ is not from 1990 to 2005",
        ),
        (
            SINCE,
            [fact("founded", people(1985, 1995))],
            "unknown",
            "founding year 1985 to 1995 @ may or may not be from 1990 to 2005",
        ),
    ],
)
def test_one_question(criterion: str, facts: list[Fact], answer: str, reason: str) -> None:
    found = ask(criterion, *facts)
    assert (found.answer, str(found.reason)) == (answer, said(reason))
    # An answer other than "nothing is known" names facts it rests on, and only facts it was given.
    assert set(found.facts) <= {one.id for one in facts}
    assert bool(found.facts) is not reason.startswith("no ")
