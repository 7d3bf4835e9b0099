"""Which of a company's links is followed."""

from itertools import permutations
from uuid import UUID

from leads.company_links import CompanyLink, LinkKind, link_order

ONE, OLDER, YOUNGER = (UUID(int=number) for number in (9, 1, 2))

#: The links of one company, the one to follow first.
LINKS = [
    CompanyLink(ONE, OLDER, LinkKind.SITE_OF, "ada"),
    CompanyLink(ONE, YOUNGER, LinkKind.SITE_OF, "ada"),
    CompanyLink(ONE, OLDER, LinkKind.PART_OF, "ada"),
    CompanyLink(ONE, YOUNGER, LinkKind.BRAND_OF),
    CompanyLink(ONE, OLDER, LinkKind.PART_OF),
]


def test_a_persons_link_comes_first_then_the_nearer_kind_then_the_older_company() -> None:
    for links in permutations(LINKS):
        assert sorted(links, key=link_order) == LINKS
