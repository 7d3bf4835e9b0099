"""Check the country that a user states."""

from __future__ import annotations

from leads.errors import UsageError
from leads.lexicon.places.countries import country_code


def list_country(text: str | None) -> str | None:
    """Return the alpha-2 code; UsageError when the text is not a country."""
    if text is None:
        return None
    code = country_code(text)
    if not code:
        raise UsageError(f"--country {text!r} is not a country", "such as --country GB")
    return code
