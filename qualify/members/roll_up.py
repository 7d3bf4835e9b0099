"""Find which of several linked companies a verdict is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from leads.company_kind import CompanyIs
from leads.company_links import CompanyLink, LinkKind

#: The links that lead from a company to the one that a verdict is about.
FOLLOWED: dict[CompanyIs, frozenset[LinkKind]] = {
    CompanyIs.SITE: frozenset(),
    CompanyIs.LEGAL_ENTITY: frozenset({LinkKind.SITE_OF}),
    CompanyIs.BRAND: frozenset({LinkKind.SITE_OF, LinkKind.BRAND_OF}),
    CompanyIs.GROUP: frozenset(LinkKind),
}


@dataclass(frozen=True, slots=True)
class Root:
    """The company that a verdict is about, and whether only sites lie on the way to it."""

    company: UUID
    by_sites: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """What differs from the profile, and the way out."""

    message: str
    hint: str


def roots(links: Iterable[CompanyLink], company_is: CompanyIs) -> dict[UUID, Root]:
    """Find the root of every company that is counted with another one.

    Merges can close a ring of links; its root is the oldest company.
    """
    above: dict[UUID, CompanyLink] = {}
    for link in links:
        if link.kind in FOLLOWED[company_is]:
            above.setdefault(link.company, link)
    found = {company: _climb(company, above) for company in above}
    return {company: root for company, root in found.items() if root.company != company}


def _climb(company: UUID, above: dict[UUID, CompanyLink]) -> Root:
    way: dict[UUID, CompanyLink] = {}
    at = company
    while at in above and at not in way:
        way[at] = above[at]
        at = above[at].of
    if at in way:
        ring = list(way)[list(way).index(at) :]
        at = min(ring)
    return Root(at, all(link.kind is LinkKind.SITE_OF for link in way.values()))


def counted_with_reason(name: str, company_is: CompanyIs) -> str:
    """Explain that a company is counted with another one, `name`."""
    return f"counted with {name}, as the profile's company_is is {company_is.value}"


def of_store(company_is: CompanyIs) -> Notice | None:
    """Warn that companies in the store are legal entities: rows about sites of one are one company."""
    if company_is is not CompanyIs.SITE:
        return None
    return Notice(
        "company_is is site, but rows of one legal entity are one company: its sites share one"
        " verdict, unknown where they differ",
        "`sluice qualify LIST --icp FILE` checks each row by itself; or write company_is:"
        " legal_entity",
    )


def of_table(company_is: CompanyIs) -> Notice | None:
    """Warn that the rows of a table are checked one by one and never linked."""
    if company_is is CompanyIs.LEGAL_ENTITY:
        return None
    return Notice(
        f"company_is is {company_is.value}: each row counts as one {company_is.value}, and rows"
        " are not joined",
        f"`sluice cluster FILE -o OUT --company-is {company_is.value}` shows which rows are one"
        f" {company_is.value}; `sluice dedupe relate` links companies in the store that belong"
        " together",
    )
