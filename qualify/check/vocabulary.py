"""The words a profile may use: industries, technologies with their categories, places, statuses,
languages, fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from leads.lexicon import technologies
from leads.lexicon.industries import membership as industries
from leads.lexicon.languages import language_code, language_name
from leads.lexicon.languages import names as language_names
from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.names.legal_forms import legal_form
from leads.lexicon.places.countries import CODES, country_code, country_name
from leads.lexicon.places.place_names import is_city, region_named, region_names
from leads.lexicon.statuses import STATUSES, parse_status
from leads.yaml_mistakes import did_you_mean
from qualify.decide.meets import folded, named
from qualify.profile.country_groups import country_groups, group_named
from qualify.profile.grammar import FIELDS
from qualify.words.answerers import answerers


@dataclass(frozen=True, slots=True)
class WordMeaning:
    """A word, the field it belongs to, and what it means, in lines."""

    word: str
    field: str
    means: str


def all_words() -> dict[str, list[str]]:
    """List the words by kind; single technologies and places are too many and are left out."""
    return {
        "fields": list(FIELDS),
        "industry": list(industries.WORDS),
        "uses": list(technologies.CATEGORIES),
        "country": list(country_groups()),
        "status": sorted(STATUSES),
        "language": list(language_names()),
        "certificate": list(answerers()["certificates"]),
    }


def meanings(term: str) -> list[WordMeaning]:
    """Explain a term in each field that knows it; empty when no field does."""
    return [*_field(term), *_industry(term), *_technology(term), *_place(term), *_other(term)]


def nearest(term: str) -> str:
    """Suggest the most similar word of any kind, as `, did you mean X`."""
    countries = [country_name(code) for code in CODES]
    return did_you_mean(
        term,
        [
            *(word for words in all_words().values() for word in words),
            *countries,
            *region_names(),
            *tables().forms,
        ],
    )


def _field(term: str) -> Iterator[WordMeaning]:
    if known := _fields().get(term.casefold().replace(" ", "_")):
        yield WordMeaning(term, "field", f"{known['asks']}\nwritten: {known['example']}")


def _industry(term: str) -> Iterator[WordMeaning]:
    if not industries.check_term(term):
        odd = industries.check_revision(term)
        yield WordMeaning(term, "industry", industries.describe(term) + (f"\n{odd}" if odd else ""))


def _technology(term: str) -> Iterator[WordMeaning]:
    members = technologies.members(term)
    if members is None:
        return
    about = technologies.CATEGORIES.get(term.casefold().replace(" ", "-"))
    names = ", ".join(
        technologies.technology(slug).name for slug in sorted(members) if slug != term
    )
    counts = f"counts as in use with any of: {names}" if names else "nothing else counts as it"
    yield WordMeaning(term, "uses", "\n".join(filter(None, [about, counts])))


def _place(term: str) -> Iterator[WordMeaning]:
    if group := group_named(term):
        yield WordMeaning(
            group,
            "country",
            ", ".join(country_name(code) for code in sorted(country_groups()[group].codes)),
        )
    elif code := country_code(term):
        yield WordMeaning(code, "country", country_name(code))
    if region := region_named(term):
        yield WordMeaning(region, "region", "known under all its names")
    if is_city(term):
        yield WordMeaning(term, "city", "known under all its names")


def _other(term: str) -> Iterator[WordMeaning]:
    if status := parse_status(term):
        yield WordMeaning(status, "status", "a status of a company")
    if language := language_code(term):
        yield WordMeaning(language, "language", language_name(language))
    if form := legal_form(term):
        yield WordMeaning(
            form.name, "legal_form", f"a legal form of {', '.join(sorted(form.countries))}"
        )
    known = {
        named(folded(name, "certificate"), "certificate"): name
        for name in answerers()["certificates"]
    }
    if certificate := known.get(named(folded(term, "certificate"), "certificate")):
        yield WordMeaning(certificate, "certificate", "a certificate that pages are read for")


@cache
def _fields() -> dict[str, dict[str, str]]:
    text = (Path(__file__).parent.parent / "data" / "fields.yaml").read_text(encoding="utf-8")
    fields: dict[str, dict[str, str]] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader builds text only
    return fields
