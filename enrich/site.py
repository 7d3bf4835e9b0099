"""Merge the facts extracted from a site's pages; the most reliable page wins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from enrich.coverage import coverage
from enrich.extracted import ExtractedFact, to_fact
from enrich.industry.evidence import guessed
from enrich.page import BOARD
from enrich.parked import NOT_IN_USE
from enrich.people import together
from enrich.reading import PageReading, Received, read_page
from leads.attributes import ATTRIBUTES, World
from leads.contacts import PageContact
from leads.dns_records import DNS
from leads.facts import Fact, Scope
from leads.usable import agree
from leads.values import IndustryCode, Range

#: Page kinds, most reliable first.
_KINDS = ("imprint", "contact", "about", "home", "entry")
#: These belong together, so they come from one page.
_ADDRESS = frozenset({"street", "postcode", "city", "region", "country"})
_NAME = frozenset({"legal_name", "legal_form"})
#: Two figures of nearly equal confidence are a real contradiction, which is kept and shown.
_FIGURES = frozenset({"employees", "founded", "turnover"})
_NEARLY = 0.15
#: What is said about job openings, and the NACE division of those who find staff for others.
_JOBS = frozenset({"job_opening", "openings", "asks_for"})
_STAFFING = "78"


@dataclass(frozen=True, slots=True)
class BrokenPage:
    """A page that extraction failed on."""

    url: str
    error: str


@dataclass(frozen=True, slots=True)
class SiteReading:
    """The facts of a site, in the order of the attribute table, and the pages that gave none."""

    facts: tuple[Fact, ...]
    broken: tuple[BrokenPage, ...] = ()
    people: tuple[PageContact, ...] = ()


class Seen(NamedTuple):
    """A finding with its page."""

    found: ExtractedFact
    page: PageReading

    @property
    def rank(self) -> tuple[int, float, str]:
        """Sort key, best first: kind of page, then confidence; the URL makes the order stable."""
        kind = self.page.kind
        return (
            _KINDS.index(kind) if kind in _KINDS else len(_KINDS),
            -self.found.confidence,
            self.page.url,
        )


def read_pages(site: str, pages: Sequence[Received], *, with_people: bool = False) -> SiteReading:
    """Extract the facts of a site (its registrable domain); a broken page costs only its own.

    Persons and mailboxes of roles are found for clients that keep contacts only.
    """
    tried = [try_page(one, with_people=with_people) for one in pages]
    readings = [one for one in tried if isinstance(one, PageReading)]
    return merged(site, readings, [part for one in tried for part in failures(one)])


def try_page(
    received: Received, *, with_people: bool, fingerprints: Path | None = None
) -> PageReading | BrokenPage:
    """Extract what one page states, whatever the page does."""
    try:
        return read_page(received, with_people=with_people, fingerprints=fingerprints)
    except Exception as error:  # Whatever one page does, the site's other pages are read.
        return BrokenPage(received.url, f"{type(error).__name__}: {error}"[:300])


def failures(tried: PageReading | BrokenPage) -> list[BrokenPage]:
    """Return what failed on a page: the whole page, or some extractors."""
    if isinstance(tried, BrokenPage):
        return [tried]
    return [BrokenPage(tried.url, one) for one in tried.failed]


def merged(
    site: str, readings: Sequence[PageReading], broken: Sequence[BrokenPage] = ()
) -> SiteReading:
    """Put together what the pages of a site gave, some read now and some before."""
    people = [person for one in _best_first(readings) for person in one.people]
    return SiteReading(tuple(_facts(site, readings)), tuple(broken), together(people))


def _best_first(readings: Sequence[PageReading]) -> list[PageReading]:
    """The most reliable kind of page first: its words and its address of a contact count."""
    order = {kind: place for place, kind in enumerate(_KINDS)}
    return sorted(readings, key=lambda one: order.get(one.kind, len(_KINDS)))


def _facts(site: str, readings: Sequence[PageReading]) -> list[Fact]:
    readings = _of_the_owner(readings)
    seen = [Seen(found, one) for one in readings for found in one.found]
    facts = [to_fact(found, page, site=site) for found, page in reconcile(seen)]
    if readings:
        newest = max(readings, key=lambda one: (one.kind != DNS, one.fetched_at, one.url))
        facts += [to_fact(found, newest, site=site) for found in coverage(readings)]
    guesses = list(_industry(site, readings))
    if guesses and _places_others(guesses[0]):
        facts = [one for one in facts if one.attribute not in _JOBS]
    facts += guesses
    order = {name: place for place, name in enumerate(ATTRIBUTES)}
    return sorted(facts, key=lambda one: order[one.attribute])


def _of_the_owner(readings: Sequence[PageReading]) -> Sequence[PageReading]:
    """Leave out the DNS records of a domain that is a seller's."""
    homes = [one for one in readings if one.kind == "home"]
    if any(NOT_IN_USE.intersection(one.reasons) for one in homes):
        return [one for one in readings if one.kind != DNS]
    return readings


