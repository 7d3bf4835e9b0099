"""The matcher as a table: small measures of a pair, each with a weight in log-odds and the sentence
people read.

A measure is 0 when it has nothing to say (a missing value weighs nothing) and 1 when it says all it
can; contradictions are features too, with negative weights. The name weights are fixed. They were
set on labelled lists of several kinds and rounded, so that no list is fitted to the last digit;
`bench/dedupe_quality.py` measures them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import log10

import numpy as np

from dedupe.arrays import Floats
from dedupe.pairs import Pairs
from dedupe.words import AT_LEAST, DISTINCTIVE, HIGHEST
from leads.company_kind import CompanyIs

Measure = Callable[[Pairs], Floats]

#: Attributes that say something of two names that are only spelled alike.
_TELLING = ("country", "city", "postcode", "street", "domain", "phone", "register_number")


@dataclass(frozen=True, slots=True)
class Feature:
    """One line of the table; `says` is filled with `left`, `right` and `words` of the pair."""

    name: str
    weight: float
    measure: Measure
    says: str
    #: Weights where something else than a legal entity counts as one company.
    when: dict[CompanyIs, float] = field(default_factory=dict)

    def weight_for(self, company_is: CompanyIs) -> float:
        """The weight when that counts as one company."""
        return self.when.get(company_is, self.weight)

    @property
    def doc(self) -> str:
        """What the measure means, in one sentence."""
        first = (self.measure.__doc__ or "").strip().split("\n\n")[0]
        return " ".join(first.split())


def _ramp(values: Floats, low: float, high: float) -> Floats:
    return np.asarray(np.clip((values - low) / (high - low), 0, 1), dtype=np.float32)


def shared_words(pairs: Pairs) -> Floats:
    """How much of both names is shared words, counted by how telling they are."""
    return np.asarray(
        0.45 * pairs.alike + 0.55 * _ramp(pairs.contained, 0.9, 1.0), dtype=np.float32
    )


def spelling(pairs: Pairs) -> Floats:
    """How alike the names are letter by letter, legal forms and spaces left out."""
    return np.asarray(
        0.45 * _ramp(pairs.spelling, 0.6, 1.0) + 0.55 * _ramp(pairs.spelling, 0.88, 1.0),
        dtype=np.float32,
    )


def distinctive_words(pairs: Pairs) -> Floats:
    """How rare the shared words are: a word few names have tells more than Bank or Group."""
    return np.asarray(
        0.6 * _ramp(pairs.rarest, 0, HIGHEST) + 0.4 * _ramp(pairs.shared, 0, 20), dtype=np.float32
    )


def nothing_distinctive(pairs: Pairs) -> Floats:
    """The names differ and share only common words, which never make a match on their own."""
    lacking = 1 - _ramp(pairs.rarest, 1.5, DISTINCTIVE)
    unlike = lacking * (1 - _ramp(pairs.spelling, 0.85, 0.95))
    return np.where(pairs.same_name | pairs.initials, np.float32(0), unlike).astype(np.float32)


def one_short_word(pairs: Pairs) -> Floats:
    """Short names that share no word and are only spelled alike: Stripe is not Strix."""
    alone = ~pairs.same_name & ~pairs.initials & (pairs.rarest_exact < 1.5)
    return np.where(alone, 1 - _ramp(pairs.letters, 5, 14), np.float32(0)).astype(np.float32)


def only_a_slip(pairs: Pairs) -> Floats:
    """Short names that share no telling word letter by letter, and nothing beside them agrees:
    Canon is not Cannon.
    """
    agrees = np.maximum.reduce([pairs.stands[name] for name in _TELLING]) > 0
    bare = ~agrees & ~pairs.same_name & ~pairs.initials
    unlike = (1 - _ramp(pairs.rarest_exact, DISTINCTIVE - 2, DISTINCTIVE)) * (
        1 - _ramp(pairs.letters, 12, 24)
    )
    return np.where(bare, unlike, np.float32(0)).astype(np.float32)


def each_has_another(pairs: Pairs) -> Floats:
    """Each name has a word the other lacks, be it a common one: Maritime Export is not Maritime
    Import.
    """
    return _unless_initials(pairs, _ramp(pairs.least_own, 0.3, 1.3))


def another_word(pairs: Pairs) -> Floats:
    """One name has a word more that says something: a trade, a place, a name."""
    return _unless_initials(pairs, _ramp(pairs.most_over, 0.9, 2.6))


def words_left_over(pairs: Pairs) -> Floats:
    """Both names have telling words that the other lacks."""
    return _unless_initials(pairs, _ramp(pairs.least_over, 2.6, 9))


def _unless_initials(pairs: Pairs, measure: Floats) -> Floats:
    """Initials share no word with the name they stand for."""
    return np.where(pairs.initials, np.float32(0), measure)


def opposites(pairs: Pairs) -> Floats:
    """The names say opposite things: North Yorkshire Council is not South Yorkshire Council."""
    return pairs.opposites.astype(np.float32)


def sisters(pairs: Pairs) -> Floats:
    """Two names in full, with the same legal form, at one address or postcode, one of which has a
    word more: firms of one group.
    """
    near = np.maximum(pairs.stands["street"], pairs.stands["postcode"]) > 0
    in_full = ~pairs.same_name & (pairs.stands["form"] > 0)
    return np.where(near & in_full, _ramp(pairs.most_over, 0.3, 1.0), np.float32(0)).astype(
        np.float32
    )


def of_one_house(pairs: Pairs) -> Floats:
    """Two names in full, each with a word of its own, behind one domain or phone: firms of one
    group share them.
    """
    shared = np.maximum(pairs.stands["domain"], pairs.stands["phone"]) > 0
    in_full = ~pairs.same_name & (pairs.stands["form"] > 0)
    return np.where(
        shared & in_full, _unless_initials(pairs, _ramp(pairs.least_own, 0.3, 1.0)), np.float32(0)
    ).astype(np.float32)


def by_another_name(pairs: Pairs) -> Floats:
    """They share a name that is an alias or a former name of one, or (2) of both: names are taken
    up again by others.
    """
    return pairs.by_alias


def initials(pairs: Pairs) -> Floats:
    """One name is the initials of the other."""
    return pairs.initials.astype(np.float32)


def numbers_differ(pairs: Pairs) -> Floats:
    """Both names have numbers, and not the same: Fund II is not Fund III."""
    return pairs.numbers_differ.astype(np.float32)


def number_missing(pairs: Pairs) -> Floats:
    """Only one of the names has a number."""
    return pairs.number_only_once.astype(np.float32)


def _agrees(attribute: str, doc: str) -> Measure:
    def measure(pairs: Pairs) -> Floats:
        return np.maximum(pairs.stands[attribute], 0)

    measure.__doc__ = doc
    return measure


def _differs(attribute: str, doc: str) -> Measure:
    def measure(pairs: Pairs) -> Floats:
        return np.maximum(-pairs.stands[attribute], 0)

    measure.__doc__ = doc
    return measure


def same_city(pairs: Pairs) -> Floats:
    """Both are in the same city, which says little of names that are not alike."""
    return np.asarray(np.maximum(pairs.stands["city"], 0) * _much_alike(pairs), dtype=np.float32)


def same_country(pairs: Pairs) -> Floats:
    """Both are in the same country, which says little where most are in it, of names that are not
    alike, and beside the same city.
    """
    beyond = np.maximum(pairs.stands["country"], 0) * (
        1 - 0.5 * np.maximum(pairs.stands["city"], 0)
    )
    return np.asarray(beyond * _much_alike(pairs), dtype=np.float32)


def cities_differ(pairs: Pairs) -> Floats:
    """They are in different cities of one country; those of two countries always differ."""
    return np.where(
        pairs.stands["country"] < 0, np.float32(0), np.maximum(-pairs.stands["city"], 0)
    )


def another_town(pairs: Pairs) -> Floats:
    """They are in different cities or at different addresses, under names that every town has:
    Hotel Post is not Hotel Post.
    """
    elsewhere = np.maximum(cities_differ(pairs), -pairs.stands["street"])
    return np.where(pairs.everywhere, np.maximum(elsewhere, 0), np.float32(0))


def _much_alike(pairs: Pairs) -> Floats:
    return _ramp(np.maximum(np.maximum(pairs.alike, pairs.contained), pairs.spelling), 0.5, 0.9)


def same_postcode(pairs: Pairs) -> Floats:
    """Both have the same postcode, and the street of one is not known."""
    return np.where(
        pairs.stands["street"] == 0, np.maximum(pairs.stands["postcode"], 0), np.float32(0)
    )


_SITE, _BRAND, _GROUP = CompanyIs.SITE, CompanyIs.BRAND, CompanyIs.GROUP

#: Before anything is compared: few of the pairs that share a key are the same company; the more
#: names a list has, the fewer.
PRIOR = -3.5
PRIOR_TENFOLD = -0.45

FEATURES: tuple[Feature, ...] = (
    Feature("shared words", 1.75, shared_words, "both names have {words}"),
    Feature("spelling", 3.5, spelling, "the names are spelled alike"),
    Feature(
        "distinctive words",
        2.75,
        distinctive_words,
        "what they share is rare among the names of the list",
    ),
    Feature("nothing distinctive", -1.25, nothing_distinctive, "what the names share is common"),
    Feature("words left over", -0.5, words_left_over, "each name has words that the other lacks"),
    Feature("one short word", -1.75, one_short_word, "the names are short and only spelled alike"),
    Feature(
        "only a slip", -0.75, only_a_slip, "the names are spelled alike, and nothing else agrees"
    ),
    Feature(
        "each has another word", -1.5, each_has_another, "each name has a word that the other lacks"
    ),
    Feature("another word", -0.5, another_word, "one name has a word more"),
    Feature(
        "sisters",
        -6.0,
        sisters,
        "the full names differ in a word, as those of firms of one group at one address do",
        {_BRAND: 0.0, _GROUP: 0.0, _SITE: 0.0},
    ),
    Feature(
        "of one house",
        -4.5,
        of_one_house,
        "each full name has a word of its own, as those of firms of one group behind one domain or"
        " phone do",
        {_BRAND: 0.0, _GROUP: 0.0, _SITE: 0.0},
    ),
    Feature(
        "by another name", -2.5, by_another_name, "one bears the name as an alias or former name"
    ),
    Feature("initials", 3.0, initials, "one name is the initials of the other"),
    Feature("opposites", -4.0, opposites, "one name says the opposite of the other"),
    Feature("numbers differ", -6.0, numbers_differ, "the numbers in the names differ"),
    Feature("number missing", -0.5, number_missing, "only one name has a number"),
    Feature(
        "legal form differs",
        -4.5,
        _differs("form", "The legal forms differ: an AG is not the GmbH of the same stem."),
        "the legal forms differ",
        {_BRAND: -0.2, _GROUP: 0.0, _SITE: -0.2},
    ),
    Feature(
        "same legal form",
        0.25,
        _agrees("form", "The legal forms are the same."),
        "the legal form is the same",
    ),
    Feature("same country", 4.5, same_country, "both are in {left_country}"),
    Feature(
        "countries differ",
        -5.0,
        _differs("country", "They are in different countries."),
        "{left_country} is not {right_country}",
        {_BRAND: -1.0, _GROUP: 0.0},
    ),
    Feature("same city", 3.5, same_city, "both are in {left_city}"),
    Feature(
        "cities differ",
        -3.0,
        cities_differ,
        "{left_city} is not {right_city}",
        {_SITE: -4.0, _BRAND: -1.0, _GROUP: -0.5},
    ),
    Feature(
        "another town", -5.0, another_town, "every town has such a name", {_BRAND: 0.0, _GROUP: 0.0}
    ),
    Feature("same postcode", 2.5, same_postcode, "both have the postcode {left_postcode}"),
    Feature(
        "postcodes differ",
        -1.5,
        _differs("postcode", "Their postcodes differ."),
        "the postcodes differ",
        {_SITE: -2.5, _BRAND: -0.5, _GROUP: -0.3},
    ),
    Feature(
        "same address",
        4.0,
        _agrees("street", "Both stand at the same house number of the same street."),
        "both are at {left_street}",
    ),
    Feature(
        "addresses differ",
        -4.0,
        _differs("street", "They stand at different addresses."),
        "the addresses differ",
        {_SITE: -5.0, _BRAND: -0.5, _GROUP: -0.3},
    ),
    Feature(
        "same domain",
        5.0,
        _agrees("domain", "Both have the same web or mail domain."),
        "both have the domain {domain}",
    ),
    Feature(
        "domains differ",
        -6.0,
        _differs("domain", "They have different domains."),
        "the domains differ",
    ),
    Feature(
        "same phone",
        4.0,
        _agrees("phone", "Both have the same phone number."),
        "both have the phone number that ends in {phone}",
    ),
    Feature(
        "same register number",
        5.0,
        _agrees("register_number", "Both have the same register number."),
        "both have the register number {left_register_number}",
    ),
    Feature(
        "register numbers differ",
        -7.0,
        _differs("register_number", "Their register numbers differ."),
        "the register numbers differ",
        {_BRAND: -1.0, _GROUP: 0.0, _SITE: -1.0},
    ),
)


def prior_of(names: int) -> float:
    """The prior, in log-odds, for a list of so many different names; short lists count as if they
    had `AT_LEAST`.
    """
    return PRIOR + PRIOR_TENFOLD * log10(max(names, AT_LEAST) / AT_LEAST)


def measured(pairs: Pairs) -> Floats:
    """Every feature's measure of every pair, one column a feature."""
    return (
        np.stack([feature.measure(pairs) for feature in FEATURES], axis=1)
        if len(pairs)
        else np.zeros((0, len(FEATURES)), np.float32)
    )
