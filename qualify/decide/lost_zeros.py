"""The postcodes that a short one may be: spreadsheets drop zeros at the start."""

from __future__ import annotations

from collections.abc import Iterable

from leads.answers import Answer
from leads.lexicon.places.postcodes import postcode
from qualify.decide.meets import meets
from qualify.profile.criteria import Matches

#: Digits of the postcodes of most countries.
_SIZES = (4, 5)


def postcode_answer(leaf: Matches, text: str, countries: Iterable[str]) -> Answer:
    """The answer of a postcode in one of these countries; unknown if it depends on lost zeros."""
    answers = {meets(leaf, (one,)) for one in readings(text, countries)}
    return answers.pop() if len(answers) == 1 else Answer.UNKNOWN


def readings(text: str, countries: Iterable[str]) -> tuple[str, ...]:
    """Return a postcode as it is, and with the zeros that it may have lost.

    `1069` is whole in Austria, and `01069` in Germany; it may be both where no country is known.
    """
    digits = "".join(text.split())
    if not digits.isdecimal():
        return (text,)
    known = sorted(set(countries))
    whole = [postcode(digits, country) or "" for country in known] or [
        digits.zfill(size) for size in _SIZES if size - 2 <= len(digits)
    ]
    longer = [one for one in whole if sum(map(str.isdecimal, one)) > len(digits)]
    return tuple(dict.fromkeys((text, *longer)))