def _places_others(guess: Fact) -> bool:
    """Check whether the company finds staff for others: the jobs on its site are theirs."""
    least = ATTRIBUTES["industry"].sure_guess or 0.0
    value, sure = guess.value, guess.evidence.confidence >= least
    return sure and isinstance(value, IndustryCode) and value.code == _STAFFING


def _industry(site: str, readings: Sequence[PageReading]) -> Iterator[Fact]:
    """Yield what the words of all pages let guess, as of the page that says most."""
    words = [one.industry for one in readings if one.industry is not None]
    if words:
        telling = max(words, key=lambda one: one.amount)
        page = next(one for one in readings if one.industry is telling)
        yield from (to_fact(found, page, site=site) for found in guessed(words))


def reconcile(seen: Sequence[Seen]) -> list[Seen]:
    """Keep one finding per value, and the best per single-value attribute; keep contradictions."""
    kept: list[Seen] = []
    order = {name: place for place, name in enumerate(ATTRIBUTES)}
    by_attribute = sorted(seen, key=lambda one: (order[one.found.attribute], one.rank))
    groups = {
        name: list(some) for name, some in groupby(by_attribute, lambda one: one.found.attribute)
    }
    address = _best_page(groups.get("postcode", []) + groups.get("city", []))
    legal = _best_page(groups.get("legal_name", []))
    for name, some in groups.items():
        if name in _ADDRESS:
            kept += _of_address(some, address)
        elif name in _NAME:
            kept += [one for one in some if one.page is legal][:1]
        elif name in _FIGURES:
            kept += _figures(some)
        elif name == "openings":
            kept += _openings(some, len(_each_once(groups.get("job_opening", []))))
        elif ATTRIBUTES[name].world is World.CLOSED:
            kept += some[:1]
        else:
            kept += _each_once(some)
    return _without_fax_as_phone(kept)


def _best_page(some: Sequence[Seen]) -> PageReading | None:
    of_company = [one for one in some if one.found.scope is Scope.COMPANY]
    return min(of_company, key=lambda one: one.rank).page if of_company else None


def _of_address(some: Sequence[Seen], page: PageReading | None) -> Iterator[Seen]:
    """Yield the company's address from one page, else those of its sites, each value once."""
    of_company = [one for one in some if one.found.scope is Scope.COMPANY]
    if page is not None:
        yield from [one for one in of_company if one.page is page][:1]
    elif of_company:
        yield of_company[0]
    else:
        yield from _each_once(some)


def _figures(some: Sequence[Seen]) -> Iterator[Seen]:
    for scope in Scope:
        kept: list[Seen] = []
        for one in sorted(
            (one for one in some if one.found.scope is scope),
            key=lambda one: (-one.found.confidence, one.rank),
        ):
            sure = not kept or one.found.confidence >= kept[0].found.confidence - _NEARLY
            if sure and not any(agree(one.found.value, other.found.value) for other in kept):
                kept.append(one)
        yield from kept


def _openings(some: Sequence[Seen], titles: int) -> Iterator[Seen]:
    """Yield the largest number of openings that a page states, or that of all titles seen."""

    def low(one: Seen) -> int:
        return one.found.value.low or 0 if isinstance(one.found.value, Range) else 0

    largest = max(some, key=lambda one: (low(one), one.page.kind == BOARD, one.rank))
    if low(largest) >= titles:
        yield largest
    else:
        more = replace(largest.found, value=Range(titles, None))
        yield largest._replace(found=more)


def _each_once(some: Sequence[Seen]) -> list[Seen]:
    best: dict[object, Seen] = {}
    for one in some:
        value = one.found.value
        key = value.casefold() if isinstance(value, str) else value
        if key not in best or one.found.confidence > best[key].found.confidence:
            best[key] = one
    return sorted(best.values(), key=lambda one: (-one.found.confidence, str(one.found.value)))


def _without_fax_as_phone(kept: Sequence[Seen]) -> list[Seen]:
    fax = {one.found.value: one.found.confidence for one in kept if one.found.attribute == "fax"}
    return [
        one
        for one in kept
        if one.found.attribute != "phone" or fax.get(one.found.value, -1.0) < one.found.confidence
    ]
