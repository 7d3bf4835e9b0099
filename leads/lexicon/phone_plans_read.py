"""Check numbers in international form by the plans of phonenumbers, several times faster.

The library makes many of its patterns again for each number, as Python keeps 512 of them. Here each
plan keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumberDesc

#: Digits of a number behind its country's code.
_FEWEST, _MOST = 2, 17
#: The kinds of numbers; most numbers are of the first two.
_KINDS = (
    *("fixed_line", "mobile", "premium_rate", "toll_free", "shared_cost", "voip"),
    *("personal_number", "pager", "uan", "voicemail"),
)


class _Kind(NamedTuple):
    """A kind of numbers of one region."""

    #: Empty for any length.
    lengths: frozenset[int]
    pattern: re.Pattern[str]

    def has(self, number: str) -> bool:
        """Check a number without the country's code."""
        if self.lengths and len(number) not in self.lengths:
            return False
        return self.pattern.fullmatch(number) is not None


class _Region(NamedTuple):
    """The plan of one region of a country's code."""

    #: What numbers of the region begin with; None: the kinds tell.
    begins: re.Pattern[str] | None
    every: tuple[_Kind, ...]
    kinds: tuple[_Kind, ...]

    def has(self, number: str) -> bool:
        """Check a number without the country's code."""
        return _is_of(self.every, number) and _is_of(self.kinds, number)


class _Plan(NamedTuple):
    """The plans behind one country's code."""

    #: What may be dialled in front of a number inside the country.
    prefix: re.Pattern[str] | None
    regions: tuple[_Region, ...]

    def has(self, number: str) -> bool:
        """Check whether a number is valid in the region that it belongs to."""
        if len(self.regions) == 1:
            return self.regions[0].has(number)
        for region in self.regions:
            if region.begins and region.begins.match(number):
                return region.has(number)
            if region.begins is None and region.has(number):
                return True
        return False


def is_valid(digits: str) -> bool | None:
    """Check a number by its digits from the country's code on; None if the library must be asked.

    It must be asked where the number may begin with a prefix that is not dialled from abroad.
    """
    for count in (1, 2, 3):
        if (code := int(digits[:count])) in COUNTRY_CODE_TO_REGION_CODE:
            break
    else:
        return False

    plan, number = _plan(code), digits[count:]
    if plan.prefix and plan.prefix.match(number):
        return None
    return _FEWEST <= len(number) <= _MOST and plan.has(number)


@cache
def _plan(code: int) -> _Plan:
    regions = COUNTRY_CODE_TO_REGION_CODE[code]
    every = [PhoneMetadata.metadata_for_region_or_calling_code(code, one) for one in regions]
    found = [one for one in every if one is not None]
    prefix = found[0].national_prefix_for_parsing
    return _Plan(re.compile(prefix) if prefix else None, tuple(map(_region, found)))


def _region(plan: PhoneMetadata) -> _Region:
    begins = plan.leading_digits
    return _Region(
        None if begins is None else re.compile(begins),
        _kinds([plan.general_desc]),
        _kinds(getattr(plan, kind) for kind in _KINDS),
    )


def _kinds(stated: Iterable[PhoneNumberDesc | None]) -> tuple[_Kind, ...]:
    return tuple(
        _Kind(frozenset(one.possible_length), re.compile(one.national_number_pattern))
        for one in stated
        if one is not None and one.national_number_pattern
    )


def _is_of(kinds: Iterable[_Kind], number: str) -> bool:
    return any(kind.has(number) for kind in kinds)
