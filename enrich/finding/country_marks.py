"""Marks of the country: what states it, what hints at it, and what states another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from enrich.finding.sight import Mark, Sight, tokens
from enrich.likely_country import country_of_top_level
from leads.lexicon.names.company_names import CompanyName
from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.phones import phone_country
from leads.lexicon.places.countries import country_name

#: VAT prefixes that are no country codes.
_VAT = {"EL": "GR", "XI": "GB"}


class Hint(NamedTuple):
    """Countries that one thing speaks for, and the words it was seen in."""

    countries: frozenset[str]
    quote: str


def country_marks(sight: Sight) -> Iterator[Mark]:
    """Yield the marks of the row's country, or of another; none if the row states no country."""
    own = sight.wanted.country
    if not own:
        return
    stated, phones, forms = list(_stated(sight)), list(_phones(sight)), list(_forms(sight))
    ending = list(_ending(sight))
    agreeing = {
        "country_stated": _first(stated, own),
        "country_phone": _first(phones, own),
        "country_form": _first(forms, own),
        "country_ending": _first(ending, own),
        "country_named": _named(sight, own),
    }
    yield from (Mark(mark, quote) for mark, quote in agreeing.items() if quote is not None)
    if agreeing["country_stated"] is None:
        hints = [] if agreeing["country_phone"] is not None else [phones, forms, ending]
        yield from _another(own, stated, hints)


def _another(own: str, stated: list[Hint], hints: list[list[Hint]]) -> Iterator[Mark]:
    other = _other(stated, own)
    if other is not None:
        yield Mark("other_country", other)
        return
    against = [quote for some in hints if (quote := _other(some, own)) is not None]
    if against:
        yield Mark("hints_elsewhere" if len(against) < 2 else "other_country", against[0])


def _first(hints: Iterable[Hint], own: str) -> str | None:
    return next((one.quote for one in hints if own in one.countries), None)


def _other(hints: Iterable[Hint], own: str) -> str | None:
    return next((one.quote for one in hints if one.countries and own not in one.countries), None)


def _stated(sight: Sight) -> Iterator[Hint]:
    """Yield the countries of addresses, of VAT numbers and of lines that end in one."""
    for one in sight.shown.of("country"):
        yield Hint(frozenset({str(one.value)}), one.quote)
    for one in sight.shown.of("vat_id"):
        prefix = str(one.value)[:2].upper()
        if prefix.isalpha():
            yield Hint(frozenset({_VAT.get(prefix, prefix)}), one.quote)
    for code, quote in sight.shown.countries:
        yield Hint(frozenset({code}), quote)


def _phones(sight: Sight) -> Iterator[Hint]:
    for one in sight.shown.of("phone"):
        code = phone_country(str(one.value))
        yield Hint(frozenset({code} if code else ()), one.quote)
    for some, quote in sight.shown.dialled:
        yield Hint(frozenset(some), quote)


def _forms(sight: Sight) -> Iterator[Hint]:
    for one in sight.agreeing("legal", "said"):
        yield Hint(_countries_of(one.name), one.quote)
    if sight.formed is not None:
        yield Hint(_countries_of(sight.formed[1]), sight.formed[0])


def _countries_of(name: CompanyName) -> frozenset[str]:
    known = tables().forms
    some = [known[form].countries for form in name.forms if form in known]
    return frozenset().union(*some)


def _ending(sight: Sight) -> Iterator[Hint]:
    country = country_of_top_level(sight.shown.domain.rpartition(".")[2])
    if country is not None:
        yield Hint(frozenset({country}), sight.shown.domain)


def _named(sight: Sight, own: str) -> str | None:
    name = country_name(own)
    return name if sight.shown.mentions(tokens(name)) else None
