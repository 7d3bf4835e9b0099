"""Facts and questions in plain words: values with their unit, where they come from, what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from leads.attributes import value_text
from leads.facts import Fact
from leads.known import Ignored, Side
from leads.lexicon.languages import language_name
from leads.lexicon.places.countries import country_name
from leads.lexicon.technologies import find
from leads.usable import day
from leads.values import IndustryCode, TechnologyUse, Value
from qualify.profile.country_groups import country_groups
from qualify.profile.criteria import Leaf, Near, Terms, Within
from qualify.words.reasons import Reason, Source, Stated, listed_reasons, reason

#: What is missing when nothing is known of an attribute.
NOUNS = {
    "employees": "headcount",
    "founded": "founding year",
    "sites": "number of sites",
    "openings": "number of job openings",
    "asks_for": "what its job adverts ask for",
    "legal_form": "legal form",
    "latitude": "place",
}
_SHOWN = 5


def noun(attribute: str) -> str:
    """The attribute as a person says it."""
    return NOUNS.get(attribute, attribute.removeprefix("custom:").replace("_", " "))


def say_value(attribute: str, value: Value) -> str:
    """A value as it is shown: `11 to 50`, `Germany`, `in liquidation`."""
    match value:
        case TechnologyUse():
            return technology_name(value.slug)
        case IndustryCode(scheme="text"):
            return f'"{_short(value.code)}"'
        case str() if attribute == "asks_for":
            return technology_name(value)
        case str() if attribute == "country":
            return country_name(value)
        case str() if attribute == "language":
            return language_name(value)
        case str() if attribute == "status":
            return value.replace("_", " ")
    return _short(value_text(attribute, value))


@lru_cache(maxsize=1 << 12)
def technology_name(term: str) -> str:
    """The name of a technology as its maker writes it, or of a category in words."""
    found = find(term)
    return found.name if found else term.replace("-", " ")


def cite(facts: Sequence[Fact]) -> Reason:
    """Where a value comes from: the source most believed, its day, and how many more agree."""
    best = facts[0]
    source, seen = Source(best.evidence.source), day(best)
    more = len({fact.evidence.source for fact in facts} - {best.evidence.source})
    if more:
        return reason("{}, {} and {} more", source, seen, str(more))
    return reason("{}, {}", source, seen)


def say_side(attribute: str, side: Side) -> Reason:
    """A value with its source: `50 (list fair, 2026-03-01)`."""
    value, citation = Stated(say_value(attribute, side.value)), cite(side.facts)
    if side.note:
        return reason("{} ({}; {})", value, citation, side.note)
    return reason("{} ({})", value, citation)


def say_sides(attribute: str, sides: Sequence[Side]) -> Reason:
    """Several values with their sources, the first few of them."""
    shown = [say_side(attribute, side) for side in sides[:_SHOWN]]
    rest = [reason("{} more", str(len(sides) - _SHOWN))] if len(sides) > _SHOWN else []
    return listed_reasons([*shown, *rest], "and")


def say_ignored(attribute: str, ignored: Sequence[Ignored]) -> Reason:
    """Why what is known does not count."""
    shown = [
        reason("{} ({}) {}", _stated(attribute, one.fact), cite([one.fact]), one.reason)
        for one in ignored[:_SHOWN]
    ]
    return listed_reasons(shown, "and")


def _stated(attribute: str, fact: Fact) -> Stated:
    return Stated(say_value(attribute, fact.value))


def say_question(leaf: Leaf) -> str:
    """What is asked, to stand after "is"."""
    if isinstance(leaf, Within):
        return leaf.said
    if isinstance(leaf, Near):
        return f"within {leaf.km:g} km of {leaf.latitude:g}, {leaf.longitude:g}"
    return say_terms(leaf.terms, leaf.attribute)


def say_terms(terms: Terms, attribute: str) -> str:
    """The terms as what a value may be: `Germany or Austria`, `outside Switzerland`."""

    def words(part: tuple[str, ...], joint: str) -> str:
        shown = [say_term(term, attribute) for term in part[:_SHOWN]]
        return listed(
            [*shown, *([f"{len(part) - _SHOWN} more"] if len(part) > _SHOWN else [])], joint
        )

    said = [
        words(terms.any_of, "or"),
        words(terms.all_of, "and"),
        f"outside {words(terms.none_of, 'and')}" if terms.none_of else "",
        f"starting with {words(terms.starts_with, 'or')}" if terms.starts_with else "",
        (
            ("any" if terms.contains == ("",) else f"containing {words(terms.contains, 'or')}")
            if terms.contains
            else ""
        ),
        f"naming {words(terms.phrases, 'or')}" if terms.phrases else "",
    ]
    return " and ".join(filter(None, said))


def say_term(term: str, attribute: str) -> str:
    """One term of a profile in words."""
    if attribute == "country" and term in country_groups():
        return country_groups()[term].shown
    return technology_name(term) if attribute == "technology" else say_value(attribute, term)


def listed(words: Sequence[str], joint: str) -> str:
    """`a, b and c`."""
    return f" {joint} ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def ids(facts: Sequence[Fact]) -> tuple[UUID, ...]:
    """The ids of some facts, each once."""
    return tuple(dict.fromkeys(fact.id for fact in facts))


def _short(text: str, limit: int = 80) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
