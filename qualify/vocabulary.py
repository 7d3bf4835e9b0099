"""The words a profile may use: industries, technologies with their categories, groups of countries, statuses, fields."""

from __future__ import annotations

from dataclasses import dataclass

from leads import industries, technologies
from leads.countries import country_name
from leads.statuses import STATUSES
from qualify.country_groups import country_groups
from qualify.grammar import FIELDS
from qualify.mistakes import did_you_mean


@dataclass(frozen=True, slots=True)
class Word:
    """One word, the field it belongs to, and what it means, in lines."""

    word: str
    field: str
    means: str


def all_words() -> dict[str, list[str]]:
    """Every word by the kind it is of; single technologies are too many to be listed and are asked for one by one."""
    return {
        "fields": list(FIELDS),
        "industry": list(industries.WORDS),
        "uses": list(technologies.CATEGORIES),
        "country": list(country_groups()),
        "status": sorted(STATUSES),
    }


def meanings(term: str) -> list[Word]:
    """What a term means in each field that knows it; empty when none does."""
    found = []
    if not industries.check_term(term):
        found.append(Word(term, "industry", industries.describe(term)))
    members = technologies.members(term)
    if members is not None:
        found.append(Word(term, "uses", _technology(term, sorted(members))))
    if group := country_groups().get(term.casefold()):
        found.append(Word(term, "country", ", ".join(country_name(code) for code in sorted(group.codes))))
    if term.casefold() in STATUSES:
        found.append(Word(term, "status", "a status of a company"))
    return found


def nearest(term: str) -> str:
    """`, did you mean X` for the word of any kind that looks most like the term."""
    return did_you_mean(term, [word for words in all_words().values() for word in words])


def _technology(term: str, members: list[str]) -> str:
    about = technologies.CATEGORIES.get(term.casefold().replace(" ", "-"))
    names = ", ".join(technologies.technology(slug).name for slug in members if slug != term)
    lines = [about] if about else []
    return "\n".join([*lines, f"counts as in use with any of: {names}" if names else "nothing else counts as it"])
