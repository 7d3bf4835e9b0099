"""The most that a pair may score: place does not outvote what tells the two names apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from dedupe import told_apart
from dedupe.arrays import Flags, Floats
from dedupe.pairs import Pairs
from leads.company_kind import CompanyIs

#: Log-odds of a pair that only a person can decide.
FOR_REVIEW = np.float32(-0.75)
#: Attributes that identify a company. A value that many names share does not.
_IDENTITY = ("domain", "register_number", "phone")
#: An equal value of less weight is shared by many names.
_FEW_SHARE = 0.4


def identified(pairs: Pairs) -> Flags:
    """Check for a shared value that identifies a company, or for an exact place and a contact.

    A domain that spells the name of the other identifies it too.

    An address identifies it too, unless both names have a legal form.
    """
    stands = pairs.stands
    address = np.where(~(pairs.left_form & pairs.right_form), stands["street"], np.float32(0))
    alone = np.maximum.reduce([*(stands[name] for name in _IDENTITY), address]) > _FEW_SHARE
    place = np.maximum(stands["street"], stands["postcode"]) > 0
    contact = np.maximum(stands["domain"], stands["phone"]) > 0
    return np.asarray(alone | pairs.domain_spells | (place & contact))


def _registered(pairs: Pairs) -> Flags:
    """Check for a shared register number."""
    return np.asarray(pairs.stands["register_number"] > 0)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What leaves a pair to a person, unless something else makes the two one company."""

    holds: Callable[[Pairs], Flags]
    unless: Callable[[Pairs], Flags]
    says: str

    @property
    def name(self) -> str:
        """Return the name that models and reports use."""
        return self.holds.__name__.replace("_", " ")


CEILINGS: tuple[Ceiling, ...] = (
    Ceiling(
        told_apart.telling_word,
        identified,
        "a word tells the names apart, and place and contact do not outvote it",
    ),
    Ceiling(
        told_apart.only_another_name,
        identified,
        "only a former name or an alias agrees, which another company may have",
    ),
    Ceiling(
        told_apart.institution_of_one,
        identified,
        "only one name has a word for an institution",
    ),
    Ceiling(
        told_apart.unknown_word_behind_one,
        identified,
        "one name has a name more than the single word of the other, and no address agrees",
    ),
    Ceiling(
        told_apart.shared_name_behind,
        identified,
        "several companies share the name, and one of the two has a word behind it",
    ),
    Ceiling(
        told_apart.bare_surname,
        identified,
        "one name is a surname alone, the other has initials",
    ),
    Ceiling(
        told_apart.slip_in_short_name,
        identified,
        "the names are short and differ in a letter, and only the place agrees",
    ),
    Ceiling(
        told_apart.other_surname,
        identified,
        "the surnames are common and spelled differently, and no place agrees",
    ),
    Ceiling(told_apart.another_form, identified, "the legal forms are of two companies"),
    Ceiling(told_apart.separate_by_law, _registered, "the legal forms are of two companies by law"),
    Ceiling(told_apart.other_initials, _registered, "the initials are of two persons"),
)


def ceilings(pairs: Pairs, company_is: CompanyIs) -> Floats:
    """Return the most that each pair may score; infinity for most pairs."""
    if company_is != CompanyIs.LEGAL_ENTITY:
        return np.full(len(pairs), np.inf, dtype=np.float32)
    apart = np.logical_or.reduce([found for _, found in _found(pairs)])
    return np.where(apart, FOR_REVIEW, np.float32(np.inf))


def reasons(pairs: Pairs, company_is: CompanyIs) -> list[str]:
    """Return why each pair is left to a person; empty where its ceiling is infinite."""
    said = [""] * len(pairs)
    if company_is != CompanyIs.LEGAL_ENTITY:
        return said
    for ceiling, found in _found(pairs):
        for at in np.flatnonzero(found).tolist():
            said[at] = said[at] or ceiling.says
    return said


def found_ceilings(pairs: Pairs, company_is: CompanyIs) -> Iterator[tuple[Ceiling, Flags]]:
    """Yield each ceiling with the pairs that it leaves to a person; none for other kinds."""
    if company_is == CompanyIs.LEGAL_ENTITY:
        yield from _found(pairs)


def _found(pairs: Pairs) -> Iterator[tuple[Ceiling, Flags]]:
    """Yield each ceiling with the pairs that it leaves to a person."""
    outvoted = {check: check(pairs) for check in {ceiling.unless for ceiling in CEILINGS}}
    for ceiling in CEILINGS:
        yield ceiling, ceiling.holds(pairs) & ~outvoted[ceiling.unless]
