"""The matcher as a table of features: a measure, its weight in log-odds, and its sentence.

A missing value has measure 0. Contradictions are features with negative weights. The weights are
fixed: they were set on labelled lists of several kinds and rounded, to avoid fitting any one list.
`bench/dedupe_quality.py` measures them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log10

import numpy as np

from dedupe.arrays import Floats
from dedupe.measures import (
    Measure,
    agrees,
    cities_differ,
    common_name_elsewhere,
    differs,
    distinctive_words,
    domain_spells_name,
    each_has_extra_word,
    extra_word,
    forms_differ,
    group_at_one_address,
    group_behind_one_domain,
    initials,
    match_by_alias,
    number_missing,
    numbers_differ,
    one_short_word,
    only_common_words,
    opposites,
    other_name_elsewhere,
    same_city,
    same_country,
    same_postcode,
    shared_words,
    spelling,
    town_unknown,
    typo_only,
    unshared_words,
)
from dedupe.pairs import Pairs
from dedupe.words import AT_LEAST
from leads.company_kind import CompanyIs


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature; `says` is a template filled with values of the pair."""

    name: str
    weight: float
    measure: Measure
    says: str
    #: The group of attributes whose agreement this feature is part of.
    group: str = ""
    #: Weights if something other than a legal entity counts as one company.
    when: dict[CompanyIs, float] = field(default_factory=dict)

    def weight_for(self, company_is: CompanyIs) -> float:
        """Return the weight for a kind of company."""
        return self.when.get(company_is, self.weight)

    @property
    def doc(self) -> str:
        """Return what the measure means, in one sentence."""
        first = (self.measure.__doc__ or "").strip().split("\n\n")[0]
        return " ".join(first.split())


@dataclass(frozen=True, slots=True)
class Group:
    """Attributes that tell the same thing: what they add together has a limit."""

    name: str
    #: The most that agreement adds, in log-odds.
    most: float
    says: str


#: Country, city, postcode and street are one place; domain and phone are one way to reach it. A
#: register number, a VAT id or an LEI is issued once.
GROUPS: tuple[Group, ...] = (
    Group("place", 6.0, "all that agrees about the place"),
    Group("contact", 6.0, "all that agrees about the contact"),
    Group("identity", 5.0, "all that agrees about the identity"),
)

_SITE, _BRAND, _GROUP = CompanyIs.SITE, CompanyIs.BRAND, CompanyIs.GROUP

