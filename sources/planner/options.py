"""Which questions can still change a verdict, and why the others are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from sources.planner.offer import Offer, OpenCompany
from sources.planner.rates import Rates
from sources.planner.why import Why
from sources.planner.words import noun
from sources.source import Billing


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A source, or an attribute that no source answers, and why it is left out."""

    what: str
    why: Why

    @property
    def reason(self) -> str:
        """As a sentence without a full stop."""
        return f"{noun(self.what)}: {self.why.value}"


@dataclass(frozen=True, slots=True)
class Option:
    """A question that can change the verdict of a company."""

    offer: Offer
    #: The attributes that count, with the chance that it answers each; in alphabetical order.
    hits: tuple[tuple[str, float], ...]
    #: Millionths: at most, and as expected once it is asked.
    price: int
    expected: int
    #: What tells it from other questions, whatever their order.
    key: tuple[str, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be asked about a company."""

    options: tuple[Option, ...]
    #: Sets of attributes that can all be answered.
    sets: tuple[frozenset[str], ...]
    ends: frozenset[str]
    left_out: tuple[LeftOut, ...]


def choice(company: OpenCompany, offers: Sequence[Offer], rates: Rates, dearest: int) -> Choice:
    """The questions about a company that can change its verdict, none above so many millionths."""
    fits = all(company.fits_by)
    wanted = company.ends_by.union(*company.fits_by) if fits else company.ends_by
    left: list[LeftOut] = []
    usable: list[tuple[Offer, frozenset[str]]] = []
    for offer in offers:
        attributes, why = _use(company, offer, wanted, dearest)
        if why is None:
            usable.append((offer, attributes))
        elif attributes:
            left.append(LeftOut(offer.source, why))

    answerable = frozenset[str]().union(*(attributes for _, attributes in usable))
    left += [LeftOut(name, Why.NO_OFFER) for name in sorted(wanted - answerable)]
    sets = tuple(one for one in company.fits_by if one <= answerable) if fits else ()
    counts = company.ends_by.union(*sets)

    options = []
    for offer, attributes in usable:
        if counting := attributes & counts:
            options.append(_option(offer, counting, company.country, rates))
        else:
            left.append(LeftOut(offer.source, Why.NOT_NEEDED))
    return Choice(tuple(options), sets, company.ends_by, tuple(dict.fromkeys(left)))


def _use(
    company: OpenCompany, offer: Offer, wanted: frozenset[str], dearest: int
) -> tuple[frozenset[str], Why | None]:
    """The attributes that a source may answer, and why it is not asked, if so."""
    open_ = offer.attributes & wanted
    fresh = frozenset(name for name in open_ if (offer.source, name) not in company.asked)
    if not open_ or (offer.countries and company.country not in offer.countries):
        return frozenset(), Why.NOT_NEEDED
    if not fresh:
        asked = {company.asked[offer.source, name] for name in open_}
        return open_, next(why for why in Why if why in asked)
    if not offer.asks_by & company.known_by:
        return fresh, Why.UNKNOWN_KEY
    if price_of(offer) > dearest:
        return fresh, Why.BUDGET
    return fresh, None


def _option(offer: Offer, counting: Iterable[str], country: str | None, rates: Rates) -> Option:
    hits = tuple((name, rates.hit(offer.source, country, name)) for name in sorted(counting))
    price = expected = price_of(offer)
    if offer.billing is Billing.HIT:
        # A source that answers has found the company.
        found = max(rates.found(offer.source, country), *(hit for _, hit in hits))
        expected = ceil(price * found)
    return Option(
        offer, hits, price, expected, (offer.source, price, tuple(sorted(offer.attributes)))
    )


def price_of(offer: Offer) -> int:
    """Millionths that a question costs at most."""
    return 0 if offer.billing is Billing.NOTHING else offer.price.micros
