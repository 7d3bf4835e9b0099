"""The numbering plans of all countries; slow to import."""

from __future__ import annotations

import re
from functools import cache

import phonenumbers
from phonenumbers.timezone import time_zones_for_number

#: Numbers that regulators keep free for examples and films, which users try first. The library
#: knows most such ranges (020 7946 0…, 555-01…) as valid, but not these British, French and Irish
#: ones.
_FOR_EXAMPLES = re.compile(r"\+(?:44(?:7700900|1632960)\d{3}|3363998\d{4}|3532091\d{5})")

#: How many digits stand behind the code of a country; other numbers are left to the library.
_FEWEST, _MOST = 4, 15


def valid(text: str, country: str | None) -> str | None:
    """Return a number in E.164; None if it does not fit the plan of its country."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    is_valid = phonenumbers.is_valid_number(number) or _FOR_EXAMPLES.fullmatch(written)
    return written if is_valid else None


def valid_digits(digits: str) -> str | None:
    """The same for the digits of an international number, in half the time for most."""
    number = _unchanged(digits)
    if number is None or not phonenumbers.is_valid_number(number):
        return valid(f"+{digits}", None)
    return f"+{digits}"


def _unchanged(digits: str) -> phonenumbers.PhoneNumber | None:
    """The number of these digits; None when a rule of its country may change them."""
    for length in (1, 2, 3):
        code = int(digits[:length])
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code)
        if regions:
            break
    else:
        return None

    national = digits[length:]
    plan = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(code, regions[0])
    if plan is None or national[:1] == "0" or not _FEWEST <= len(national) <= _MOST:
        return None
    prefix = plan.national_prefix_for_parsing
    if prefix and _pattern(prefix).match(national):
        return None
    return phonenumbers.PhoneNumber(country_code=code, national_number=int(national))


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def countries_of_code(code: int) -> tuple[str, ...]:
    """Return the countries (alpha-2) of a dialling code, the main one first; none if unknown."""
    return phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code, ())


def phone_country(number: str) -> str | None:
    """Return the country (alpha-2) of a number in E.164; None if it cannot be read or has none."""
    parsed = _parsed(number)
    return phonenumbers.region_code_for_number(parsed) if parsed else None


def phone_zones(number: str) -> tuple[str, ...]:
    """Return the time zones of the area code of a number in E.164; none if it cannot be read."""
    parsed = _parsed(number)
    return tuple(time_zones_for_number(parsed)) if parsed else ()


def _parsed(number: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
