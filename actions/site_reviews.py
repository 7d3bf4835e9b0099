"""The found sites that wait for a person, each beside what is known of its company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.session import Session, Transaction
from actions.snapshots import split_at_quote
from leads.errors import NotFoundError
from leads.store import companies, lists, site_findings
from leads.store.facts import facts
from leads.store.site_findings import SeenPage, StoredFinding, WaitingFinding

__all__ = [
    "Place",
    "SeenPage",
    "SiteForReview",
    "SitePageShown",
    "SiteToReview",
    "SitesForReview",
    "list_waiting",
    "review",
    "review_one",
    "seen_page",
]

#: Sites that are counted for a page.
MOST_WAITING = 1_000
#: What tells one company from another, in the order in which a person compares it.
_TELLING = (
    "name",
    "legal_name",
    "alias",
    "former_name",
    "legal_form",
    "country",
    "city",
    "postcode",
    "street",
    "phone",
    "email",
    "register_number",
    "vat_id",
    "lei",
    "industry",
)
#: Odds and id of a finding: where it stands in the list.
Place = tuple[float, UUID]


@dataclass(frozen=True, slots=True)
class SiteForReview:
    """A company and the site that a person should look at."""

    #: Where it stands in the list.
    place: Place
    company_id: UUID
    company: str
    found: StoredFinding


@dataclass(frozen=True, slots=True)
class SitesForReview:
    """The sites that wait for a person, and how many there are."""

    sites: Sequence[SiteForReview]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteToReview:
    """One site that waits, what is known of its company, and the pages that were read."""

    #: None: no site waits after that place.
    site: SiteForReview | None
    #: What others than sites state, by attribute, in the order in which a person compares it.
    known: Mapping[str, Sequence[str]]
    pages: Sequence[SeenPage]
    #: Exact up to `MOST_WAITING`; one more means more.
    count: int
    #: The client's lists, whose sites may be searched.
    lists: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SitePageShown:
    """The text of a page that a search read, around the words of a mark."""

    company_id: UUID
    company: str
    page: SeenPage
    before: str
    #: Empty: the words are not in the visible text, or none are looked for.
    quote: str
    after: str


def review(session: Session, client: str, limit: int) -> SitesForReview:
    """List the sites that a person should look at, the likeliest first."""
    with session.read() as work:
        client_id = work.client(client)
        found = site_findings.waiting(work.tx, client_id, limit)
        count = site_findings.count_waiting(work.tx, client_id)
    return SitesForReview([_site(one) for one in found], count)


def list_waiting(
    session: Session, client: str, after: Place | None, limit: int
) -> Sequence[SiteForReview]:
    """The sites that a person should look at; those after a place."""
    with session.read() as work:
        found = site_findings.waiting(work.tx, work.client(client), limit, after=after)
    return [_site(one) for one in found]


def review_one(session: Session, client: str, after: Place | None = None) -> SiteToReview:
    """The likeliest site, or the next one after a place, with what helps to decide."""
    with session.read(Right.MANAGE) as work:
        client_id = work.client(client)
        found = site_findings.waiting(work.tx, client_id, 1, after=after)
        count = site_findings.count_waiting(work.tx, client_id, MOST_WAITING)
        if not found:
            names = [one.name for one in lists.every(work.tx, client_id)]
            return SiteToReview(site=None, known={}, pages=(), count=count, lists=names)
        site = _site(found[0])
        known = _known(work, client_id, site)
        pages = site_findings.pages_of(work.tx, client_id, site.company_id)
    return SiteToReview(site=site, known=known, pages=pages, count=count)


def seen_page(
    session: Session, client: str, company_id: UUID, number: int, mark: str
) -> SitePageShown:
    """One page of the site that waits, with the words of one of its marks; NotFoundError if it is
    not kept.
    """
    with session.read(Right.MANAGE) as work:
        client_id = work.client(client)
        kept = companies.survivor(work.tx, client_id, company_id)
        name = companies.names_of(work.tx, [kept]).get(kept)
        pages = site_findings.pages_of(work.tx, client_id, kept)
        found = site_findings.of_companies(work.tx, client_id, [kept]).get(kept)
    if name is None or not 0 <= number < len(pages):
        raise NotFoundError("this page is not kept", "the site may have been searched again since")
    page = pages[number]
    reasons = found.reasons if found else ()
    words = next((str(one["quote"]) for one in reasons if one["mark"] == mark), "")
    return SitePageShown(kept, name, page, *split_at_quote(page.text, words))


def _site(one: WaitingFinding) -> SiteForReview:
    found = one.finding
    return SiteForReview((found.odds, one.id), found.company_id, one.company, found)


def _known(work: Transaction, client_id: UUID, site: SiteForReview) -> Mapping[str, Sequence[str]]:
    found: dict[str, dict[str, None]] = {"name": {site.company: None}}
    for fact in facts.of_companies(work.tx, client_id, [site.company_id])[site.company_id]:
        if not fact.evidence.source.startswith("site:"):
            found.setdefault(fact.attribute, {})[str(fact.value)] = None
    return {one: list(found[one]) for one in _TELLING if one in found}
