from datetime import timedelta

import pytest

from leads.facts import Fact
from leads.fold import fold
from leads.known import Policy
from qualify.decide.coverage import Coverage, coverage, enough_for, needs
from tests.made_facts import TODAY, fact


def look(*counts: str, source: str = "site:acme.example", days_ago: int = 0) -> list[Fact]:
    return [
        fact("coverage", count, source=source, method="page", seen=TODAY - timedelta(days=days_ago))
        for count in counts
    ]


def of(facts: list[Fact]) -> Coverage:
    return coverage(fold(facts, "coverage", Policy(TODAY)))


@pytest.mark.parametrize(
    ("facts", "enough", "said"),
    [
        ([], False, "no page was read"),
        (look("home:1", "imprint:1", "pages:5"), True, "5 pages were read on 2026-11-20"),
        (look("home:1", "contact:1", "pages:5"), True, "5 pages were read on 2026-11-20"),
        # The kinds alone add up too; headers and scripts are no pages.
        (
            look("home:1", "contact:1", "about:1", "other:2"),
            True,
            "5 pages were read on 2026-11-20",
        ),
        (
            look("home:1", "contact:1", "other:2", "headers:9", "scripts:30"),
            False,
            "4 pages were read on 2026-11-20",
        ),
        # Home and four more, so four in all are one too few.
        (look("home:1", "imprint:1", "pages:4"), False, "4 pages were read on 2026-11-20"),
        (look("home:1", "about:1", "pages:9"), False, "9 pages were read on 2026-11-20"),
        (look("imprint:1", "pages:9"), False, "9 pages were read on 2026-11-20"),
        (look("home:1", "imprint:0", "pages:9"), False, "9 pages were read on 2026-11-20"),
        (look("home:1"), False, "1 page was read on 2026-11-20"),
        # Two sites read in part are not one site read well.
        (
            look("home:1", "pages:2")
            + look("imprint:1", "pages:5", source="site:acme-works.example"),
            False,
            "5 pages were read on 2026-11-20",
        ),
        # A look that was enough stays so when a later one found the site down.
        (
            look("home:1", "imprint:1", "pages:6", days_ago=100) + look("home:1", "pages:1"),
            True,
            "6 pages were read on 2026-08-12",
        ),
        # Too long ago: the site may have changed altogether.
        (look("home:1", "imprint:1", "pages:6", days_ago=800), False, "no page was read"),
        # Nonsense counts for nothing.
        (look("home", "home:many", "imprint:-1", "pages:9999999"), False, "no page was read"),
    ],
)
def test_how_much_was_looked_at(facts: list[Fact], enough: bool, said: str) -> None:
    found = of(facts)
    assert (found.enough, str(found.reason)) == (enough, said)


@pytest.mark.parametrize(
    ("terms", "kinds"),
    [
        (("management-software",), ()),
        (("odoo",), ()),
        (("windows-estate",), ("headers",)),
        (("iis",), ("headers",)),
        (("subscription-apps", "ats"), ("careers", "products")),
        (("microsoft-365",), ("dns_mx", "dns_txt")),
    ],
)
def test_some_categories_need_more_than_pages(
    terms: tuple[str, ...], kinds: tuple[str, ...]
) -> None:
    assert needs(terms) == kinds


def test_what_a_category_needs_must_be_in_the_same_look() -> None:
    pages, careers = look("home:1", "imprint:1", "pages:6"), look("careers:1", days_ago=3)
    assert not coverage(fold(pages + careers, "coverage", Policy(TODAY)), ("careers",)).enough
    assert coverage(fold(pages + look("careers:1"), "coverage", Policy(TODAY)), ("careers",)).enough
    assert enough_for(("ats",)).endswith(" and a careers page")
