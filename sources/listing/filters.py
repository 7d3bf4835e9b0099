"""Which companies of a register are wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leads.errors import UsageError
from leads.lexicon.transliterate import to_ascii
from leads.values import Range
from sources.answers import Entry
from sources.listing.table import Listing, Search
from sources.registers.data_files import document

_LONGEST = 80
#: A code of an industry, or its beginning: `62`, `62.100`, `62.01Z`.
_CODE = re.compile(r"[0-9][0-9.]*[A-Za-z]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What companies must have; what is empty or None is not asked for."""

    industry: str = ""
    place: str = ""
    #: Employees, both ends included.
    low: int | None = None
    high: int | None = None

    @property
    def has_people(self) -> bool:
        """Whether a headcount is asked for."""
        return self.low is not None or self.high is not None


def check(listing: Listing, wanted: Wanted) -> None:
    """UsageError for what the register cannot be asked for."""
    title = listing.card.title
    if wanted.industry and not listing.codes:
        raise UsageError(f"{title} knows no industries", "leave out --industry")
    if wanted.has_people and "employees" not in listing.card.attributes:
        raise UsageError(
            f"{title} knows no headcounts", "leave out --min-employees and --max-employees"
        )
    for option, text in (("--industry", wanted.industry), ("--place", wanted.place)):
        if len(text) > _LONGEST or not text.isprintable():
            raise UsageError(f"{option} is no code or place", "give one of at most 80 characters")
    if wanted.industry and not _CODE.fullmatch(wanted.industry):
        raise UsageError(
            f"--industry {wanted.industry} is no code", f"{title} writes them as {listing.codes}"
        )
    _check_range(wanted.low, wanted.high)


def _check_range(low: int | None, high: int | None) -> None:
    for option, people in (("--min-employees", low), ("--max-employees", high)):
        if people is not None and people < 0:
            raise UsageError(f"{option} {people} is negative", "give 0 or more")
    if low is not None and high is not None and high < low:
        raise UsageError(
            f"from {low} to {high} employees is no range", "give the smaller number first"
        )


def parameters(listing: Listing, search: Search, wanted: Wanted) -> dict[str, str]:
    """The parameters of a search; UsageError for what the register cannot be searched by."""
    if not (wanted.industry or wanted.place):
        raise UsageError(
            f"{listing.card.title} is searched by an industry or a place",
            f"give --industry ({listing.codes}) or --place",
        )
    found = dict(search.fixed)
    if wanted.industry:
        found[search.industry] = wanted.industry
    if wanted.place:
        found[_place_parameter(listing, search, wanted.place)] = wanted.place
    if wanted.has_people:
        found |= _people(listing, search, wanted)
    return found


def _place_parameter(listing: Listing, search: Search, place: str) -> str:
    for one in search.places:
        if one.like.fullmatch(place):
            return one.parameter
    kinds = " or ".join(one.what for one in search.places)
    way = ", or --whole-file, which takes towns too" if listing.file else ""
    raise UsageError(
        f"{listing.card.title} is not searched by the place {place}", f"give {kinds}{way}"
    )


def _people(listing: Listing, search: Search, wanted: Wanted) -> dict[str, str]:
    if search.bands:
        return {search.bands: ",".join(_bands(wanted))}
    withheld = [one for one in (wanted.low, wanted.high) if one is not None and 0 < one < 5]
    if withheld:
        raise UsageError(
            f"{listing.card.title} tells nobody which companies have 1 to 4 employees",
            "give 0, or 5 and more",
        )
    ends = ((search.low, wanted.low), (search.high, wanted.high))
    return {name: str(value) for name, value in ends if value is not None}


def _bands(wanted: Wanted) -> list[str]:
    bands = document("france.yaml")["bands"]
    return [code for code, (low, high) in bands.items() if _overlaps(wanted, _range(low, high))]


def _range(low: str, high: str) -> Range:
    return Range(int(low), int(high) if high else None)


def _overlaps(wanted: Wanted, people: Range) -> bool:
    above = people.high is None or wanted.low is None or people.high >= wanted.low
    below = people.low is None or wanted.high is None or people.low <= wanted.high
    return above and below


def has(entry: Entry, wanted: Wanted) -> bool:
    """Whether a company out of a file is wanted. What the register does not state is not."""
    return (
        _has_industry(entry, wanted.industry)
        and _has_place(entry, wanted.place)
        and _has_people(entry, wanted)
    )


def _has_industry(entry: Entry, industry: str) -> bool:
    """Whether a code of the entry begins with the one wanted, in the digits of its class."""
    if not industry:
        return True
    digits = "".join(character for character in industry if character.isdigit())[:4]
    return bool(digits) and any(
        str(getattr(one.value, "code", "")).replace(".", "").startswith(digits)
        for one in entry.facts
        if one.attribute == "industry"
    )


def _has_place(entry: Entry, place: str) -> bool:
    if not place:
        return True
    wanted = _plain(place)
    if any(one.isdigit() for one in wanted):
        return _plain(entry.postcode).startswith(wanted)
    return _plain(entry.city) == wanted


def _plain(text: str) -> str:
    """A place without case, accents and spaces."""
    return to_ascii(text).casefold().replace(" ", "")


def _has_people(entry: Entry, wanted: Wanted) -> bool:
    if not wanted.has_people:
        return True
    stated = [one.value for one in entry.facts if one.attribute == "employees"]
    return any(isinstance(one, Range) and _overlaps(wanted, one) for one in stated)
