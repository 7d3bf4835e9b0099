"""Which of several linked companies a verdict is about, and what a profile is told of it."""

from uuid import UUID

import pytest

from leads.company_kind import CompanyIs
from leads.company_links import CompanyLink, LinkKind
from qualify.check.checking import check
from qualify.members.roll_up import of_store, of_table, roots
from qualify.profile.icp import load_icp

SITE, SHOP, LTD, HOLDING, OTHER = (UUID(int=number) for number in range(1, 6))
S, B, P = LinkKind.SITE_OF, LinkKind.BRAND_OF, LinkKind.PART_OF


def link(company: UUID, kind: LinkKind, of: UUID) -> CompanyLink:
    return CompanyLink(company, of, kind)


CHAIN = [link(SITE, S, SHOP), link(SHOP, B, LTD), link(LTD, P, HOLDING)]
#: links, company, then its root for site, legal entity, brand and group.
CASES = [
    ([], SITE, (SITE, SITE, SITE, SITE), "alone"),
    (CHAIN, SITE, (SITE, SHOP, LTD, HOLDING), "each kind goes further"),
    (CHAIN, SHOP, (SHOP, SHOP, LTD, HOLDING), "from a brand"),
    (CHAIN, LTD, (LTD, LTD, LTD, HOLDING), "from a legal entity"),
    (CHAIN, HOLDING, (HOLDING, HOLDING, HOLDING, HOLDING), "the root is its own"),
    (CHAIN, OTHER, (OTHER, OTHER, OTHER, OTHER), "a stranger"),
    (
        [link(SITE, P, LTD), link(LTD, S, HOLDING)],
        SITE,
        (SITE, SITE, SITE, HOLDING),
        "a way that ends at once",
    ),
    (
        [link(SITE, P, LTD), link(SITE, S, SHOP)],
        SITE,
        (SITE, SHOP, SHOP, LTD),
        "the first that is followed leads",
    ),
    (
        [link(LTD, P, HOLDING), link(HOLDING, P, LTD)],
        HOLDING,
        (HOLDING, HOLDING, HOLDING, LTD),
        "a ring has its oldest as root",
    ),
    (
        [link(LTD, P, HOLDING), link(HOLDING, P, LTD)],
        LTD,
        (LTD, LTD, LTD, LTD),
        "for all that stand in it",
    ),
    (
        [link(SITE, S, OTHER), link(OTHER, P, LTD), link(LTD, P, OTHER)],
        SITE,
        (SITE, OTHER, OTHER, LTD),
        "and for what leads into it",
    ),
]


@pytest.mark.parametrize(
    ("links", "company", "expected", "why"), CASES, ids=[case[-1] for case in CASES]
)
def test_the_root_of_a_company(
    links: list[CompanyLink], company: UUID, expected: tuple[UUID, ...], why: str
) -> None:
    found = [roots(links, kind).get(company) for kind in CompanyIs]
    assert tuple(root.company if root else company for root in found) == expected, why


def test_a_member_knows_whether_only_sites_lie_between() -> None:
    found = roots(CHAIN, CompanyIs.BRAND)
    assert {one: root.by_sites for one, root in found.items()} == {SITE: False, SHOP: False}
    assert roots(CHAIN, CompanyIs.LEGAL_ENTITY)[SITE].by_sites


def said(kind: str) -> list[tuple[str, str, str]]:
    found = check(
        load_icp(
            f"icp: x\nversion: 1\ncompany_is: {kind}\nsuspect: [{{country: [DE]}}]\n", "icp.yaml"
        )
    )
    return [
        (one.level, one.criterion, one.message) for one in found if one.criterion == "company_is"
    ]


def test_a_profile_of_legal_entities_is_told_nothing() -> None:
    assert said("legal_entity") == []
    assert (of_store(CompanyIs.LEGAL_ENTITY), of_table(CompanyIs.LEGAL_ENTITY)) == (None, None)


@pytest.mark.parametrize("kind", [CompanyIs.BRAND, CompanyIs.GROUP])
def test_a_profile_of_brands_or_groups_is_told_what_it_counts_on(kind: CompanyIs) -> None:
    ((level, _, message),) = said(kind.value)
    assert (level, of_store(kind)) == ("note", None)
    assert "sluice dedupe relate" in message


def test_a_profile_of_sites_is_told_that_rows_of_one_company_are_joined() -> None:
    ((level, _, message),) = said("site")
    assert level == "warning"
    assert "share one verdict" in message


@pytest.mark.parametrize("kind", [CompanyIs.SITE, CompanyIs.BRAND, CompanyIs.GROUP])
def test_a_table_has_no_links(kind: CompanyIs) -> None:
    warned = of_table(kind)
    assert warned is not None
    assert f"company_is is {kind}" in warned.message
    assert "rows are not joined" in warned.message
