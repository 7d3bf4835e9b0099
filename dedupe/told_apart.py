"""What tells two names apart: a word of one of them, a legal form, initials, or a short name."""

from __future__ import annotations

import numpy as np

from dedupe.arrays import Codes, Flags
from dedupe.pairs import Pairs
from dedupe.word_kinds import Kind

#: Kinds that are a company of their own beside the one without the word.
_KNOWN = Kind.ARM | Kind.BODY | Kind.TRADE
_KNOWN_WORDS = _KNOWN | Kind.PLACE
_UNKNOWN = Kind.BRAND | Kind.NAME
_TELLING = _KNOWN_WORDS | _UNKNOWN
#: Names that share more than this beside their rarest word are not told apart by an unknown word
#: of one of them, which may be a slip.
_SAYS_MUCH = 4.0
#: Names spelled at least this much alike differ by a slip, unless both words are known.
_ONE_SPELLING = 0.92
#: Another letter makes two of the letters of both names unlike.
_ONE_LETTER = 2.3
#: A letter left out makes one of the letters of both names unlike.
_LETTER_LEFT_OUT = 1.3
#: Two names of fewer letters may differ in one.
_LONG_NAME = 9
#: Firms whose initials are mistyped are spelled at least this much alike.
_FIRM_ALIKE = 0.79
#: A domain that stands higher is of few names.
_OWN_DOMAIN = 0.4
#: A word in common of less weight is no telling word.
_TELLING_WEIGHT = 1.5


def telling_word(pairs: Pairs) -> Flags:
    """Check for a word that tells companies apart."""
    telling = np.where(pairs.left_form & pairs.right_form, _TELLING | Kind.HOME, _TELLING)
    left, right = pairs.left_kinds & telling, pairs.right_kinds & telling
    only_unknown = (((left | right) & ~_UNKNOWN) == 0) & ((left == 0) | (right == 0))
    known = (left & _KNOWN_WORDS != 0, right & _KNOWN_WORDS != 0)
    alike = (pairs.spelling > _ONE_SPELLING) | _one_letter_in_one_city(pairs)
    misspelled = alike & ((left | right) & _UNKNOWN != 0) & ~(known[0] & known[1])
    misspelled |= _letter_left_out(pairs)
    slip = misspelled | (only_unknown & (pairs.shared - pairs.rarest > _SAYS_MUCH))
    in_full = pairs.in_full & ((left | right) != 0) & ~slip
    elsewhere = ((left | right) != 0) & (pairs.stands["city"] < 0) & ~misspelled
    apart = (
        in_full
        | elsewhere
        | _longer_than_full(pairs, left, right) & ~slip
        | _another_kind(pairs) & ~_letter_left_out(pairs)
        | pairs.opposites
    )
    return np.asarray(apart & ~pairs.initials)


def _one_letter_in_one_city(pairs: Pairs) -> Flags:
    """Check for long names in one city that differ in one letter, unless each town has such names."""
    letters = (1 - pairs.spelling) * 2 * pairs.letters
    one = (letters < _ONE_LETTER) & (pairs.letters >= _LONG_NAME)
    return np.asarray(one & ~pairs.local & (pairs.stands["city"] > 0))


def _letter_left_out(pairs: Pairs) -> Flags:
    """Check for long names of which one lacks a letter: no word is another by that alone."""
    letters = (1 - pairs.spelling) * (2 * pairs.letters + 1)
    one = (letters > 0) & (letters < _LETTER_LEFT_OUT) & (pairs.letters >= _LONG_NAME)
    single = (pairs.left_kinds | pairs.right_kinds) & (Kind.LETTER | Kind.NUMBER) != 0
    return np.asarray(one & ~single & ~pairs.opposites)


def _longer_than_full(pairs: Pairs, left: Codes, right: Codes) -> Flags:
    """Check for a brand more than in a name with its legal form: that is no shorter name of it."""
    left_is_long = pairs.right_form & ~pairs.left_form & (right == 0) & (left == Kind.BRAND)
    right_is_long = pairs.left_form & ~pairs.right_form & (left == 0) & (right == Kind.BRAND)
    long = (pairs.left_kinds | pairs.right_kinds) & Kind.LONG != 0
    return np.asarray((left_is_long | right_is_long) & long)


