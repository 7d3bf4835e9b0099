"""What the facts of a company say that helps a source to find it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leads.facts import Fact
from leads.fold import by_belief
from leads.lexicon.places.company_numbers import vat_country
from sources.subject import Number, Subject

_OTHER_NAMES = ("legal_name", "alias", "former_name")
_PLACES = ("city", "postcode", "street")
_NAMES_AT_MOST, _NUMBERS_AT_MOST, _DOMAINS_AT_MOST = 6, 8, 3


def subject_of(name: str, facts: Sequence[Fact]) -> Subject:
    """A company as sources are asked about it: its most trusted values.

    What a source answered before is left out of the places and names, except numbers and domains: a
    wrong answer must not prove the next one.
    """
    by_attribute: dict[str, list[Fact]] = {}
    for one in facts:
        by_attribute.setdefault(one.attribute, []).append(one)
    believed = {attribute: by_belief(some) for attribute, some in by_attribute.items()}

    def values(attribute: str) -> list[str]:
        return list(dict.fromkeys(str(one.value) for one in believed.get(attribute, ())))

    def own(attribute: str) -> str | None:
        stated = (one for one in believed.get(attribute, ()) if not _is_asked(one))
        return next((str(one.value) for one in stated), None)

    country = own("country")
    legal = [
        str(one.value)
        for attribute in _OTHER_NAMES
        for one in believed.get(attribute, ())
        if not _is_asked(one)
    ]
    places = {one: own(one) for one in _PLACES}
    return Subject(
        names=tuple(dict.fromkeys([name, *legal]))[:_NAMES_AT_MOST],
        country=country,
        **places,
        domains=tuple(values("domain"))[:_DOMAINS_AT_MOST],
        numbers=tuple(_numbers(believed, country))[:_NUMBERS_AT_MOST],
    )


def _is_asked(fact: Fact) -> bool:
    return fact.evidence.source.startswith(("register:", "provider:"))


def _numbers(believed: dict[str, list[Fact]], country: str | None) -> Iterable[Number]:
    for fact in believed.get("register_number", ()):
        if country:
            yield Number("register_number", country, str(fact.value))
    for fact in believed.get("vat_id", ()):
        text = str(fact.value)
        of = vat_country(text) or country
        if of:
            yield Number("vat_id", of, text)
    for fact in believed.get("lei", ()):
        yield Number("lei", "", str(fact.value))
    for fact in believed.get("national_id", ()):
        scheme, _, number = str(fact.value).partition(" ")
        if number and country:
            yield Number(scheme.upper(), country, number)
