"""Compare the place, the domain and the status of a company with those of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from leads.lexicon.domains import host_kind, registrable
from leads.lexicon.places.countries import compared
from leads.lexicon.places.place_names import cities_apart, city_named
from leads.lexicon.places.postcodes import postcode
from sources.answers import Entry
from sources.identity_marks import Mark, table
from sources.subject import Subject

#: `PARIS CEDEX 08`, `Praha 5`, `PARIS 17E ARRONDISSEMENT`.
_DISTRICT = re.compile(r"\b(?:\d+\w*|cedex|arrondissement)\b")
_NOT_PLAIN = re.compile(r"[^A-Z0-9]")
_DIGRAPH = re.compile(r"([aou])e|aa")
#: `12 B` is `12B`.
_NUMBERED = re.compile(r"\b(\d+) ([a-z])\b")
_LONGEST = 200


def place_marks(subject: Subject, entry: Entry) -> Iterator[Mark]:
    """Yield the marks of country, city, postcode, street, domain and status."""
    if subject.country and entry.country:
        same = subject.country == entry.country
        yield Mark("same_country" if same else "other_country", entry.country)
    city = _city(subject.city, entry.city)
    anywhere = "" if subject.country else "_anywhere"
    if city is not None:
        yield Mark(f"same_city{anywhere}" if city else "other_city", entry.city)
    yield from _postcode(subject, entry, same_city=city is True)
    street = _street(subject.street or "")
    if street and street == _street(entry.street):
        yield Mark("same_street", entry.street)
    yield from _domain(subject, entry)
    yield from _status(entry)


def _status(entry: Entry) -> Iterator[Mark]:
    stated = [str(fact.value) for fact in entry.facts if fact.attribute == "status"]
    ended = [status for status in stated if status in table()["ended"]]
    if ended:
        yield Mark("ended", ended[0])


def _city(own: str | None, stated: str) -> bool | None:
    """Whether two cities are the same; None if one is unknown or may be a part of the other."""
    one, other = _plain_city((own or "")[:_LONGEST]), _plain_city(stated[:_LONGEST])
    if not one or not other:
        return None
    if city_named(one) == city_named(other) or _folded(one) == _folded(other):
        return True
    return False if cities_apart(city_named(one), city_named(other)) else None


@lru_cache(maxsize=1 << 14)
def _plain_city(text: str) -> str:
    plain = compared(text)
    return " ".join(_DISTRICT.sub(" ", plain).split()) or plain


def _folded(plain: str) -> str:
    return _DIGRAPH.sub(lambda found: found[1] or "a", plain)


def _postcode(subject: Subject, entry: Entry, *, same_city: bool) -> Iterator[Mark]:
    country = subject.country or entry.country or None
    written = (subject.postcode or "", entry.postcode)
    own, stated = (_plain_code(text[:_LONGEST], country) for text in written)
    if not own or not stated:
        return
    if own == stated:
        anywhere = "" if subject.country else "_anywhere"
        yield Mark(f"same_postcode{anywhere}", entry.postcode)
    elif not same_city:
        yield Mark("other_postcode", entry.postcode)


@lru_cache(maxsize=1 << 14)
def _plain_code(text: str, country: str | None) -> str:
    written = postcode(text, country) if text else None
    return _NOT_PLAIN.sub("", (written or "").upper())


def _street(text: str) -> tuple[str, ...]:
    """The words of a street and its number, without words such as `rue`; empty without a number."""
    known = table()["streets"]
    plain = _NUMBERED.sub(r"\1\2", compared(text[:_LONGEST]))
    words = [word for word in plain.split() if word not in known["words"]]
    numbers = tuple(word for word in words if word[0].isdigit())
    name = "".join(_without_end(word) for word in words if not word[0].isdigit())
    return (_folded(name), *sorted(numbers)) if numbers and name else ()


def _without_end(word: str) -> str:
    ends = table()["streets"]["ends"]
    end = next((end for end in ends if word.endswith(end) and len(word) > len(end) + 2), "")
    return word.removesuffix(end)


def _domain(subject: Subject, entry: Entry) -> Iterator[Mark]:
    own = {domain for domain in map(_own_domain, subject.domains) if domain}
    stated = _own_domain(entry.domain)
    if own and stated:
        yield Mark("same_domain" if stated in own else "other_domain", stated)


def _own_domain(text: str) -> str:
    """The registrable domain; empty for one that many companies share."""
    domain = registrable(text) if text else None
    return domain if domain and host_kind(domain) is None else ""
