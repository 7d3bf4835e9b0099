"""The most that a pair may score: place and contact do not outvote a word that tells them apart."""

from __future__ import annotations

import numpy as np

from dedupe.arrays import Codes, Flags, Floats
from dedupe.pairs import Pairs
from dedupe.word_kinds import Kind
from leads.company_kind import CompanyIs

#: Log-odds of a pair that only a person can decide.
FOR_REVIEW = np.float32(-0.75)
#: Kinds that are a company of their own beside the one without the word.
_KNOWN = Kind.ARM | Kind.BODY | Kind.TRADE
_KNOWN_WORDS = _KNOWN | Kind.PLACE
_UNKNOWN = Kind.BRAND | Kind.NAME
_TELLING = _KNOWN_WORDS | _UNKNOWN
#: Attributes that identify a company. A value that many names share does not.
_IDENTITY = ("domain", "register_number", "phone")
#: An equal value of less weight is shared by many names.
_FEW_SHARE = 0.4
#: Names that share more than this beside their rarest word are not told apart by an unknown word
# of one of them, which may be a slip.
_SAYS_MUCH = 4.0
#: Names spelled at least this much alike differ by a slip, unless both words are known.
_ONE_SPELLING = 0.92


def ceilings(pairs: Pairs, company_is: CompanyIs) -> Floats:
    """Return the most that each pair may score; infinity for most pairs."""
    if company_is != CompanyIs.LEGAL_ENTITY:
        return np.full(len(pairs), np.inf, dtype=np.float32)
    apart = (_told_apart(pairs) & ~pairs.initials & ~_identified(pairs)) | (
        _separate(pairs) & (pairs.stands["register_number"] <= 0)
    )
    return np.where(apart, FOR_REVIEW, np.float32(np.inf))


def _identified(pairs: Pairs) -> Flags:
    """Check for a shared value that identifies a company; an address does beside a short name."""
    values = [pairs.stands[name] for name in _IDENTITY]
    address = np.where(~(pairs.left_form & pairs.right_form), pairs.stands["street"], np.float32(0))
    return np.asarray(np.maximum.reduce([*values, address]) > _FEW_SHARE)


def _told_apart(pairs: Pairs) -> Flags:
    """Check for a word that tells companies apart."""
    telling = np.where(pairs.left_form & pairs.right_form, _TELLING | Kind.HOME, _TELLING)
    left, right = pairs.left_kinds & telling, pairs.right_kinds & telling
    only_unknown = (((left | right) & ~_UNKNOWN) == 0) & ((left == 0) | (right == 0))
    known = (left & _KNOWN_WORDS != 0, right & _KNOWN_WORDS != 0)
    misspelled = (
        (pairs.spelling > _ONE_SPELLING) & ((left | right) & _UNKNOWN != 0) & ~(known[0] & known[1])
    )
    slip = misspelled | (only_unknown & (pairs.shared - pairs.rarest > _SAYS_MUCH))
    in_full = pairs.in_full & ((left | right) != 0) & ~slip
    elsewhere = ((left | right) != 0) & (pairs.stands["city"] < 0) & ~misspelled
    return np.asarray(
        in_full
        | elsewhere
        | _longer_than_full(pairs, left, right) & ~misspelled
        | _another_kind(pairs)
        | pairs.opposites
    )


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


def _separate(pairs: Pairs) -> Flags:
    """Check for names that only a register number makes one: by their forms, or other initials."""
    known = ((pairs.left_kinds | pairs.right_kinds) & (_KNOWN_WORDS | Kind.WHOLE)) != 0
    other_form = (pairs.stands["form"] < 0) & known
    other_letter = (pairs.left_kinds & pairs.right_kinds) == Kind.LETTER
    by_law = pairs.forms_apart & (pairs.stands["form"] < 0)
    return np.asarray(by_law | other_form | other_letter)
