"""Measures of a pair of nodes: 0 means no evidence, 1 is the maximum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dedupe.arrays import Floats
from dedupe.pairs import Pairs
from dedupe.word_kinds import Kind
from dedupe.words import DISTINCTIVE, HIGHEST

#: Names spelled more alike than this differ by a slip.
_A_SLIP = 0.92
#: A word of another kind is often left out.
_TELLING = ~(Kind.NOTHING | Kind.BRANCH | Kind.LETTER | Kind.COMPOUND | Kind.LONG | Kind.SHORT)

Measure = Callable[[Pairs], Floats]

#: Attributes that can support a match of names that only look similar.
_SUPPORTING = ("country", "city", "postcode", "street", "domain", "phone", "register_number")


def _ramp(values: Floats, low: float, high: float) -> Floats:
    # Several times as fast as `np.clip` for a few pairs.
    share = np.minimum(np.maximum((values - low) / (high - low), 0), 1)
    return np.asarray(share, dtype=np.float32)


def shared_words(pairs: Pairs) -> Floats:
    """Share of both names made up of shared words, weighted by rarity."""
    return np.asarray(
        0.45 * pairs.alike + 0.55 * _ramp(pairs.contained, 0.9, 1.0), dtype=np.float32
    )


def spelling(pairs: Pairs) -> Floats:
    """Similarity of the names letter by letter, without legal forms and spaces."""
    return np.asarray(
        0.45 * _ramp(pairs.spelling, 0.6, 1.0) + 0.55 * _ramp(pairs.spelling, 0.88, 1.0),
        dtype=np.float32,
    )


def distinctive_words(pairs: Pairs) -> Floats:
    """Rarity of the shared words: a rare word is stronger evidence than Bank or Group."""
    return np.asarray(
        0.6 * _ramp(pairs.rarest, 0, HIGHEST) + 0.4 * _ramp(pairs.shared, 0, 20), dtype=np.float32
    )


def only_common_words(pairs: Pairs) -> Floats:
    """The names differ and share only common words, which alone never make a match."""
    lacking = 1 - _ramp(pairs.rarest, 1.5, DISTINCTIVE)
    unlike = lacking * (1 - _ramp(pairs.spelling, 0.85, 0.95))
    return np.where(pairs.same_name | pairs.initials, np.float32(0), unlike).astype(np.float32)


def one_short_word(pairs: Pairs) -> Floats:
    """Short names that share no word and only look similar: Stripe is not Strix."""
    alone = ~pairs.same_name & ~pairs.initials & (pairs.rarest_exact < 1.5)
    return np.where(alone, 1 - _ramp(pairs.letters, 5, 14), np.float32(0)).astype(np.float32)


def typo_only(pairs: Pairs) -> Floats:
    """Short names without an exact distinctive word in common or other support: Canon, Cannon."""
    agrees = np.maximum.reduce([pairs.stands[name] for name in _SUPPORTING]) > 0
    bare = ~agrees & ~pairs.same_name & ~pairs.initials
    unlike = (1 - _ramp(pairs.rarest_exact, DISTINCTIVE - 2, DISTINCTIVE)) * (
        1 - _ramp(pairs.letters, 12, 24)
    )
    return np.where(bare, unlike, np.float32(0)).astype(np.float32)


def each_has_extra_word(pairs: Pairs) -> Floats:
    """Each name has an extra word, even a common one: Maritime Export is not Maritime Import."""
    return _unless_initials(pairs, _ramp(pairs.least_own, 0.3, 1.3))


def extra_word(pairs: Pairs) -> Floats:
    """One name has an extra meaningful word: a trade, a place, a name."""
    return _unless_initials(pairs, _ramp(pairs.most_over, 0.9, 2.6))


def unshared_words(pairs: Pairs) -> Floats:
    """Both names have distinctive words that the other lacks."""
    return _unless_initials(pairs, _ramp(pairs.least_over, 2.6, 9))


def _unless_initials(pairs: Pairs, measure: Floats) -> Floats:
    """Return 0 for initials, which share no word with the name they represent."""
    return np.where(pairs.initials, np.float32(0), measure)


def opposites(pairs: Pairs) -> Floats:
    """The names contain opposite words: North Yorkshire Council is not South Yorkshire Council."""
    return pairs.opposites.astype(np.float32)


def group_at_one_address(pairs: Pairs) -> Floats:
    """Different names, same legal form and address, one has an extra word: a company group."""
    near = np.maximum(pairs.stands["street"], pairs.stands["postcode"]) > 0
    in_full = ~pairs.same_name & (pairs.stands["form"] > 0)
    return np.where(near & in_full, _ramp(pairs.most_over, 0.3, 1.0), np.float32(0)).astype(
        np.float32
    )


def group_behind_one_domain(pairs: Pairs) -> Floats:
    """Different names with own words, same legal form, domain or phone: a company group."""
    shared = np.maximum(pairs.stands["domain"], pairs.stands["phone"]) > 0
    in_full = ~pairs.same_name & (pairs.stands["form"] > 0)
    return np.where(
        shared & in_full, _unless_initials(pairs, _ramp(pairs.least_own, 0.3, 1.0)), np.float32(0)
    ).astype(np.float32)


def other_name_elsewhere(pairs: Pairs) -> Floats:
    """Complete names that differ in a word, or initials, at different addresses; no shared contact."""
    stands = pairs.stands
    elsewhere = np.minimum(stands["postcode"], stands["street"]) < 0
    contact = np.maximum.reduce([stands["domain"], stands["phone"], stands["register_number"]]) > 0
    another = pairs.in_full & ((pairs.left_kinds | pairs.right_kinds) & _TELLING != 0)
    differ = (another & (pairs.spelling <= _A_SLIP)) | pairs.initials
    found = differ & elsewhere & ~contact & ~pairs.domain_spells
    return np.asarray(found, dtype=np.float32)


def match_by_alias(pairs: Pairs) -> Floats:
    """The shared name is an alias or former name of one, or (2) of both; names get reused."""
    return pairs.by_alias


def initials(pairs: Pairs) -> Floats:
    """One name is the initials of the other."""
    return pairs.initials.astype(np.float32)


def numbers_differ(pairs: Pairs) -> Floats:
    """The numbers in the names differ: Fund II is not Fund III."""
    return pairs.numbers_differ.astype(np.float32)


def number_missing(pairs: Pairs) -> Floats:
    """Only one of the names has a number."""
    return pairs.number_only_once.astype(np.float32)


def domain_spells_name(pairs: Pairs) -> Floats:
    """The domain of one row spells the whole name of the other, as that of a misspelled name does."""
    return pairs.domain_spells.astype(np.float32)


def agrees(attribute: str, doc: str) -> Measure:
    """Return a measure that is 1 where the two values of an attribute are equal."""

    def measure(pairs: Pairs) -> Floats:
        return np.maximum(pairs.stands[attribute], 0)

    measure.__doc__ = doc
    return measure


def differs(attribute: str, doc: str) -> Measure:
    """Return a measure that is 1 where the two values of an attribute differ."""

    def measure(pairs: Pairs) -> Floats:
        return np.maximum(-pairs.stands[attribute], 0)

    measure.__doc__ = doc
    return measure


def forms_differ(pairs: Pairs) -> Floats:
    """The legal forms differ, and both are of the country: an AG is not the GmbH of the same stem."""
    translated = pairs.foreign_form & ~pairs.forms_apart
    return np.where(translated, np.float32(0), np.maximum(-pairs.stands["form"], 0))


def _unlikely_initials(pairs: Pairs) -> Floats:
    """Measure how unlikely such initials are by chance among the names of the same place."""
    place = np.maximum(np.maximum(pairs.stands["country"], pairs.stands["city"]), 0)
    # A value that a share of all rows has stands at minus a quarter of its log.
    return _ramp(pairs.surprise + 4 * place, 3.5, 5.5)


def same_city(pairs: Pairs) -> Floats:
    """Both are in the same city; weak evidence if the names differ, unless one is initials."""
    alike = np.where(pairs.initials, _unlikely_initials(pairs), _similar_names(pairs))
    return np.asarray(np.maximum(pairs.stands["city"], 0) * alike, dtype=np.float32)


def same_country(pairs: Pairs) -> Floats:
    """Both are in the same country; weak if most rows are, if names differ, or beside a city."""
    beyond = np.maximum(pairs.stands["country"], 0) * (
        1 - 0.5 * np.maximum(pairs.stands["city"], 0)
    )
    alike = np.where(pairs.initials, _unlikely_initials(pairs), _similar_names(pairs))
    return np.asarray(beyond * alike, dtype=np.float32)


def cities_differ(pairs: Pairs) -> Floats:
    """They are in different cities of one country; across countries, cities always differ."""
    return np.where(
        pairs.stands["country"] < 0, np.float32(0), np.maximum(-pairs.stands["city"], 0)
    )


def common_name_elsewhere(pairs: Pairs) -> Floats:
    """Different cities or addresses, and a name found in every town: Hotel Post."""
    cities = cities_differ(pairs)
    elsewhere = np.maximum(cities, -pairs.stands["street"])
    # Two towns have a Hotel Quorvian, but one of that name may also have moved.
    found = np.where(pairs.everywhere, elsewhere, np.where(pairs.local, 0.4 * cities, 0))
    return np.asarray(np.maximum(found, 0), dtype=np.float32)


def town_unknown(pairs: Pairs) -> Floats:
    """The name is in several cities, and one of the two rows has none; worse for local trades."""
    weaker = np.where(pairs.everywhere | pairs.local, np.float32(1), np.float32(0.6))
    return np.asarray(pairs.stands["towns"] * weaker, dtype=np.float32)


def _similar_names(pairs: Pairs) -> Floats:
    return _ramp(np.maximum(np.maximum(pairs.alike, pairs.contained), pairs.spelling), 0.5, 0.9)


def same_postcode(pairs: Pairs) -> Floats:
    """Both have the same postcode, and at least one street is unknown."""
    return np.where(
        pairs.stands["street"] == 0, np.maximum(pairs.stands["postcode"], 0), np.float32(0)
    )
