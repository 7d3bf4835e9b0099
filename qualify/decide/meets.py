"""What a question answers when everything about its attribute is known: the values given are all
that is true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import assert_never

from leads.answers import Answer, all_of, any_of
from leads.lexicon.industries.membership import inside as inside_industry
from leads.lexicon.languages import language_code, written_as
from leads.lexicon.names.legal_forms import legal_form
from leads.lexicon.places.countries import compared
from leads.lexicon.places.place_names import cities_apart, city_named, region_named
from leads.lexicon.technologies import members
from leads.lexicon.transliterate import to_ascii
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse, Value
from qualify.decide.distance import kilometres
from qualify.profile.country_groups import countries_of
from qualify.profile.criteria import Leaf, Matches, Near, Terms, Uses, Within

_NOT_WORD = re.compile(r"[\W_]+")
#: A standard, whichever body publishes it too and of whatever year: `DIN EN ISO 9001:2015`,
#: `ISO9001`.
_NORM = re.compile(
    r"(?:din )?(?:en )?(iso|iatf|en|vda|fssc) ?(?:iec )?(\d{4,5})(?: (?:19|20)\d\d)?"
)
#: Attributes whose values have several names.
_NAMED = frozenset({"region", "city", "language", "legal_form", "certificate"})
#: A text that stands for any place but those that are named.
NOWHERE = "\N{NULL}"

#: Whether any of some terms is met.
Met = Callable[[tuple[str, ...]], Answer]


def meets(leaf: Leaf, values: Sequence[Value]) -> Answer:
    """The answer to `leaf` where `values` are the whole truth; a range or a code that may lie on
    either side is unknown.
    """
    match leaf:
        case Within():
            return all_of(inside(leaf.wanted, value) for value in values)
        case Matches():
            return _matches(leaf, values)
        case Uses():
            return by_terms(leaf.terms, lambda wanted: _answer(_any_use(values, wanted)))
        case Near():
            return all_of(_answer(_way(str(value), leaf) <= leaf.km) for value in values)
        case _:
            assert_never(leaf)


def _matches(leaf: Matches, values: Sequence[Value]) -> Answer:
    match leaf.attribute:
        case "industry":
            return by_terms(
                leaf.terms, lambda wanted: any_of(_of_industry(value, wanted) for value in values)
            )
        case "asks_for":
            return by_terms(
                leaf.terms,
                lambda wanted: _answer(
                    any(slugs(term) >= slugs(str(value)) for term in wanted for value in values)
                ),
            )
        case "country":
            return by_terms(
                leaf.terms,
                lambda wanted: _answer(not countries_of(wanted).isdisjoint(map(str, values))),
            )
        case _:
            return _of_texts(leaf, [folded(value, leaf.attribute) for value in values])


def _of_texts(leaf: Matches, texts: Sequence[str]) -> Answer:
    return by_terms(_folded(leaf), _naming(leaf.attribute, texts), texts)


def _any_use(values: Sequence[Value], terms: Sequence[str]) -> bool:
    return any(is_use_of(value, term) for value in values for term in terms)


def by_terms(terms: Terms, met: Met, texts: Sequence[str] = ()) -> Answer:
    """The answer to all parts of `terms`, where `met` says whether any of some terms is; texts as
    they are compared.
    """
    parts = [met((term,)) for term in terms.all_of]
    if terms.any_of:
        parts.append(met(terms.any_of))
    if terms.none_of:
        parts.append(~met(terms.none_of))
    if terms.starts_with:
        parts.append(_answer(any(text.startswith(terms.starts_with) for text in texts)))
    if terms.contains:
        parts.append(_answer(any(term in text for text in texts for term in terms.contains)))
    if terms.phrases:
        parts.append(
            _answer(any(_spoken(term) in _spoken(text) for text in texts for term in terms.phrases))
        )
    return all_of(parts)


def inside(wanted: Range, value: Value) -> Answer:
    """Whether a range lies inside the wanted one; one that straddles a bound is unknown."""
    known = value.amount if isinstance(value, MoneyRange) else value
    assert isinstance(known, Range)
    shared = wanted.meet(known)
    if shared is None:
        return Answer.NO
    return Answer.YES if shared == known else Answer.UNKNOWN


def named(text: str, attribute: str) -> str:
    """What a text means, in one spelling: `München` is Munich, `Deutsch` is `de`, `ISO/IEC
    27001:2022` is `iso 27001`.
    """
    match attribute:
        case "region":
            return region_named(text) or compared(text) or text
        case "city":
            return city_named(text) or text
        case "language":
            return language_code(text) or text
        case "legal_form":
            form = legal_form(text)
            return form.name if form else text
        case "certificate":
            norm = _NORM.fullmatch(_spoken(text).strip())
            return f"{norm[1]} {norm[2]}" if norm else _spoken(text).strip()
    return text


def folded(value: Value, attribute: str) -> str:
    """A text as it is compared: whatever its case, accents and spaces; postcodes without any (`SW1A
    1AA`).
    """
    return ("" if attribute == "postcode" else " ").join(to_ascii(str(value)).casefold().split())


def _naming(attribute: str, texts: Sequence[str]) -> Met:
    """Whether texts name what is wanted; of places under names that no table tells apart nobody
    knows.
    """
    known = {named(text, attribute) for text in texts} if attribute in _NAMED else set(texts)

    def met(wanted: tuple[str, ...]) -> Answer:
        asked = _all_named(wanted, attribute) if attribute in _NAMED else wanted
        if not known.isdisjoint(asked):
            return Answer.YES
        apart = _APART.get(attribute)
        return (
            Answer.NO
            if apart is None or all(apart(one, other) for one in known for other in asked)
            else Answer.UNKNOWN
        )

    return met


@lru_cache(maxsize=1 << 10)
def _all_named(terms: tuple[str, ...], attribute: str) -> frozenset[str]:
    asked = frozenset(named(term, attribute) for term in terms)
    return (
        frozenset(code for one in asked for code in written_as(one))
        if attribute == "language"
        else asked
    )


def _regions_apart(one: str, other: str) -> bool:
    """Whether two regions are certainly not the same, nor one inside the other."""
    return NOWHERE in (one, other) or (
        region_named(one) is not None and region_named(other) is not None
    )


_APART: dict[str, Callable[[str, str], bool]] = {"region": _regions_apart, "city": cities_apart}


def _way(spot: str, leaf: Near) -> float:
    north, east = spot.split()
    return kilometres(float(north), float(east), leaf)


@lru_cache(maxsize=1 << 14)
def _spoken(text: str) -> str:
    """A text as words with a space on either side of each."""
    return f" {_NOT_WORD.sub(' ', text).strip()} "


@lru_cache(maxsize=1 << 12)
def _folded(leaf: Matches) -> Terms:
    def fold(part: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(folded(term, leaf.attribute) for term in part)

    return Terms(**{name: fold(words) for name, words in leaf.terms.parts()})


def is_use_of(value: Value, term: str) -> bool:
    """Whether a technology in use is, or belongs to, a technology or category."""
    if not isinstance(value, TechnologyUse) or not value.uses:
        return False
    return value.slug == term or slugs(value.slug) <= slugs(term)


@lru_cache(maxsize=1 << 12)
def slugs(term: str) -> frozenset[str]:
    """The technologies that a term means; a term outside the catalog means itself."""
    return members(term) or frozenset({term})


def _of_industry(value: Value, wanted: tuple[str, ...]) -> Answer:
    assert isinstance(value, IndustryCode)
    return inside_industry(value, wanted)


def _answer(true: bool) -> Answer:  # noqa: FBT001
    return Answer.YES if true else Answer.NO
