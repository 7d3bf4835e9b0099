"""Postal addresses: the company's own if known, otherwise those of its sites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.local_places import local_places
from enrich.meta_address import address_of_metas
from enrich.named_places import named_places
from enrich.other_parties import is_of_other_party
from enrich.other_sections import is_about_another
from enrich.postal import addresses
from enrich.postal_lines import Address
from enrich.stated_addresses import StatedAddress, stated_addresses
from enrich.tables import either, words
from leads.facts import Scope

#: Maximum sites kept per page.
MOST_SITES = 40
_SURE = {"imprint": 0.9, "contact": 0.85, "home": 0.78, "about": 0.75}


def find_addresses(document: Document) -> Iterator[ExtractedFact]:
    """Find street, postcode, city, region and country: structured data first, then text."""
    stated = stated_addresses(document)
    whole = [one for one in stated if one.is_whole]
    if whole:
        yield from _stated(whole)
        return
    # A country alone does not make what the page shows superfluous.
    for one in stated[:1]:
        yield from one.facts
    yield from _written(document)


def _stated(whole: Sequence[StatedAddress]) -> Iterator[ExtractedFact]:
    """Yield the only address as the company's, several as those of its sites."""
    own = [one for one in whole if one.is_own] or whole
    for one in whole:
        is_site = len(own) > 1 or one not in own
        yield from map(_of_site, one.facts) if is_site else one.facts


def _written(document: Document) -> Iterator[ExtractedFact]:
    found = _own(document)
    sure = _SURE.get(document.page.kind, 0.65)
    method = "imprint_text" if document.is_imprint else "text"
    seat = _seat(document, found)
    sites = _different(found)
    if seat is not None:
        yield from _parts(seat, _quote(document, seat), method, sure)
        # An imprint names the seat; who else is named there is seldom a part of the company.
        sites = [] if document.is_imprint else [one for one in sites if _key(one) != _key(seat)]

    for one in sites[:MOST_SITES]:
        for part in _parts(one, _quote(document, one), method, sure - 0.1):
            yield _of_site(part)
    places = list(_places(document, found))
    yield from places
    yield from _of_metas(document, _cities(found, places))


def _cities(found: Iterable[Address], places: Iterable[ExtractedFact]) -> set[str]:
    known = {(one.city or "").casefold() for one in found}
    return known | {str(one.value).casefold() for one in places if one.attribute == "city"}


def _own(document: Document) -> list[Address]:
    return [
        one for one in addresses(document.text, document.hint) if not _is_of_another(document, one)
    ]


def _of_metas(document: Document, known: set[str]) -> Iterator[ExtractedFact]:
    """Find the address of meta tags, unless the text of the page has its city."""
    found = list(address_of_metas(document.markup))
    if not any(str(one.value).casefold() in known for one in found):
        yield from found


def _places(document: Document, found: Sequence[Address]) -> Iterator[ExtractedFact]:
    """Find the cities of the company's sites that stand without a postcode."""
    known = {(one.city or "").casefold() for one in found}
    named = named_places(document, known)
    sure = [(one, 0.55) for one in named] + [(one, 0.45) for one in local_places(document)]
    for one, confidence in sure:
        if (
            one.city.casefold() in known
            or is_of_other_party(document, one.start)
            or is_about_another(document, one.start)
        ):
            continue
        known.add(one.city.casefold())
        quote = document.quote(one.start, one.end, 60)
        values = {
            "street": one.street,
            "city": one.city,
            "region": one.region,
            "country": one.country,
        }
        for attribute, value in values.items():
            if value:
                yield _of_site(ExtractedFact(attribute, value, quote, "text", confidence))


def _seat(document: Document, found: Sequence[Address]) -> Address | None:
    """Return the address called the seat, else the first of an imprint, else the only one."""
    labelled = next((one for one in found if _is_seat(document, one)), None)
    if labelled is not None or not found:
        return labelled
    return found[0] if document.is_imprint or len(_different(found)) == 1 else None


def _different(found: Sequence[Address]) -> list[Address]:
    """Return the first address of each place."""
    by_place: dict[tuple[str, str], Address] = {}
    for one in found:
        by_place.setdefault(_key(one), one)
    return list(by_place.values())


def _key(address: Address) -> tuple[str, str]:
    return address.postcode or (address.city or "").casefold(), address.country


def _parts(address: Address, quote: str, method: str, sure: float) -> Iterator[ExtractedFact]:
    values = {
        "street": address.street,
        "postcode": address.postcode,
        "city": address.city,
        "region": address.region,
    }
    for attribute, value in values.items():
        if value:
            yield ExtractedFact(attribute, value, quote, method, round(sure, 2))
    # If several countries share a postcode format, the page's language or domain must confirm the
    # country.
    yield ExtractedFact(
        "country",
        address.country,
        quote,
        method if address.stated else "format",
        round(sure if address.stated else sure - 0.15, 2),
    )


def _of_site(found: ExtractedFact) -> ExtractedFact:
    return ExtractedFact(
        found.attribute, found.value, found.quote, found.method, found.confidence, Scope.SITE
    )


def _quote(document: Document, address: Address) -> str:
    return document.quote(_street_start(document, address), address.end, 40)


def _is_seat(document: Document, address: Address) -> bool:
    return (
        _seat_words().search(document.folded, max(0, address.start - 160), address.start)
        is not None
    )


def _is_of_another(document: Document, address: Address) -> bool:
    """Check whether the address follows the name of a data processor, authority, host or agency."""
    start = _street_start(document, address)
    return (
        is_of_other_party(document, address.start, own_name_counts=False)
        or is_of_other_party(document, start)
        or is_about_another(document, start)
    )


def _street_start(document: Document, address: Address) -> int:
    """Return where the address begins with its street."""
    start = document.text.rfind(address.street, 0, address.end) if address.street else address.start
    return start if start >= 0 and address.start - start < 200 else address.start


@cache
def _seat_words() -> re.Pattern[str]:
    seat = either(map(re.escape, words("addresses")["seat"]))
    return re.compile(rf"(?<![^\W_])(?:{seat})(?![^\W_])")