def _another_kind(pairs: Pairs) -> Flags:
    """Check for a known word on both sides: Foods is not Ports, and Pictures is not the Group."""
    sides = pairs.left_kinds, pairs.right_kinds
    unknown = (sides[0] | sides[1]) & _UNKNOWN != 0
    known = [side & _KNOWN != 0 for side in sides]
    whole = [(side & Kind.WHOLE != 0) & (side & _KNOWN == 0) for side in sides]
    return np.asarray(~unknown & ((known[0] & (known[1] | whole[1])) | (whole[0] & known[1])))


def institution_of_one(pairs: Pairs) -> Flags:
    """Check for a word for an institution that only one has: a firm is not its foundation or bank."""
    left = (pairs.left_kinds & Kind.BODY != 0) & (pairs.right_kinds == 0)
    right = (pairs.right_kinds & Kind.BODY != 0) & (pairs.left_kinds == 0)
    return np.asarray((left | right) & (pairs.spelling <= _ONE_SPELLING) & ~pairs.initials)


def unknown_word_behind_one(pairs: Pairs) -> Flags:
    """Check for a brand or family name behind a name of one word, at no common address."""
    near = np.maximum(pairs.stands["postcode"], pairs.stands["street"]) > 0
    return np.asarray(pairs.name_behind & ~near & (pairs.spelling <= _ONE_SPELLING))


def shared_name_behind(pairs: Pairs) -> Flags:
    """Check for a name that several companies share, alone and with a word behind it."""
    return np.asarray(pairs.another_behind & (pairs.spelling <= _ONE_SPELLING))


def bare_surname(pairs: Pairs) -> Flags:
    """Check for initials in front of a name that is one word: S. A. Miller is not every Miller."""
    left_is_bare = pairs.right_initials & (pairs.left_words == 1) & (pairs.left_kinds == 0)
    right_is_bare = pairs.left_initials & (pairs.right_words == 1) & (pairs.right_kinds == 0)
    both_in_full = pairs.left_form & pairs.right_form
    return np.asarray((left_is_bare | right_is_bare) & ~both_in_full & ~pairs.initials)


def other_initials(pairs: Pairs) -> Flags:
    """Check for initials that differ: Michael P. is not Michael L. Tarnwick."""
    letters = (pairs.left_kinds & pairs.right_kinds) == Kind.LETTER
    differ = letters | (pairs.left_initials & pairs.right_initials)
    return np.asarray(differ & ~_firm_behind_one_domain(pairs))


def _firm_behind_one_domain(pairs: Pairs) -> Flags:
    """Check for firms with legal forms and one domain of their own, which are no two persons."""
    firms = pairs.left_form & pairs.right_form & (pairs.spelling >= _FIRM_ALIKE)
    return np.asarray(firms & (pairs.stands["domain"] > _OWN_DOMAIN))


def slip_in_short_name(pairs: Pairs) -> Flags:
    """Check for two short words that differ in letters, as two names do: Medion and Meldion."""
    alone = ~pairs.same_name & ~pairs.initials & (pairs.rarest_exact < _TELLING_WEIGHT)
    near = np.maximum(pairs.stands["postcode"], pairs.stands["street"]) > 0
    cut = pairs.doubled_or_cut & (pairs.stands["city"] > 0)
    return np.asarray(alone & pairs.two_short_names & ~(near | cut))


def other_surname(pairs: Pairs) -> Flags:
    """Check for two common surnames that are spelled nearly alike, at no common place."""
    places = [pairs.stands[name] for name in ("city", "postcode", "street")]
    return np.asarray(pairs.two_surnames & (np.maximum.reduce(places) <= 0))


def separate_by_law(pairs: Pairs) -> Flags:
    """Check for legal forms of two companies: an association and its GmbH, a firm and its partner."""
    differ = pairs.stands["form"] < 0
    known = ((pairs.left_kinds | pairs.right_kinds) & (_KNOWN_WORDS | Kind.WHOLE)) != 0
    return np.asarray(differ & (pairs.forms_apart | known))


def another_form(pairs: Pairs) -> Flags:
    """Check for two legal forms of one country that few companies change: Ltd and LLP."""
    return np.asarray((pairs.stands["form"] < 0) & pairs.forms_seldom_changed & ~pairs.foreign_form)


def only_another_name(pairs: Pairs) -> Flags:
    """Check for a match by a former name or an alias alone, which others may have too."""
    place = np.maximum(pairs.stands["country"], pairs.stands["city"]) > 0
    enough = pairs.alias_in_full | (pairs.alias_says_enough & place)
    return np.asarray((pairs.by_alias > 0) & ~enough)
