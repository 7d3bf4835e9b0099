"""The numbering plans of all countries; slow to import."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers.timezone import time_zones_for_number

from leads.lexicon import phone_plans_read

#: Numbers that regulators keep free for examples and films, which users try first. The library
#: knows most such ranges (020 7946 0…, 555-01…) as valid, but not these British, French and Irish
#: ones.
_FOR_EXAMPLES = re.compile(r"\+(?:44(?:7700900|1632960)\d{3}|3363998\d{4}|3532091\d{5})")


def valid_bare(text: str) -> str | None:
    """Return `+`, digits and spaces in E.164; None if the number does not fit its country's plan."""
    digits = text[1:].replace(" ", "")
    found = phone_plans_read.is_valid(digits)
    if found is None:
        return valid(text, None)
    written = f"+{digits}"
    return written if found or _FOR_EXAMPLES.fullmatch(written) else None


def valid(text: str, country: str | None) -> str | None:
    """Return a number in E.164; None if it does not fit the plan of its country."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    is_valid = phonenumbers.is_valid_number(number) or _FOR_EXAMPLES.fullmatch(written)
    return written if is_valid else None


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