#: Log-odds before comparing: few candidate pairs match, and fewer the more names a list has.
PRIOR = -3.0
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
    Feature("nothing distinctive", -1.25, only_common_words, "what the names share is common"),
    Feature(
        "words left over", -0.5, unshared_words, "each name has rare words that the other lacks"
    ),
    Feature("one short word", -1.75, one_short_word, "the names are short and only spelled alike"),
    Feature(
        "only a slip", -0.75, typo_only, "the names are spelled alike, and nothing else agrees"
    ),
    Feature(
        "each has another word",
        -1.5,
        each_has_extra_word,
        "each name has a word that the other lacks",
    ),
    Feature("another word", -0.5, extra_word, "a name has a word that the other lacks"),
    Feature(
        "sisters",
        -6.0,
        group_at_one_address,
        "the full names differ in a word, as those of firms of one group at one address do",
        when={_BRAND: 0.0, _GROUP: 0.0, _SITE: 0.0},
    ),
    Feature(
        "of one house",
        -4.5,
        group_behind_one_domain,
        "each full name has a word of its own, as those of firms of one group behind one domain or"
        " phone do",
        when={_BRAND: 0.0, _GROUP: 0.0, _SITE: 0.0},
    ),
    Feature(
        "another name elsewhere",
        -3.0,
        other_name_elsewhere,
        "the names differ in a word or are initials, and the addresses differ",
        when={_BRAND: 0.0, _GROUP: 0.0, _SITE: 0.0},
    ),
    Feature("by another name", -2.5, match_by_alias, "the name is an alias or former name of one"),
    Feature("initials", 2.5, initials, "one name is the initials of the other"),
    Feature("opposites", -4.5, opposites, "one name says the opposite of the other"),
    Feature("numbers differ", -6.5, numbers_differ, "the numbers in the names differ"),
    Feature("number missing", -0.5, number_missing, "only one name has a number"),
    Feature(
        "branches differ",
        0.0,
        differs(
            "branch", "The names state different branches: Store 12 is not the site of Store 14."
        ),
        "the names state different branches",
        when={_SITE: -12.0},
    ),
    Feature(
        "legal form differs",
        -5.0,
        forms_differ,
        "the legal forms differ",
        when={_BRAND: -0.2, _GROUP: 0.0, _SITE: -0.2},
    ),
    Feature(
        "same legal form",
        0.25,
        agrees("form", "The legal forms are the same."),
        "the legal form is the same",
    ),
    Feature("same country", 4.5, same_country, "both are in {left_country}", "place"),
    Feature(
        "countries differ",
        -5.6,
        differs("country", "They are in different countries."),
        "{left_country} is not {right_country}",
        when={_BRAND: -1.0, _GROUP: 0.0},
    ),
    Feature("same city", 3.5, same_city, "both are in {left_city}", "place"),
    Feature(
        "cities differ",
        -3.5,
        cities_differ,
        "{left_city} is not {right_city}",
        when={_SITE: -4.0, _BRAND: -1.0, _GROUP: -0.5},
    ),
    Feature(
        "another town",
        -5.5,
        common_name_elsewhere,
        "every town has such a name",
        when={_BRAND: 0.0, _GROUP: 0.0},
    ),
    Feature(
        "town unknown",
        -5.5,
        town_unknown,
        "one has no city, and the name is in several",
        when={_BRAND: 0.0, _GROUP: 0.0},
    ),
    Feature("same postcode", 2.5, same_postcode, "both have the postcode {left_postcode}", "place"),
    Feature(
        "postcodes differ",
        -1.5,
        differs("postcode", "Their postcodes differ."),
        "the postcodes differ",
        when={_SITE: -2.5, _BRAND: -0.5, _GROUP: -0.3},
    ),
    Feature(
        "same address",
        4.0,
        agrees("street", "Both are at the same house number of the same street."),
        "both are at {left_street}",
        "place",
    ),
    Feature(
        "addresses differ",
        -4.5,
        differs("street", "They are at different addresses."),
        "the addresses differ",
        when={_SITE: -5.0, _BRAND: -0.5, _GROUP: -0.3},
    ),
    Feature(
        "same domain",
        5.0,
        agrees("domain", "Both have the same web or mail domain."),
        "both have the domain {domain}",
        "contact",
    ),
    Feature(
        "domain spells the name",
        3.5,
        domain_spells_name,
        "the domain of one spells the name of the other",
        "contact",
    ),
    Feature(
        "domains differ",
        -6.0,
        differs("domain", "They have different domains."),
        "the domains differ",
    ),
    Feature(
        "same phone",
        4.0,
        agrees("phone", "Both have the same phone number."),
        "both have the phone number that ends in {phone}",
        "contact",
    ),
    Feature(
        "same register number",
        5.0,
        agrees("register_number", "Both have the same register number."),
        "both have the register number {left_register_number}",
        "identity",
    ),
    Feature(
        "register numbers differ",
        -7.5,
        differs("register_number", "Their register numbers differ."),
        "the register numbers differ",
        when={_BRAND: -1.0, _GROUP: 0.0, _SITE: -1.0},
    ),
)


def prior_of(names: int) -> float:
    """Return the prior in log-odds for a number of distinct names (at least `AT_LEAST`)."""
    return PRIOR + PRIOR_TENFOLD * log10(max(names, AT_LEAST) / AT_LEAST)


def beyond_limits(parts: Floats) -> dict[str, Floats]:
    """Return by group what the parts of each pair, one column per feature, add beyond its limit."""
    found: dict[str, Floats] = {}
    for group in GROUPS:
        of_group = [at for at, feature in enumerate(FEATURES) if feature.group == group.name]
        found[group.name] = np.maximum(parts[:, of_group].sum(axis=1) - np.float32(group.most), 0)
    return found


def measured(pairs: Pairs) -> Floats:
    """Return the measures of every pair, one column per feature."""
    if not len(pairs):
        return np.zeros((0, len(FEATURES)), np.float32)
    return np.stack([feature.measure(pairs) for feature in FEATURES], axis=1)
