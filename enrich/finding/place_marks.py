"""Marks of places, contacts and numbers: what the row knows besides its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich.finding.sight import Mark, Sight, tokens
from leads.lexicon.domains import company_domain
from leads.lexicon.places.place_names import city_named

_NO_LETTER = re.compile(r"[^A-Z0-9]")
_DIGITS = re.compile(r"\D")
#: Phone numbers are compared by their last digits: the country code may be missing.
_TAIL = 9
_SHORTEST_NUMBER = 5


def place_marks(sight: Sight) -> Iterator[Mark]:
    """Yield the marks of place, contact and number."""
    yield from _city(sight)
    yield from _postcode(sight)
    street = tokens(sight.wanted.street.partition(",")[0])
    if len(street) > 1 and sight.shown.mentions(street):
        yield Mark("same_street", sight.wanted.street)
    yield from _phone(sight)
    yield from _mail(sight)
    yield from _number(sight)


def _city(sight: Sight) -> Iterator[Mark]:
    city, cities = sight.wanted.city, list(sight.shown.of("city"))
    if not city:
        return
    same = [one for one in cities if city_named(str(one.value)) == city_named(city)]
    if same or sight.shown.mentions(tokens(city)):
        yield Mark("same_city", same[0].quote if same else city)
    elif cities:
        yield Mark("other_city", cities[0].quote)


def _postcode(sight: Sight) -> Iterator[Mark]:
    own = _plain(sight.wanted.postcode)
    if len(own) <= 3:
        return
    stated = [one for one in sight.shown.of("postcode") if _plain(str(one.value)) == own]
    if stated or sight.shown.mentions(tokens(sight.wanted.postcode)):
        yield Mark("same_postcode", stated[0].quote if stated else sight.wanted.postcode)


def _plain(text: str) -> str:
    return _NO_LETTER.sub("", text.upper())


def _phone(sight: Sight) -> Iterator[Mark]:
    own = {_tail(one) for one in sight.wanted.phones} - {""}
    same = [one for one in sight.shown.of("phone", "fax") if _tail(str(one.value)) in own]
    if same:
        yield Mark("same_phone", same[0].quote)


def _tail(number: str) -> str:
    digits = _DIGITS.sub("", number).lstrip("0")[-_TAIL:]
    return digits if len(digits) > _SHORTEST_NUMBER else ""


def _mail(sight: Sight) -> Iterator[Mark]:
    own = sight.shown.domain
    if any(company_domain(host) == own for host in sight.wanted.mail_hosts):
        yield Mark("mail_of_list", own)
    hosts = [company_domain(str(one.value)) for one in sight.shown.of("email")]
    others = [host for host in hosts if host and host != own]
    if own in hosts:
        yield Mark("own_mail", f"@{own}")
    elif others:
        yield Mark("mail_elsewhere", f"@{others[0]}")


def _number(sight: Sight) -> Iterator[Mark]:
    own = {number for one in sight.wanted.numbers if (number := _plain(one))}
    found = list(sight.shown.of("vat_id", "register_number", "lei"))
    stated = [(_plain(str(one.value)), one.quote) for one in found]
    same = [quote for number, quote in stated if any(_same(mine, number) for mine in own)]
    same += [one for one in own if _is_in_text(sight, one)]
    if same:
        yield Mark("same_number", same[0])
    else:
        yield from _other_number(own, stated)


def _other_number(own: set[str], stated: list[tuple[str, str]]) -> Iterator[Mark]:
    shapes = set(map(_shape, own))
    other = [quote for number, quote in stated if _shape(number) in shapes]
    if other:
        yield Mark("other_number", other[0])


def _is_in_text(sight: Sight, number: str) -> bool:
    return len(number) > _SHORTEST_NUMBER and sight.shown.mentions(tokens(number))


def _same(mine: str, stated: str) -> bool:
    """Compare numbers; a court or a country may stand before one of them."""
    short, long = sorted((mine.lstrip("0"), stated.lstrip("0")), key=len)
    return len(short) >= _SHORTEST_NUMBER and long.endswith(short)


def _shape(number: str) -> str:
    return "".join("9" if one.isdigit() else one for one in number)
